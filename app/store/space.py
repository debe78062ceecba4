# SPDX-License-Identifier: MIT
"""When a disk will be full: from how fast its free space goes, whoever uses it up.

Law: a disk that fills at a steady rate is foretold to the second; one that does not fill is not foretold at all.
"""

from collections import deque

_WINDOW_S = 120.0
_LEAST_S = 20.0  # of measuring, before anything is said
_RESERVE_BYTES = 16 << 20  # what closing a session, and a checkpoint of its files, may need
_FAR_S = 3600.0


class SpaceForecast:
    """Follows the free space of one disk."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def update(self, t: float, free_bytes: int) -> float | None:
        """Take a measurement; give the seconds until the disk is full, None where that is more than an hour.

        Parameters
        ----------
        t : float
            When it was measured, seconds, later than the one before.
        free_bytes : int
            What was free then.
        """
        self._seen.append((t, free_bytes))
        while self._seen[0][0] < t - _WINDOW_S:
            self._seen.popleft()
        left = free_bytes - _RESERVE_BYTES
        if left <= 0:
            return 0.0
        first_t, first_free = self._seen[0]
        used = first_free - free_bytes
        if t - first_t < _LEAST_S or used <= 0:
            return None
        full_in_s = left * (t - first_t) / used
        return full_in_s if full_in_s <= _FAR_S else None
