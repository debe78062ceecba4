# SPDX-License-Identifier: MIT
"""The breathing rate, from all that the breath leaves in a heart signal, or nothing where these do not bear it.

The breath moves the heart's rate (RSA), the height, the spread and the level of each QRS complex (the heart turns and
the chest fills), and the strap itself. Each of these signals gives a spectrum of its last 48 s; each spectrum is
weighed with the frequency, so that slow drifts do not win, and brought to a sum of 1; their mean has its highest peak
where most of them agree. The share of it that lies within 1.2 breaths/min of the peak says how sure that is. Too small
a share is refused: the fewer signals there are, the larger it must be. So is a rate about which RR and all the others
are an octave apart: one of them then sees every second breath, or two in one, and nothing tells which.

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

import numpy as np

from dsp.codes import Modality, Reason, Verdict
from dsp.heart.breath_signals import QrsShape, Tilt
from dsp.ring import Ring
from dsp.stream import Beat, Chunk, FloatArray, Measure

WINDOW_S = 48.0

_SAMPLE_HZ = 4.0
_SAMPLES = int(WINDOW_S * _SAMPLE_HZ)
_GRID_S = (np.arange(_SAMPLES) - (_SAMPLES - 1)) / _SAMPLE_HZ  # up to the newest value
_RAMP = np.arange(_SAMPLES) - 0.5 * (_SAMPLES - 1)
_RAMP_POWER = float(np.sum(_RAMP**2))
_HANN = np.hanning(_SAMPLES)
_PADDED = 1024  # 0.23 breaths/min a bin
_FREQUENCY_HZ = np.fft.rfftfreq(_PADDED, 1.0 / _SAMPLE_HZ)
_IS_BREATHING = (_FREQUENCY_HZ >= 4.0 / 60.0) & (_FREQUENCY_HZ <= 40.0 / 60.0)
_BREATHING_HZ = np.where(_IS_BREATHING, _FREQUENCY_HZ, 0.0)
_NEAR_BINS = int(0.02 * _PADDED / _SAMPLE_HZ)  # 1.2 breaths/min
_SURE = (0.50, 0.38, 0.22)  # the share near the peak that 1, 2, and more signals need: above what noise has
_RIVAL = 0.7  # share of the highest peak from which on another one makes it doubtful
_OCTAVE = (1.7, 2.3)  # how far apart two rates are when one is about twice the other
_CLEAR = 0.4  # the share near its peak from which on RR by itself can say no
_ALONE_SLOW = (9.0 / 60.0, 0.75)  # below this rate, the share that 1 signal needs: blood pressure's waves swing here

_LATE_S = 3.0  # after this long a beat no longer waits for its ECG
_OLD_S = 6.0  # a signal whose newest value is older says nothing of now
_LOOK_BACK_S = WINDOW_S + _OLD_S
_GAP_S = 4.0
_RENEWED_S = 4.0
_FEWEST = 20  # values in a window
_OUTLIER = 6.0 * 1.4826  # median absolute deviations: 6 SD
_STILL = 1e-4  # SD as a share of the largest value: less is rounding
_MOVING_MG = 20.0  # SD of |acceleration| at 4 Hz: breathing turns it and leaves its size alone
_NN_MS = (200.0, 3000.0)
_HELD_BEATS = 512
_UNSEEN = (math.nan, math.nan, math.nan)


class Respiration:
    """Follow one person's beats, ECG and strap; tell how fast they breathe at any time."""

    delay_s = WINDOW_S / 2.0

    def __init__(self) -> None:
        self._tilt = Tilt()
        self._heart_sources: set[str] = set()
        self._waiting: deque[tuple[Beat, QrsShape | None]] = deque(maxlen=_HELD_BEATS)
        self._told, self._told_s = Measure(), -math.inf
        self._beats = Ring(_HELD_BEATS, channels=4)  # NN in ms; height, spread and level of its QRS in mV

    def update(self, item: Beat | Chunk, shape: QrsShape | None = None) -> None:
        """Take a beat, or samples that the breath shows in; other modalities pass unheard.

        Parameters
        ----------
        item : Beat or Chunk
            A chunk says which device the heart is heard from, or how a strap is turned.
        shape : QrsShape or None
            The ECG that the beat was seen in; a beat that a strap counted lies elsewhere in it.
        """
        if isinstance(item, Beat):
            self._take(item, shape)
        elif item.modality is Modality.ACC:
            if item.source in self._heart_sources:
                self._tilt.take(item)
        elif item.modality in (Modality.ECG, Modality.RR):
            self._heart_sources.add(item.source)

    def _take(self, beat: Beat, shape: QrsShape | None) -> None:
        newest_t = self._waiting[-1][0].t if self._waiting else self._newest_beat_t()
        counts = beat.verdict is Verdict.NORMAL and beat.nn_ms is not None and _NN_MS[0] <= beat.nn_ms <= _NN_MS[1]
        if counts and newest_t < beat.t < math.inf:
            self._waiting.append((beat, shape))

    def _newest_beat_t(self) -> float:
        return float(self._beats.newest(1).t[0]) if len(self._beats) else -math.inf

    def measure_at(self, t: float) -> Measure:
        """Give the breathing rate in breaths per minute over the last 48 s; it is told anew every 4 s.

        Parameters
        ----------
        t : float
            Seconds on the session clock.

        Returns
        -------
        Measure
            Its quality is the share of the spectrum that lies near the peak, 0 to 1.
        """
        if not 0.0 <= t - self._told_s < _RENEWED_S:
            self._told, self._told_s = self._tell(t), t
        return self._told

    def _tell(self, t: float) -> Measure:
        self._settle(t)
        spectra, has_rr = self._spectra(t)
        if not len(spectra):
            return Measure(why=self._why_none(t))
        told = _fuse(spectra)
        if has_rr and len(spectra) > 1 and _are_octave_apart(spectra[0], spectra[1:]):
            return Measure(quality=told.quality, why=Reason.UNSURE)
        return told

    def _settle(self, t: float) -> None:
        """Give the beats that waited the shape of their QRS, or give up waiting for it."""
        while self._waiting and _is_settled(*self._waiting[0], t):
            beat, shape = self._waiting.popleft()
            seen = shape.shape_at(beat.t) if shape is not None else _UNSEEN
            self._beats.append(np.array([beat.t]), np.array([[beat.nn_ms, *seen]]))

    def _spectra(self, t: float) -> tuple[FloatArray, bool]:
        """Give a spectrum for each signal that bears one, each with a sum of 1, and whether the first is RR's.

        Their shape is (signals, bins).
        """
        beats = self._beats.between(t - _LOOK_BACK_S, t)
        each = [_evenly(*_without_outliers(beats.t, column), t) for column in beats.values.T]
        power = _powers([values for values in each if values is not None])
        tilt = self._tilt.between(t - _LOOK_BACK_S, t)
        if len(tilt.t) >= _FEWEST and float(np.std(_size(tilt.values))) <= _MOVING_MG:
            axes = [_evenly(tilt.t, axis, t) for axis in tilt.values.T]
            turned = np.add.reduce(_powers([values for values in axes if values is not None]), axis=0, keepdims=True)
            power = np.concatenate([_that_beats_can_tell(power, beats.t), turned])
        else:
            power = _that_beats_can_tell(power, beats.t)
        total = np.add.reduce(power, axis=1, keepdims=True)
        bears = total[:, 0] > 0.0
        return power[bears] / total[bears], each[0] is not None and bool(bears[0])

    def _why_none(self, t: float) -> Reason:
        newest_t = self._newest_beat_t()
        if newest_t == -math.inf:
            return Reason.NOT_COMPUTED
        return Reason.STALE if t - newest_t > _OLD_S else Reason.SETTLING


