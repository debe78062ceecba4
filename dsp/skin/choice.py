# SPDX-License-Identifier: MIT
"""Which of a person's electrodes the skin is read from: one pair at a time, and not to and fro.

Each source of skin conductance is followed by itself, with the acceleration of its own device: two sites have two
levels, and a mixture of them is one that nobody measured. The first source that is clear is used, and kept until it is
silent or unclear for some seconds while another one is clear. Before any was clear, the first that came is told of.

Law: what is told depends on the order of the items alone, however chunks were cut; the choice is made on ticks. Every
number is of one source; after a change only responses that begin after it are told, so that none is told twice.
Electrodes lie at the wrist unless their device says, before its first sample, that they are at a finger; nor does
another response count as the smallest one unless it says so by then.
"""

import math
from dataclasses import dataclass, replace

from dsp.codes import Modality, NoticeCode
from dsp.skin.artifacts import Site
from dsp.skin.eda import SkinConductance, SkinSecond
from dsp.skin.scr import LEAST_MICROSIEMENS, SMALLEST_LEAST_MICROSIEMENS
from dsp.stream import Chunk, Gap, Item, Notice, Tick

_MOST = 4  # a fifth source is not followed
_MOST_TOLD = 32  # sources whose site and rule are kept, with those that have sent no skin yet
_CLEAR = 0.5  # the quality of a second, which is the share of usable ones of late
_PATIENCE = 5  # ticks; as long as the level of a silent source is still told


@dataclass(slots=True, eq=False)
class _Followed:
    """A source: its stage, and for how many ticks in a row it is clear (above 0) or not (below 0)."""

    source: str
    stage: SkinConductance
    streak: int = 0

    def tell(self, tick: Tick) -> SkinSecond:
        (second,) = self.stage.update(tick)
        is_clear = second.quality >= _CLEAR
        self.streak = max(self.streak, 0) + 1 if is_clear else min(self.streak, 0) - 1
        return second


class SkinChoice:
    """Follow each of a person's sources of skin conductance; tell of one of them.

    Parameters
    ----------
    person : str
        Whose skin it is.
    """

    delay_s = SkinConductance.delay_s

    def __init__(self, person: str) -> None:
        self._person = person
        self._all: list[_Followed] = []  # in the order in which they came
        self._used: _Followed | None = None
        self._used_since_s = -math.inf
        self._was_clear = False  # any of them so far
        self._at_fingers: set[str] = set()  # the sources that say so
        self._least: dict[str, float] = {}  # the smallest response that counts, of the sources that say so

    @property
    def used(self) -> str | None:
        """The source that is read now; None before the first sample."""
        return self._used.source if self._used is not None else None

    def update(self, item: Item) -> tuple[SkinSecond, ...]:
        """Take the person's chunks, gaps and ticks; tell of the skin at each tick."""
        if isinstance(item, Tick):
            return self._tell(item)
        if isinstance(item, Notice):
            self._note(item)
        if isinstance(item, Chunk | Gap):
            if isinstance(item, Chunk) and item.modality is Modality.EDA:
                self._welcome(item.source)
            for followed in self._all:
                if followed.source == item.source:
                    followed.stage.update(item)
        return ()

    def _welcome(self, source: str) -> None:
        if len(self._all) < _MOST and all(followed.source != source for followed in self._all):
            self._all.append(_Followed(source, self._stage(source)))
            self._used = self._used or self._all[0]

    def _stage(self, source: str) -> SkinConductance:
        site = Site.FINGER if source in self._at_fingers else Site.WRIST
        least = self._least.get(source, LEAST_MICROSIEMENS)
        return SkinConductance(site, min_amplitude=least, person=self._person)

    def _note(self, notice: Notice) -> None:
        if notice.code is NoticeCode.BODY_LOCATION:
            self._note_site(notice)
        elif notice.code is NoticeCode.RESPONSE_RULE:
            self._note_rule(notice)

    def _note_site(self, notice: Notice) -> None:
        if dict(notice.values).get("location") != Site.FINGER:
            self._at_fingers.discard(notice.source)
        elif len(self._at_fingers) < _MOST_TOLD:
            self._at_fingers.add(notice.source)

    def _note_rule(self, notice: Notice) -> None:
        least = dict(notice.values).get("least_microsiemens")
        if not isinstance(least, float) or not SMALLEST_LEAST_MICROSIEMENS <= least < math.inf:
            self._least.pop(notice.source, None)
        elif notice.source in self._least or len(self._least) < _MOST_TOLD:
            self._least[notice.source] = least

    def _tell(self, tick: Tick) -> tuple[SkinSecond, ...]:
        seconds = [followed.tell(tick) for followed in self._all]
        if self._used is None:
            return ()
        self._decide(tick.t, self._used, seconds)
        second = seconds[self._all.index(self._used)]
        fresh = tuple(response for response in second.responses if response.t > self._used_since_s)
        return (second if fresh == second.responses else replace(second, responses=fresh),)

    def _decide(self, t: float, used: _Followed, seconds: list[SkinSecond]) -> None:
        """Choose anew where the used source has not been clear for long enough and another one has."""
        patience = _PATIENCE if self._was_clear else 1
        self._was_clear = self._was_clear or any(followed.streak > 0 for followed in self._all)
        if -used.streak < patience:
            return
        rivals = [n for n, followed in enumerate(self._all) if followed.streak >= patience]
        if rivals:
            self._used, self._used_since_s = self._all[max(rivals, key=lambda n: seconds[n].quality)], t
