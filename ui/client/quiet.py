# SPDX-License-Identifier: MIT
"""Quiet words about the sensors, one after the other, each for a while and then gone: nothing asks to be answered."""

from collections import deque

_SHOWN_S = 12.0
_MOST = 4  # waiting; what is older than these is of no use any more


class QuietWords:
    """A short queue of sentences."""

    def __init__(self) -> None:
        self._waiting: deque[str] = deque(maxlen=_MOST)
        self._shown = ""
        self._since_t = float("-inf")

    def put(self, words: str) -> None:
        """Show this after what waits already."""
        if words not in self._waiting:
            self._waiting.append(words)

    def at(self, t: float) -> str:
        """Give what is shown at `t`, seconds on the session clock; empty most of the time."""
        if t - self._since_t >= _SHOWN_S:
            self._shown = self._waiting.popleft() if self._waiting else ""
            self._since_t = t if self._shown else float("-inf")
        return self._shown
