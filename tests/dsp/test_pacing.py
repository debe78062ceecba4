# SPDX-License-Identifier: MIT
"""The pacer does what is asked, softly: no jump in rate, none in depth, and never by itself."""

import itertools
import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Action, CueKind
from dsp.glide import glide
from dsp.pacing import Pacing
from dsp.plan import BreathPart, BreathShape, PacingPlan, Segment
from dsp.stream import Command, Cue, Item, Tick, Value
from tests.dsp.beats import CUTS, HOSTILE_ITEMS
from tests.laws import check_cutting_law

_RATES = st.floats(4.0, 24.0)
_SHAPES = st.builds(BreathShape, st.floats(1.0, 9.0), st.floats(1.0, 9.0), st.floats(0.0, 5.0))
_WISHES = st.lists(st.tuples(st.floats(0.0, 120.0), _RATES, _SHAPES), min_size=1, max_size=6)
_BY_HAND = [Action.PACE, Action.PAUSE, Action.RESUME, Action.TOO_SLOW]

Planned = list[tuple[float, PacingPlan]]  # each plan from its time on
Wish = tuple[float, float, BreathShape]  # so many seconds later this rate and shape are asked for


def _follow(first_rate: float, wishes: Sequence[Wish]) -> Planned:
    plans: Planned = [(0.0, PacingPlan((Segment(0.0, 60.0 / first_rate),)))]
    for later_s, rate, shape in wishes:
        t = plans[-1][0] + later_s
        plans.append((t, glide(plans[-1][1], t, rate, shape)))
    return plans


def _breaths(plans: Planned) -> list[tuple[float, float, float]]:
    """Walk through the breaths as someone who always reads the newest plan: (from, until, breaths a minute)."""
    breaths = []
    last_s = max(plans[-1][0], plans[-1][1].segments[-1].start_s) + 60.0
    until_s = [*(t for t, _ in plans[1:]), last_s]
    for (t, plan), replaced_s in zip(plans, until_s, strict=True):
        end_s = replaced_s if plan.end_s is None else min(plan.end_s, replaced_s)
        at = t
        while at < end_s - 1e-6:
            phase = plan.phase_at(at + 1e-6)
            next_s = min(phase.onset_s + 60.0 / phase.breaths_per_min, end_s)
            breaths.append((at, next_s, phase.breaths_per_min))
            at = next_s
    return breaths


def _check_softness(plans: Planned) -> None:
    breaths = _breaths(plans)
    for (_, _, earlier), (_, _, later) in itertools.pairwise(breaths):
        assert 1.0 / 1.025 - 1e-9 <= later / earlier <= 1.025 + 1e-9
    for i, (_, end_s, earlier) in enumerate(breaths):
        reached = [rate for start_s, _, rate in breaths[i + 1 :] if start_s - end_s < 30.0]
        assert all(abs(rate - earlier) <= 2.0 + 1e-9 for rate in reached)


@given(_RATES, _WISHES)
def test_a_glide_changes_by_2_5_percent_a_breath_and_2_a_minute_in_any_30_seconds(
    rate: float, wishes: list[Wish]
) -> None:
    _check_softness(_follow(rate, wishes))


@given(st.lists(st.tuples(st.floats(0.0, 60.0), st.sampled_from(_BY_HAND), st.floats(4.0, 12.0)), max_size=12))
def test_nothing_that_a_hand_can_do_makes_the_breath_jump(done: list[tuple[float, Action, float]]) -> None:
    pacing = Pacing()
    plans: Planned = []
    t = 0.0
    for later_s, action, rate in [(0.0, Action.PACE, 6.0), *done]:
        t += later_s
        plans += [(t, cue.plan) for cue in pacing.update(_command(t, action, breaths_per_min=rate)) if cue.plan]
    _check_softness(plans)


@given(_RATES, _WISHES)
def test_every_change_waits_for_an_inhale(rate: float, wishes: list[Wish]) -> None:
    for _, plan in _follow(rate, wishes):
        for earlier, later in itertools.pairwise(plan.segments):
            breaths = (later.start_s - earlier.start_s) / earlier.period_s
            assert breaths == pytest.approx(round(breaths), abs=1e-6)
            assert plan.phase_at(later.start_s - 1e-6).depth == pytest.approx(0.0, abs=1e-4)
            assert plan.phase_at(later.start_s).depth == 0.0


@given(_RATES, _WISHES)
def test_the_breath_that_has_begun_and_the_last_30_seconds_stay_as_they_were(rate: float, wishes: list[Wish]) -> None:
    for (_, before), (t, after) in itertools.pairwise(_follow(rate, wishes)):
        now = before.phase_at(t)
        next_onset_s = now.onset_s + 60.0 / now.breaths_per_min
        for share in (0.0, 0.3, 0.6, 0.9, 0.999):
            for at in (t - 30.0 * share, t + (next_onset_s - t) * share):
                assert at >= next_onset_s or after.phase_at(at) == before.phase_at(at)


