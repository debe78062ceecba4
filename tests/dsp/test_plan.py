# SPDX-License-Identifier: MIT
"""The plan tells the breath at any time, as a pure function of the clock."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.plan import BreathPart, BreathShape, PacingPlan, Phase, Segment

_WEIGHTS = st.floats(0.1, 10.0)
_SHAPES = st.builds(BreathShape, _WEIGHTS, _WEIGHTS, st.just(0.0) | _WEIGHTS, st.just(0.0) | _WEIGHTS)
_SQUARE = BreathShape(1.0, 1.0, 1.0, 1.0)


@given(st.floats(-1e6, 1e6), st.floats(2.5, 15.0), _SHAPES, st.floats(0.0, 1e4))
def test_the_depth_stays_between_empty_and_full_and_moves_softly(
    start_s: float, period_s: float, shape: BreathShape, later_s: float
) -> None:
    plan = PacingPlan((Segment(start_s, period_s, shape),))
    phase, soon = plan.phase_at(start_s + later_s), plan.phase_at(start_s + later_s + 1e-3)
    quickest_s = min(shape.inhale, shape.exhale) * period_s / sum((shape.inhale, shape.exhale, *_holds(shape)))
    assert 0.0 <= phase.depth <= 1.0
    assert 0.0 <= phase.cycle < 1.0
    assert abs(soon.depth - phase.depth) <= math.pi / 2.0 * 1.001e-3 / quickest_s + 1e-6


def _holds(shape: BreathShape) -> tuple[float, float]:
    return shape.hold_full, shape.hold_empty


@pytest.mark.parametrize(
    ("t", "part", "depth"),
    [
        (0.0, BreathPart.INHALE, 0.0),
        (2.0, BreathPart.INHALE, 0.5),
        (6.0, BreathPart.HOLD_FULL, 1.0),
        (10.0, BreathPart.EXHALE, 0.5),
        (14.0, BreathPart.HOLD_EMPTY, 0.0),
        (18.0, BreathPart.INHALE, 0.5),
    ],
)
def test_a_breath_has_its_parts_in_order(t: float, part: BreathPart, depth: float) -> None:
    phase = PacingPlan((Segment(0.0, 16.0, _SQUARE),)).phase_at(t)
    assert phase.part is part
    assert phase.depth == pytest.approx(depth)


def test_the_last_segment_goes_on_for_ever() -> None:
    plan = PacingPlan((Segment(0.0, 5.0), Segment(10.0, 8.0)))
    assert plan.phase_at(10.0 + 8.0 * 10_000 + 1.0).onset_s == 10.0 + 8.0 * 10_000


@pytest.mark.parametrize("t", [-0.1, 20.0, 100.0])
def test_a_plan_rests_before_its_start_and_from_its_end_on(t: float) -> None:
    plan = PacingPlan((Segment(0.0, 5.0),), end_s=20.0)
    assert plan.phase_at(t) == Phase(BreathPart.REST, 0.0, 0.0, t, 0.0)
    assert plan.phase_at(19.9).part is BreathPart.EXHALE


@pytest.mark.parametrize("weights", [(0.0, 1.0), (1.0, -1.0), (math.nan, 1.0), (1.0, 1.0, -0.1), (1.0, math.inf)])
def test_a_breath_without_inhale_or_exhale_is_refused(weights: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="must be"):
        BreathShape(*weights)


@pytest.mark.parametrize(("start_s", "period_s"), [(math.nan, 5.0), (0.0, 0.0), (0.0, math.inf)])
def test_a_segment_without_start_or_period_is_refused(start_s: float, period_s: float) -> None:
    with pytest.raises(ValueError, match="must be"):
        Segment(start_s, period_s)


def test_segments_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="one after the other"):
        PacingPlan((Segment(10.0, 5.0), Segment(10.0, 6.0)))
    with pytest.raises(ValueError, match="at least 1 segment"):
        PacingPlan(())
