# SPDX-License-Identifier: MIT
"""The breathing rate, from all that the breath leaves in a heart signal, or nothing where these do not bear it.

The breath moves the heart's rate (RSA), the height, the spread and the level of each QRS complex (the heart turns and
the chest fills), and the strap itself. Each of these signals gives a spectrum of its last 48 s; each spectrum is
weighed with the frequency, so that slow drifts do not win, and brought to a sum of 1; their mean has its highest peak
where most of them agree. The share of it that lies within 1.2 breaths/min of the peak says how sure that is. Too small
a share is refused: the fewer signals there are, the larger it must be.

Law: the rate at `t` depends on the beats confirmed until then and on the samples up to it, however they were cut.

Notes
-----
- The rate is that of the last 48 s: a change shows half after some 24 s.
- Only acceleration from the device that also sends the heart counts: a wrist does not breathe.
- It is told from 4 to 40 breaths a minute; from beats alone, up to half the heart rate.

References
----------
Charlton et al. 2018, doi 10.1109/RBME.2017.2763681: the modulations, and their fusion. Karlen et al. 2013,
doi 10.1109/TBME.2013.2246160: to refuse when they disagree. The mean of spectra stands in for a mean of rates: one
signal that has a peak elsewhere then does not draw the rate away.
"""

import math
from collections import deque
from collections.abc import Iterator

import numpy as np

from dsp.codes import Modality, Reason, Verdict
from dsp.heart.breath_signals import QrsShape, Tilt
from dsp.ring import Ring
from dsp.stream import Beat, Chunk, FloatArray, Measure

WINDOW_S = 48.0

_SAMPLE_HZ = 4.0
_SAMPLES = int(WINDOW_S * _SAMPLE_HZ)
_AT_LEAST = int(40.0 * _SAMPLE_HZ)  # samples
_PADDED = 2048  # 0.12 breaths/min a bin
_FREQUENCY_HZ = np.fft.rfftfreq(_PADDED, 1.0 / _SAMPLE_HZ)
_IS_BREATHING = (_FREQUENCY_HZ >= 4.0 / 60.0) & (_FREQUENCY_HZ <= 40.0 / 60.0)
_BREATHING_HZ = np.where(_IS_BREATHING, _FREQUENCY_HZ, 0.0)
_NEAR_BINS = int(0.02 * _PADDED / _SAMPLE_HZ)  # 1.2 breaths/min
_SURE = (0.50, 0.38, 0.22)  # the share near the peak that 1, 2, and more signals need: above what noise has
_RIVAL = 0.7  # share of the highest peak from which on another one makes it doubtful
_ALONE_SLOW = (9.0 / 60.0, 0.75)  # below this rate, the share that 1 signal needs: blood pressure's waves swing here

_LATE_S = 3.0  # after this long a beat no longer waits for its ECG
_OLD_S = 8.0  # a signal whose newest value is older says nothing of now
_GAP_S = 4.0
_FEWEST = 20  # values in a window
_OUTLIER = 6.0 * 1.4826  # median absolute deviations: 6 SD
_STILL = 1e-4  # SD as a share of the largest value: less is rounding
_MOVING_MG = 20.0  # SD of |acceleration| at 4 Hz: breathing turns it and leaves its size alone
_NN_MS = (200.0, 3000.0)
_HELD_BEATS = 512


class Respiration:
    """Follow one person's beats, ECG and strap; tell how fast they breathe at any time."""

    delay_s = WINDOW_S / 2.0

    def __init__(self) -> None:
        self._ecg = QrsShape()
        self._tilt = Tilt()
        self._heart_sources: set[str] = set()
        self._waiting: deque[Beat] = deque(maxlen=_HELD_BEATS)
        self._beats = Ring(_HELD_BEATS, channels=4)  # NN in ms; height, spread and level of its QRS in mV

    def update(self, item: Beat | Chunk) -> None:
        """Take a beat, or samples that the breath shows in; other modalities pass unheard."""
        if isinstance(item, Beat):
            self._take(item)
        elif item.modality is Modality.ACC:
            if item.source in self._heart_sources:
                self._tilt.take(item)
        elif item.modality in (Modality.ECG, Modality.RR):
            self._heart_sources.add(item.source)
            if item.modality is Modality.ECG:
                self._ecg.take(item)

    def _take(self, beat: Beat) -> None:
        newest_t = self._waiting[-1].t if self._waiting else self._newest_beat_t()
        counts = beat.verdict is Verdict.NORMAL and beat.nn_ms is not None and _NN_MS[0] <= beat.nn_ms <= _NN_MS[1]
        if counts and newest_t < beat.t < math.inf:
            self._waiting.append(beat)

    def _newest_beat_t(self) -> float:
        return float(self._beats.newest(1).t[0]) if len(self._beats) else -math.inf

    def measure_at(self, t: float) -> Measure:
        """Give the breathing rate in breaths per minute over the last 48 s.

        Parameters
        ----------
        t : float
            Seconds on the session clock.

        Returns
        -------
        Measure
            Its quality is the share of the spectrum that lies near the peak, 0 to 1.
        """
        self._settle(t)
        spectra = [spectrum for spectrum in self._spectra(t) if spectrum is not None]
        if not spectra:
            return Measure(why=self._why_none(t))
        return _fuse(spectra)

    def _settle(self, t: float) -> None:
        """Give the beats that waited the shape of their QRS, or give up waiting for it."""
        while self._waiting and (self._ecg.is_there(self._waiting[0].t) or t >= self._waiting[0].t + _LATE_S):
            beat = self._waiting.popleft()
            self._beats.append(np.array([beat.t]), np.array([[beat.nn_ms, *self._ecg.shape_at(beat.t)]]))

    def _spectra(self, t: float) -> Iterator[FloatArray | None]:
        beats = self._beats.between(t - WINDOW_S - _OLD_S, t)
        for column in beats.values.T:
            yield _spectrum_of_beats(beats.t, column, t)
        tilt = self._tilt.between(t - WINDOW_S - _OLD_S, t)
        if len(tilt.t) >= _FEWEST and float(np.std(_size(tilt.values))) <= _MOVING_MG:
            axes = [_spectrum(tilt.t, axis, t) for axis in tilt.values.T]
            yield _share(sum((axis for axis in axes if axis is not None), start=np.zeros(len(_FREQUENCY_HZ))))

    def _why_none(self, t: float) -> Reason:
        newest_t = self._newest_beat_t()
        if newest_t == -math.inf:
            return Reason.NOT_COMPUTED
        return Reason.STALE if t - newest_t > _OLD_S else Reason.SETTLING


