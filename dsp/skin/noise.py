# SPDX-License-Identifier: MIT
"""How much noise a skin conductance signal carries, from its third differences.

A response is smooth: over four neighbouring slots it is nearly a parabola, also at 4 Hz, where three see its bend;
white noise is not. The median over 20 s lets neither responses nor short artifacts in.

Law: the noise at a time depends on the slots before it alone; it is worked out each 4 s.
"""

import math
from collections import deque
from statistics import median

_WINDOW_S = 20.0
_ENOUGH = 32  # third differences: 8 s at 4 Hz
_EVERY_S = 4.0
_HELD_S = 60.0
_NEIGHBOURS = 4
_SD_OF_MEDIAN = 1.4826 / math.sqrt(20.0)  # of white noise's third differences, whose variance is 20 times its own


class Noise:
    """Follow the noise of one signal's slots; `microsiemens` is its SD, None while too little is known."""

    def __init__(self) -> None:
        self._bends: deque[tuple[float, float]] = deque()
        self._worked_out_s = -math.inf
        self.microsiemens: float | None = None
        self.start()

    def start(self) -> None:
        """Let the next slot begin a new piece: it does not belong to the ones before it."""
        self._levels: deque[float] = deque(maxlen=_NEIGHBOURS)

    def follow(self, t: float, level: float) -> None:
        """Take the next slot of the piece."""
        self._levels.append(level)
        if len(self._levels) == _NEIGHBOURS:
            first, second, third, fourth = self._levels
            self._bends.append((t, abs(fourth - first - 3.0 * (third - second))))
        if t - self._worked_out_s >= _EVERY_S:
            self._work_out(t)

    def _work_out(self, t: float) -> None:
        """Estimate anew; where artifacts leave too little, the last estimate holds for a minute."""
        while self._bends and self._bends[0][0] <= t - _WINDOW_S:
            self._bends.popleft()
        if len(self._bends) >= _ENOUGH:
            self.microsiemens = _SD_OF_MEDIAN * median(bend for _, bend in self._bends)
            self._worked_out_s = t
        elif t - self._worked_out_s > _HELD_S:
            self.microsiemens = None
