# SPDX-License-Identifier: MIT
"""How much the heart swings in one even rhythm: the openly published formula of coherence, on one minute of NN.

When breathing is slow and even, the heart's rate follows in one smooth wave, and nearly all of its swing lies at one
frequency. The number compares the power about the largest peak with all the rest.

Law: the rhythm at `t` depends on the beats confirmed until then, however they were cut.

Notes
-----
- The formula leaves the spectrum open. Here: NN at 4 Hz by cubic spline, from the first NN of the last 64 s on; freed
  of their straight line; a Hann window; zero-padded to 4096 samples (a bin is about 0.001 Hz).
- A peak is higher than its neighbours: the flank of a slow drift at 0.04 Hz is none. Without a peak the number is 0.
- In 64 s even a pure sine spreads: 90 % of it lies within 0.015 Hz, so the most even rhythm reads about 9.
- It is no vendor's score, and is shown with one decimal, at most 10.

References
----------
McCraty and Shaffer (2015), doi 10.7453/gahmj.2014.073: peak power / (total power - peak power), peak within
0.04 to 0.26 Hz, 0.030 Hz wide.
"""

import math

import numpy as np

from dsp.codes import Reason
from dsp.heart.tachogram import SAMPLE_HZ, Tachogram
from dsp.stream import FloatArray, Measure

WINDOW_S = 64.0

_AT_LEAST_S = 60.0
_PADDED = 4096
_BIN_HZ = SAMPLE_HZ / _PADDED
_PEAK_BINS = slice(math.ceil(0.04 / _BIN_HZ), int(0.26 / _BIN_HZ) + 1)
_FIRST_BIN, _LAST_BIN = math.ceil(0.0033 / _BIN_HZ), int(0.4 / _BIN_HZ)  # of the total
_HALF_WIDTH = int(0.015 / _BIN_HZ)
_MOST = 10.0
_STILL_MS = 0.5  # SD: a strap tells intervals by the ms, so a smaller swing is its own rounding


class Rhythm:
    """Tell how even one person's swing is at any time.

    Parameters
    ----------
    tachogram : Tachogram
        Their NN.
    """

    delay_s = Tachogram.delay_s

    def __init__(self, tachogram: Tachogram) -> None:
        self._tachogram = tachogram

    def measure_at(self, t: float) -> Measure:
        """Give the rhythm over the NN that end in (t - 64 s, t].

        Parameters
        ----------
        t : float
            Seconds on the session clock.

        Returns
        -------
        Measure
            0 to 10, with one decimal; its quality is the share of the 64 s that its NN cover.
        """
        window = self._tachogram.window_at(t, length_s=WINDOW_S, at_least_s=_AT_LEAST_S)
        if isinstance(window, Reason):
            return Measure(why=window)
        swing = without_line(self._tachogram.evenly(window))
        if np.add.reduce(swing * swing) < _STILL_MS**2 * len(swing):
            return Measure(why=Reason.FLAT)
        return Measure(round(min(evenness(swing), _MOST), 1), window.coverage, None)


def without_line(values: FloatArray) -> FloatArray:
    """Take the straight line of least squares from evenly spaced values, shape (n,)."""
    ramp = np.arange(len(values)) - 0.5 * (len(values) - 1)
    level = values - np.add.reduce(values) / len(values)
    result: FloatArray = level - ramp * (np.add.reduce(level * ramp) / np.add.reduce(ramp * ramp))
    return result


def evenness(swing_ms: FloatArray) -> float:
    """Compute the power within 0.015 Hz of the largest peak over the power of all the rest.

    Parameters
    ----------
    swing_ms : array, shape (n,)
        Intervals at 4 Hz without their straight line, about a minute of them, not all alike.

    Returns
    -------
    float
        0 or more; 0 where nothing peaks from 0.04 to 0.26 Hz.
    """
    n = len(swing_ms)
    spectrum = np.fft.rfft(swing_ms * (0.5 - 0.5 * np.cos(2.0 * np.pi / n * np.arange(n))), _PADDED)[: _LAST_BIN + 1]
    power = spectrum.real**2 + spectrum.imag**2
    inner = power[_PEAK_BINS]
    is_peak = (inner > power[_PEAK_BINS.start - 1 : _PEAK_BINS.stop - 1]) & (
        inner >= power[_PEAK_BINS.start + 1 : _PEAK_BINS.stop + 1]
    )
    if not is_peak.any():
        return 0.0
    peak = _PEAK_BINS.start + int(np.argmax(np.where(is_peak, inner, 0.0)))
    near = float(np.add.reduce(power[max(peak - _HALF_WIDTH, _FIRST_BIN) : peak + _HALF_WIDTH + 1]))
    return near / (float(np.add.reduce(power[_FIRST_BIN:])) - near)
