# SPDX-License-Identifier: MIT
"""The slopes of a spline that grows knot by knot, for a few operations with each knot and each window that is read.

The slopes solve a tridiagonal system (`dsp/heart/spline.py`). Its elimination goes forward, so a new knot adds a row
and changes none; what the new end changes by more than 1e-11 are the slopes at the last `FELT` knots, which are found
anew. A window that begins later has another first row: the slopes then differ by a term that obeys the same system
without a right side, and so falls by a known ratio from knot to knot.

Law: the slopes of a window are those of its knots alone, to 1e-11.
"""

import math
from collections import deque

import numpy as np

from dsp.heart.spline import FELT, Row, end_row, inner_row, slopes_at
from dsp.ring import Ring
from dsp.stream import FloatArray

_FEWEST_ROWS = 3  # before the last one: with three knots the conditions at both ends are the same


class GrowingSlopes:
    """Follow the knots of a spline; tell the slopes in any window of them.

    Parameters
    ----------
    held : int
        How many knots are held; a window lies within the newest of them.
    """

    def __init__(self, held: int) -> None:
        self._settled = Ring(held, channels=2)  # slope, and what is left of an error at the next knot
        self._knots: deque[tuple[float, float]] = deque(maxlen=FELT + 1)
        self._steps: deque[float] = deque(maxlen=2)
        self._rises: deque[float] = deque(maxlen=2)
        self._rows: deque[tuple[float, float, Row]] = deque(maxlen=FELT)  # eliminated: share of the next slope, value
        self._newest: list[float] = []  # the slopes at the last knots

    def append(self, x: float, y: float) -> None:
        """Take the next knot, further on than the one before it."""
        if self._knots:
            before_x, before_y = self._knots[-1]
            self._steps.append(x - before_x)
            self._rises.append((y - before_y) / (x - before_x))
        self._knots.append((x, y))
        if len(self._steps) == 2:
            if not self._rows:
                self._eliminate(end_row(*self._steps, *self._rises))
            self._eliminate(inner_row(*self._steps, *self._rises))
        if len(self._rows) >= _FEWEST_ROWS:
            self._go_back()

    def _eliminate(self, row: Row) -> None:
        below, middle, above, right = row
        share, value = self._rows[-1][:2] if self._rows else (0.0, 0.0)
        pivot = middle - below * share
        self._rows.append((above / pivot, (right - below * value) / pivot, row))

    def _go_back(self) -> None:
        """Find the slopes at the last knots, from the newest one back; the oldest of them is settled."""
        (step_before, step), (rise_before, rise) = self._steps, self._rises
        _, middle, below, right = end_row(step, step_before, rise, rise_before)  # seen from its end it is a first one
        share, value, _ = self._rows[-1]
        slope = (right - below * value) / (middle - below * share)
        left_over = -below / middle
        slopes = [slope]
        for share, value, (below, middle, above, _) in reversed(self._rows):
            settled_left_over = left_over
            slope = value - share * slope
            left_over = -below / (middle + above * left_over)
            slopes.append(slope)
        if len(self._rows) == FELT:
            row = np.array([[slopes.pop(), settled_left_over]])
            self._settled.append(np.array([self._knots[0][0]]), row)
        self._newest = slopes[::-1]

    def between(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """Give the slopes of the spline through these knots alone, shape (n,): some of the last that were taken."""
        if len(x) <= 2 * FELT or x[-1] != self._knots[-1][0]:
            return slopes_at(x, y)
        settled = self._settled.between(math.nextafter(x[0], -math.inf), x[-1]).values
        slopes = np.concatenate([settled[:, 0], self._newest])
        first, second, third = x[:3].tolist()
        rises = (float(y[1] - y[0]) / (second - first), float(y[2] - y[1]) / (third - second))
        _, middle, above, right = end_row(second - first, third - second, *rises)
        off = right - middle * slopes[0] - above * slopes[1]
        left_over = settled[:FELT, 1]
        begin = off / (middle + above * left_over[0])
        slopes[0] += begin
        slopes[1 : FELT + 1] += begin * np.multiply.accumulate(left_over)
        return slopes
