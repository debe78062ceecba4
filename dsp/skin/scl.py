# SPDX-License-Identifier: MIT
"""Skin conductance level: the slow envelope between responses, as the lowest low-passed point of the last 8 s.

A response has fallen to a twentieth of its height 8 s after its onset, so the envelope passes under responses of any
size; a falling level is followed at once, a rising one within 8 s.

Law: the level at a time depends on the points of the 8 s before the newest one alone.
"""

from collections import deque

_WINDOW_S = 8.0  # a Bateman response of 0.75 and 2 s has 5 % of its peak left


class Envelope:
    """Follow the lowest of the newest points."""

    def __init__(self) -> None:
        self._rising: deque[tuple[float, float]] = deque()  # each may still become the lowest

    def follow(self, t: float, level: float) -> None:
        """Take the next point: seconds, microsiemens."""
        while self._rising and self._rising[-1][1] >= level:
            self._rising.pop()
        self._rising.append((t, level))
        while self._rising[0][0] <= t - _WINDOW_S:
            self._rising.popleft()

    @property
    def newest(self) -> tuple[float, float] | None:
        """Give the time of the newest point and the level there; None before the first."""
        return (self._rising[-1][0], self._rising[0][1]) if self._rising else None
