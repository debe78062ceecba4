# SPDX-License-Identifier: MIT
"""When each beat happened: RR intervals laid on the session clock by the lower envelope of their delays.

A strap says how long each interval was, not when it ended; the packets that carry it arrive late by anything from
nothing to a packet period and the radio's jitter. Within a segment the sum T of the intervals is exact, so the delay
of a packet is e = arrival - T plus a constant, and the smallest e of the last while is the packet that waited least:
a beat's time is T + min(e).

Law: beat times never go backwards and never lie after the arrival that brought them; no clock is read; the work per
packet is constant (amortised).
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from dsp.stream import FloatArray, read_only
from sensors.envelope import LowerEnvelope

_WINDOW_S = 120.0  # long enough to meet a packet that hardly waited; two quartz clocks drift 12 ms apart in it
_MARGIN_S = 0.3  # radio jitter and retransmission on top of the wait in the strap
_USUAL_PERIOD_S = 1.0  # what nearly every strap does, until its own period is learned
_LEARN_FROM = 5  # packet spacings
_PAUSE = 1.5  # a longer interval than the last ones may be on its way: half as long again
_PACKET_MISSED = 1.6  # packet periods between two arrivals
_SEEN_ENOUGH = 30  # packets with beats, after which the longest delay of all is known
_ABOVE_ALL_S = 0.1  # past that longest delay, when a packet is missing anyway


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """The times of one packet's beats; `gap` is (start, end) in seconds when beats are missing before them."""

    t: FloatArray
    gap: tuple[float, float] | None = None


class BeatTimes:
    """Places the RR intervals of one strap on the session clock, packet by packet."""

    def __init__(self) -> None:
        self._envelopes = (LowerEnvelope(_WINDOW_S), LowerEnvelope(_WINDOW_S))  # of e, and of -e
        self._least_s = self._most_s = 0.0  # of e, in the window
        self._elapsed_s = 0.0  # T: the sum of the segment's intervals
        self._n_packets = 0  # of the segment, with beats
        self._spacings: deque[float] = deque(maxlen=15)
        self._intervals: deque[float] = deque(maxlen=15)
        self._last_arrival: float | None = None
        self._last_beat: float | None = None

    def start_segment(self) -> None:
        """Let the next beats follow on nothing: the link dropped, or the strap lost its skin."""
        self._n_packets = 0
        self._last_arrival = None

    def update(self, arrival: float, rr_s: Sequence[float]) -> Placed:
        """Place one packet's intervals.

        Parameters
        ----------
        arrival : float
            When the packet arrived, seconds on the session clock; not before the packet ahead of it.
        rr_s : sequence of float
            Its intervals in seconds, oldest first, each above 0; empty for a packet without a beat.

        Returns
        -------
        Placed
            As many times as intervals. A gap when a new segment began here: by `start_segment`, or because the
            intervals and the clock disagree by more than a beat can wait in the strap (beats were lost, or the
            intervals are nonsense).
        """
        spacing_s = self._space(arrival)
        if not rr_s:
            return Placed(read_only([]))
        elapsed_s = self._elapsed_s + sum(rr_s)
        is_new = self._n_packets == 0 or self._is_broken(arrival - elapsed_s, spacing_s)
        if is_new:
            self._n_packets, elapsed_s = 0, 0.0
        self._n_packets += 1
        self._elapsed_s = elapsed_s
        self._intervals.extend(rr_s)
        self._bound(arrival, arrival - elapsed_s)
        return self._place(min(elapsed_s + self._least_s, arrival), rr_s, is_new=is_new)

    def _bound(self, arrival: float, e: float) -> None:
        """Take one delay into the running minimum and maximum."""
        lower, upper = self._envelopes
        if self._n_packets == 1:
            lower.clear()
            upper.clear()
        self._least_s = lower.update(arrival, e)
        self._most_s = -upper.update(arrival, -e)

    def _place(self, newest: float, rr_s: Sequence[float], *, is_new: bool) -> Placed:
        before = self._last_beat
        steps = np.cumsum(rr_s)
        if before is None:
            t, gap = newest - (steps[-1] - steps), None
        else:
            newest = max(newest, before)
            t = newest - (steps[-1] - steps)
            gap = (before, max(before, float(t[0]) - rr_s[0])) if is_new else None
            if t[0] <= before:  # the envelope fell, or the intervals reach back over what came before a drop
                t = np.minimum(before + (newest - before) * (steps / steps[-1]), newest)
        self._last_beat = newest
        return Placed(read_only(t), gap)

    def _is_broken(self, e: float, spacing_s: float) -> bool:
        """Tell whether beats are missing (or never were): the delay cannot be, or a packet with beats did not come.

        A beat waits for the next packet, but the newest beat of a packet waits at most until the next beat too.
        """
        period_s, longest_s = self._period_s(), max(self._intervals)
        if abs(e - self._least_s) > min(period_s, _PAUSE * longest_s) + _MARGIN_S:
            return True
        if self._n_packets < _SEEN_ENOUGH or spacing_s < _PACKET_MISSED * period_s:
            return False
        return longest_s < period_s or e > self._most_s + _ABOVE_ALL_S

    def _space(self, arrival: float) -> float:
        """Learn from the spacing of two packets, and give it; 0 for the first of a segment."""
        before, self._last_arrival = self._last_arrival, arrival
        if before is None:
            return 0.0
        self._spacings.append(arrival - before)
        return arrival - before

    def _period_s(self) -> float:
        if len(self._spacings) < _LEARN_FROM:
            return max([_USUAL_PERIOD_S, *self._spacings])
        return median(self._spacings)
