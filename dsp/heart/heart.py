# SPDX-License-Identifier: MIT
"""One person's heart: its tracks and stages put together, from samples to everything that is told each second.

Law: what is told at a tick depends on the items up to it alone, however chunks were cut.

Notes
-----
- Light gives intervals only where no device of the person sends intervals itself.
- While a waveform that beats are taken from cannot be read, there is no rate, and for a while no variability.
- After a change of track the rate is that of the new one alone. The variability goes on over a change, unless the
  track that was left could not be read well: then it begins anew, and no false beat counts in the new one's share.
- Intervals that are not fit for variability give a rate; everything that is made of their differences is withheld.
"""

import math
from collections import deque
from collections.abc import Sequence

import numpy as np

from dsp.codes import Modality, NoticeCode, Reason, Verdict
from dsp.heart.choice import Choice
from dsp.heart.ecg_quality import CLEAR
from dsp.heart.hrv import TimeDomain
from dsp.heart.rate import STALE_AFTER_S, HeartRate
from dsp.heart.respiration import Respiration
from dsp.heart.rhythm import Rhythm
from dsp.heart.rsa import BreathSwing
from dsp.heart.second import HeartSecond, Unclear, without_variability
from dsp.heart.spectrum import Spectrum
from dsp.heart.tachogram import Tachogram
from dsp.heart.tracks import Track, Tracks, Wave, WaveTrack
from dsp.plan import PacingPlan
from dsp.stream import CLIENT, Beat, Chunk, Item, Notice

_AHEAD = 256  # heart data that lie after the tick, of which some may be nonsense
_UNKNOWN = (Reason.GAP_INSIDE, Reason.STALE)  # too little of the waveform to judge it by


class Heart:
    """Follow one person's heart.

    Parameters
    ----------
    person : str
        Whose it is.
    """

    def __init__(self, person: str = CLIENT) -> None:
        self._tracks = Tracks(person)
        self._choice = Choice()
        self._newest = _Newest()
        self._unclear = Unclear()
        self._rate = HeartRate()
        self._respiration = Respiration()
        self._heard: Track | None = None
        self._begin_anew(is_fit=True)

    def update(self, item: Item) -> tuple[Beat | Notice, ...]:
        """Take an item; give the beats that it settles and begins, and what is to be said of them."""
        if isinstance(item, Notice):
            self._note(item)
        if isinstance(item, Chunk):
            self._rate.update(item)
            self._respiration.update(item)
            if item.modality is Modality.HR:
                self._newest.take(item.t[np.isfinite(item.values)].tolist())
        told: list[Beat | Notice] = []
        for track in self._tracks.asked(item):
            told += self._hear(track, track.update(item))
        return tuple(told)

    def told_at(self, t: float, plan: PacingPlan | None) -> HeartSecond:
        """Tell all that is known at `t`, while the person is shown this plan."""
        wave = self._judge_waves(t)
        self._choice.decide(t, self._tracks.all)
        breath = self._respiration.measure_at(t)
        paced = plan.phase_at(t).breaths_per_min if plan is not None else 0.0
        hr_bpm = self._rate.measure_at(t)
        told = HeartSecond(
            newest_t=self._newest.at(t),
            came_from=self._came_from(t) if hr_bpm.value is not None else None,
            wave=wave,
            hr_bpm=hr_bpm,
            variability=self._time_domain.measures_at(t),
            bands=self._spectrum.bands_at(t, paced_per_min=paced or None, breaths_per_min=breath.value),
            rhythm=self._rhythm.measure_at(t),
            swing=self._swing.swing_at(t, plan=plan if paced else None, breaths_per_min=breath.value),
            breaths_per_min=breath,
        )
        told = self._unclear.withhold(told, t, is_unclear=self._is_unclear(wave))
        is_fit = self._choice.used is None or self._choice.used.is_fit_for_hrv
        return told if is_fit else without_variability(told, Reason.NOT_FIT_FOR_HRV)

    def _hear(self, track: Track, made: Sequence[Beat | Notice]) -> list[Beat | Notice]:
        """Let the stages hear the beats that pass; give these, and the notices before them."""
        beats = self._choice.hear(track, [told for told in made if isinstance(told, Beat)])
        for beat in beats:
            if beat.verdict is Verdict.PROVISIONAL:
                self._go_over(track)
            self._newest.take([beat.t])
            for stage in (self._rate, self._time_domain, self._tachogram):
                stage.update(beat)
            self._respiration.update(beat, track.shape if beat.origin is Modality.ECG else None)
        return [*(told for told in made if isinstance(told, Notice)), *beats]

    def _go_over(self, track: Track) -> None:
        """Begin anew where this track and what was heard before it do not mix: each rate is that of one track."""
        is_other = self._heard is not None and track is not self._heard
        self._heard = track
        if is_other:
            self._rate.forget_beats()
        if track.is_fit_for_hrv != self._is_fit:
            self._begin_anew(is_fit=track.is_fit_for_hrv)

    def _begin_anew(self, *, is_fit: bool) -> None:
        """Begin anew with intervals that are fit for variability, or that are not."""
        self._is_fit = is_fit
        self._time_domain = TimeDomain()
        self._tachogram = Tachogram()
        self._spectrum = Spectrum(self._tachogram)
        self._rhythm = Rhythm(self._tachogram)
        self._swing = BreathSwing(self._tachogram)

    def _judge_waves(self, t: float) -> Wave | None:
        """Judge every ECG; tell of the one that is used, or else of the clearest."""
        judged = {track: track.judge(t) for track in self._tracks.all if isinstance(track, WaveTrack)}
        used = self._choice.used
        if isinstance(used, WaveTrack):
            return judged[used]
        return max(judged.values(), key=lambda wave: wave.quality, default=None)

    def _is_unclear(self, wave: Wave | None) -> bool:
        """Tell whether beats are taken from a waveform that cannot be read."""
        if wave is None or not isinstance(self._choice.used, WaveTrack):
            return False
        return wave.quality < CLEAR and wave.why not in _UNKNOWN

    def _came_from(self, t: float) -> Modality:
        used = self._choice.used
        return used.origin if used is not None and not used.beats.is_silent(t, STALE_AFTER_S) else Modality.HR

    def _note(self, notice: Notice) -> None:
        if notice.code is NoticeCode.PULSE_INTERVALS:
            is_fit = dict(notice.values).get("fit_for_hrv") is True
            self._tracks.mark(notice.source, is_fit_for_hrv=is_fit)
        self._time_domain.update(notice)
        self._tachogram.update(notice)


class _Newest:
    """The newest of many times; those that lie ahead of a tick wait."""

    def __init__(self) -> None:
        self._t = -math.inf
        self._ahead: deque[float] = deque(maxlen=_AHEAD)

    def take(self, times: Sequence[float]) -> None:
        self._ahead.extend(times)

    def at(self, t: float) -> float | None:
        self._t = max([self._t, *(ahead for ahead in self._ahead if ahead <= t)])
        self._ahead = deque((ahead for ahead in self._ahead if t < ahead < math.inf), maxlen=_AHEAD)
        return None if self._t == -math.inf else self._t
