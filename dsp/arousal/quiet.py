# SPDX-License-Identifier: MIT
"""When a low level is a fall below the window, and when the person has only settled.

Below needs a fall of more than 0.6 within 10 min, or a skin channel beside the heart, or the person's own "far away".
A slow fall of the heart alone is settling: it takes the lower bound along by its amount.

Law: what is told depends on the levels and ratings so far; it stands still while the person is below the window.
"""

import math
from collections import deque

_FALL = 0.6
_WITHIN_S = 600.0
_SAID_S = 600.0
_HELD = 600


class Quiet:
    """Follow one person's levels, one a second."""

    def __init__(self) -> None:
        self._levels: deque[tuple[float, float]] = deque(maxlen=_HELD)
        self._highest: deque[tuple[float, float]] = deque()  # each may become the highest of those that follow
        self._far_away_s = -math.inf
        self.drift = 0.0

    def say_far_away(self, t: float) -> None:
        """Take the person's own word at `t`."""
        self._far_away_s = t

    def forget(self) -> None:
        """Begin anew: the level is held against something else now."""
        self._levels.clear()
        self._highest.clear()
        self.drift = 0.0

    def update(self, t: float, level: float, *, has_skin: bool, is_below: bool) -> None:
        """Take the level of a second.

        Parameters
        ----------
        t : float
            Seconds on the session clock.
        level : float
            A.
        has_skin : bool
            Whether the skin counts in it.
        is_below : bool
            Whether the person is below the window.
        """
        while self._highest and self._highest[-1][1] <= level:
            self._highest.pop()
        self._highest.append((t, level))
        while self._highest[0][0] < t - _WITHIN_S:
            self._highest.popleft()
        if not is_below:
            self._levels.append((t, level))
        while self._levels and self._levels[0][0] < t - _WITHIN_S and not is_below:
            self._levels.popleft()
        if not is_below:
            self.drift = 0.0 if has_skin else min(math.fsum(a for _, a in self._levels) / len(self._levels), 0.0)

    def may_be_below(self, t: float, level: float, *, has_skin: bool) -> bool:
        """Tell whether a low level may be taken for a fall below the window."""
        has_fallen = bool(self._highest) and self._highest[0][1] - level > _FALL
        return has_skin or has_fallen or t - self._far_away_s <= _SAID_S
