# SPDX-License-Identifier: MIT
"""The cubic spline through beats: what turns values at uneven times into a curve that can be read anywhere.

The same curve as `scipy.interpolate.CubicSpline` with its default ends (not-a-knot), without the second that scipy
takes to import. How the curve ends is felt less with each knot further in, by a factor of about 0.27: after `FELT`
knots by less than 1e-11. So who reads the same knots again and again need not solve for those in the middle again
(`dsp/heart/growing_slopes.py`).

References
----------
de Boor (1978), A Practical Guide to Splines, chapter IV: the slopes at the knots solve a tridiagonal system.
"""

import itertools
from collections.abc import Iterable

import numpy as np

from dsp.stream import FloatArray

FELT = 24
"""Knots from an end on until which the slopes feel it."""

_FEWEST = 4  # knots that the two conditions at the ends need

Row = tuple[float, float, float, float]  # of the system: below, on and above the diagonal, and right of the equals sign


class Spline:
    """A twice continuously differentiable curve of cubics; its third derivative too is continuous at the second knots.

    Parameters
    ----------
    x : array, shape (n,)
        Knots, strictly rising, at least 4.
    y : array, shape (n,)
        Values at the knots.
    slopes : array, shape (n,), or None
        The curve's slopes at the knots, where they are known.

    Raises
    ------
    ValueError
        When there are fewer than 4 knots, or not as many values.
    """

    def __init__(self, x: FloatArray, y: FloatArray, slopes: FloatArray | None = None) -> None:
        if slopes is None:
            slopes = slopes_at(x, y)
        self._x = x
        steps = x[1:] - x[:-1]
        rises = (y[1:] - y[:-1]) / steps
        bend = (slopes[:-1] + slopes[1:] - 2.0 * rises) / steps
        self._pieces = np.array([x[:-1], y[:-1], slopes[:-1], (rises - slopes[:-1]) / steps - bend, bend / steps])

    def at(self, x: FloatArray) -> FloatArray:
        """Read the curve at `x`, shape (m,), rising; beyond the ends the outermost cubics go on."""
        borders = np.empty(len(self._x), dtype=np.intp)
        borders[0], borders[1:-1], borders[-1] = 0, x.searchsorted(self._x[1:-1]), len(x)
        start, value, slope, curve, bend = self._pieces.repeat(borders[1:] - borders[:-1], axis=1)
        past = x - start
        result: FloatArray = bend  # and in place, for half of the time goes into memory
        for coefficient in (curve, slope, value):
            result *= past
            result += coefficient
        return result


def slopes_at(x: FloatArray, y: FloatArray) -> FloatArray:
    """Solve for the slopes of a spline at its knots.

    Parameters
    ----------
    x, y : array, shape (n,)
        At least 4 knots, strictly rising, and the values at them.

    Returns
    -------
    array, shape (n,)
        The slopes.

    Raises
    ------
    ValueError
        When there are fewer than 4 knots, or not as many values.
    """
    if len(x) < _FEWEST or len(x) != len(y):
        raise ValueError(f"there must be {_FEWEST} knots or more and as many values, not {len(x)} and {len(y)}")
    steps = (x[1:] - x[:-1]).tolist()
    rises = [rise / step for rise, step in zip((y[1:] - y[:-1]).tolist(), steps, strict=True)]
    inner = map(inner_row, steps, steps[1:], rises, rises[1:])
    below, middle, above, right = end_row(steps[-1], steps[-2], rises[-1], rises[-2])
    last = above, middle, below, right  # seen from its end it is a first one
    return _solve(itertools.chain([end_row(*steps[:2], *rises[:2])], inner, [last]))


def inner_row(step_before: float, step: float, rise_before: float, rise: float) -> Row:
    """Give the row of a knot with others on both sides: the second derivative does not change there."""
    right = 3.0 * (step * rise_before + step_before * rise)
    return step, 2.0 * (step_before + step), step_before, right


def end_row(step: float, next_step: float, rise: float, next_rise: float) -> Row:
    """Give the row of the first knot: the third derivative does not change at the second one."""
    both = step + next_step
    right = ((step + 2.0 * both) * next_step * rise + step**2 * next_rise) / both
    return 0.0, next_step, both, right


def _solve(rows: Iterable[Row]) -> FloatArray:
    """Solve a tridiagonal system by elimination: on plain floats, as each row needs the one before it."""
    share = value = 0.0
    shares, values = [], []
    for below, middle, above, right in rows:
        pivot = middle - below * share
        share, value = above / pivot, (right - below * value) / pivot
        shares.append(share)
        values.append(value)
    slope = 0.0
    for i in range(len(values) - 1, -1, -1):
        values[i] = slope = values[i] - shares[i] * slope
    return np.array(values)
