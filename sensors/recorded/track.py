# SPDX-License-Identifier: MIT
"""Samples of one modality to chunks and gaps.

Law: chunks are cut at whole seconds, so that everything up to a second can come before that second's tick (a sample at
the very second still belongs to it); the gaps found do not depend on how the samples came in blocks. A sample whose
time repeats is left out, for which of the two is right nobody knows; a gap of no length marks where this begins, once
for as long as time after time repeats.
"""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dsp.codes import Modality, Reason
from dsp.stream import Chunk, FloatArray, Gap

_LATE_BEAT_S = 0.3  # beyond the interval itself a beat is lost, as for straps: sensors.md, section 3
_GAP_STEPS = 5.0  # a step of so many usual ones is a gap,
_MIN_GAP_S = 1.0  # when it is this long
_STEPS_KEPT = 64


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Samples of one modality: `t` (n,), `values` (n,) or (n, 3)."""

    modality: Modality
    t: FloatArray
    values: FloatArray


class Track:
    """One modality of one recording.

    Parameters
    ----------
    modality : Modality
        What is measured.
    source, person : str
        What its chunks and gaps carry.
    """

    def __init__(self, modality: Modality, *, source: str, person: str) -> None:
        self._modality = modality
        self._source = source
        self._person = person
        self._last = math.nan  # the time of the last sample; NaN compares false, so nothing is wrong before the first
        self._count = 0  # the new samples so far
        self._repeated = -1  # which of them was the last whose time repeated
        self._steps: FloatArray = np.empty(0)  # the last steps between samples

    def cut(self, samples: Samples) -> Iterator[tuple[float, Chunk | Gap]]:
        """Cut samples into chunks, with the gaps between them.

        Yields
        ------
        tuple of float and Chunk or Gap
            The time at which it is known, in order: a chunk's last sample, a gap with the chunk after it.
        """
        is_new = ~(samples.t <= np.fmax.accumulate(np.concatenate([[self._last], samples.t[:-1]])))
        t, values = samples.t[is_new], samples.values[is_new]
        marks = self._marks(samples.t, is_new)
        gaps = self._find_gaps(t, values)
        borders = np.flatnonzero(np.diff(np.ceil(t))) + 1
        starts = sorted({0, *borders.tolist(), *gaps, *marks} - {len(t)})
        for a, b in itertools.pairwise([*starts, len(t)]):
            if a in marks:
                yield marks[a].t, marks[a]
            if a in gaps:
                yield float(t[b - 1]), gaps[a]
            yield float(t[b - 1]), self._chunk(t[a:b], values[a:b])
        if len(t) in marks:
            yield marks[len(t)].t, marks[len(t)]

    def _marks(self, t: FloatArray, is_new: npt.NDArray[np.bool_]) -> dict[int, Gap]:
        """Mark where times begin to repeat, by the index that the next new sample has among the new ones."""
        at = np.cumsum(is_new)
        repeated = self._count + at[~is_new]
        begins = np.diff(repeated, prepend=self._repeated) > 1
        self._count += int(np.count_nonzero(is_new))
        self._repeated = int(repeated[-1]) if len(repeated) else self._repeated
        found = zip(at[~is_new][begins].tolist(), t[~is_new][begins].tolist(), strict=True)
        return {index: self._gap(s, s, Reason.BAD_PACKET) for index, s in found}

    def _find_gaps(self, t: FloatArray, values: FloatArray) -> dict[int, Gap]:
        """Find what is missing before these samples and between them, by the index of the sample after it."""
        if not len(t):
            return {}
        before = np.concatenate([[self._last], t[:-1]])
        self._last = float(t[-1])
        return self._beats_lost(t, values, before) if self._modality is Modality.RR else self._samples_lost(t, before)

    def _beats_lost(self, t: FloatArray, values: FloatArray, before: FloatArray) -> dict[int, Gap]:
        """Find intervals that begin later than the beat before them ended, by the index of the beat that ends them."""
        starts = t - np.maximum(values, 0.0) / 1000.0
        late = np.flatnonzero(starts - before > _LATE_BEAT_S)
        return {int(k): self._gap(before[k], starts[k], Reason.BEATS_LOST) for k in late}

    def _samples_lost(self, t: FloatArray, before: FloatArray) -> dict[int, Gap]:
        """Find steps that are far longer than those before them, by the index of the sample after the step."""
        known = len(self._steps)
        first = int(np.isnan(before[0]))  # the first sample of all ends no step
        steps = np.concatenate([self._steps, (t - before)[first:]])
        found = {}
        for k in np.flatnonzero(steps[known:] >= _MIN_GAP_S) + known:
            usual = steps[max(0, k - _STEPS_KEPT) : k]
            if len(usual) and steps[k] > _GAP_STEPS * np.median(usual):
                index = int(k) - known + first
                found[index] = self._gap(before[index], t[index], Reason.SAMPLES_LOST)
        self._steps = steps[-_STEPS_KEPT:]
        return found

    def _gap(self, start_s: float, end_s: float, reason: Reason) -> Gap:
        return Gap(float(start_s), float(end_s), reason, self._source, self._person, self._modality)

    def _chunk(self, t: FloatArray, values: FloatArray) -> Chunk:
        return Chunk(self._modality, t, values, float(t[-1]), self._source, self._person)
