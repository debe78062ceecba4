# SPDX-License-Identifier: MIT
import itertools

import numpy as np
import pytest

from benchmarks.arousal.synthetic_people import beats_of_a_resonator
from dsp.arousal.resonance import RATES, answers, assess, sliding_plan, stepped_plan
from dsp.plan import PacingPlan, Segment


@pytest.mark.parametrize("plan", [stepped_plan(100.0), sliding_plan(100.0)], ids=["stepped", "sliding"])
@pytest.mark.parametrize("resonance", [5.0, 5.5, 6.0])
def test_the_rate_at_which_the_heart_answers_most_is_found(plan: PacingPlan, resonance: float) -> None:
    rng = np.random.default_rng(7)
    beats = beats_of_a_resonator(rng, plan, resonance=resonance, rsa_bpm=10.0)
    told = assess(answers(*beats, plan), rng)
    assert told is not None
    assert told.best == resonance
    assert told.is_seen
    assert not told.is_equally_good
    assert {score.breaths_per_min for score in told.scores} == set(RATES)
    best = next(score for score in told.scores if score.breaths_per_min == resonance)
    assert best.z.amplitude_bpm == max(score.z.amplitude_bpm for score in told.scores)


def test_a_resonance_between_two_rates_is_equally_good() -> None:
    plan = sliding_plan(100.0)
    rng = np.random.default_rng(3)
    told = assess(answers(*beats_of_a_resonator(rng, plan, resonance=5.25, rsa_bpm=8.0), plan), rng)
    assert told is not None
    assert told.is_equally_good
    assert {told.best, told.second} == {5.0, 5.5}


def test_a_heart_that_follows_nothing_is_not_compared() -> None:
    plan = sliding_plan(100.0)
    seen = 0
    for seed in range(8):
        rng = np.random.default_rng(seed)
        told = assess(answers(*beats_of_a_resonator(rng, plan, resonance=5.5, rsa_bpm=0.0), plan), rng)
        seen += told is not None and told.is_seen
    assert seen <= 1


def test_a_heart_in_step_at_its_resonance_has_no_lag_and_most_of_its_power_there() -> None:
    plan = PacingPlan((Segment(0.0, 60.0 / 5.5),), 220.0)
    rng = np.random.default_rng(1)
    beats = beats_of_a_resonator(rng, plan, resonance=5.5, rsa_bpm=10.0, noise_bpm=0.01)
    settled = answers(*beats, plan)[5:]
    assert np.mean([answer.swing_bpm for answer in settled]) == pytest.approx(10.0, rel=0.05)
    assert abs(np.angle(sum(answer.wave_bpm for answer in settled))) < 0.05
    assert all(abs(answer.wave_bpm) ** 2 / 2.0 > 0.9 * answer.variance for answer in settled)


def test_breaths_with_a_hole_in_the_beats_are_left_out() -> None:
    plan = PacingPlan((Segment(0.0, 10.0),), 200.0)
    t, nn_ms = beats_of_a_resonator(np.random.default_rng(1), plan, resonance=6.0, rsa_bpm=8.0)
    keep = (t < 95.0) | (t > 105.0)
    told = [answer.onset_s for answer in answers(t[keep], nn_ms[keep], plan)]
    assert not {90.0, 100.0} & set(told)
    assert {60.0, 130.0} <= set(told)


def test_too_little_is_not_assessed() -> None:
    assert assess((), np.random.default_rng(1)) is None
    assert answers(np.array([0.0]), np.array([800.0]), PacingPlan((Segment(0.0, 10.0),), 20.0)) == ()


def test_the_stepped_plan_glides_and_stays_two_minutes_at_each_rate() -> None:
    plan = stepped_plan(50.0)
    periods = [segment.period_s for segment in plan.segments]
    assert max(b / a for a, b in itertools.pairwise(periods)) <= 1.025 + 1e-9
    assert plan.end_s is not None
    borders = [*(segment.start_s for segment in plan.segments), plan.end_s]
    for rate in RATES:
        stays = [
            end_s - segment.start_s
            for segment, end_s in zip(plan.segments, borders[1:], strict=True)
            if segment.period_s == pytest.approx(60.0 / rate)
        ]
        assert sum(stays) >= 119.0


def test_the_sliding_plan_runs_from_its_first_rate_to_its_last_in_78_breaths() -> None:
    plan = sliding_plan(0.0)
    rates = [60.0 / segment.period_s for segment in plan.segments]
    assert len(rates) == 78
    assert rates[0] == pytest.approx(6.75)
    assert rates[-1] == pytest.approx(4.25)
    assert np.all(np.diff(rates) < 0.0)
