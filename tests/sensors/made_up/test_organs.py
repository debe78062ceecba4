# SPDX-License-Identifier: MIT
from dataclasses import replace

import numpy as np
import pytest

from dsp.plan import BreathShape, PacingPlan, Segment
from sensors.made_up.breathing import Breathing
from sensors.made_up.noise import Drift
from sensors.made_up.script import CALM
from sensors.made_up.skin import Skin

STEP_S = 0.04
STILL = replace(CALM, scr_per_min=0.0)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def breaths(breathing: Breathing, *, minutes: float, plan: PacingPlan | None = None) -> list[float]:
    times = np.arange(1, int(minutes * 60 / STEP_S) + 1) * STEP_S
    return [breathing.advance(t, STEP_S, 14.0, plan) for t in times.tolist()]


def count_breaths(depths: list[float]) -> int:
    full = np.array(depths) > 0.5
    return int(np.count_nonzero(full[1:] & ~full[:-1]))


def test_the_own_breath_has_its_rate_and_is_never_quite_even() -> None:
    depths = breaths(Breathing(rng(), adherence=1.0), minutes=10)
    assert 130 <= count_breaths(depths) <= 150
    full = np.array(depths) > 0.5
    lengths = np.diff(np.flatnonzero(full[1:] & ~full[:-1]) * STEP_S)
    assert 0.03 < lengths.std() / lengths.mean() < 0.12


def test_a_follower_breathes_with_the_pacer() -> None:
    plan = PacingPlan((Segment(0.0, 10.0, BreathShape(4.0, 6.0)),))
    depths = np.array(breaths(Breathing(rng(), adherence=1.0), minutes=6, plan=plan)[1500:])
    times = (np.arange(1500, 9000) + 1) * STEP_S
    assert np.corrcoef(depths, [plan.phase_at(t).depth for t in times])[0, 1] > 0.95


def test_a_pacer_that_rests_is_not_followed() -> None:
    plan = PacingPlan((Segment(0.0, 10.0),), end_s=0.0)
    assert count_breaths(breaths(Breathing(rng(), adherence=1.0), minutes=5, plan=plan)) > 60


@pytest.mark.parametrize("step_s", [0.25, 1.0, 5.0])
def test_drift_has_its_sd_whatever_the_step(step_s: float) -> None:
    drift = Drift(rng(), sd=2.0)
    values = [drift.advance(step_s) for _ in range(int(20_000 / step_s))]
    assert np.std(values) == pytest.approx(2.0, rel=0.25)


def test_skin_that_does_not_respond_stays_near_its_level() -> None:
    eda = Skin(rng(), scl_microsiemens=4.0).advance(2400, 0.25, STILL)
    assert np.all(np.abs(eda - 4.0) < 2.0)
    assert np.max(np.abs(eda[4:] - eda[:-4])) < 0.05


def test_a_skin_response_rises_within_seconds_and_falls_more_slowly() -> None:
    skin = Skin(rng(2), scl_microsiemens=4.0)
    before = skin.advance(1, 0.25, STILL)[0]
    while (begun := skin.advance(1, 0.25, replace(STILL, scr_per_min=30.0))[0]) < before + 0.03:
        before = begun
    answer = np.concatenate([[begun], skin.advance(20, 0.25, STILL)]) - before
    top = int(np.argmax(answer))
    assert 0.05 < answer[top] < 3.0
    assert 0.25 <= top * 0.25 <= 2.0
    assert 0.2 * answer[top] < answer[top + 8] < 0.9 * answer[top]
