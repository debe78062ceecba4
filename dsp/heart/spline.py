# SPDX-License-Identifier: MIT
"""The cubic spline through beats: what turns values at uneven times into a curve that can be read anywhere.

The same curve as `scipy.interpolate.CubicSpline` with its default ends (not-a-knot), without the second that scipy
takes to import. How the curve ends is felt less with each knot further in, by a factor of about 0.27: after `FELT`
knots by less than 1e-11. So who reads the same knots again and again need not solve for those in the middle again.

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
        result: FloatArray = ((bend * past + curve) * past + slope) * past + value
        return result


def slopes_at(x: FloatArray, y: FloatArray, *, first: float | None = None, last: float | None = None) -> FloatArray:
    """Solve for the slopes of a spline at its knots.

    Parameters
    ----------
    x, y : array, shape (n,)
        At least 4 knots, strictly rising, and the values at them.
    first, last : float or None
        The slope at that end where it is known; else the end is not a knot.

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
    steps = x[1:] - x[:-1]
    rises = (y[1:] - y[:-1]) / steps
    inner = (
        steps[1:].tolist(),
        (2.0 * (steps[:-1] + steps[1:])).tolist(),
        steps[:-1].tolist(),
        (3.0 * (steps[1:] * rises[:-1] + steps[:-1] * rises[1:])).tolist(),
    )
    below, middle, above, right = _end(steps[:-3:-1].tolist(), rises[:-3:-1].tolist(), last)
    end = (above, middle, below, right)  # the last row, seen from its end, is a first one
    begin = _end(steps[:2].tolist(), rises[:2].tolist(), first)
    return _solve(itertools.chain([begin], zip(*inner, strict=True), [end]))


def _end(steps: list[float], rises: list[float], slope: float | None) -> Row:
    """Give the row of an end: its slope, or that the third derivative does not change at the second knot."""
    if slope is not None:
        return 0.0, 1.0, 0.0, slope
    head = steps[0] + steps[1]
    right = ((steps[0] + 2.0 * head) * steps[1] * rises[0] + steps[0] ** 2 * rises[1]) / head
    return 0.0, steps[1], head, right


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
