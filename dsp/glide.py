# SPDX-License-Identifier: MIT
"""From one pace of breath to another, softly.

Law: a breath that has begun keeps its length; from one breath to the next the period changes by at most 2.5 %, and the
rate by at most 2/min within any 30 s.
"""

from dataclasses import replace
from math import floor

from dsp.plan import BreathShape, PacingPlan, Segment

_PERIOD_RATIO = 1.025  # of a breath to the one before it
_KEPT_S = 30.0  # of a plan's past, for a reader that is late
_AHEAD_S = 90.0  # of a plan's future: a reader that hears nothing new for a minute still follows it


def glide(
    plan: PacingPlan, t: float, breaths_per_min: float, shape: BreathShape, *, breaths_a_step: int = 1
) -> PacingPlan:
    """Lead a plan to another rate and shape, breath by breath, from the first inhale after `t` on.

    Parameters
    ----------
    plan : PacingPlan
        The plan that holds at `t`.
    t : float
        The time of the decision, seconds on the session clock.
    breaths_per_min : float
        The rate to reach, 1 to 30.
    shape : BreathShape
        The proportions from the next inhale on.
    breaths_a_step : int
        How many breaths keep one period before the next change.

    Returns
    -------
    PacingPlan
        The same until that inhale, but for breaths that ended more than 30 s before `t`, which are left out.

    Raises
    ------
    ValueError
        When the rate is out of its range.

    Notes
    -----
    A breath of p s may differ from the next one by the ratio 1 + p^2/1080 at most, which changes the rate by p/18 a
    minute or less. All changes that a span of 30 s can see add up to the breaths in it and the one before it, so to
    2/min when that one lasts 6 s or less. Where it is longer, 2.5 % a breath (the slower rule from 5.2 s on) allow
    1.7/min in 30 s.
    """
    if not 1.0 <= breaths_per_min <= 30.0:
        raise ValueError(f"breaths_per_min must be 1 to 30, not {breaths_per_min}")
    current = plan.segment_at(t)
    oldest = plan.segment_at(t - _KEPT_S)
    segments = [s for s in plan.segments if oldest.start_s <= s.start_s <= current.start_s]
    breaths = max(floor((t - current.start_s) / current.period_s) + 1, 1)
    onset_s = current.start_s + breaths * current.period_s
    target = Segment(onset_s, 60.0 / breaths_per_min, shape)
    while (segments[-1].period_s, segments[-1].shape) != (target.period_s, shape):
        period_s = _next_period(segments[-1].period_s, target.period_s)
        segments.append(Segment(onset_s, period_s, shape))
        onset_s += period_s * breaths_a_step
    return replace(plan, segments=tuple(segments))


def _next_period(period_s: float, target_s: float) -> float:
    ratio = min(_PERIOD_RATIO, 1.0 + period_s**2 / 1080.0)
    return min(max(target_s, period_s / ratio), period_s * ratio)


def within_reach(plan: PacingPlan, t: float) -> PacingPlan:
    """Leave out what a plan holds for later than 90 s after `t`: the last rate before that holds."""
    near = tuple(segment for segment in plan.segments if segment.start_s <= t + _AHEAD_S)
    return replace(plan, segments=near or plan.segments[:1])
