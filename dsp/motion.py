# SPDX-License-Identifier: MIT
"""How much a person moves: the SD of |acceleration| since the last tick, in mg, of one accelerometer.

Of several the first one that tells is listened to, and kept until it has been silent for some seconds while another one
tells: a chest and a wrist move differently, and to and fro between them would be a movement that nobody made.

Law: what is told at a tick depends on the samples up to it and the order in which the sources came, however they were
cut; the choice is made on ticks.
"""

import math

import numpy as np

from dsp.stream import Chunk
from dsp.waiting import Waiting

_ENOUGH = 4  # samples: fewer say nothing of a spread
_MOST = 8  # accelerometers
_HIGHEST_MG = 1e6  # no sensor's value
_PATIENCE = 5  # ticks; as for the skin's electrodes (dsp/skin/choice.py)


class Motion:
    """Follow one person's accelerometers, each by itself; a ninth is not followed."""

    def __init__(self) -> None:
        self._waiting: dict[str, Waiting] = {}  # by source, in the order in which they came
        self._silent = 0  # ticks, of the one that is listened to
        self.used: str | None = None  # the one that is listened to; None before any told something

    def take(self, chunk: Chunk) -> None:
        """Take acceleration in mg, shape (n, 3)."""
        if chunk.source in self._waiting or len(self._waiting) < _MOST:
            waiting = self._waiting.setdefault(chunk.source, Waiting())
            waiting.put(chunk.t.tolist(), (math.hypot(x, y, z) for x, y, z in chunk.values.tolist()))

    def tell(self, t: float) -> float | None:
        """Give the SD of what came up to `t`, in mg, and forget it; None when there is too little."""
        spreads = {source: _spread([size for _, size in waiting.take(t)]) for source, waiting in self._waiting.items()}
        telling = [source for source, spread in spreads.items() if spread is not None]
        self._silent = 0 if self.used in telling else self._silent + 1
        if telling and (self.used is None or self._silent >= _PATIENCE):
            self.used, self._silent = telling[0], 0
        return None if self.used is None else spreads[self.used]


def _spread(sizes: list[float]) -> float | None:
    known = [size for size in sizes if size < _HIGHEST_MG]
    return float(np.std(known)) if len(known) >= _ENOUGH else None
