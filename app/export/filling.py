# SPDX-License-Identifier: MIT
"""Dropouts of a regular stream, filled with missing samples at its own rate, so that its samples count its time.

Readers that place samples by their number (older versions of pyxdf, whatever asks for one rate) otherwise move all that
follows a dropout.

Law: real samples and their times are never changed; after filling, sample k lies within a sample of k steps after the
first, as far as the device kept its rate.
"""

import numpy as np

from app.export.outline import Stream
from dsp.stream import FloatArray

_LOST = 1.75  # steps; a sample's own jitter is less
_LONGEST_S = 3600.0  # a longer pause is no dropout: readers see a new segment in it


class Filling:
    """Fills one stream, chunk by chunk.

    Parameters
    ----------
    stream : Stream
        What is known of it; an irregular one is left as it is.
    """

    def __init__(self, stream: Stream) -> None:
        self._hz = stream.measured_hz
        self._first_t = stream.first_t
        self._last_t: float | None = None
        self._count = 0  # since `_first_t`

    def update(self, t: FloatArray, values: FloatArray) -> tuple[FloatArray, FloatArray, list[tuple[float, float]]]:
        """Fill what is missing before and between samples.

        Parameters
        ----------
        t : array, shape (n,)
            In order.
        values : array, shape (n, columns)
            The samples.

        Returns
        -------
        tuple
            Times and samples with those that were put in (NaN), and the times between which they are missing.
        """
        if not self._hz or not len(t):
            return t, values, []
        before = np.concatenate([[t[0] if self._last_t is None else self._last_t], t[:-1]])
        self._last_t = float(t[-1])
        places, times, spans, start = [], [], [], 0
        for k in np.flatnonzero((t - before) * self._hz > _LOST).tolist():
            self._count += k - start
            start = k
            filled = self._missing(float(before[k]), float(t[k]))
            if len(filled):
                places += [k] * len(filled)
                times.append(filled)
                spans.append((float(before[k]), float(t[k])))
        self._count += len(t) - start
        if not places:
            return t, values, []
        return np.insert(t, places, np.concatenate(times)), np.insert(values, places, np.nan, axis=0), spans

    def _missing(self, before: float, after: float) -> FloatArray:
        """Give the times of the samples that are missing between two, as many as bring the count up to the time."""
        if after - before > _LONGEST_S:
            self._first_t, self._count = after, 0
            return np.empty(0)
        due = round((after - self._first_t) * self._hz)
        n = max(due - self._count, 0)
        self._count += n
        return before + (after - before) * np.arange(1, n + 1) / (n + 1)
