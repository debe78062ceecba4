# SPDX-License-Identifier: MIT
"""Where in its inhale, hold or exhale a breath is: what a sound needs to swell and to fade in time.

Law: a pure function of the plan and the time, as the plan's own `phase_at`.
"""

from dataclasses import dataclass

from dsp.plan import BreathPart, BreathShape, PacingPlan


@dataclass(frozen=True, slots=True)
class Place:
    """A place inside one part of a breath: seconds since it began, its length in seconds, and the depth, 0 to 1."""

    part: BreathPart
    since_s: float
    length_s: float
    depth: float


def place_at(plan: PacingPlan, t: float) -> Place:
    """Tell where in which part of the breath `t` lies, seconds on the session clock."""
    phase = plan.phase_at(t)
    if phase.part is BreathPart.REST:
        return Place(BreathPart.REST, 0.0, 0.0, 0.0)
    segment = plan.segment_at(t)
    start, weight, total = _weights(segment.shape, phase.part)
    unit_s = segment.period_s / total
    since_s = phase.cycle * segment.period_s - start * unit_s
    length_s = weight * unit_s
    return Place(phase.part, min(max(since_s, 0.0), length_s), length_s, phase.depth)


def _weights(shape: BreathShape, part: BreathPart) -> tuple[float, float, float]:
    """Give where a part begins, what it weighs, and what all of them weigh."""
    parts = {
        BreathPart.INHALE: shape.inhale,
        BreathPart.HOLD_FULL: shape.hold_full,
        BreathPart.EXHALE: shape.exhale,
        BreathPart.HOLD_EMPTY: shape.hold_empty,
    }
    before = 0.0
    for name, weight in parts.items():
        if name is part:
            return before, weight, sum(parts.values())
        before += weight
    raise ValueError(f"a part of a breath must be one of {[*parts]}, not {part}")