@given(_RATES, _WISHES)
def test_a_glide_ends_at_the_rate_and_shape_asked_for(rate: float, wishes: list[Wish]) -> None:
    *_, asked, shape = wishes[-1]
    last = _follow(rate, wishes)[-1][1].segments[-1]
    assert (last.period_s, last.shape) == (60.0 / asked, shape)


@given(_RATES, _WISHES)
def test_a_plan_never_holds_more_than_a_glide_and_a_short_past(rate: float, wishes: list[Wish]) -> None:
    assert all(len(plan.segments) <= 160 for _, plan in _follow(rate, wishes))


def test_a_glide_takes_its_time_and_no_more() -> None:
    plan = glide(PacingPlan((Segment(0.0, 60.0 / 14.0),)), 1.0, 6.0, BreathShape())
    assert plan.segments[-1].start_s == pytest.approx(240.0, abs=30.0)  # "14 to 6 in about 4 min"


@pytest.mark.parametrize("rate", [0.0, -6.0, math.nan, math.inf, 31.0])
def test_a_glide_to_a_rate_that_is_none_is_refused_with_the_rule(rate: float) -> None:
    with pytest.raises(ValueError, match=f"breaths_per_min must be 1 to 30, not {rate}"):
        glide(PacingPlan((Segment(0.0, 10.0),)), 1.0, rate, BreathShape())


def test_before_a_plan_begins_its_first_breath_stays() -> None:
    plan = glide(PacingPlan((Segment(100.0, 10.0),)), 0.0, 5.0, BreathShape())
    assert [segment.start_s for segment in plan.segments[:2]] == [100.0, 110.0]


# The stage: commands to cues.


def _command(t: float, action: Action, **values: Value) -> Command:
    return Command(t, action, "clinician", values=tuple(values.items()))


def _pace(t: float, **values: Value) -> Command:
    return _command(t, Action.PACE, **values)


def _cues(*items: Item) -> list[Cue]:
    pacing = Pacing()
    return [cue for item in items for cue in pacing.update(item)]


def _plan(*items: Item) -> PacingPlan:
    plan = _cues(*items, Tick(1e6))[-1].plan
    assert plan is not None
    return plan


def test_without_a_command_there_is_silence() -> None:
    assert _cues(Tick(1.0)) == [Cue(1.0)]


def test_the_first_pace_starts_at_once_at_the_rate_and_shape_asked_for() -> None:
    cue = _cues(_pace(3.5, breaths_per_min=5.5, inhale=1.0, exhale=2.0))[0]
    assert cue.plan == PacingPlan((Segment(3.5, 60.0 / 5.5, BreathShape(1.0, 2.0)),))
    assert (cue.kind, cue.part, cue.depth, cue.t) == (CueKind.BREATH, BreathPart.INHALE, 0.0, 3.5)
    assert cue.breaths_per_min == pytest.approx(5.5)


def test_a_pace_without_values_is_6_a_minute_with_a_longer_exhale() -> None:
    assert _plan(_pace(0.0)) == PacingPlan((Segment(0.0, 10.0, BreathShape(4.0, 6.0)),))


def test_a_later_pace_glides_there_and_keeps_what_it_does_not_name() -> None:
    plan = _plan(_pace(0.0, inhale=1.0, exhale=2.0), _pace(13.0, breaths_per_min=5.0))
    assert plan.segments[1] == Segment(20.0, 10.25, BreathShape(1.0, 2.0))
    assert plan.segments[-1].period_s == 12.0


def test_another_ratio_begins_with_the_next_inhale() -> None:
    plan = _plan(_pace(0.0), _pace(13.0, inhale=5.0, exhale=5.0))
    assert plan.segments == (Segment(0.0, 10.0), Segment(20.0, 10.0, BreathShape(5.0, 5.0)))


@pytest.mark.parametrize(("asked", "held"), [(1.0, 4.0), (40.0, 12.0), (math.inf, 12.0), (10**400, 12.0)])
def test_a_rate_out_of_range_is_taken_to_the_ranges_end(asked: float, held: float) -> None:
    assert _plan(_pace(0.0, breaths_per_min=asked)).segments[-1].period_s == 60.0 / held


@pytest.mark.parametrize("nonsense", [math.nan, -5.0, 0.0, "quick", True])
def test_a_rate_that_makes_no_sense_is_passed_over(nonsense: Value) -> None:
    assert _plan(_pace(0.0, breaths_per_min=nonsense, inhale=nonsense)).segments[-1] == Segment(0.0, 10.0)


