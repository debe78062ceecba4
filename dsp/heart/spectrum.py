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
import numpy.typing as npt

from dsp.codes import Reason
from dsp.heart.tachogram import SAMPLE_HZ, Tachogram
from dsp.stream import FloatArray, Measure

ComplexArray = npt.NDArray[np.complex128]

WINDOW_S = 300.0
SLOWEST_BREATHS_PER_MIN = 9.0  # 0.15 Hz: a slower breath swings in the LF band

_AT_LEAST_S = 120.0
_SEGMENT, _STEP = 480, 240  # samples: 120 s, half overlapping
_BIN_HZ = SAMPLE_HZ / _SEGMENT
_FIRST_BIN, _HF_BIN, _END_BIN = 5, 18, 48  # of 1/120 Hz: 0.04, 0.15 and 0.40 Hz; a band ends before its upper limit
_SLOW_SHARE = 0.1

_RAMP = np.arange(_SEGMENT, dtype=np.float64) - 0.5 * (_SEGMENT - 1)
_SLOPE = _RAMP / np.sum(_RAMP**2)  # what gives a segment's slope by least squares
_HANN_POWER = 0.375 * _SEGMENT  # the sum of its squares
_ONE_SIDED = 2.0 / (SAMPLE_HZ * _HANN_POWER)
_LF = slice(2 * (_HF_BIN - _FIRST_BIN))  # of real and imaginary parts in turn, from the first bin of a band on
_HF = slice(_LF.stop, None)


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
        lf, hf = band_powers(self._tachogram.evenly(window, window.samples // _STEP * _STEP))
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
    """Compute LF and HF: Welch's estimate of the power density, summed over the bins of each band.

    Parameters
    ----------
    nn_ms : array, shape (n,)
        Intervals at 4 Hz in ms, at least 480 of them (120 s). Segments of 120 s overlap by half; each is freed of its
        straight line and seen through a periodic Hann window, and their densities' mean is taken.

    Returns
    -------
    lf_ms2, hf_ms2 : float
        Power from 0.04 to below 0.15 Hz, and from there to below 0.40 Hz.
    """
    starts = range(0, len(nn_ms) - _SEGMENT + 1, _STEP)
    segments = np.array([nn_ms[start : start + _SEGMENT] for start in starts])
    parts = (_through_hann(segments) - (segments @ _SLOPE)[:, np.newaxis] * _RAMP_THROUGH_HANN).view(np.float64)
    power = np.add.reduce(parts * parts, axis=0)
    scale = _ONE_SIDED * _BIN_HZ / len(segments)
    return float(np.add.reduce(power[_LF])) * scale, float(np.add.reduce(power[_HF])) * scale


def _through_hann(segments: FloatArray) -> ComplexArray:
    """Give the bins of the bands, of segments seen through a Hann window: it mixes each bin with its neighbours.

    So far from zero nothing is left of a segment's mean.
    """
    bins = np.fft.rfft(segments, axis=1)[:, _FIRST_BIN - 1 : _END_BIN + 1]
    mixed: ComplexArray = 0.5 * bins[:, 1:-1] - 0.25 * (bins[:, :-2] + bins[:, 2:])
    return mixed


_RAMP_THROUGH_HANN = _through_hann(_RAMP[np.newaxis])


def _without(why: Reason) -> Bands:
    return Bands(Measure(why=why), Measure(why=why), Measure(why=why))
