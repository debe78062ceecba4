# SPDX-License-Identifier: MIT
"""The slopes of a spline that grows knot by knot, for a few operations with each knot and each window that is read.

The slopes solve a tridiagonal system (`dsp/heart/spline.py`). Its elimination goes forward, so a new knot adds a row
and changes none; what the new end changes by more than 1e-11 are the slopes at the last `FELT` knots. Those before them
are settled, some at once; those at the last knots are found when they are asked for. A window that begins later has
another first row: the slopes then differ by a term that obeys the same system without a right side, and so falls by a
known ratio from knot to knot.

Law: the slopes of a window are those of its knots alone, to 1e-11.
"""

import math
from collections import deque

import numpy as np

from dsp.heart.spline import FELT, Row, end_row, inner_row, slopes_at
from dsp.ring import Ring
from dsp.stream import FloatArray

_AT_ONCE = 8  # knots that are settled together, so that going back costs each of them little


class GrowingSlopes:
    """Follow the knots of a spline; tell the slopes in any window of them.

    Parameters
    ----------
    held : int
        How many knots are held; a window lies within the newest of them.
    """

    def __init__(self, held: int) -> None:
        self._settled = Ring(held, channels=2)  # slope, and what is left of an error at the next knot
        self._knots: deque[tuple[float, float]] = deque()  # those that are not settled
        self._steps: deque[float] = deque(maxlen=2)
        self._rises: deque[float] = deque(maxlen=2)
        self._rows: deque[tuple[float, float, Row]] = deque()  # eliminated, of these knots but the last: share, value

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
        if len(self._rows) == FELT + _AT_ONCE:
            self._settle()

    def _eliminate(self, row: Row) -> None:
        below, middle, above, right = row
        share, value = self._rows[-1][:2] if self._rows else (0.0, 0.0)
        pivot = middle - below * share
        self._rows.append((above / pivot, (right - below * value) / pivot, row))

    def _settle(self) -> None:
        """Keep what the end no longer changes."""
        settled = self._go_back()[:_AT_ONCE]
        times = [self._knots.popleft()[0] for _ in settled]
        for _ in settled:
            self._rows.popleft()
        self._settled.append(np.array(times), np.array(settled))

    def _go_back(self) -> list[tuple[float, float]]:
        """Find the slopes at the knots that are not settled, and what is left of an error there at the next knot."""
        (step_before, step), (rise_before, rise) = self._steps, self._rises
        _, middle, below, right = end_row(step, step_before, rise, rise_before)  # seen from its end it is a first one
        share, value, _ = self._rows[-1]
        slope = (right - below * value) / (middle - below * share)
        found = [(slope, 0.0)]
        left_over = -below / middle
        for share, value, (below, middle, above, _) in reversed(self._rows):
            slope = value - share * slope
            found.append((slope, left_over))
            left_over = -below / (middle + above * left_over)
        return found[::-1]

    def between(self, x: FloatArray, y: FloatArray, count: int) -> FloatArray:
        """Give the slopes of the spline through some knots alone, at the first of them.

        Parameters
        ----------
        x, y : array, shape (n,)
            The knots: some of the last that were taken.
        count : int
            At how many of them.

        Returns
        -------
        array, shape (count,)
        """
        if len(x) <= 2 * FELT + _AT_ONCE or x[-1] != self._knots[-1][0]:
            return slopes_at(x, y)[:count]
        settled = self._settled.between(math.nextafter(x[0], -math.inf), x[-1]).values
        slopes = settled[:, 0].copy()
        if count > len(slopes):
            slopes = np.concatenate([slopes, [slope for slope, _ in self._go_back()]])
        first, second, third = x[:3].tolist()
        rises = (float(y[1] - y[0]) / (second - first), float(y[2] - y[1]) / (third - second))
        _, middle, above, right = end_row(second - first, third - second, *rises)
        off = right - middle * slopes[0] - above * slopes[1]
        left_over = settled[:FELT, 1]
        begin = off / (middle + above * left_over[0])
        slopes[0] += begin
        slopes[1 : FELT + 1] += begin * np.multiply.accumulate(left_over)
        return slopes[:count]