def _is_settled(beat: Beat, shape: QrsShape | None, t: float) -> bool:
    return shape is None or shape.is_there(beat.t) or t >= beat.t + _LATE_S


def _fuse(spectra: FloatArray) -> Measure:
    together = np.add.reduce(spectra, axis=0) / len(spectra)
    peak, sure = _peak(together)
    together[max(peak - 2 * _NEAR_BINS, 0) : peak + 2 * _NEAR_BINS + 1] = 0.0
    rate_hz = float(_FREQUENCY_HZ[peak])
    if sure < _needed(len(spectra), rate_hz) or _peak(together)[1] > _RIVAL * sure:
        return Measure(quality=sure, why=Reason.UNSURE)
    return Measure(60.0 * rate_hz, sure, None)


def _are_octave_apart(rr: FloatArray, others: FloatArray) -> bool:
    """Tell whether RR clearly has its peak at about half or twice the rate at which the others together have theirs."""
    peak, sure = _peak(rr)
    one_hz, other_hz = _FREQUENCY_HZ[peak], _FREQUENCY_HZ[_peak(np.add.reduce(others, axis=0))[0]]
    return sure >= _CLEAR and _OCTAVE[0] <= max(one_hz, other_hz) / min(one_hz, other_hz) <= _OCTAVE[1]


