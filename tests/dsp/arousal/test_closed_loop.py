# SPDX-License-Identifier: MIT
import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.arousal.pacer_people import Breather, cues_of
from dsp.arousal.closed_loop import ClosedLoop
from dsp.codes import Action, Adherence, CueQuestion
from dsp.pacing import Pacing
from dsp.pipeline import Pipeline
from dsp.plan import BreathShape, PacingPlan, Segment
from dsp.stream import CLIENT, Command, Features, Tick

_ANSWERS = st.lists(st.sampled_from(list(Adherence)), min_size=1, max_size=80)


def _led(
    answers: Sequence[Adherence], *, start: float = 14.0, floor: float = 6.0, levels: Sequence[float | None] = (None,)
) -> tuple[list[PacingPlan], ClosedLoop]:
    """Lead breath by breath; the last answer and the last level go on to hold."""
    loop = ClosedLoop(start, floor)
    plan = PacingPlan((Segment(0.0, 60.0 / start),))
    plans, t = [plan], 0.0
    for index, answer in enumerate(answers):
        t = plan.phase_at(t).onset_s + 60.0 / plan.phase_at(t).breaths_per_min + 1e-6
        plan = loop.lead(t, plan, BreathShape(), answer, levels[min(index, len(levels) - 1)])
        plans.append(plan)
    return plans, loop


def _rates(plans: Sequence[PacingPlan]) -> list[float]:
    return [60.0 / segment.period_s for plan in plans for segment in plan.segments]


def test_who_follows_is_led_from_14_to_6_in_about_four_minutes() -> None:
    plans, _ = _led([Adherence.FOLLOWING] * 50)
    reached_s = next(s.start_s for s in plans[-1].segments if 60.0 / s.period_s < 6.01)
    assert 180.0 <= reached_s <= 300.0


def test_who_cannot_be_seen_is_trusted_and_led_at_half_the_pace() -> None:
    seen, _ = _led([Adherence.FOLLOWING] * 20)
    unseen, _ = _led([Adherence.CANNOT_SEE] * 20)
    assert 60.0 / unseen[-1].segment_at(90.0).period_s > 60.0 / seen[-1].segment_at(90.0).period_s
    assert min(_rates(unseen)) < 14.0


def test_who_does_not_follow_is_waited_for_then_met_halfway_then_asked() -> None:
    plans, loop = _led([Adherence.FOLLOWING] * 15 + [Adherence.NOT_FOLLOWING] * 40)
    held = 60.0 / plans[20].segments[-1].period_s
    assert 60.0 / plans[-1].segments[-1].period_s == pytest.approx(held + 2.0)
    assert loop.question is CueQuestion.STAY_HERE


def test_too_slow_goes_back_by_one_twice_at_most() -> None:
    loop = ClosedLoop(14.0)
    plan = PacingPlan((Segment(0.0, 60.0 / 8.0),))
    for _ in range(5):
        plan = loop.give_back(1.0, plan, BreathShape())
    assert 60.0 / plan.segments[-1].period_s == pytest.approx(10.0)
    assert loop.question is CueQuestion.STAY_HERE


def test_arousal_that_rises_while_the_person_follows_offers_to_drop_the_pacer() -> None:
    plans, loop = _led([Adherence.FOLLOWING] * 30, levels=[0.0] * 20 + [0.6])
    assert loop.question is CueQuestion.DROP_IT
    assert plans[21].segments[-1].period_s < plans[20].segment_at(plans[20].segments[-1].start_s).period_s


@given(_ANSWERS, st.floats(7.0, 24.0), st.floats(4.5, 7.0), st.lists(st.floats(-3.0, 3.0), min_size=1, max_size=80))
def test_the_pace_stays_between_its_beginning_and_its_floor(
    answers: list[Adherence], start: float, floor: float, levels: list[float]
) -> None:
    plans, _ = _led(answers, start=start, floor=floor, levels=levels)
    assert all(floor - 1e-9 <= rate <= start + 1e-9 for rate in _rates(plans))


@given(_ANSWERS)
def test_no_breath_is_more_than_a_fortieth_longer_or_shorter_than_the_one_before(answers: list[Adherence]) -> None:
    plans, _ = _led(answers)
    for plan in plans:
        periods = [segment.period_s for segment in plan.segments]
        assert all(1.0 / 1.025 - 1e-9 <= b / a <= 1.025 + 1e-9 for a, b in itertools.pairwise(periods))


def test_a_plan_carries_a_minute_of_future_while_it_leads() -> None:
    plans, _ = _led([Adherence.FOLLOWING] * 10)
    t = plans[-1].segment_at(50.0).start_s
    assert plans[-1].segments[-1].start_s >= t + 40.0


def test_the_loop_begins_at_the_persons_own_rate_or_at_12() -> None:
    pacing = Pacing()
    pacing.feel(Features(0.0), None)
    (cue,) = pacing.update(Command(1.0, Action.PACE, "test", values=(("closed_loop", True),)))
    assert cue.breaths_per_min == pytest.approx(12.0)


def test_a_pace_set_by_hand_ends_the_loop() -> None:
    pacing = Pacing()
    pacing.update(Command(1.0, Action.PACE, "test", values=(("closed_loop", True),)))
    pacing.update(Command(2.0, Action.PACE, "test", values=(("breaths_per_min", 8.0),)))
    for second in range(3, 200):
        pacing.feel(Features(float(second)), None)
        (cue,) = pacing.update(Tick(float(second)))
    assert cue.breaths_per_min == pytest.approx(8.0)


@pytest.mark.parametrize("rsa_bpm", [1.0, 8.0])
def test_a_follower_reaches_six_breaths_a_minute(rsa_bpm: float) -> None:
    rates = [cue.breaths_per_min for _, cue in cues_of(Breather(rsa_bpm), 3, minutes=10.0)]
    assert rates[-1] == pytest.approx(6.0)


def test_who_breathes_their_own_way_is_not_pulled_along() -> None:
    cues = [cue for _, cue in cues_of(Breather(8.0, follows=False), 3)]
    rates = [cue.breaths_per_min or 0.0 for cue in cues]
    assert min(rates) > 7.0
    assert max(rates) <= rates[0] + 1e-9
    assert cues[-1].question is CueQuestion.STAY_HERE


def test_a_condition_that_keeps_the_index_off_makes_the_pacer_trust_the_person() -> None:
    pipeline = Pipeline((CLIENT,))
    pipeline.update(Command(0.0, Action.CONDITION, "test", values=(("name", "beta_blocker"), ("on", True))))
    pipeline.update(Command(0.5, Action.PACE, "test", values=(("closed_loop", True),)))
    cues = [cue for second in range(1, 100) for cue in pipeline.update(Tick(float(second))).cues]
    assert {cue.adherence for cue in cues[1:]} == {Adherence.CANNOT_SEE}
    assert (cues[-1].breaths_per_min or 0.0) < 12.0
