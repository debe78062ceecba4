# SPDX-License-Identifier: MIT
"""Whether a heart's late intervals are to be believed, whatever the verdict on each of them.

The verdicts (dsp/heart/verdicts.py) look at a beat and its neighbours. Noise passes them now and then for some seconds,
and three intervals that agree by chance are a new rhythm to them. So a mean rate asks for more:

- Of the last 10 s, and of the last 15 s, three quarters of the intervals were accepted; the accepted ones cover half of
  the last 15 s: a false beat or a missed one is long or short, and counts in time as much as it lasts.
- No accepted interval differs by more than 28 % from the accepted one before it, for as long as it is part of a mean:
  the most that breathing does from beat to beat, by swings of 45 bpm at 6 breaths a minute (25 %) or of 20 bpm at 15
  with a lowest rate of 45 bpm. Flagged beats between them are passed over: there a rhythm that is none begins.
- Nor by more than 20 % and half as much again as any did in the half minute before, for 15 s: breath swings come back
  with every breath.
- Intervals follow one another, so over no stretch do they last longer than it does, but for the wait of one packet.
- Intervals that all are the same for 25 s are a counter that hangs: no heart beats so.

Law: the answer at `t` depends on the beats up to it alone.
"""

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from dsp.codes import Reason
from dsp.stream import Beat

_HELD = 512
_LATELY_S, _ACCEPTED_LATELY = (10.0, 15.0), 0.75
_COVERED_LATELY = 0.5  # of the last 15 s
_LEAP = 0.28  # of the shorter interval, as the next two
_UNUSUAL, _UNUSUAL_S, _TIMES_USUAL = 0.2, 15.0, 1.5
_USUAL_S, _FEWEST_USUAL = 30.0, 8  # what was seen before, and how many steps tell anything
_PACKET_S = 1.0  # a strap tells of its beats once a second
_CLOCKS = 1.02  # no two clocks differ more
_HEARTBEAT_MS = (100.0, 10_000.0)  # what may have been an interval
_SAME_MS = 1.0  # a strap counts in 1/1024 s
_SAME_S, _SAME_SHARE = 25.0, 0.8

HeardBeat = tuple[float, float | None]
"""A confirmed beat: when, seconds on the session clock, and its NN in ms, None where it was flagged."""


@dataclass(frozen=True, slots=True)
class _Step:
    """From one accepted interval to the next: when, and how far, as a share of the shorter one."""

    t: float
    size: float


class Belief:
    """Follow one person's confirmed beats, in order of time.

    Parameters
    ----------
    window_s : float
        The length of a mean: a leap in it is not believed.
    """

    def __init__(self, window_s: float) -> None:
        self._window_s = window_s
        self._beats: deque[HeardBeat] = deque(maxlen=_HELD)
        self._steps: deque[_Step] = deque(maxlen=_HELD)
        self._newest_nn_ms: float | None = None
        self._too_long_s = 0.0  # by how much the intervals last longer than their time
        self._leaps_s, self._unusual_s, self._overlaps_s = (deque[float](maxlen=_HELD) for _ in range(3))

    def update(self, beat: Beat, nn_ms: float | None) -> None:
        """Take a confirmed beat; `nn_ms` is its interval where that counts."""
        self._follow(beat)
        self._beats.append((beat.t, nn_ms))
        if nn_ms is not None:
            if self._newest_nn_ms is not None:
                self._compare(beat.t, nn_ms, self._newest_nn_ms)
            self._newest_nn_ms = nn_ms

    def beats(self, after_s: float, until_s: float) -> Iterator[HeardBeat]:
        """Give the beats that end in a window, newest first: only these are looked at."""
        for beat in reversed(self._beats):
            if beat[0] <= after_s:
                return
            if beat[0] <= until_s:
                yield beat

    def why_not(self, t: float) -> Reason | None:
        """Say why what was heard up to `t` is not to be believed; None where it is."""
        if any(self._accepted(t, span_s) < _ACCEPTED_LATELY for span_s in _LATELY_S):
            return Reason.TOO_MANY_FLAGGED
        if self._covered_s(t, _LATELY_S[1]) < _COVERED_LATELY * _LATELY_S[1]:
            return Reason.TOO_FEW_BEATS
        is_leaping = _any_in(self._leaps_s, t, self._window_s) or _any_in(self._unusual_s, t, _UNUSUAL_S)
        is_strange = is_leaping or _any_in(self._overlaps_s, t, self._window_s) or self._hangs(t)
        return Reason.WEAK_SIGNAL if is_strange else None

    def _follow(self, beat: Beat) -> None:
        """Sum up by how much the intervals last longer than the time between their beats."""
        if not self._beats:
            return
        interval_s = beat.rr_ms / 1000.0 if _HEARTBEAT_MS[0] <= beat.rr_ms <= _HEARTBEAT_MS[1] else 0.0
        self._too_long_s = max(self._too_long_s + interval_s - _CLOCKS * (beat.t - self._beats[-1][0]), 0.0)
        if self._too_long_s > _PACKET_S:
            self._overlaps_s.append(beat.t)
            self._too_long_s = 0.0

    def _compare(self, t: float, nn_ms: float, before_ms: float) -> None:
        size = abs(nn_ms - before_ms) / min(nn_ms, before_ms)
        usual = [step.size for step in self._steps if step.t > t - _USUAL_S]
        if size > _LEAP:
            self._leaps_s.append(t)
        if size > _UNUSUAL and len(usual) >= _FEWEST_USUAL and size > _TIMES_USUAL * max(usual):
            self._unusual_s.append(t)
        self._steps.append(_Step(t, size))
        while self._steps and self._steps[0].t <= t - _USUAL_S:
            self._steps.popleft()

    def _accepted(self, t: float, span_s: float) -> float:
        """Give the share of the intervals of the last seconds that was accepted; 1 where there are none."""
        told = [nn is not None for _, nn in self.beats(t - span_s, t)]
        return sum(told) / len(told) if told else 1.0

    def _covered_s(self, t: float, span_s: float) -> float:
        return math.fsum(nn for _, nn in self.beats(t - span_s, t) if nn is not None) / 1000.0

    def _hangs(self, t: float) -> bool:
        """Tell whether all intervals of the last 25 s are the same: of most hearts the newest few deny it."""
        lowest, highest, oldest_t, newest_t = math.inf, -math.inf, math.inf, -math.inf
        for at_s, nn in self.beats(t - _SAME_S, t):
            oldest_t, newest_t = at_s, max(newest_t, at_s)
            if nn is not None:
                lowest, highest = min(lowest, nn), max(highest, nn)
                if highest - lowest >= _SAME_MS:
                    return False
        return lowest <= highest and newest_t - oldest_t > _SAME_SHARE * _SAME_S


def _any_in(times_s: deque[float], t: float, span_s: float) -> bool:
    """Tell whether one of some times, rising, lies within the last seconds."""
    late = next((at_s for at_s in reversed(times_s) if at_s <= t), -math.inf)
    return t - late < span_s