def _peak(spectrum: FloatArray) -> tuple[int, float]:
    """Give the highest bin and the share that lies near it."""
    peak = int(np.argmax(spectrum))
    near = spectrum[max(peak - _NEAR_BINS, 0) : peak + _NEAR_BINS + 1]
    return peak, min(float(np.add.reduce(near)), 1.0)


def _needed(signals: int, rate_hz: float) -> float:
    if signals == 1 and rate_hz < _ALONE_SLOW[0]:
        return _ALONE_SLOW[1]
    return _SURE[min(signals, len(_SURE)) - 1]


def _without_outliers(t: FloatArray, values: FloatArray) -> tuple[FloatArray, FloatArray]:
    known = np.isfinite(values)
    if np.count_nonzero(known) < _FEWEST:
        return t[:0], values[:0]
    middle = _median(values[known])
    distance = np.abs(values - middle)
    close = distance <= _OUTLIER * _median(distance[known])  # what is not a number is never close
    return t[close], values[close]


def _evenly(t: FloatArray, values: FloatArray, now_s: float) -> FloatArray | None:
    """Give a signal's last 48 s at 4 Hz, freed of its straight line; None where the values do not bear it."""
    if len(t) < _FEWEST or now_s - t[-1] > _OLD_S or t[-1] - t[0] < WINDOW_S or (t[1:] - t[:-1]).max() > _GAP_S:
        return None
    evenly = np.interp(t[-1] + _GRID_S, t, values)
    swing = evenly - np.add.reduce(evenly) / _SAMPLES
    swing -= _RAMP * (np.add.reduce(swing * _RAMP) / _RAMP_POWER)
    is_swing = _STILL * np.abs(evenly).max() < math.sqrt(np.add.reduce(swing * swing) / _SAMPLES) < math.inf
    return swing if is_swing else None


def _powers(swings: list[FloatArray]) -> FloatArray:
    """Give the power of each signal from 4 to 40 breaths a minute, weighed with the frequency."""
    if not swings:
        return np.zeros((0, len(_FREQUENCY_HZ)))
    spectra = np.fft.rfft(np.array(swings) * _HANN, _PADDED, axis=1)
    power: FloatArray = (spectra.real**2 + spectra.imag**2) * _BREATHING_HZ
    return power


def _that_beats_can_tell(power: FloatArray, t: FloatArray) -> FloatArray:
    """Leave out what is faster than half the heart rate."""
    if not len(power):
        return power
    result: FloatArray = np.where(0.5 * (len(t) - 1) >= _FREQUENCY_HZ * (t[-1] - t[0]), power, 0.0)
    return result


def _median(values: FloatArray) -> float:
    return float(np.sort(values)[len(values) // 2])


def _size(acceleration: FloatArray) -> FloatArray:
    x, y, z = acceleration.T
    size: FloatArray = np.hypot(np.hypot(x, y), z)
    return size
