# SPDX-License-Identifier: MIT
"""A regular stream that is sent as it comes: its rate, and the samples that it misses.

A reader that places samples by their number (pyxdf across dropouts shorter than some 4 s) otherwise moves all that
follows. So what is missing is sent as NaN: before the first sample after a dropout, and, while the link is known to be
lost, each second.

Law: samples and their times are never changed. What is put in comes to the dropout's length at the stream's own rate;
what rounding leaves over counts in the next one, so that many short ones do not add up.
"""

import math

import numpy as np

from app.export.outline import declared_hz
from dsp.stream import FloatArray

_LOST = 1.75  # steps; a sample's own jitter is less
_LONGEST_S = 3600.0  # a longer pause is no dropout: readers see a new segment in it
_FEWEST = 8  # samples
_SHORTEST_S = 1.0  # and a second of them show a rate
_HIGHEST_HZ = 10_000.0


class RateSeen:
    """Finds a stream's rate in its first second, and keeps the samples till then."""

    def __init__(self) -> None:
        self._t: list[FloatArray] = []
        self._values: list[FloatArray] = []

    def update(self, t: FloatArray, values: FloatArray) -> float | None:
        """Take samples (n,) and (n, columns); give the rate, Hz, once it shows."""
        self._t.append(t)
        self._values.append(values)
        seen, _ = self.kept()
        if len(seen) < _FEWEST or seen[-1] - seen[0] < _SHORTEST_S:
            return None
        step_s = float(np.median(np.diff(seen)))
        return 1.0 / step_s if step_s * _HIGHEST_HZ >= 1.0 else None

    def kept(self) -> tuple[FloatArray, FloatArray]:
        """Give what came so far."""
        return np.concatenate(self._t), np.concatenate(self._values)


class LiveFilling:
    """Fills one stream's dropouts, chunk by chunk.

    Parameters
    ----------
    rate_hz : float
        As its first samples have it; learned further from those that follow one another.
    columns : int
        How many numbers a sample has.
    """

    def __init__(self, rate_hz: float, columns: int) -> None:
        self.declared_hz = declared_hz(rate_hz)
        self._hz = rate_hz
        self._columns = columns
        self._steps, self._steps_s = 0, 0.0
        self._last_t: float | None = None
        self._over = 0.0  # of a sample, from the dropouts before

    def update(self, t: FloatArray, values: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Give samples, `t` (n,) in order and `values` (n, columns), with what is missing before and between them."""
        if not len(t):
            return t, values
        before = np.concatenate([[t[0] - 1.0 / self._hz if self._last_t is None else self._last_t], t[:-1]])
        steps_s = t - before
        self._last_t = float(t[-1])
        lost = np.flatnonzero(steps_s * self._hz > _LOST).tolist()
        self._learn(np.delete(steps_s, lost))
        places: list[int] = []
        times: list[FloatArray] = []
        for k in lost:
            n = self._missing(float(steps_s[k]))
            places += [k] * n
            times.append(before[k] + steps_s[k] * np.arange(1, n + 1) / (n + 1))
        if not places:
            return t, values
        return np.insert(t, places, np.concatenate(times)), np.insert(values, places, np.nan, axis=0)

    def lost_until(self, t: float) -> tuple[FloatArray, FloatArray]:
        """Give the samples that are known to be missing between the newest one and `t`."""
        n = 0 if self._last_t is None else math.floor((t - self._last_t) * self._hz)
        if self._last_t is None or n < 1:
            return np.empty(0), np.empty((0, self._columns))
        times = self._last_t + np.arange(1, n + 1) / self._hz
        self._last_t = float(times[-1])
        return times, np.full((n, self._columns), np.nan)

    def _missing(self, step_s: float) -> int:
        """Count the samples that are missing within a step."""
        if step_s > _LONGEST_S:
            self._over = 0.0
            return 0
        due = step_s * self._hz - 1.0 + self._over
        n = max(round(due), 0)
        self._over = due - n
        return n

    def _learn(self, steps_s: FloatArray) -> None:
        """Learn the rate from samples that follow one another."""
        self._steps += len(steps_s)
        self._steps_s += float(steps_s.sum())
        if self._steps >= _FEWEST and self._steps_s >= _SHORTEST_S:
            self._hz = self._steps / self._steps_s
