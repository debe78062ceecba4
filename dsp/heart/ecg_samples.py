# SPDX-License-Identifier: MIT
"""Those samples of an ECG that can be used: numbers, at times that rise.

Law: what is kept depends on the samples alone, however they were cut.
"""

import math

import numpy as np

from dsp.stream import Chunk, FloatArray

_HIGHEST_MV = 1e6  # no sensor's value; squares of it stay finite


class SoundSamples:
    """Pass over samples that are no number, and those whose time does not lie after all before them.

    Attributes
    ----------
    newest_t : float
        The time of the newest sample that was kept, -inf before any.
    """

    def __init__(self) -> None:
        self.newest_t = -math.inf

    def of(self, chunk: Chunk) -> tuple[FloatArray, FloatArray]:
        """Give the times and the values in mV that are kept of the next chunk."""
        if self._is_plain(chunk):
            self.newest_t = float(chunk.t[-1])
            return chunk.t, chunk.values
        is_sound = np.isfinite(chunk.t) & (np.abs(chunk.values) <= _HIGHEST_MV)
        t = np.concatenate([[self.newest_t], np.where(is_sound, chunk.t, -math.inf)])
        newest = np.maximum.accumulate(t)
        is_later = t[1:] > newest[:-1]
        self.newest_t = float(newest[-1])
        return chunk.t[is_later], chunk.values[is_later]

    def _is_plain(self, chunk: Chunk) -> bool:
        """Tell whether every sample is kept, as nearly always; no comparison with what is no number holds."""
        t = chunk.t
        if not len(t) or not self.newest_t < t[0] or not t[-1] < math.inf:
            return False
        rises = np.logical_and.reduce(t[1:] > t[:-1])
        return bool(rises and np.maximum.reduce(np.abs(chunk.values)) <= _HIGHEST_MV)
