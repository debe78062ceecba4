# SPDX-License-Identifier: MIT
"""One person's stages, put together: what each item adds, and what is known at each tick.

Law: a person's numbers depend on that person's items and the ticks alone.
"""

import math

import numpy as np

from dsp.codes import Modality
from dsp.heart.hrv import TimeDomain
from dsp.heart.rate import HeartRate
from dsp.heart.rr import RrVerdicts
from dsp.motion import Motion
from dsp.pacing import Pacing
from dsp.skin.eda import SkinConductance, SkinSecond
from dsp.stream import (
    ABSENT,
    ArousalState,
    Beat,
    Chunk,
    Command,
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


class Person:
    """All that is computed of one person.

    Parameters
    ----------
    name : str
        The person's code.

    Notes
    -----
    Acceleration counts for the skin only where it comes from the electrodes' own device: a chest that moves says
    nothing of a finger.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._heart_t = -math.inf
        self._verdicts = RrVerdicts(name)
        self._rate = HeartRate()
        self._time_domain = TimeDomain()
        self._skin = SkinConductance(person=name)
        self._skin_source: str | None = None
        self._motion = Motion()
        self._pacing = Pacing(name)

    def update(self, item: Chunk | Gap | Notice | Status | Marker | Command) -> Frame:
        """Take what is this person's; what is no data is passed on as it is."""
        self._feel(item)
        return Frame(
            item,
            beats=self._hear(item),
            cues=self._pacing.update(item),
            gaps=(item,) if isinstance(item, Gap) else (),
            notices=(item,) if isinstance(item, Notice) else (),
            statuses=(item,) if isinstance(item, Status) else (),
            markers=(item,) if isinstance(item, Marker) else (),
        )

    def second(self, tick: Tick) -> Frame:
        """Compute what is known at a tick."""
        told = self._skin.update(tick)
        skin = told[0] if told else None
        return Frame(
            tick,
            scrs=skin.responses if skin else (),
            features=(self._features_at(tick.t, skin),),
            states=(ArousalState(tick.t, self.name),),
            cues=self._pacing.update(tick),
        )

    def _features_at(self, t: float, skin: SkinSecond | None) -> Features:
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
            scl_microsiemens=skin.scl_microsiemens if skin else ABSENT,
            scr_per_min=skin.scr_per_min if skin else ABSENT,
            quality=SignalQuality(
                rr=variability.accepted, eda=skin.quality if skin else None, motion_mg=self._motion.tell(t)
            ),
        )

    def _hear(self, item: Item) -> tuple[Beat, ...]:
        """Follow the heart."""
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

    def _feel(self, item: Item) -> None:
        """Follow the skin, and how much the person moves."""
        if isinstance(item, Chunk) and item.modality is Modality.EDA:
            self._skin_source = item.source
        if isinstance(item, Chunk) and item.modality is Modality.ACC:
            self._motion.take(item)
            if item.source != self._skin_source:
                return
        self._skin.update(item)

    def _note_time(self, chunk: Chunk) -> None:
        if chunk.modality in (Modality.RR, Modality.HR):
            heard = chunk.t[np.isfinite(chunk.t) & np.isfinite(chunk.values)]
            self._heart_t = max([self._heart_t, *heard.tolist()])
