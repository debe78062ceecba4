# SPDX-License-Identifier: MIT
"""How much the electrodes' site moves: the SD of |acceleration| since the last tick, in mg.

Law: the motion at a tick depends on the samples between the last tick and this one alone, however they were cut.
"""

import math

import numpy as np

from dsp.stream import Chunk
from dsp.waiting import Waiting

_ENOUGH = 4  # samples: fewer say nothing of a spread
_MOST = 8  # accelerometers
_HIGHEST_MG = 1e6  # no sensor's value


class Motion:
    """Follow one person's accelerometers, each by itself; a ninth is not followed."""

    def __init__(self) -> None:
        self._waiting: dict[str, Waiting] = {}  # by source

    def take(self, chunk: Chunk) -> None:
        """Take acceleration in mg, shape (n, 3)."""
        if chunk.source in self._waiting or len(self._waiting) < _MOST:
            waiting = self._waiting.setdefault(chunk.source, Waiting())
            waiting.put(chunk.t.tolist(), (math.hypot(x, y, z) for x, y, z in chunk.values.tolist()))

    def tell(self, t: float) -> float | None:
        """Give the largest SD of what came up to `t`, in mg, and forget it; None when there is too little."""
        spreads = [_spread([size for _, size in waiting.take(t)]) for waiting in self._waiting.values()]
        return max((spread for spread in spreads if spread is not None), default=None)


def _spread(sizes: list[float]) -> float | None:
    known = [size for size in sizes if size < _HIGHEST_MG]
    return float(np.std(known)) if len(known) >= _ENOUGH else None
