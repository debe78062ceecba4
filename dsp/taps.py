# SPDX-License-Identifier: MIT
"""Whether a sensor that is nobody's yet is tapped twice, by which its wearer says whose it is.

Two short knocks in the acceleration, with rest before, between and after them; for a strap that feels no motion, skin
contact that goes and comes twice out of a steady one. Walking, fidgeting and putting a strap on knock more often, or
for longer, or out of motion that is as large.

Law: what is told depends on the samples and on the contact's changes alone, however the chunks were cut.
"""

import math
from collections.abc import Iterable

from dsp.codes import Modality, NoticeCode
from dsp.stream import NOBODY, Chunk, Gap, Item, Notice

_SLOW_S = 0.1  # what lasts longer than this is a movement or gravity, and no knock
_MOTION_S = 3.0  # how far back "just now" reaches
_LEAST_MG = 400.0  # a finger on the pod gives 1 to 3 g; a heartbeat on the ribs 30 mg, a hard breath 50 mg
_TIMES_MOTION = 6.0  # noise reaches 4 times its size once in a minute at 200 Hz, a step 3 times that of walking
_STIR = 0.5  # of a knock's limit: what is larger ends the rest, as the weaker steps of a walk do
_KNOCK_S = 0.12  # looked at from its first sample on
_LONGEST_S = 0.06  # a knock rings for 10 to 40 ms; a step's jolt, a shift in the chair last 80 ms and more
_BETWEEN_S = (0.15, 1.5)
_REST_S = 1.0  # before the first knock and after the second: a third one is no "twice", nor is a fourth step
_SPARSEST_S = 0.05  # from sample to sample: with fewer than 20 a second a knock looks like anything else
_BREAK_S = 0.5  # without a sample: what came before is long ago

_STEADY_S = 5.0  # contact before it goes for the first time: a strap being put on has none
_TWICE_WITHIN_S = 12.0  # a strap sees contact come and go within a second or two
_STAYS_S = 2.0  # contact after the second time


class Taps:
    """Follow one source that is nobody's; tell when it was tapped twice.

    Parameters
    ----------
    source : str
        The source that the notice names.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._knocks = _Knocks()
        self._touches = _Touches()

    def update(self, item: Item) -> tuple[Notice, ...]:
        """Give a notice `TAPPED_TWICE` for each time that an item completes."""
        told = self._touches.until(item.arrival if isinstance(item, Chunk) else item.t)
        if isinstance(item, Chunk) and item.modality is Modality.ACC:
            told = [*told, *self._knocks.take(item)]
        elif isinstance(item, Notice) and item.code is NoticeCode.CONTACT:
            self._touches.change(item.t, is_on=bool(dict(item.values).get("on")))
        elif isinstance(item, Gap):
            self._knocks = _Knocks()
        return tuple(Notice(t, NoticeCode.TAPPED_TWICE, self._source, NOBODY) for t in told)


class _Knocks:
    """Two short knocks in the acceleration."""

    def __init__(self) -> None:
        self._slow: list[float] = []  # the three axes, smoothed; empty before the first sample
        self._power = 0.0  # of what is quicker, mg squared
        self._began_s = self._last_s = -math.inf
        self._knock: list[tuple[float, float]] = []  # time and size of the samples of one that goes on
        self._limit_mg = _LEAST_MG  # of the knock that goes on
        self._events: list[tuple[float, bool]] = []  # when, and whether it was a knock

    def take(self, chunk: Chunk) -> Iterable[float]:
        """Give the times at which two knocks were settled."""
        for t, axes in zip(chunk.t.tolist(), chunk.values.tolist(), strict=True):
            if math.isfinite(t) and all(map(math.isfinite, axes)) and t > self._last_s:
                self._sample(t, axes)
                if self._is_twice(t):
                    self._events.clear()
                    yield t

    def _sample(self, t: float, axes: list[float]) -> None:
        since_s, self._last_s = t - self._last_s, t
        if not self._slow or since_s > _BREAK_S:
            self._slow, self._power, self._began_s = axes, 0.0, t
            self._knock, self._events = [], []
            return
        quick_mg = math.dist(axes, self._slow)
        self._look(t, quick_mg, is_sparse=since_s > _SPARSEST_S)
        if not self._knock:  # which is no movement
            share = -math.expm1(-since_s / _SLOW_S)
            self._slow = [slow + share * (axis - slow) for slow, axis in zip(self._slow, axes, strict=True)]
        most_mg = self._limit_mg if self._knock else quick_mg
        self._power += -math.expm1(-since_s / _MOTION_S) * (min(quick_mg, most_mg) ** 2 - self._power)

    def _look(self, t: float, quick_mg: float, *, is_sparse: bool) -> None:
        """Begin, follow or end a knock."""
        if self._knock:
            if t - self._knock[0][0] <= _KNOCK_S:
                self._knock.append((t, quick_mg))
                return
            self._events.append((self._knock[0][0], _is_knock(self._knock, self._limit_mg)))
            self._knock = []
        limit_mg = max(_LEAST_MG, _TIMES_MOTION * math.sqrt(self._power))
        if quick_mg >= _STIR * limit_mg and t - self._began_s >= _MOTION_S and not is_sparse:
            self._knock, self._limit_mg = [(t, quick_mg)], limit_mg

    def _is_twice(self, t: float) -> bool:
        """Tell whether the newest events are two knocks with rest around them."""
        del self._events[:-3]
        if len(self._events) < 2 or self._knock:
            return False
        (first_s, is_first), (second_s, is_second) = self._events[-2:]
        rested_s = first_s - self._events[0][0] if len(self._events) > 2 else math.inf
        is_pair = is_first and is_second and _BETWEEN_S[0] <= second_s - first_s <= _BETWEEN_S[1]
        return is_pair and rested_s >= _REST_S and t - second_s >= _REST_S


class _Touches:
    """Contact that goes and comes twice."""

    def __init__(self) -> None:
        self._changes: list[tuple[float, bool]] = []

    def change(self, t: float, *, is_on: bool) -> None:
        """Take a change of the contact."""
        if not self._changes or self._changes[-1][1] != is_on:
            self._changes = [*self._changes[-4:], (t, is_on)]

    def until(self, t: float) -> list[float]:
        """Give the time at which the second touch was settled, if it was by `t`."""
        if len(self._changes) < 5 or not self._changes[-1][1] or t - self._changes[-1][0] < _STAYS_S:
            return []
        times = [at for at, _ in self._changes]
        self._changes = self._changes[-1:]
        is_twice = times[1] - times[0] >= _STEADY_S and times[4] - times[1] <= _TWICE_WITHIN_S
        return [times[4] + _STAYS_S] if is_twice else []


def _is_knock(samples: list[tuple[float, float]], limit_mg: float) -> bool:
    """Tell whether it is large, and over at once: by the time that it is above half of its peak."""
    peak_mg = max(size for _, size in samples)
    above = [t for t, size in samples if size >= peak_mg / 2]
    return peak_mg >= limit_mg and above[-1] - above[0] <= _LONGEST_S
