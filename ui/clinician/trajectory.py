# SPDX-License-Identifier: MIT
"""The last ten minutes of one person's arousal: the level each second, what was marked, and what could not be read.

Law: everything is taken from frames; a second without a level is a hole with its reason, never a value; nothing older
than ten minutes is kept.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from dsp.baseline import ArousalState
from dsp.codes import Reason, Zone
from dsp.stream import Marker
from ui.arousal.trace_paint import APART_S

SPAN_S = 600.0
"""How much of the past is shown."""


class MarkKind(Enum):
    """What stands on the trajectory."""

    TYPED = "typed"  # a marker, as a tag
    CUE = "cue"  # something that was taken up, as a diamond


@dataclass(frozen=True, slots=True)
class Second:
    """One second: the level and its 90 % range, or why there is none; grey while the person moves."""

    t: float
    level: float | None = None
    band: tuple[float, float] | None = None
    why: Reason | None = None
    is_grey: bool = False
    zone: Zone = Zone.UNKNOWN


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that was marked: its kind, and the letter or number that a tag carries."""

    t: float
    kind: MarkKind
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch of which nothing can be read, and why."""

    start_s: float
    end_s: float
    why: Reason | None


class Trajectory:
    """Keeps the last ten minutes of one person."""

    def __init__(self) -> None:
        self._seconds: deque[Second] = deque()
        self._marks: deque[Mark] = deque()

    @property
    def newest(self) -> Second | None:
        """The newest second, None before any."""
        return self._seconds[-1] if self._seconds else None

    def add(self, state: ArousalState) -> None:
        """Take the state of one second."""
        level = state.trace
        band = state.band if level is not None else None
        self._seconds.append(Second(state.t, level, band, state.why, state.is_grey, state.zone))
        self._forget(state.t - SPAN_S)

    def mark(self, marker: Marker, tag: str) -> None:
        """Take a marker, with what its tag carries."""
        self._marks.append(Mark(marker.t, MarkKind.TYPED, tag))

    def take_up(self, t: float) -> None:
        """Take that something was taken up."""
        self._marks.append(Mark(t, MarkKind.CUE))

    def seconds(self, t: float) -> tuple[Second, ...]:
        """Give the seconds of the last ten minutes, the oldest first."""
        return tuple(second for second in self._seconds if t - SPAN_S <= second.t <= t)

    def marks(self, t: float) -> tuple[Mark, ...]:
        """Give the marks of the last ten minutes, the oldest first."""
        return tuple(mark for mark in self._marks if t - SPAN_S <= mark.t <= t)

    def _forget(self, before_s: float) -> None:
        while self._seconds and self._seconds[0].t < before_s:
            self._seconds.popleft()
        while self._marks and self._marks[0].t < before_s:
            self._marks.popleft()


def holes(seconds: Sequence[Second], now: float) -> list[Hole]:
    """Give what lies between the runs, before the first one and after the last, each with its reason."""
    if not seconds:
        return []
    found: list[Hole] = []
    at = seconds[0].t - 1.0
    why: Reason | None = None
    for second in seconds:
        if second.level is None:
            why = second.why or why
            continue
        if second.t - at > APART_S:
            found.append(Hole(at, second.t, why))
        at, why = second.t, None
    if now - at > APART_S:
        found.append(Hole(at, now, why))
    return found
