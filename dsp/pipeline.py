# SPDX-License-Identifier: MIT
"""From items to frames: what one item adds to what is known of each person.

Law: cutting the chunks otherwise never changes the joined frames; what is made once a second is made on ticks only.
"""

import math
from collections.abc import Sequence

from dsp.codes import Modality
from dsp.heart.hrv import TimeDomain
from dsp.heart.rate import HeartRate
from dsp.heart.rr import RrVerdicts
from dsp.pacing import Pacing
from dsp.stream import (
    CLIENT,
    ArousalState,
    Beat,
    Chunk,
    Command,
    Cue,
    Features,
    Frame,
    Gap,
    Item,
    Marker,
    Notice,
    SignalQuality,
    Status,
    Tick,
)


class Pipeline:
    """The one path from items to frames, for every person that the items name.

    Parameters
    ----------
    persons : sequence of str
        Who is there from the start; others join with their first item.
    """

    def __init__(self, persons: Sequence[str] = (CLIENT,)) -> None:
        self._people = {person: _Person(person) for person in persons}

    def update(self, item: Item) -> Frame:
        """Give all that one item adds."""
        if isinstance(item, Tick):
            return self._second(item)
        if item.person not in self._people:
            self._people[item.person] = _Person(item.person)
        return self._people[item.person].update(item)

    def _second(self, tick: Tick) -> Frame:
        people = tuple(self._people.values())
        return Frame(
            tick,
            features=tuple(person.features_at(tick.t) for person in people),
            states=tuple(ArousalState(tick.t, person.name) for person in people),
            cues=tuple(cue for person in people for cue in person.cues_at(tick)),
        )


class _Person:
    """One person's stages."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._heart_t = -math.inf
        self._verdicts = RrVerdicts(name)
        self._rate = HeartRate()
        self._time_domain = TimeDomain()
        self._pacing = Pacing(name)

    def update(self, item: Chunk | Gap | Notice | Status | Marker | Command) -> Frame:
        """Take what is this person's; what is no data is passed on as it is."""
        return Frame(
            item,
            beats=self._hear(item),
            cues=self._pacing.update(item),
            gaps=(item,) if isinstance(item, Gap) else (),
            notices=(item,) if isinstance(item, Notice) else (),
            statuses=(item,) if isinstance(item, Status) else (),
            markers=(item,) if isinstance(item, Marker) else (),
        )

    def cues_at(self, tick: Tick) -> tuple[Cue, ...]:
        """Give the cue that holds at a tick."""
        return self._pacing.update(tick)

    def features_at(self, t: float) -> Features:
        """Compute what is known at a tick."""
        variability = self._time_domain.measures_at(t)
        return Features(
            t,
            self.name,
            heart_t=None if self._heart_t == -math.inf else self._heart_t,
            hr_bpm=self._rate.measure_at(t),
            rmssd_ms=variability.rmssd_ms,
            sdnn_ms=variability.sdnn_ms,
            pnn50_percent=variability.pnn50_percent,
            sd1_ms=variability.sd1_ms,
            sd2_ms=variability.sd2_ms,
            corrected_percent=variability.corrected_percent,
            quality=SignalQuality(rr=variability.accepted),
        )

    def _hear(self, item: Item) -> tuple[Beat, ...]:
        if isinstance(item, Notice):
            self._time_domain.update(item)
        if isinstance(item, Chunk):
            self._note_time(item)
            self._rate.update(item)
        beats = self._verdicts.update(item)
        for beat in beats:
            self._rate.update(beat)
            self._time_domain.update(beat)
        return beats

    def _note_time(self, chunk: Chunk) -> None:
        if chunk.modality in (Modality.RR, Modality.HR):
            for t, value in zip(chunk.t.tolist(), chunk.values.tolist(), strict=True):
                if self._heart_t < t < math.inf and math.isfinite(value):
                    self._heart_t = t
