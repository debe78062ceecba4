# SPDX-License-Identifier: MIT
"""Skin conductance samples of any rate from 4 Hz on, as slots of about 1/8 s, or of one sample where that is longer.

Skin is slow: 8 values a second hold all of it, and a mean has less noise. What a mean would hide is kept beside it: the
largest step within one sample. No rate is asked for: a slot is closed as soon as one more sample at the present spacing
would make it too long, so nothing waits for the sample after it.

Law: slots depend on the samples alone, however they were cut; their times rise strictly.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

GAP_S = 0.6  # two samples further apart than this do not belong together: one lost at 4 Hz may pass

_SLOT_S = 0.12  # a little below 1/8 s: times are rounded
_LONE = 4.0  # a step is so many times larger than the changes before and after it; a response's changes are not


class Slot(NamedTuple):
    """The mean of a few samples (a tuple, because there are many and a frozen dataclass takes four times as long).

    Parameters
    ----------
    t : float
        The middle of its samples, seconds on the session clock.
    level : float
        Their mean, microsiemens.
    samples : int
        How many there are.
    step : float
        The largest change within one sample that stands alone, microsiemens.
    is_first : bool
        Nothing before it belongs to it: a start, or the end of a gap.
    """

    t: float
    level: float
    samples: int
    step: float
    is_first: bool


class Slots:
    """Put samples together; one that is no number, or not later than the one before it, is passed over."""

    def __init__(self) -> None:
        self._last_t = self._from_t = -math.inf
        self._sum = self._level_before = self._change_before = self._change = self._step = 0.0
        self._count = 0
        self._is_first = True

    def add(self, samples: Iterable[tuple[float, float]]) -> list[Slot]:
        """Take samples (seconds, microsiemens); give the slots that they fill."""
        filled: list[Slot] = []
        for t, level in samples:
            spacing_s = t - self._last_t
            if not (spacing_s > 0.0 and -math.inf < level < math.inf):
                continue
            if spacing_s > GAP_S:
                self._start(level)
            if self._count == 0:
                self._from_t = t
            self._last_t = t
            self._sum += level
            self._count += 1
            change = level - self._level_before
            self._level_before = level
            if change or self._change:
                self._look_for_step(change)
            if t - self._from_t + spacing_s >= _SLOT_S:
                filled.append(self._close())
        return filled

    def _start(self, level: float) -> None:
        self._sum, self._count, self._step, self._is_first = 0.0, 0, 0.0, True
        self._level_before, self._change, self._change_before = level, 0.0, 0.0

    def _look_for_step(self, change: float) -> None:
        """Know a step one sample after it: the changes on both of its sides are small."""
        size = abs(self._change)
        if size > self._step and size >= _LONE * abs(change) and size >= _LONE * abs(self._change_before):
            self._step = size
        self._change_before, self._change = self._change, change

    def _close(self) -> Slot:
        middle = 0.5 * (self._from_t + self._last_t)
        slot = Slot(middle, self._sum / self._count, self._count, self._step, self._is_first)
        self._sum, self._count, self._step, self._is_first = 0.0, 0, 0.0, False
        return slot
