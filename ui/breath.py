# SPDX-License-Identifier: MIT
"""Where the breathing shape is at any instant, read from the newest plan against the clock.

Law: while a plan is followed the depth is the plan's own, whatever arrives or does not arrive; where it rests the shape
sinks softly from where it was.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dsp.codes import CueKind
from dsp.plan import BreathPart, PacingPlan
from dsp.stream import Cue

_SINKING_S = 1.5  # from wherever the shape was to its smallest


@dataclass(frozen=True, slots=True)
class Breath:
    """The breath as it is shown: its part and its depth from 0 (empty) to 1 (full)."""

    part: BreathPart
    depth: float


class BreathReader:
    """Follows the newest cue, and the person's own decision at once, without waiting for its answer."""

    def __init__(self) -> None:
        self._kind = CueKind.SILENCE
        self._plan: PacingPlan | None = None
        self._held = False
        self._still: Breath | None = None
        self._last = (0.0, 0.0)  # time and depth of the newest breath that moved

    @property
    def is_paced(self) -> bool:
        """Whether a plan is followed right now."""
        return self._kind is CueKind.BREATH and not self._held and self._still is None

    @property
    def plan(self) -> PacingPlan | None:
        """The plan that is followed right now."""
        return self._plan if self.is_paced else None

    @property
    def is_paused(self) -> bool:
        """Whether the person paused a plan that could go on."""
        return self._held or self._kind is CueKind.PAUSED

    def take(self, cue: Cue) -> None:
        """Follow this cue from now on: it answers what the person decided last."""
        self._held = False
        self._kind = cue.kind
        self._plan = cue.plan if cue.plan is not None else self._plan

    def hold(self) -> None:
        """Rest until the next cue or `release`."""
        self._held = True

    def release(self) -> None:
        """Follow the cues again."""
        self._held = False
        self._still = None

    def freeze(self, t: float) -> None:
        """Stand still as at `t`, whatever the cues say, until `thaw` or `release`."""
        self._still = self.at(t)
        self._held = True

    def thaw(self) -> None:
        """Rest at the smallest shape instead of standing still."""
        self._still = None

    def at(self, t: float) -> Breath:
        """Give the breath at `t`, seconds on the session clock."""
        if self._still is not None:
            return self._still
        if self.is_paced and self._plan is not None:
            phase = self._plan.phase_at(t)
            if phase.part is not BreathPart.REST:
                self._last = (t, phase.depth)
                return Breath(phase.part, phase.depth)
        return Breath(BreathPart.REST, self._sinking(t))

    def around(self, t: float, offsets: Sequence[float]) -> list[float]:
        """Give the depths so many seconds before and after `t`; level where nothing is paced."""
        now = self.at(t)
        if self._plan is None or not self.is_paced:
            return [now.depth] * len(offsets)
        return [self._plan.phase_at(t + offset).depth for offset in offsets]

    def _sinking(self, t: float) -> float:
        since, depth = self._last
        share = min(max((t - since) / _SINKING_S, 0.0), 1.0)
        return depth * (0.5 + 0.5 * math.cos(math.pi * share))
