# SPDX-License-Identifier: MIT
"""What no frame may say, judged from the frames and the samples alone, by rules written down a second time.

The rules are those of the design, not of the code: an HRV value needs 20 NN, and at most 5 % flagged, among the beats
confirmed in (t - 60 s, t]; a heart value is gone 5 s after the last sample of the heart; no number is anything but one.
"""

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import fields

from dsp.codes import Modality, Verdict
from dsp.stream import Beat, Chunk, Features, Frame, Item, Measure, SignalQuality, Tick

_WINDOW_S, _FEWEST_NN, _MOST_FLAGGED = 60.0, 20, 0.05
_SILENCE_S = 5.0
_BLIND_S = 12.0  # an ECG without a heart is found out after so long at the latest
_NN_MS = (300.0, 2000.0)
_SKIN_MICROSIEMENS = (0.05, 60.0)
_VARIABILITY = ("rmssd_ms", "sdnn_ms", "pnn50_percent", "sd1_ms", "sd2_ms")
_LIMITS = {
    "hr_bpm": (24.0, 250.0),
    "rmssd_ms": (0.0, _NN_MS[1] - _NN_MS[0]),
    "sdnn_ms": (0.0, _NN_MS[1] - _NN_MS[0]),
    "pnn50_percent": (0.0, 100.0),
    "corrected_percent": (0.0, 100.0),
    "scl_microsiemens": _SKIN_MICROSIEMENS,
}


class Witness:
    """Follow one person's items and frames; tell what is wrong with each frame.

    Attributes
    ----------
    n_shown, n_unfit : int
        Ticks at which an HRV value was shown, and at which the window was unfit.
    heartless_since : float
        Since when the ECG holds no heart, as far as its maker says so; infinite while it holds one.
    """

    def __init__(self) -> None:
        self.n_shown = self.n_unfit = 0
        self.heartless_since = math.inf
        self._confirmed: deque[Beat] = deque()
        self._newest_t = -math.inf
        self._heart, self._intervals, self._skin = _Heard(), _Heard(), _Heard()

    def faults(self, frame: Frame) -> Iterator[str]:
        """Give each rule that a frame breaks, in a few words."""
        self._hear(frame.item)
        for beat in frame.beats:
            yield from self._faults_of_beat(beat)
        for scr in frame.scrs:
            if not (scr.t <= scr.peak_t < math.inf and 0.0 < scr.amplitude_microsiemens < math.inf):
                yield "a response that is none"
        if isinstance(frame.item, Tick):
            for features in frame.features:
                yield from _faults_of_numbers(features)
                yield from self._faults_of_windows(features)

    def _hear(self, item: Item) -> None:
        if not isinstance(item, Chunk):
            return
        for t, value in zip(item.t.tolist(), item.values.tolist(), strict=True):
            if item.modality is Modality.EDA and _SKIN_MICROSIEMENS[0] <= value <= _SKIN_MICROSIEMENS[1]:
                self._skin.take(t)
            if item.modality in (Modality.RR, Modality.HR, Modality.ECG, Modality.PPG):
                self._heart.take(t)
            if item.modality is Modality.RR:
                self._intervals.take(t)

    def _faults_of_beat(self, beat: Beat) -> Iterator[str]:
        if beat.origin is not Modality.RR:
            self._intervals.take(beat.t)
        if not beat.detected_t >= beat.t:
            yield "a beat that was seen before it was"
        if (beat.nn_ms is not None) != (beat.verdict is Verdict.NORMAL):
            yield "an NN without the verdict normal, or the other way round"
        if beat.nn_ms is not None and not _NN_MS[0] <= beat.nn_ms <= _NN_MS[1]:
            yield "an NN outside 300 to 2000 ms"
        if beat.verdict is not Verdict.PROVISIONAL:
            if not self._newest_t < beat.t < math.inf:
                yield "a confirmed beat that is not later than the one before"
            self._newest_t = beat.t
            self._confirmed.append(beat)

    def _faults_of_windows(self, features: Features) -> Iterator[str]:
        t, is_shown = features.t, any(getattr(features, name).value is not None for name in _VARIABILITY)
        is_unfit = self._is_unfit(t)
        self.n_shown += is_shown
        self.n_unfit += is_unfit
        if is_shown and is_unfit:
            yield "HRV of an unfit window"
        if is_shown and self._intervals.age_s(t) > _SILENCE_S:
            yield "HRV after 5 s without an interval"
        if features.heart_t is not None and features.heart_t > t:
            yield "heart data of the future"
        if (features.heart_from is None) != (features.hr_bpm.value is None):
            yield "a heart rate from nowhere, or the other way round"
        if features.heart_from is Modality.ECG and t - self.heartless_since > _BLIND_S:
            yield "a heart rate from an ECG without a heart"
        if features.hr_bpm.value is not None and self._heart.age_s(t) > _SILENCE_S:
            yield "a heart rate after 5 s of silence"
        if features.scl_microsiemens.value is not None and self._skin.age_s(t) > _SILENCE_S:
            yield "a skin level after 5 s without skin"

    def _is_unfit(self, t: float) -> bool:
        while self._confirmed and self._confirmed[0].t <= t - _WINDOW_S:
            self._confirmed.popleft()
        verdicts = [beat.verdict for beat in self._confirmed if beat.t <= t]
        n_nn = verdicts.count(Verdict.NORMAL)
        n_flagged = len(verdicts) - n_nn - verdicts.count(Verdict.AFTER_GAP)
        return n_nn < _FEWEST_NN or n_flagged > _MOST_FLAGGED * len(verdicts)


class _Heard:
    """The newest sample up to a time; those that lie ahead wait."""

    def __init__(self) -> None:
        self._newest_t = -math.inf
        self._ahead: list[float] = []

    def take(self, t: float) -> None:
        if math.isfinite(t):
            self._ahead.append(t)

    def age_s(self, now: float) -> float:
        self._newest_t = max([self._newest_t, *(t for t in self._ahead if t <= now)])
        self._ahead = [t for t in self._ahead if t > now]
        return now - self._newest_t


def _faults_of_numbers(features: Features) -> Iterator[str]:
    for name in (field.name for field in fields(features)):
        match getattr(features, name):
            case Measure() as measure:
                yield from _faults_of_measure(name, measure)
            case SignalQuality() as quality:
                known = [value for value in (quality.ecg, quality.rr, quality.eda) if value is not None]
                if not all(0.0 <= value <= 1.0 for value in known) or not 0.0 <= (quality.motion_mg or 0.0) < math.inf:
                    yield "a signal quality that is none"
            case float(number) if not math.isfinite(number):
                yield f"{name} that is no number"


def _faults_of_measure(name: str, measure: Measure) -> Iterator[str]:
    if not 0.0 <= measure.quality <= 1.0:
        yield f"{name} with a quality outside 0 to 1"
    if measure.value is None:
        if measure.why is None:
            yield f"{name} is missing without a reason"
        return
    low, high = _LIMITS.get(name, (0.0, math.inf))
    if not (math.isfinite(measure.value) and low <= measure.value <= high):
        yield f"{name} that cannot be"
