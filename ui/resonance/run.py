# SPDX-License-Identifier: MIT
"""A resonance assessment as frames tell it: which pace runs, how far it is, what the heart did, and what was found.

Law: what is not told is not shown; the paces and their times are those of the plan that the cues carry.
"""

from collections import deque
from dataclasses import dataclass

from dsp.codes import Action
from dsp.finding import TOLD, Resonance
from dsp.plan import PacingPlan
from dsp.stream import CLIENT, Command, Frame

_SHOWN_S = 30.0
_MOST_BEATS = 4000
_ENDING = (Action.PACE, Action.STOP_CUES, Action.TOO_SLOW, Action.PAUSE)  # the plan is another one then
_SAME = 0.26  # breaths a minute: the sliding way has no two breaths alike


@dataclass(frozen=True, slots=True)
class Pace:
    """Where an assessment is."""

    breaths_per_min: float
    share: float
    left_s: float


@dataclass(frozen=True, slots=True)
class Wave:
    """The heart rate at one pace: seconds from its start, and beats a minute."""

    t: tuple[float, ...]
    bpm: tuple[float, ...]


class AssessmentReading:
    """Follows one person's assessment."""

    def __init__(self) -> None:
        self.found: Resonance | None = None
        self._plan: PacingPlan | None = None
        self._is_awaiting_plan = False
        self.is_running = False
        self._beats: deque[tuple[float, float]] = deque(maxlen=_MOST_BEATS)

    def forget(self) -> None:
        """Begin anew."""
        self.found = self._plan = None
        self.is_running = self._is_awaiting_plan = False

    def take(self, frame: Frame) -> None:
        """Read what a frame says of it."""
        if isinstance(frame.item, Command) and frame.item.person == CLIENT:
            self._obey(frame.item)
        for cue in frame.cues:
            if cue.person == CLIENT and cue.plan is not None and self._is_awaiting_plan:
                self._plan, self._is_awaiting_plan = cue.plan, False
        for beat in frame.beats:
            if beat.person == CLIENT and beat.nn_ms is not None:
                self._beats.append((beat.t, 60_000.0 / beat.nn_ms))
        for found in frame.resonances:
            if found.person == CLIENT:
                self.found, self.is_running = found, False

    def pace_at(self, t: float) -> Pace | None:
        """Tell where it is at `t`, seconds on the session clock; None while none runs."""
        plan = self._plan
        if not self.is_running or plan is None or plan.end_s is None:
            return None
        start_s = plan.segments[0].start_s
        share = min(max((t - start_s) / (plan.end_s - start_s), 0.0), 1.0)
        rate = plan.phase_at(min(t, plan.end_s - 1.0)).breaths_per_min
        return Pace(rate, share, max(plan.end_s - t, 0.0))

    def wave_of(self, breaths_per_min: float) -> Wave:
        """Give the last half minute of the heart rate at a pace."""
        plan = self._plan
        if plan is None:
            return Wave((), ())
        times = [t for t, _ in self._beats if abs(plan.phase_at(t).breaths_per_min - breaths_per_min) < _SAME]
        since_s = times[-1] - _SHOWN_S if times else 0.0
        shown = [(t - since_s, bpm) for t, bpm in self._beats if times and since_s <= t <= times[-1]]
        return Wave(tuple(t for t, _ in shown), tuple(bpm for _, bpm in shown))

    def _obey(self, command: Command) -> None:
        is_told = dict(command.values).get("way") in TOLD  # a pace of before, or one that was chosen
        if command.action is Action.RESONANCE and not is_told:
            self.found, self._plan = None, None
            self.is_running = self._is_awaiting_plan = True
        elif command.action in _ENDING:
            self.is_running = False
