# SPDX-License-Identifier: MIT
"""Heart rate variability in the frequency domain: how much of it is slow (LF) and how much is fast (HF).

The NN of the last 300 s become a curve at 4 Hz; its power spectrum by Welch's method is summed over two bands. It is
computed anew at each call, so nothing drifts over a day.

Law: the bands at `t` depend on the beats confirmed until then, and on the breathing told at the calls before.

Notes
-----
- LF/HF is a ratio of two powers and nothing more; it is no balance of anything.
- Below 9 breaths/min the breath's own swing lies in the LF band: no band then means what its name says. They stay
  hidden until at most a tenth of the window was breathed so slowly.
- As `scipy.signal.welch` does, segments begin with the window's first NN; what is left after the last whole one is not
  used. With 300 s there are three segments, and the newest minute waits for a place.
- A cubic spline passes slow swings whole and dampens fast ones: at 60 bpm a swing of 0.25 Hz keeps 97 % of its power.

References
----------
Task Force of the ESC and NASPE (1996), doi 10.1161/01.CIR.93.5.1043: bands, 4 Hz, spectrum in ms^2.
Welch (1967), doi 10.1109/TAU.1967.1161901.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from dsp.codes import Reason
from dsp.heart.tachogram import SAMPLE_HZ, Tachogram
from dsp.stream import FloatArray, Measure

WINDOW_S = 300.0
SLOWEST_BREATHS_PER_MIN = 9.0  # 0.15 Hz: a slower breath swings in the LF band

_AT_LEAST_S = 120.0
_SEGMENT = 480  # samples: 120 s
_LF_BINS = slice(5, 18)  # of 1/120 Hz: from 0.04 up to but without 0.15 Hz
_HF_BINS = slice(18, 48)  # up to but without 0.40 Hz
_BIN_HZ = SAMPLE_HZ / _SEGMENT
_SLOW_SHARE = 0.1

_HANN = 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(_SEGMENT) / _SEGMENT)
_RAMP = np.arange(_SEGMENT) - 0.5 * (_SEGMENT - 1)
_RAMP_POWER = float(np.sum(_RAMP**2))
_ONE_SIDED = np.where(np.arange(_SEGMENT // 2 + 1) % (_SEGMENT // 2) == 0, 1.0, 2.0) / (SAMPLE_HZ * np.sum(_HANN**2))


@dataclass(frozen=True, slots=True)
class Bands:
    """The frequency domain at one instant."""

    lf_ms2: Measure
    hf_ms2: Measure
    lf_hf: Measure


class Spectrum:
    """Tell one person's slow and fast variability at any time.

    Parameters
    ----------
    tachogram : Tachogram
        Their NN.
    """

    delay_s = Tachogram.delay_s

    def __init__(self, tachogram: Tachogram) -> None:
        self._tachogram = tachogram
        self._slow_since: deque[float] = deque(maxlen=int(WINDOW_S))  # when breathing was told to be slow

    def bands_at(self, t: float, *, paced_per_min: float | None = None, breaths_per_min: float | None = None) -> Bands:
        """Give the power of both bands over the NN that end in (t - 300 s, t]; to be asked once a second.

        Parameters
        ----------
        t : float
            Seconds on the session clock.
        paced_per_min, breaths_per_min : float or None
            The breathing that is asked for and the one that is measured, as far as there are any.

        Returns
        -------
        Bands
            Each value's quality is the share of the 300 s that its NN cover.
        """
        window = self._tachogram.window_at(t, length_s=WINDOW_S, at_least_s=_AT_LEAST_S)
        breath_is_in_lf = self._note_breath(t, paced_per_min, breaths_per_min)
        if isinstance(window, Reason):
            return _without(window)
        if breath_is_in_lf:
            return _without(Reason.BREATH_IN_LF_BAND)
        lf, hf = band_powers(self._tachogram.evenly(window))
        ratio = Measure(lf / hf, window.coverage, None) if hf > 0.0 else Measure(why=Reason.FLAT)
        return Bands(Measure(lf, window.coverage, None), Measure(hf, window.coverage, None), ratio)

    def _note_breath(self, t: float, *rates: float | None) -> bool:
        """Remember whether breathing is slow now; tell whether the window is too full of it."""
        is_slow = any(rate is not None and 0.0 < rate < SLOWEST_BREATHS_PER_MIN for rate in rates)
        if is_slow:
            self._slow_since.append(t)
        while self._slow_since and self._slow_since[0] <= t - WINDOW_S:
            self._slow_since.popleft()
        return is_slow or len(self._slow_since) > _SLOW_SHARE * WINDOW_S


def band_powers(nn_ms: FloatArray) -> tuple[float, float]:
    """Compute LF and HF.

    Parameters
    ----------
    nn_ms : array, shape (n,)
        Intervals at 4 Hz in ms, at least 480 of them (120 s).

    Returns
    -------
    lf_ms2, hf_ms2 : float
        Power from 0.04 to below 0.15 Hz, and from there to below 0.40 Hz.
    """
    density = welch(nn_ms)
    return float(np.add.reduce(density[_LF_BINS])) * _BIN_HZ, float(np.add.reduce(density[_HF_BINS])) * _BIN_HZ


def welch(values: FloatArray) -> FloatArray:
    """Estimate the one-sided power spectral density of samples at 4 Hz.

    Parameters
    ----------
    values : array, shape (n,)
        At least 480 samples.

    Returns
    -------
    array, shape (241,)
        Units squared per Hz, at multiples of 1/120 Hz: the mean over segments of 120 s that overlap by half, each freed
        of its straight line and seen through a periodic Hann window.
    """
    starts = range(0, len(values) - _SEGMENT + 1, _SEGMENT // 2)
    segments = np.array([values[start : start + _SEGMENT] for start in starts])
    means = np.add.reduce(segments, axis=1, keepdims=True) / _SEGMENT
    slopes = np.add.reduce(segments * _RAMP, axis=1, keepdims=True) / _RAMP_POWER
    spectra = np.fft.rfft((segments - means - slopes * _RAMP) * _HANN, axis=1)
    power: FloatArray = np.add.reduce(spectra.real**2 + spectra.imag**2, axis=0)
    return power * (_ONE_SIDED / len(segments))


def _without(why: Reason) -> Bands:
    return Bands(Measure(why=why), Measure(why=why), Measure(why=why))
