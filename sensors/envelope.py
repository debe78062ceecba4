# SPDX-License-Identifier: MIT
"""The least of the latest values: the packet that waited least tells how two clocks stand to each other.

Law: after each value, `least` is the minimum of all values not older than the window; constant cost (amortised).
"""

from collections import deque


class LowerEnvelope:
    """A running minimum over a window of time.

    Parameters
    ----------
    window_s : float
        How long a value counts, seconds, above 0.
    """

    def __init__(self, window_s: float) -> None:
        if not window_s > 0:
            raise ValueError(f"window_s must be above 0, not {window_s}")
        self._window_s = window_s
        self._rising: deque[tuple[float, float]] = deque()  # (time, value), both rising: the head is the minimum

    def update(self, at: float, value: float) -> float:
        """Take a value that came at `at` (seconds, not before the one ahead of it); give the minimum."""
        while self._rising and self._rising[-1][1] >= value:
            self._rising.pop()
        self._rising.append((at, value))
        while self._rising[0][0] < at - self._window_s:
            self._rising.popleft()
        return self._rising[0][1]

    def clear(self) -> None:
        """Forget all values."""
        self._rising.clear()
