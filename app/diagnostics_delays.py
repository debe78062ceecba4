# SPDX-License-Identifier: MIT
"""How long frames take, counted: a histogram of the last five minutes in constant memory.

Law: what is counted leaves again after five minutes; the median and the 99 % are within one fine step, which is 6 %.
"""

import math

import numpy as np

from ui.research.seam import STEPS_A_DECADE, STEPS_MS, Delays

_FINE = 5  # fine steps in one that is shown
_SHORTEST_MS = STEPS_MS[0]
_SHOWN = len(STEPS_MS) - 1
_STEPS = _SHOWN * _FINE
_SLICE_S, _SLICES = 10.0, 30


class DelayCount:
    """Counts the delays of one stream."""

    def __init__(self) -> None:
        self._counts = np.zeros((_SLICES, _STEPS), np.int64)
        self._slice = 0

    def add(self, t: float, delay_s: float) -> None:
        """Count one delay, seconds, that was known at `t` on the session clock."""
        self._go_on(t)
        ratio = max(delay_s * 1000.0, _SHORTEST_MS) / _SHORTEST_MS
        step = min(int(math.log10(ratio) * STEPS_A_DECADE * _FINE), _STEPS - 1)
        self._counts[self._slice % _SLICES, step] += 1

    def delays(self, t: float) -> Delays:
        """Give the last five minutes at `t` on the session clock."""
        self._go_on(t)
        fine = self._counts.sum(axis=0)
        n = int(fine.sum())
        if not n:
            return Delays()
        shown = fine.reshape(_SHOWN, _FINE).sum(axis=1)
        below = np.cumsum(fine)
        return Delays(tuple(shown.tolist()), _exceeded_by(below, 0.5 * n), _exceeded_by(below, 0.99 * n), n)

    def _go_on(self, t: float) -> None:
        """Empty the slices that lie between the last one and `t`."""
        now = max(int(t // _SLICE_S), self._slice)
        for past in range(max(self._slice + 1, now - _SLICES + 1), now + 1):
            self._counts[past % _SLICES] = 0
        self._slice = now


def _exceeded_by(below: "np.ndarray[tuple[int], np.dtype[np.int64]]", count: float) -> float:
    """Give the middle of the fine step in which so many are reached, milliseconds."""
    step = int(np.searchsorted(below, count))
    return float(_SHORTEST_MS * 10.0 ** ((step + 0.5) / (STEPS_A_DECADE * _FINE)))
