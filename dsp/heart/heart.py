# SPDX-License-Identifier: MIT
"""One person's heart: its stages put together, from intervals to everything that is told of them each second.

Law: what is told at a tick depends on the items up to it alone, however chunks were cut.

Notes
-----
- Light gives intervals only where no device of the person sends intervals itself.
- Intervals that are not fit for variability give a rate; everything that is made of their differences is withheld.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from dsp.codes import Modality, NoticeCode, Reason
from dsp.heart.hrv import TimeDomain, Variability
from dsp.heart.ppg import PulseIntervals
from dsp.heart.rate import HeartRate
from dsp.heart.respiration import Respiration
from dsp.heart.rhythm import Rhythm
from dsp.heart.rr import RrVerdicts
from dsp.heart.rsa import BreathSwing
from dsp.heart.spectrum import Bands, Spectrum
from dsp.heart.tachogram import Tachogram
from dsp.plan import PacingPlan
from dsp.stream import CLIENT, Beat, Chunk, Item, Measure, Notice

_UNFIT = Measure(why=Reason.NOT_FIT_FOR_HRV)


@dataclass(frozen=True, slots=True)
class HeartSecond:
    """What is known of a heart at one tick; `newest_t` is the time of its newest data, None before any."""

    newest_t: float | None
    hr_bpm: Measure
    variability: Variability
    bands: Bands
    rhythm: Measure
    rsa_bpm: Measure
    breaths_per_min: Measure

    @property
    def clearness(self) -> float | None:
        """Share of late beats that count, less as the newest one ages; None where no heart is heard."""
        if self.variability.accepted is None or self.hr_bpm.value is None:
            return None
        return min(self.variability.accepted, self.hr_bpm.quality)


class Heart:
    """Follow one person's heart.

    Parameters
    ----------
    person : str
        Whose it is.
    """

    def __init__(self, person: str = CLIENT) -> None:
        self._newest_t = -math.inf
        self._sends_intervals = False
        self._is_fit_for_hrv = True
        self._pulses = PulseIntervals(person=person)
        self._verdicts = RrVerdicts(person)
        self._rate = HeartRate()
        self._time_domain = TimeDomain()
        self._tachogram = Tachogram()
        self._spectrum = Spectrum(self._tachogram)
        self._rhythm = Rhythm(self._tachogram)
        self._swing = BreathSwing(self._tachogram)
        self._respiration = Respiration()

    def update(self, item: Item) -> tuple[Beat | Notice, ...]:
        """Take an item; give the beats that it settles and begins, and what is to be said of them."""
        if isinstance(item, Chunk) and item.modality is Modality.RR:
            self._sends_intervals = True
        if isinstance(item, Notice):
            self._note(item)
        if isinstance(item, Chunk) and item.modality is Modality.PPG and self._sends_intervals:
            return ()
        made = self._pulses.update(item)
        told = [notice for notice in made if isinstance(notice, Notice)]
        for notice in told:
            self._note(notice)
        beats = [beat for heard in (item, *made) for beat in self._hear(heard)]
        return *told, *beats

    def told_at(self, t: float, plan: PacingPlan | None) -> HeartSecond:
        """Tell all that is known at `t`, while the person is shown this plan."""
        breath = self._respiration.measure_at(t)
        paced = plan.phase_at(t).breaths_per_min if plan is not None else 0.0
        told = HeartSecond(
            newest_t=None if self._newest_t == -math.inf else self._newest_t,
            hr_bpm=self._rate.measure_at(t),
            variability=self._time_domain.measures_at(t),
            bands=self._spectrum.bands_at(t, paced_per_min=paced or None, breaths_per_min=breath.value),
            rhythm=self._rhythm.measure_at(t),
            rsa_bpm=self._swing.swing_at(t, plan=plan if paced else None, breaths_per_min=breath.value).rsa_bpm,
            breaths_per_min=breath,
        )
        return told if self._is_fit_for_hrv else _without_variability(told)

    def _note(self, notice: Notice) -> None:
        if notice.code is NoticeCode.PULSE_INTERVALS:
            self._is_fit_for_hrv = dict(notice.values).get("fit_for_hrv") is True
        self._time_domain.update(notice)
        self._tachogram.update(notice)

    def _hear(self, item: Item) -> tuple[Beat, ...]:
        if isinstance(item, Chunk):
            self._note_time(item)
            self._rate.update(item)
            self._respiration.update(item)
        beats = self._verdicts.update(item)
        for beat in beats:
            for stage in (self._rate, self._time_domain, self._tachogram, self._respiration):
                stage.update(beat)
        return beats

    def _note_time(self, chunk: Chunk) -> None:
        if chunk.modality in (Modality.RR, Modality.HR):
            heard = chunk.t[np.isfinite(chunk.t) & np.isfinite(chunk.values)]
            self._newest_t = max([self._newest_t, *heard.tolist()])


def _without_variability(told: HeartSecond) -> HeartSecond:
    """Withhold everything that is made of differences between intervals."""
    variability = replace(
        told.variability,
        rmssd_ms=_UNFIT,
        sdnn_ms=_UNFIT,
        pnn50_percent=_UNFIT,
        sd1_ms=_UNFIT,
        sd2_ms=_UNFIT,
    )
    bands = Bands(_UNFIT, _UNFIT, _UNFIT)
    return replace(told, variability=variability, bands=bands, rhythm=_UNFIT, rsa_bpm=_UNFIT)
