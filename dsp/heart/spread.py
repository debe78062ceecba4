# SPDX-License-Identifier: MIT
"""How much a person's successive intervals differ as a rule: the scale that early and late beats are held against.

The third quartile of the last 91 absolute differences, kept sorted, so that a beat costs a search and no sort. A
quartile is not moved by the few differences that spoiled beats make.

Law: the quartile depends on the last 91 differences alone; what is held is bounded.
"""

from bisect import bisect_left, insort
from collections import deque

_BEATS = 91  # Lipponen & Tarvainen (2019)


class Spread:
    """The trailing third quartile of absolute differences, in the unit of what is added."""

    def __init__(self) -> None:
        self._newest: deque[float] = deque()
        self._sorted: list[float] = []

    def __len__(self) -> int:
        return len(self._sorted)

    def add(self, difference: float) -> None:
        """Take the next absolute difference, a finite number; the oldest beyond 91 leaves."""
        self._newest.append(difference)
        insort(self._sorted, difference)
        if len(self._newest) > _BEATS:
            del self._sorted[bisect_left(self._sorted, self._newest.popleft())]

    def third_quartile(self) -> float:
        """Give the value that three of four do not exceed; 0 before any."""
        return self._sorted[(3 * len(self._sorted) - 1) // 4] if self._sorted else 0.0
