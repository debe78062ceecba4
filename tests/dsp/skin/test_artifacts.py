# SPDX-License-Identifier: MIT
"""What is no skin is told apart from what is: falls, steps and rails from responses, without delay."""

import numpy as np
import pytest

from dsp.codes import Reason
from dsp.skin.artifacts import ARTIFACTS, LIMITS, ArtifactRules, Site
from dsp.skin.slots import Slots
from dsp.stream import FloatArray
from tests.dsp.skin.made import skin, still, times

_NOISE = 0.002


def _verdicts(t: FloatArray, eda: FloatArray, site: Site = Site.WRIST) -> list[tuple[float, Reason | None]]:
    rules = ArtifactRules(LIMITS[site])
    slots = Slots().add(zip(t.tolist(), eda.tolist(), strict=True))
    return [(slot.t, rules.judge(slot, _NOISE)) for slot in slots]


def _artifact_times(t: FloatArray, eda: FloatArray, site: Site = Site.WRIST) -> list[float]:
    return [at for at, why in _verdicts(t, eda, site) if why in ARTIFACTS]


@pytest.mark.parametrize("site", list(Site))
@pytest.mark.parametrize("rate_hz", [4.0, 8.0, 32.0, 128.0])
@pytest.mark.parametrize(("amplitude", "level"), [(0.1, 0.5), (3.0, 0.5), (3.0, 2.0), (1.0, 15.0)])
def test_a_response_of_any_size_is_no_artifact(rate_hz: float, site: Site, amplitude: float, level: float) -> None:
    t = times(60.0, rate_hz)
    assert _artifact_times(t, skin(t, [15.1, 25.4, 35.7, 46.0], amplitude, level=level), site) == []


@pytest.mark.parametrize("rate_hz", [4.0, 8.0, 32.0, 128.0])
def test_a_fall_is_known_as_soon_as_it_is_there(rate_hz: float) -> None:
    t = times(30.0, rate_hz)
    eda = still(t) - 0.5 * ((t > 20.0) & (t <= 21.0))
    assert 20.0 < _artifact_times(t, eda)[0] <= 20.3


@pytest.mark.parametrize("level", [0.5, 2.0, 8.0])
def test_the_wrist_bears_less_of_a_fall_than_the_finger(level: float) -> None:
    t = times(30.0, 8.0)
    eda = still(t, level=level) - 0.11 * np.sqrt(level) * (t > 20.0)
    assert _artifact_times(t, eda, Site.WRIST) != []
    assert _artifact_times(t, eda, Site.FINGER) == []


@pytest.mark.parametrize("rate_hz", [4.0, 32.0, 128.0])
def test_a_step_up_within_one_sample_is_an_artifact_and_the_same_rise_in_a_second_is_not(rate_hz: float) -> None:
    t = times(30.0, rate_hz)
    assert _artifact_times(t, still(t) + 1.0 * (t > 20.0)) != []
    assert _artifact_times(t, still(t) + np.interp(t, [20.0, 21.0], [0.0, 1.0])) == []


def test_a_spike_is_an_artifact_although_it_rose_before_it_fell() -> None:
    t = times(30.0, 8.0)
    assert _artifact_times(t, still(t) + 1.0 * ((t > 20.0) & (t < 20.3))) != []


def test_what_falls_as_fast_as_it_rose_is_no_response() -> None:
    t = times(30.0, 8.0)
    assert _artifact_times(t, still(t) + np.interp(t, [20.0, 21.0, 22.0], [0.0, 1.0, 0.0])) != []


def test_the_recovery_from_an_artifact_excuses_no_second_one() -> None:
    t = times(40.0, 8.0)
    eda = still(t) + np.interp(t, [20.0, 20.2, 21.2, 22.7, 24.2], [0.0, -2.0, 0.0, 0.0, -0.7])
    assert [at for at in _artifact_times(t, eda) if at > 22.8] != []


def test_a_contact_that_keeps_improving_steeply_is_no_response() -> None:
    t = times(60.0, 8.0)
    times_of_artifacts = _artifact_times(t, 0.2 * np.exp(0.25 * np.clip(t - 20.0, 0.0, 20.0)))
    assert times_of_artifacts[0] == pytest.approx(26.5, abs=1.0)
    assert times_of_artifacts[-1] == pytest.approx(40.0, abs=0.5)


@pytest.mark.parametrize(("level", "why"), [(0.03, Reason.NO_CONTACT), (61.0, Reason.RAIL)])
def test_what_is_out_of_range_is_said_with_its_reason(level: float, why: Reason) -> None:
    t = times(30.0, 8.0)
    verdicts = _verdicts(t, np.where(t > 20.0, level, still(t)))
    assert {verdict for at, verdict in verdicts if at > 20.0} == {why}


def test_noise_is_no_artifact() -> None:
    rules, t = ArtifactRules(LIMITS[Site.WRIST]), times(600.0, 8.0)
    slots = Slots().add(zip(t.tolist(), still(t, level=1.0, noise=0.1).tolist(), strict=True))
    assert [slot.t for slot in slots if rules.judge(slot, 0.1) in ARTIFACTS] == []