def test_a_hold_is_no_longer_than_inhale_or_exhale() -> None:
    assert _plan(_pace(0.0, hold_full=60.0, hold_empty=2.0)).segments[0].shape == BreathShape(4.0, 6.0, 6.0, 2.0)


def test_a_pause_ends_the_plan_and_is_said_at_each_tick() -> None:
    paused, tick = _cues(_pace(0.0), _command(12.0, Action.PAUSE), Tick(13.0))[1:]
    assert (paused.kind, paused.part, paused.depth) == (CueKind.PAUSED, BreathPart.REST, 0.0)
    assert paused.plan == tick.plan == PacingPlan((Segment(0.0, 10.0),), end_s=12.0)
    assert tick.kind is CueKind.PAUSED


def test_resume_begins_with_an_inhale_at_the_rate_last_held_and_goes_on_gliding() -> None:
    items = (_pace(0.0, breaths_per_min=12.0), _pace(1.0, breaths_per_min=6.0), _command(62.0, Action.PAUSE))
    held_s = _plan(*items[:2]).segment_at(62.0).period_s
    plan = _plan(*items, _command(90.0, Action.RESUME))
    assert plan.segments[0] == Segment(90.0, held_s)
    assert plan.end_s is None
    assert plan.segments[1].start_s == 90.0 + held_s
    assert held_s < plan.segments[1].period_s <= held_s * 1.025
    assert plan.segments[-1].period_s == 10.0


def test_a_pace_while_paused_waits_for_resume() -> None:
    items = (_pace(0.0), _command(12.0, Action.PAUSE), _pace(13.0, breaths_per_min=5.0))
    assert _cues(*items)[2:] == []
    assert _plan(*items, _command(20.0, Action.RESUME)).segments[-1].period_s == 12.0


@pytest.mark.parametrize("action", [Action.PAUSE, Action.RESUME, Action.TOO_SLOW, Action.STOP_CUES, Action.ASSIGN])
def test_nothing_but_a_pace_starts_the_breath(action: Action) -> None:
    assert _cues(_command(1.0, action)) == []


def test_what_changes_nothing_gives_no_cue() -> None:
    twice = (_command(3.0, Action.PAUSE), _command(4.0, Action.PAUSE))
    assert len(_cues(_pace(0.0), _command(1.0, Action.RESUME), *twice)) == 2


def test_too_slow_gives_back_1_a_minute_from_where_the_breath_is() -> None:
    settled = _plan(_pace(0.0), _command(13.0, Action.TOO_SLOW))
    assert 60.0 / settled.segments[-1].period_s == pytest.approx(7.0)
    slowing = (_pace(0.0, breaths_per_min=12.0), _pace(1.0, breaths_per_min=6.0))
    rate = 60.0 / _plan(*slowing).segment_at(60.0).period_s
    quicker = _plan(*slowing, _command(60.0, Action.TOO_SLOW))
    assert rate > 8.0
    assert 60.0 / quicker.segments[-1].period_s == pytest.approx(rate + 1.0)


def test_too_slow_twice_gives_back_2_and_never_more_than_the_hand_may_set() -> None:
    twice = [_command(t, Action.TOO_SLOW) for t in (13.0, 14.0)]
    often = [_command(t, Action.TOO_SLOW) for t in range(13, 40)]
    assert 60.0 / _plan(_pace(0.0), *twice).segments[-1].period_s == pytest.approx(8.0)
    assert 60.0 / _plan(_pace(0.0), *often).segments[-1].period_s == pytest.approx(12.0)


def test_stop_ends_the_breath_and_the_next_pace_starts_anew() -> None:
    items = (_pace(0.0, breaths_per_min=8.0), _command(5.0, Action.STOP_CUES))
    assert _cues(*items, Tick(6.0))[1:] == [Cue(5.0), Cue(6.0)]
    assert _plan(*items, _pace(9.0, breaths_per_min=5.0)).segments == (Segment(9.0, 12.0),)


def test_commands_at_no_time_are_passed_over() -> None:
    assert _cues(*(_pace(t) for t in (math.nan, math.inf, -math.inf, 1e300))) == []


@given(HOSTILE_ITEMS)
def test_whatever_comes_a_plan_is_one_that_can_be_breathed(items: list[Item]) -> None:
    for cue in _cues(*items):
        assert (cue.kind is CueKind.SILENCE) == (cue.plan is None)
        assert 0.0 <= cue.depth <= 1.0
        for segment in cue.plan.segments if cue.plan else ():
            assert 5.0 <= segment.period_s <= 15.0


@given(HOSTILE_ITEMS, CUTS)
def test_cues_do_not_depend_on_how_the_input_was_cut(items: list[Item], cuts: list[int]) -> None:
    check_cutting_law(Pacing, items, cuts)
