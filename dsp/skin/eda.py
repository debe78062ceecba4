# SPDX-License-Identifier: MIT
"""Skin conductance of one person: what of it is skin, its level and its responses, told once a second.

Samples wait for the tick after them; what is told at a tick includes every sample up to it, so the verdict on a second
comes with the second's end.

Law: what is told at a tick depends on the items before it and the samples up to it alone, however chunks were cut.
Nothing is told before the first sample; after it, each number is one that the signal bears, or None with the reason.

Notes
-----
- Acceleration must be that of the electrodes' own site: a chest strap says nothing of a finger.
- A count of responses means nothing without its amplitude rule; each second carries it.
"""

from collections import deque
from dataclasses import dataclass

from dsp.codes import Modality, Reason
from dsp.motion import Motion
from dsp.skin.artifacts import LIMITS, Site
from dsp.skin.scr import LEAST_MICROSIEMENS, ResponseFinder
from dsp.skin.slots import Slots
from dsp.skin.trace import Second, SkinTrace
from dsp.stream import CLIENT, Chunk, Gap, Item, Measure, Scr, Tick
from dsp.waiting import Waiting

_MINUTE_S = 60
_ENOUGH_S = 30  # usable seconds of the last minute that a rate needs
_RECENT_S = 10  # seconds whose share of usable ones is the quality
_RESPONDING_S = 180  # a calibration's rest: without one response in it, the skin is one that does not answer
_NOTHING = (  # while one of these holds, no number is told; through the others what is still fresh may be
    *(Reason.NO_CONTACT, Reason.RAIL, Reason.FLAT),
    *(Reason.NOISY, Reason.SETTLING, Reason.RATE_TOO_LOW),
)
_HELD_S = 5.0


@dataclass(frozen=True, slots=True)
class SkinSecond:
    """What is known of the skin at one tick.

    Parameters
    ----------
    t : float
        The tick, seconds on the session clock.
    scl_microsiemens : Measure
        The level.
    scr_per_min : Measure
        Responses per minute of usable time in the last 60 s. A 0 with the reason `NO_RESPONSES` and no quality: this
        skin has not answered once in 3 min of usable time, so its silence says nothing.
    quality : float
        0 to 1: 0 in a second that is not to be used.
    why : Reason or None
        Why this second is not to be used.
    motion_mg : float or None
        SD of |acceleration| of the site; None where none is measured.
    responses : tuple of Scr
        Those that were confirmed since the last tick.
    person : str
        Whose skin it is.
    source : str
        Which electrodes it is read from.
    least_microsiemens : float
        The smallest response that counts.
    """

    t: float
    scl_microsiemens: Measure
    scr_per_min: Measure
    quality: float
    why: Reason | None
    motion_mg: float | None = None
    responses: tuple[Scr, ...] = ()
    person: str = CLIENT
    source: str = ""
    least_microsiemens: float = LEAST_MICROSIEMENS


class SkinConductance:
    """Follow one person's electrodes.

    Parameters
    ----------
    site : Site
        Where they are.
    min_amplitude : float
        The smallest response that counts, microsiemens, at least 0.01.
    person : str
        Whose skin it is.
    """

    delay_s = 0.0  # of the verdict and the level; a response is told 0.65 to 3.5 s after its peak

    def __init__(
        self, site: Site = Site.WRIST, *, min_amplitude: float = LEAST_MICROSIEMENS, person: str = CLIENT
    ) -> None:
        self._min_amplitude = min_amplitude
        self._person = person
        self._trace = SkinTrace(LIMITS[site], ResponseFinder(min_amplitude, person))
        self._slots = Slots()
        self._motion = Motion()
        self._waiting = Waiting()
        self._source: str | None = None
        self._missing = Reason.SILENT
        self._totals = deque([(0, 0)], maxlen=_MINUTE_S + 1)  # usable seconds and responses, since the start

    def update(self, item: Item) -> tuple[SkinSecond, ...]:
        """Take the person's chunks, gaps and ticks; tell of the skin at each tick."""
        if isinstance(item, Tick):
            return self._tell(item.t)
        if isinstance(item, Gap):
            self._take_gap(item)
        elif isinstance(item, Chunk):
            self._take_chunk(item)
        return ()

    def _take_gap(self, gap: Gap) -> None:
        if gap.modality in (None, Modality.EDA) and gap.source == self._source:
            self._missing = gap.reason

    def _take_chunk(self, chunk: Chunk) -> None:
        if chunk.modality is Modality.ACC:
            self._motion.take(chunk)
        elif chunk.modality is Modality.EDA:
            self._source = chunk.source
            self._missing = Reason.SILENT
            self._waiting.put(chunk.t.tolist(), chunk.values.tolist())

    def _tell(self, t: float) -> tuple[SkinSecond, ...]:
        motion_mg = self._motion.tell(t)
        for slot in self._slots.add(self._waiting.take(t)):
            self._trace.take(slot)
        if self._source is None:
            return ()
        second = self._trace.close(t, motion_mg)
        self._count(second)
        clearness = self._clearness(second.smallest)
        return (
            SkinSecond(
                t,
                _level(second, t, clearness),
                self._rate(second, clearness),
                clearness if second.why is None else 0.0,
                self._missing if second.why is Reason.SILENT else second.why,
                motion_mg,
                second.responses,
                self._person,
                self._source,
                self._min_amplitude,
            ),
        )

    def _count(self, second: Second) -> None:
        usable_s, responses = self._totals[-1]
        self._totals.append((usable_s + (second.why is None), responses + len(second.responses)))

    def _clearness(self, smallest: float) -> float:
        """Share of usable seconds of late, less where noise hides responses that should count."""
        before = self._totals[max(len(self._totals) - 1 - _RECENT_S, 0)]
        share = (self._totals[-1][0] - before[0]) / _RECENT_S
        return share * self._min_amplitude / max(smallest, self._min_amplitude)

    def _rate(self, second: Second, clearness: float) -> Measure:
        (usable_before_s, responses_before), (usable_s, responses) = self._totals[0], self._totals[-1]
        in_minute_s = usable_s - usable_before_s
        if second.why in _NOTHING or in_minute_s < _ENOUGH_S:
            return Measure(why=second.why or Reason.SETTLING)
        if usable_s >= _RESPONDING_S and responses == 0:
            return Measure(0.0, 0.0, Reason.NO_RESPONSES)
        rate = _MINUTE_S * (responses - responses_before) / in_minute_s
        return Measure(rate, clearness * in_minute_s / _MINUTE_S, None)


def _level(second: Second, t: float, clearness: float) -> Measure:
    """Give the level as long as its newest point is fresh."""
    if second.why in _NOTHING or second.level is None:
        return Measure(why=second.why or Reason.SETTLING)
    newest_t, level = second.level
    freshness = 1.0 - (t - newest_t) / _HELD_S
    if freshness <= 0.0:
        return Measure(why=second.why or Reason.SETTLING)
    return Measure(level, clearness * freshness, None)
