# SPDX-License-Identifier: MIT
"""Exact sums over the beats of any window, for the price of two subtractions.

Each beat keeps the totals of everything up to it, so a window's sums are the totals at its end less those at its start.
The totals are whole numbers: an interval from 256 ms on is a whole multiple of 2^-44 ms in float64 already, and whole
numbers do not round. So nothing drifts, however long it goes on, and the sums are those of a batch over the window.

Law: the sums of a window depend on the beats in it alone.
"""

import math
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass
from operator import add, sub

_BITS = 44  # float64 has 52 after the leading one, which is worth at least 2^8 ms
_LONG_DIFFERENCE_MS = 50.0

_Totals = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Moments:
    """Count, sum and sum of squares of some numbers; sums in units of 2^-44 and squares of 2^-88."""

    count: int
    total: int
    squares: int

    def total_ms(self) -> float:
        """Give the sum in ms, rounded once."""
        return self.total / (1 << _BITS)

    def root_mean_square(self) -> float:
        """Give the root of the mean square of one number or more."""
        return math.sqrt(self.squares / (self.count << 2 * _BITS))

    def spread(self) -> float:
        """Give the sample standard deviation (ddof 1) of two numbers or more."""
        scatter = self.count * self.squares - self.total * self.total
        return math.sqrt(scatter / (self.count * (self.count - 1) << 2 * _BITS))


@dataclass(frozen=True, slots=True)
class WindowSums:
    """What is known of the beats in a window; `differences` and `pair_sums` are of successive NN both inside."""

    beats: int
    flagged: int
    uneven: int
    nn: Moments
    differences: Moments
    pair_sums: Moments
    long_differences: int


class BeatSums:
    """The newest beats of one person with their running totals.

    Parameters
    ----------
    capacity : int
        How many beats are held, at least 1.

    Raises
    ------
    ValueError
        When `capacity` is below 1.
    """

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError(f"capacity must be at least 1, not {capacity}")
        self._capacity = capacity
        self._t: deque[float] = deque(maxlen=capacity)
        self._totals: deque[_Totals] = deque([(0,) * 12], maxlen=capacity + 1)  # before the first held, up to each
        self._before: float | None = None

    def __len__(self) -> int:
        return len(self._t)

    def append(self, t: float, nn_ms: float | None, *, is_flagged: bool = False, is_uneven: bool = False) -> None:
        """Add a beat, later than the one before; `nn_ms` is None where its interval does not count."""
        self._t.append(t)
        new = (1, is_flagged, is_uneven, *_powers(nn_ms), *_pair(self._before, nn_ms))
        self._totals.append(tuple(map(add, self._totals[-1], new)))
        self._before = nn_ms
        if self._totals[0][0] >= self._capacity:
            self._start_anew()

    def _start_anew(self) -> None:
        """Count from the first beat held, so that the totals do not grow for ever."""
        first = self._totals[0]
        self._totals = deque((tuple(map(sub, totals, first)) for totals in self._totals), maxlen=self._capacity + 1)

    def counts(self, after_s: float, until_s: float) -> tuple[int, int]:
        """Give how many beats are held with `after_s` < t <= `until_s`, and how many NN."""
        first, end = self._ends(after_s, until_s)
        before, up_to = self._totals[first], self._totals[end]
        return up_to[0] - before[0], up_to[3] - before[3]

    def _ends(self, after_s: float, until_s: float) -> tuple[int, int]:
        first = bisect_right(self._t, after_s)
        return first, bisect_right(self._t, until_s, lo=first)

    def between(self, after_s: float, until_s: float) -> WindowSums:
        """Give the sums over the beats held with `after_s` < t <= `until_s`."""
        first, end = self._ends(after_s, until_s)
        beats, flagged, uneven, n, x, xx = map(sub, self._totals[end][:6], self._totals[first][:6])
        inside = min(first + 1, end)  # the first beat's pair reaches out of the window
        pairs, d, dd, s, ss, long = map(sub, self._totals[end][6:], self._totals[inside][6:])
        nn, differences, pair_sums = Moments(n, x, xx), Moments(pairs, d, dd), Moments(pairs, s, ss)
        return WindowSums(beats, flagged, uneven, nn, differences, pair_sums, long)


def _powers(nn_ms: float | None) -> _Totals:
    if nn_ms is None:
        return (0, 0, 0)
    x = _whole(nn_ms)
    return (1, x, x * x)


def _pair(before_ms: float | None, nn_ms: float | None) -> _Totals:
    if before_ms is None or nn_ms is None:
        return (0, 0, 0, 0, 0, 0)
    before, x = _whole(before_ms), _whole(nn_ms)
    d, s = x - before, x + before
    return (1, d, d * d, s, s * s, abs(nn_ms - before_ms) > _LONG_DIFFERENCE_MS)


def _whole(ms: float) -> int:
    return int(math.ldexp(ms, _BITS))
