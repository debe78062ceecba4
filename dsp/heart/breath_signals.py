# SPDX-License-Identifier: MIT
"""What the breath leaves in other signals: in the QRS complex of the ECG, and in the tilt of a strap.

Law: what is held depends on the samples alone, however they were cut, as long as no chunk is longer than what is held
(8192 samples).
"""

import math

import numpy as np

from dsp.filters import smoothing_without_mains, symmetric_sum
from dsp.ring import Ring, RingView
from dsp.stream import Chunk, FloatArray

SLOT_HZ = 4.0

_HELD = 8192
_SLOTS_HELD = 256  # 64 s
_AROUND_S = 0.1  # of R on either side: the whole QRS complex
_LEVEL_UNTIL_S = 0.045  # before R: where the complex has not yet begun
_SMOOTH_S = 0.016  # to each side: beats against mains would move the shape as slowly as a breath does
_FEWEST = 10  # samples that a QRS complex needs: 50 a second
_HIGHEST = 1e6  # mV or mg: no sensor's value; squares and sums of it stay finite
_NO_WAVE = (math.nan, math.nan, math.nan)


class QrsShape:
    """Hold the newest ECG; tell the shape of the complex about an R peak.

    Attributes
    ----------
    newest_t : float
        The time of the newest sample, -inf before any.
    """

    def __init__(self) -> None:
        self._ring = Ring(_HELD)
        self.newest_t = -math.inf
        self._rate_hz, self._weights = 0.0, np.empty(0)  # of the last smoothing: rates hardly change

    def take(self, chunk: Chunk) -> None:
        """Take an ECG in mV; samples whose time does not lie after all before it are passed over."""
        self.newest_t = _append(self._ring, chunk.t, chunk.values, self.newest_t)

    def is_there(self, t: float) -> bool:
        """Tell whether the whole complex about an R peak at `t` has come."""
        return self.newest_t >= t + _AROUND_S

    def shape_at(self, t: float) -> tuple[float, float, float]:
        """Give the height, the spread (SD) and the level before the complex, in mV; NaN where there are not enough.

        They are those of the wave without mains.
        """
        wave = self._ring.between(t - _AROUND_S, t + _AROUND_S)
        if len(wave.t) < _FEWEST or not np.isfinite(wave.values).all():
            return _NO_WAVE
        values = symmetric_sum(wave.values, self._weights_for(wave))
        count, edge = len(values), (len(wave.t) - len(values)) // 2
        before = values[: max(int(wave.t.searchsorted(t - _LEVEL_UNTIL_S, "right")) - edge, 0)]
        if not len(before):
            return _NO_WAVE
        off = values - np.add.reduce(values) / count
        spread = math.sqrt(np.add.reduce(off * off) / count)
        return float(values.max() - values.min()), spread, float(np.add.reduce(before) / len(before))

    def _weights_for(self, wave: RingView) -> FloatArray:
        rate_hz = round((len(wave.t) - 1) / float(wave.t[-1] - wave.t[0]), 1)
        if rate_hz != self._rate_hz:
            self._rate_hz, self._weights = rate_hz, smoothing_without_mains(rate_hz, _SMOOTH_S)
        return self._weights


class Tilt:
    """Hold a strap's acceleration as means over quarters of a second, which leave the breath and take the rest."""

    def __init__(self) -> None:
        self._raw = Ring(_HELD, channels=3)
        self._slots = Ring(_SLOTS_HELD, channels=3)
        self._newest_t = -math.inf
        self._told_until = -math.inf  # the last slot that was told

    def take(self, chunk: Chunk) -> None:
        """Take acceleration in mg, shape (n, 3)."""
        self._newest_t = _append(self._raw, chunk.t, chunk.values, self._newest_t)

    def between(self, after_s: float, until_s: float) -> RingView:
        """Give the means in mg whose quarter ends in (after, until], with the time of its end."""
        self._fill(until_s)
        return self._slots.between(after_s, until_s)

    def _fill(self, until_s: float) -> None:
        """Make the slots that are over: those before the one that the newest sample lies in."""
        raw = self._raw.between(self._told_until / SLOT_HZ, until_s)
        slots = np.ceil(raw.t * SLOT_HZ)
        starts = np.flatnonzero(np.concatenate([[True], slots[1:] != slots[:-1]])) if len(slots) else slots.astype(int)
        for start, stop in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
            mean = np.add.reduce(raw.values[start:stop], axis=0) / (stop - start)
            if np.isfinite(mean).all():
                self._slots.append(slots[start : start + 1] / SLOT_HZ, mean[np.newaxis])
            self._told_until = float(slots[start])


def _append(ring: Ring, t: FloatArray, values: FloatArray, newest_t: float) -> float:
    """Append the samples whose times rise; give the newest time."""
    known = np.where(np.isfinite(t), t, -math.inf)
    newest = np.maximum.accumulate(np.concatenate([[newest_t], known]))
    rises = known > newest[:-1]
    ring.append(t[rises], np.where(np.abs(values[rises]) <= _HIGHEST, values[rises], math.nan))
    return float(newest[-1])
