# SPDX-License-Identifier: MIT
"""The breath that is shown is the plan's, until the person says otherwise."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import CueKind
from dsp.plan import BreathPart, BreathShape, PacingPlan, Segment
from dsp.stream import Cue
from ui.breath import Breath, BreathReader

PLAN = PacingPlan((Segment(100.0, 10.0, BreathShape(4, 6)),))
BREATHING = Cue(100.0, kind=CueKind.BREATH, plan=PLAN)


def breathing() -> BreathReader:
    reader = BreathReader()
    reader.take(BREATHING)
    return reader


def test_before_the_first_cue_there_is_rest() -> None:
    assert BreathReader().at(5.0) == Breath(BreathPart.REST, 0.0)


@given(st.floats(100, 4000), st.floats(4, 12), st.floats(1, 10), st.floats(1, 10))
def test_the_depth_is_the_plans_own_however_long_nothing_arrives(t: float, rate: float, i: float, e: float) -> None:
    plan = PacingPlan((Segment(100.0, 60 / rate, BreathShape(i, e)),))
    reader = BreathReader()
    reader.take(Cue(100.0, kind=CueKind.BREATH, plan=plan))
    phase = plan.phase_at(t)
    assert reader.at(t) == Breath(phase.part, phase.depth)


def test_a_pause_rests_at_once_and_sinks_softly() -> None:
    reader = breathing()
    full = reader.at(104.0).depth
    reader.hold()
    depths = [reader.at(104.0 + step / 20).depth for step in range(60)]
    assert depths[0] == pytest.approx(full)
    assert depths[-1] == 0.0
    assert all(later <= earlier for earlier, later in itertools.pairwise(depths))
    assert max(a - b for a, b in itertools.pairwise(depths)) < 0.06


def test_a_pause_lasts_until_it_is_answered_or_ended() -> None:
    reader = breathing()
    reader.hold()
    paused = [reader.is_paused]
    reader.take(Cue(105.0, kind=CueKind.PAUSED, plan=PLAN))
    paused.append(reader.is_paused)
    reader.release()
    paused.append(reader.is_paused)  # nothing goes on before the plan does
    reader.take(Cue(106.0, kind=CueKind.BREATH, plan=PLAN))
    paused.append(reader.is_paused)
    assert paused == [True, True, True, False]
    assert reader.at(107.0).part is BreathPart.EXHALE


def test_stillness_holds_the_very_depth_whatever_comes() -> None:
    reader = breathing()
    still = reader.at(103.0)
    reader.freeze(103.0)
    reader.take(BREATHING)
    assert {reader.at(t) for t in (103.0, 103.1, 110.0, 500.0)} == {still}
    reader.take(Cue(104.0))
    reader.thaw()
    assert reader.at(500.0) == Breath(BreathPart.REST, 0.0)
