# SPDX-License-Identifier: MIT
"""How much the electrodes' site moves: the SD of |acceleration| since the last tick, in mg.

Law: the motion at a tick depends on the samples between the last tick and this one alone, however they were cut.
"""

import math

import numpy as np

from dsp.stream import Chunk
from dsp.waiting import Waiting

_ENOUGH = 4  # samples: fewer say nothing of a spread
_HIGHEST_MG = 1e6  # no sensor's value


class Motion:
    """Follow one accelerometer."""

    def __init__(self) -> None:
        self._waiting = Waiting()

    def take(self, chunk: Chunk) -> None:
        """Take acceleration in mg, shape (n, 3)."""
        self._waiting.put(chunk.t.tolist(), (math.hypot(x, y, z) for x, y, z in chunk.values.tolist()))

    def tell(self, t: float) -> float | None:
        """Give the SD of what came up to `t`, in mg, and forget it; None when there is too little."""
        sizes = [size for _, size in self._waiting.take(t) if size < _HIGHEST_MG]
        return float(np.std(sizes)) if len(sizes) >= _ENOUGH else None
