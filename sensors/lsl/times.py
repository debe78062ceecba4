# SPDX-License-Identifier: MIT
"""When each sample was taken, from the laid stamps: in strict order, bursts spread out, what is missing marked.

A regular stream whose samples come in bursts without stamps of their own (a Bluetooth bridge: 73 samples within a
millisecond, then nothing for half a second) is counted instead, at its declared rate, by the lower envelope of its
bursts. Samples of an irregular stream that share a stamp are spread over the time since the one before.

Law: times strictly grow; of samples out of order the later ones are dropped, and a gap says so; no clock is read.
"""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dsp.codes import Reason
from dsp.stream import FloatArray
from sensors.lsl.stamps import Laid
from sensors.sample_clock import SampleClock

IntArray = npt.NDArray[np.int64]

_BURST = 0.25  # of the declared step: nearer than that, two samples of a regular stream were not taken
_DECIDED_BY = 8  # steps
_GAP_STEPS, _SHORTEST_GAP_S = 5.0, 1.0  # as in recordings
_NEAREST_S = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Samples that follow on each other: their rows in what was pulled, their times, and the gap before the first."""

    rows: IntArray
    t: FloatArray
    gap: tuple[float, float, Reason] | None = None


class SampleTimes:
    """Places the samples of one stream, across every reconnect."""

    def __init__(self) -> None:
        self._rate_hz = 0.0
        self._last = -math.inf  # time given
        self._why: Reason | None = None  # a gap comes before the next sample
        self._n_steps = self._n_short = 0
        self._newest = -math.inf  # of the laid times
        self._counted: SampleClock | None = None
        self._count = 0

    def start_segment(self, why: Reason, rate_hz: float) -> None:
        """Let the next samples follow on nothing: a gap with this reason comes before them, if any came before.

        Parameters
        ----------
        why : Reason
            What the gap will say.
        rate_hz : float
            Their declared rate; 0 for an irregular stream.
        """
        self._why = why
        self._rate_hz = rate_hz
        self._newest = -math.inf
        self._n_steps = self._n_short = 0
        self._counted = None

    def update(self, laid: Laid) -> Iterator[Stretch]:
        """Place the samples whose times were laid; give them in stretches between gaps."""
        if laid.has_leapt:
            self.start_segment(Reason.CLOCK_JUMP, self._rate_hz)
        rows = np.flatnonzero(laid.is_kept)
        if len(rows) < len(laid.is_kept):
            self._why = self._why or Reason.SAMPLES_LOST
        if not len(rows):
            return
        counted = self._counting(laid.t)
        yield from self._in_order(rows, laid.t) if counted is None else self._count_out(rows, laid.t, counted)

    def _counting(self, t: FloatArray) -> SampleClock | None:
        """Give what counts the samples where they come in bursts; once found it stays so."""
        if self._counted is not None or not self._rate_hz:
            return self._counted
        steps = np.diff(t, prepend=self._newest)
        self._newest = float(t[-1])
        self._n_steps += len(steps)
        self._n_short += int(np.count_nonzero(steps < _BURST / self._rate_hz))
        if self._n_steps >= _DECIDED_BY and 2 * self._n_short > self._n_steps:
            self._counted = SampleClock(rate_hz=self._rate_hz, ticks_per_s=self._rate_hz)
        return self._counted

    def _count_out(self, rows: IntArray, laid_t: FloatArray, counted: SampleClock) -> Iterator[Stretch]:
        self._count += len(rows)
        placed = counted.update(arrival=float(laid_t[-1]), stamp=self._count, n=len(rows))
        why = self._why or (None if placed.gap is None else Reason.SAMPLES_LOST)
        t = placed.t
        if t[0] <= self._last:  # only where counting begins, or after a gap
            t = self._last + np.arange(1, len(t) + 1) * max((t[-1] - self._last) / len(t), _NEAREST_S)
        yield from self._stretches(rows, t, [], why)

    def _in_order(self, rows: IntArray, t: FloatArray) -> Iterator[Stretch]:
        is_next = t >= np.maximum.accumulate(np.concatenate([[self._last], t[:-1]]))
        if not is_next.all():
            self._why = self._why or Reason.SAMPLES_LOST
            rows, t = rows[is_next], t[is_next]
        if not len(t):
            return
        t = _spread(np.maximum(t, self._last + _NEAREST_S), self._last)
        gaps = []
        if self._rate_hz:
            longest_s = max(_SHORTEST_GAP_S, _GAP_STEPS / self._rate_hz)
            gaps = np.flatnonzero(np.diff(t, prepend=self._last) >= longest_s).tolist()
        yield from self._stretches(rows, t, gaps, self._why)

    def _stretches(self, rows: IntArray, t: FloatArray, gaps: list[int], why: Reason | None) -> Iterator[Stretch]:
        """Cut samples where a gap comes before them; `why`: a gap comes before the first one."""
        self._why = None
        reasons = dict.fromkeys(gaps, Reason.SAMPLES_LOST) | ({} if why is None else {0: why})
        for a, b in itertools.pairwise([*sorted({0, *gaps}), len(t)]):
            has_gap = a in reasons and math.isfinite(self._last)
            gap = (self._last, float(t[a]), reasons[a]) if has_gap else None
            self._last = float(t[b - 1])
            yield Stretch(rows[a:b], t[a:b], gap)


def _spread(t: FloatArray, before: float) -> FloatArray:
    """Spread samples that share a time evenly over the time since the one before; `t` must not fall."""
    is_last = np.append(np.diff(t) > 0, True)
    ends = np.flatnonzero(is_last)
    if len(ends) == len(t):
        return t
    first = before if math.isfinite(before) else float(t[0]) - _NEAREST_S * (ends[0] + 1)
    spread: FloatArray = np.interp(np.arange(len(t)), [-1, *ends], [first, *t[ends]])
    return spread