def _fuse(spectra: list[FloatArray]) -> Measure:
    together = np.add.reduce(spectra, axis=0) / len(spectra)
    peak, sure = _peak(together)
    together[max(peak - 2 * _NEAR_BINS, 0) : peak + 2 * _NEAR_BINS + 1] = 0.0
    rate_hz = float(_FREQUENCY_HZ[peak])
    if sure < _needed(len(spectra), rate_hz) or _peak(together)[1] > _RIVAL * sure:
        return Measure(quality=sure, why=Reason.UNSURE)
    return Measure(60.0 * rate_hz, sure, None)


def _peak(spectrum: FloatArray) -> tuple[int, float]:
    """Give the highest bin and the share that lies near it."""
    peak = int(np.argmax(spectrum))
    near = spectrum[max(peak - _NEAR_BINS, 0) : peak + _NEAR_BINS + 1]
    return peak, min(float(np.add.reduce(near)), 1.0)


def _needed(signals: int, rate_hz: float) -> float:
    if signals == 1 and rate_hz < _ALONE_SLOW[0]:
        return _ALONE_SLOW[1]
    return _SURE[min(signals, len(_SURE)) - 1]


def _spectrum_of_beats(t: FloatArray, values: FloatArray, now_s: float) -> FloatArray | None:
    """Give the spectrum of one value a beat, without outliers and without what so few beats cannot tell."""
    known = np.isfinite(values)
    t, values = t[known], values[known]
    if len(t) < _FEWEST:
        return None
    distance = np.abs(values - _median(values))
    close = distance <= _OUTLIER * _median(distance)
    t, values = t[close], values[close]
    power = _spectrum(t, values, now_s)
    if power is None:
        return None
    rate_hz = (len(t) - 1) / (t[-1] - t[0])
    return _share(np.where(0.5 * rate_hz >= _FREQUENCY_HZ, power, 0.0))


def _spectrum(t: FloatArray, values: FloatArray, now_s: float) -> FloatArray | None:
    """Give the power from 4 to 40 breaths a minute, weighed with the frequency, where the values bear one."""
    if len(t) < _FEWEST or now_s - t[-1] > _OLD_S or np.any(t[1:] - t[:-1] > _GAP_S):
        return None
    count = min(int((t[-1] - t[0]) * _SAMPLE_HZ) + 1, _SAMPLES)
    if count < _AT_LEAST:
        return None
    evenly = np.interp(t[-1] - np.arange(count)[::-1] / _SAMPLE_HZ, t, values)
    ramp = np.arange(count) - 0.5 * (count - 1)
    swing = evenly - np.add.reduce(evenly) / count
    swing -= ramp * (np.add.reduce(swing * ramp) / np.add.reduce(ramp * ramp))
    if not _STILL * np.max(np.abs(evenly)) < float(np.std(swing)) < math.inf:
        return None
    spectrum = np.fft.rfft(swing * np.hanning(count), _PADDED)
    power: FloatArray = (spectrum.real**2 + spectrum.imag**2) * _BREATHING_HZ
    return power


def _share(power: FloatArray) -> FloatArray | None:
    """Bring a spectrum to a sum of 1."""
    total = float(np.add.reduce(power))
    return power / total if 0.0 < total < math.inf else None


def _median(values: FloatArray) -> float:
    return float(np.sort(values)[len(values) // 2])


def _size(acceleration: FloatArray) -> FloatArray:
    x, y, z = acceleration.T
    size: FloatArray = np.hypot(np.hypot(x, y), z)
    return size
