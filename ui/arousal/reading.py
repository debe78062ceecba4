# SPDX-License-Identifier: MIT
"""What may be shown of a person's arousal at any instant: the newest state, the last five minutes, and the window.

Law: everything is taken from frames; a state older than 3 s is none any more, and before a window there is nothing.
"""

from collections import deque
from dataclasses import dataclass

from dsp.baseline import ArousalState, Baseline
from dsp.codes import Reason
from dsp.stream import CLIENT, Frame
from ui.arousal.holding import USUAL, WindowHolding

SPAN_S = 300.0
"""How much of the past is shown."""

_OLD_S = 3.0  # a second comes each second
_POINTS = int(SPAN_S) + 10


@dataclass(frozen=True, slots=True)
class TracePoint:
    """One second as it is drawn: the level over 15 s and its 90 % range; None where nothing can be read."""

    t: float
    level: float | None = None
    band: tuple[float, float] | None = None
    is_grey: bool = False


@dataclass(frozen=True, slots=True)
class WindowHeld:
    """The window as it holds: its bounds, how many days ago it was measured, and what is to be said of it.

    `age_days` is None where bounds were set before any calibration was heard of; `above_from_bpm` where the heart is
    no part of it.
    """

    lower: float
    upper: float
    is_provisional: bool = False
    age_days: int | None = None
    is_by_hand: bool = False
    has_talk: bool = False
    above_from_bpm: float | None = None


class ArousalReading:
    """Holds what frames say of one person's arousal.

    Parameters
    ----------
    person : str
        Whose it is.
    """

    def __init__(self, person: str = CLIENT) -> None:
        self._person = person
        self._state: ArousalState | None = None
        self._points: deque[TracePoint] = deque(maxlen=_POINTS)
        self.holding = WindowHolding(person)

    @property
    def baseline(self) -> Baseline | None:
        """The calibration that holds, of this session or of an earlier one; None without any."""
        return self.holding.baseline

    @property
    def newest_t(self) -> float | None:
        """Time of the newest state, None before any."""
        return self._state.t if self._state is not None else None

    def take(self, frame: Frame) -> None:
        """Read what a frame says of this person."""
        self.holding.take(frame)
        for state in frame.states:
            if state.person == self._person:
                self._state = state
                band = state.band if state.trace is not None else None
                self._points.append(TracePoint(state.t, state.trace, band, state.is_grey))

    def state_at(self, t: float) -> ArousalState:
        """Give the state that may be shown at `t`, seconds on the session clock; unknown where it is old."""
        if self._state is None:
            return ArousalState(t, self._person)
        if t - self._state.t > _OLD_S:
            return ArousalState(self._state.t, self._person, why=Reason.STALE, bounds=self._state.bounds)
        return self._state

    def window(self) -> WindowHeld | None:
        """Give the window that holds; None before there is one."""
        state = self._state
        if state is None or state.bounds is None:
            return None
        known, is_by_hand = self.holding.baseline, self.holding.is_by_hand
        is_of_days = self.holding.reference == USUAL  # then today's rest says nothing of a rate
        return WindowHeld(
            *state.bounds,
            is_provisional=state.is_provisional,
            age_days=None if known is None else known.age_days,
            is_by_hand=is_by_hand,
            has_talk=known is not None and known.has_talk,
            above_from_bpm=None if known is None or is_by_hand or is_of_days else known.above_from_bpm,
        )

    def trace_at(self, t: float) -> tuple[TracePoint, ...]:
        """Give the seconds of the last five minutes, the oldest first."""
        return tuple(point for point in self._points if t - SPAN_S <= point.t <= t)
