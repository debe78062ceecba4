# SPDX-License-Identifier: MIT
"""The pace that a person's own breath leads: from their own rate down to a slow one, no faster than they follow.

Each breath one of four moves. While they follow, the next breath is a little longer (at most x 1.025). While nobody can
see whether they do, every second one is: the person is trusted. When they do not follow, the pace stays; and when that
goes on for 6 more breaths, or they say "too slow", or arousal has risen by more than 0.5, it goes back by 1/min, twice
at most and never above the rate at which it began. Then it stays and asks "shall we stay here?".

Law: the pace never falls below the floor and never rises above its beginning.

References
----------
Lehrer 2013 and Laborde 2021 (doi 10.3390/su13147775): slow breathing at 4.5-6.5/min, own resonance; 37.5 % of
untrained people over-breathe at 6/min, hence the guard.
"""

import math
from enum import Enum, auto

from dsp.codes import Adherence, CueQuestion
from dsp.glide import glide, within_reach
from dsp.plan import BreathShape, PacingPlan

_LOWEST = 4.5  # breaths a minute
_MOST_BACK = 2
_PATIENCE_BREATHS = 6  # of holding, after the 6 over which "not following" is told
_MOST_RISE = 0.5  # of the arousal level
_BACK = 1.0  # breaths a minute
_LEAST_AHEAD_S = 60.0  # of future that a plan carries


class Move(Enum):
    """What the pace does at the next breath."""

    SLOWER = auto()
    SLOWER_BY_TIME = auto()  # each second breath
    STAY = auto()
    BACK = auto()


class ClosedLoop:
    """Decide the pace, breath by breath.

    Parameters
    ----------
    start : float
        Breaths a minute at which it begins.
    floor : float
        The slowest rate it may lead to: the person's resonance where it is known; 4.5 at least.
    """

    def __init__(self, start: float, floor: float = 6.0) -> None:
        self.start = start
        self.floor = min(max(floor, _LOWEST), start)
        self.question: CueQuestion | None = None
        self._move: Move | None = None
        self._target = start
        self._breath_s = -math.inf  # onset of the breath that was last decided at
        self._backs = 0
        self._not_following = 0
        self._level_then: float | None = None

    def lead(
        self, t: float, plan: PacingPlan, shape: BreathShape, adherence: Adherence, level: float | None
    ) -> PacingPlan:
        """Lead a plan on at one second; it changes only where a new breath begins.

        Parameters
        ----------
        t : float
            Seconds on the session clock.
        plan : PacingPlan
            The plan that holds, not paused.
        shape : BreathShape
            The proportions of its breaths.
        adherence : Adherence
            Over the last breaths.
        level : float or None
            The arousal level; None where it is unknown.
        """
        onset_s = plan.phase_at(t).onset_s
        if onset_s <= self._breath_s:
            return plan
        self._breath_s = onset_s
        return self._go(t, plan, shape, self._decide(adherence, level))

    def give_back(self, t: float, plan: PacingPlan, shape: BreathShape) -> PacingPlan:
        """Go back because the person says "too slow"."""
        return self._go(t, plan, shape, self._back())

    def _decide(self, adherence: Adherence, level: float | None) -> Move:
        if self._has_risen(level):
            self._level_then = level
            if adherence is Adherence.FOLLOWING:
                self.question = CueQuestion.DROP_IT
            return self._back()
        if self._backs == _MOST_BACK:
            return Move.STAY
        if adherence is not Adherence.NOT_FOLLOWING:
            self._not_following = 0
            return Move.SLOWER if adherence is Adherence.FOLLOWING else Move.SLOWER_BY_TIME
        self._not_following += 1
        return self._back() if self._not_following > _PATIENCE_BREATHS else Move.STAY

    def _back(self) -> Move:
        self._not_following = 0
        if self._backs == _MOST_BACK:
            return Move.STAY
        self._backs += 1
        if self._backs == _MOST_BACK and self.question is None:
            self.question = CueQuestion.STAY_HERE
        return Move.BACK

    def _go(self, t: float, plan: PacingPlan, shape: BreathShape, move: Move) -> PacingPlan:
        """Plan the next minute anew where the move is another one, or the plan's future grows short."""
        is_same = move is self._move or (move is Move.STAY and self._move is Move.BACK)
        has_future = move is Move.STAY or plan.segments[-1].start_s > t + _LEAST_AHEAD_S
        if is_same and has_future and move is not Move.BACK:
            self._move = move
            return plan
        now = 60.0 / plan.segment_at(t).period_s
        higher = max(now, self._target) if self._move is Move.BACK else now  # a second step adds to the first
        targets = {Move.STAY: now, Move.BACK: min(higher + _BACK, self.start)}
        self._move, self._target = move, targets.get(move, self.floor)
        breaths = 2 if move is Move.SLOWER_BY_TIME else 1
        return within_reach(glide(plan, t, self._target, shape, breaths_a_step=breaths), t)

    def _has_risen(self, level: float | None) -> bool:
        if level is None:
            return False
        if self._level_then is None:
            self._level_then = level
        return level > self._level_then + _MOST_RISE
