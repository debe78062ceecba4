# SPDX-License-Identifier: MIT
"""Samples of one modality to chunks and gaps.

Law: chunks are cut at whole seconds, so that everything up to a second can come before that second's tick (a sample at
the very second still belongs to it); the gaps found do not depend on how the samples came in blocks.
"""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dsp.codes import Modality, Reason
from dsp.stream import Chunk, FloatArray, Gap
from sensors.recorded.lines import malformed

_LATE_BEAT_S = 0.3  # beyond the interval itself a beat is lost, as for straps: sensors.md, section 3
_GAP_STEPS = 5.0  # a step of so many usual ones is a gap,
_MIN_GAP_S = 1.0  # when it is this long
_STEPS_KEPT = 64


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Samples of one modality with the lines that they stand in: `t` (n,), `values` (n,) or (n, 3), `lines` (n,)."""

    modality: Modality
    t: FloatArray
    values: FloatArray
    lines: npt.NDArray[np.int64]


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
        self._steps: FloatArray = np.empty(0)  # the last steps between samples

    def cut(self, samples: Samples) -> Iterator[tuple[float, Chunk | Gap]]:
        """Cut samples into chunks, with the gaps between them.

        Yields
        ------
        tuple of float and Chunk or Gap
            The time at which it is known, in order: a chunk's last sample, a gap with the chunk after it.

        Raises
        ------
        SensorError
            `FILE_MALFORMED` where a sample is not later than the one before it.
        """
        t = samples.t
        before = np.concatenate([[self._last], t[:-1]])
        self._refuse_repeated(samples, before)
        gaps = self._beats_lost(samples, before) if self._modality is Modality.RR else self._samples_lost(t, before)
        self._last = float(t[-1])
        borders = np.flatnonzero(np.diff(np.ceil(t))) + 1
        for a, b in itertools.pairwise([*sorted({0, *borders.tolist(), *gaps}), len(t)]):
            known = float(t[b - 1])
            if a in gaps:
                yield known, gaps[a]
            yield known, self._chunk(t[a:b], samples.values[a:b])

    def _refuse_repeated(self, samples: Samples, before: FloatArray) -> None:
        wrong = np.flatnonzero(samples.t <= before)
        if len(wrong):
            k = wrong[0]
            raise malformed(
                int(samples.lines[k]),
                f"t_s is {samples.t[k]:.15g}, but the {self._modality} sample before it is at {before[k]:.15g}; "
                "each sample of a signal has a later time than the one before",
            )

    def _beats_lost(self, samples: Samples, before: FloatArray) -> dict[int, Gap]:
        """Find intervals that begin later than the beat before them ended, by the index of the beat that ends them."""
        starts = samples.t - np.maximum(samples.values, 0.0) / 1000.0
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
