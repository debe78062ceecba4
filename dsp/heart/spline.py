# SPDX-License-Identifier: MIT
"""The cubic spline through beats: what turns values at uneven times into a curve that can be read anywhere.

The same curve as `scipy.interpolate.CubicSpline` with its default ends (not-a-knot), without the second that scipy
takes to import.

References
----------
de Boor (1978), A Practical Guide to Splines, chapter IV: the slopes at the knots solve a tridiagonal system.
"""

import numpy as np

from dsp.stream import FloatArray

_FEWEST = 4  # knots that the two conditions at the ends need


class Spline:
    """A twice continuously differentiable curve of cubics; its third derivative too is continuous at the second knots.

    Parameters
    ----------
    x : array, shape (n,)
        Knots, strictly rising, at least 4.
    y : array, shape (n,)
        Values at the knots.

    Raises
    ------
    ValueError
        When there are fewer than 4 knots, or not as many values.
    """

    def __init__(self, x: FloatArray, y: FloatArray) -> None:
        if len(x) < _FEWEST or len(x) != len(y):
            raise ValueError(f"there must be {_FEWEST} knots or more and as many values, not {len(x)} and {len(y)}")
        self._x = x
        steps = x[1:] - x[:-1]
        rises = (y[1:] - y[:-1]) / steps
        slopes = _slopes(steps, rises)
        bend = (slopes[:-1] + slopes[1:] - 2.0 * rises) / steps
        self._pieces = (y[:-1], slopes[:-1], (rises - slopes[:-1]) / steps - bend, bend / steps)

    def at(self, x: FloatArray) -> FloatArray:
        """Read the curve at `x`, shape (m,); beyond the ends the outermost cubics go on."""
        piece = np.clip(np.searchsorted(self._x, x, side="right") - 1, 0, len(self._x) - 2)
        value, slope, curve, bend = (coefficient[piece] for coefficient in self._pieces)
        past = x - self._x[piece]
        result: FloatArray = ((bend * past + curve) * past + slope) * past + value
        return result


def _slopes(steps: FloatArray, rises: FloatArray) -> FloatArray:
    """Solve for the slopes at the knots."""
    first, second, last, before_last = steps[0], steps[1], steps[-1], steps[-2]
    head, tail = first + second, last + before_last
    diagonal = np.concatenate([[second], 2.0 * (steps[:-1] + steps[1:]), [before_last]])
    below = np.concatenate([steps[1:], [tail]])
    above = np.concatenate([[head], steps[:-1]])
    right = np.concatenate(
        [
            [((first + 2.0 * head) * second * rises[0] + first**2 * rises[1]) / head],
            3.0 * (steps[1:] * rises[:-1] + steps[:-1] * rises[1:]),
            [(last**2 * rises[-2] + (2.0 * tail + last) * before_last * rises[-1]) / tail],
        ]
    )
    return _solve(below.tolist(), diagonal.tolist(), above.tolist(), right.tolist())


def _solve(below: list[float], diagonal: list[float], above: list[float], right: list[float]) -> FloatArray:
    """Solve a tridiagonal system by elimination: on plain floats, as each row needs the one before it."""
    share, value = above[0] / diagonal[0], right[0] / diagonal[0]
    shares, values = [share], [value]
    for low, middle, high, given in zip(below, diagonal[1:], [*above[1:], 0.0], right[1:], strict=True):
        pivot = middle - low * share
        share, value = high / pivot, (given - low * value) / pivot
        shares.append(share)
        values.append(value)
    solution = [values.pop()]
    for share, value in zip(reversed(shares[:-1]), reversed(values), strict=True):
        solution.append(value - share * solution[-1])
    return np.array(solution[::-1])
