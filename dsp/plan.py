# SPDX-License-Identifier: MIT
"""The pacing plan: where the breath is at any time, as a pure function of the clock.

A plan is a row of immutable segments. Each segment repeats its breath until the next one starts; the last one goes on
for ever (or until `end_s`), so a reader that hears nothing new for a while keeps breathing. Screen and sound read the
plan by themselves against the session clock.

Law: `phase_at` depends on the plan and the time alone, and its depth is continuous across every border.
"""

import itertools
import math
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum


class BreathPart(StrEnum):
    """What the breath is doing."""

    INHALE = "inhale"
    HOLD_FULL = "hold_full"
    EXHALE = "exhale"
    HOLD_EMPTY = "hold_empty"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class BreathShape:
    """The proportions of one breath; only their ratios matter.

    Parameters
    ----------
    inhale, exhale : float
        Weights above 0 (4 and 6 by default: a longer exhale).
    hold_full, hold_empty : float
        Weights of the optional holds after the inhale and after the exhale, 0 or more.

    Raises
    ------
    ValueError
        When a weight is not finite, or out of its range.
    """

    inhale: float = 4.0
    exhale: float = 6.0
    hold_full: float = 0.0
    hold_empty: float = 0.0

    def __post_init__(self) -> None:
        weights = (self.inhale, self.hold_full, self.exhale, self.hold_empty)
        if not all(math.isfinite(w) for w in weights):
            raise ValueError(f"breath weights must be finite, not {weights}")
        if self.inhale <= 0 or self.exhale <= 0:
            raise ValueError(f"inhale and exhale must be above 0, not {self.inhale} and {self.exhale}")
        if self.hold_full < 0 or self.hold_empty < 0:
            raise ValueError(f"holds must be 0 or more, not {self.hold_full} and {self.hold_empty}")


@dataclass(frozen=True, slots=True)
class Segment:
    """Breaths of one period, from `start_s` on.

    Parameters
    ----------
    start_s : float
        Onset of an inhale, seconds on the session clock.
    period_s : float
        Length of one breath, seconds, above 0.
    shape : BreathShape
        Its proportions.
    """

    start_s: float
    period_s: float
    shape: BreathShape = BreathShape()

    def __post_init__(self) -> None:
        if not math.isfinite(self.start_s):
            raise ValueError(f"start_s must be finite, not {self.start_s}")
        if not (math.isfinite(self.period_s) and self.period_s > 0):
            raise ValueError(f"period_s must be above 0, not {self.period_s}")


@dataclass(frozen=True, slots=True)
class Phase:
    """Where the breath is at one instant.

    `depth` runs from 0 (empty) to 1 (full); `cycle` from 0 at the inhale's onset to 1 at the next one; `onset_s` is the
    onset of this breath's inhale; `breaths_per_min` is 0 at rest.
    """

    part: BreathPart
    depth: float
    cycle: float
    onset_s: float
    breaths_per_min: float


@dataclass(frozen=True, slots=True)
class PacingPlan:
    """A breath for every time from its first segment on.

    Parameters
    ----------
    segments : tuple of Segment
        At least one, in order of start; each starts a whole number of periods after the one before it.
    end_s : float or None
        From this time on the plan rests (paused or stopped); None goes on for ever.
    """

    segments: tuple[Segment, ...]
    end_s: float | None = None

    def __post_init__(self) -> None:
        if not self.segments:
            raise ValueError("a pacing plan must have at least 1 segment, not 0")
        starts = [s.start_s for s in self.segments]
        if any(b <= a for a, b in itertools.pairwise(starts)):
            raise ValueError(f"segments must start one after the other, not at {starts}")

    def phase_at(self, t: float) -> Phase:
        """Tell where the breath is at `t` (seconds on the session clock)."""
        if t < self.segments[0].start_s or (self.end_s is not None and t >= self.end_s):
            return Phase(BreathPart.REST, 0.0, 0.0, t, 0.0)
        segment = self.segment_at(t)
        breaths = math.floor((t - segment.start_s) / segment.period_s)
        onset_s = segment.start_s + breaths * segment.period_s
        cycle = min(max((t - onset_s) / segment.period_s, 0.0), math.nextafter(1.0, 0.0))
        part, depth = _part_and_depth(segment.shape, cycle)
        return Phase(part, depth, cycle, onset_s, 60.0 / segment.period_s)

    def segment_at(self, t: float) -> Segment:
        """Give the segment that holds at `t`; the first one before the plan starts."""
        index = bisect_right(self.segments, t, key=lambda s: s.start_s) - 1
        return self.segments[max(index, 0)]


def _part_and_depth(shape: BreathShape, cycle: float) -> tuple[BreathPart, float]:
    """Split one cycle by the shape's weights; half a cosine wave makes the turns soft."""
    at = cycle * (shape.inhale + shape.hold_full + shape.exhale + shape.hold_empty)
    if at < shape.inhale:
        return BreathPart.INHALE, 0.5 - 0.5 * math.cos(math.pi * at / shape.inhale)
    at -= shape.inhale
    if at < shape.hold_full:
        return BreathPart.HOLD_FULL, 1.0
    at -= shape.hold_full
    if at < shape.exhale:
        return BreathPart.EXHALE, 0.5 + 0.5 * math.cos(math.pi * at / shape.exhale)
    return BreathPart.HOLD_EMPTY, 0.0
