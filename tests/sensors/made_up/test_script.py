# SPDX-License-Identifier: MIT
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensors.made_up.script import ACTIVATED, CALM, DEFAULT_SCRIPT, QUIET, Conditions, Stretch, conditions_at


@given(t=st.floats(0.0, 1e5))
def test_conditions_change_without_steps(t: float) -> None:
    assert abs(conditions_at(DEFAULT_SCRIPT, t + 0.01).hr_bpm - conditions_at(DEFAULT_SCRIPT, t).hr_bpm) < 0.03


def test_a_stretch_is_reached_within_half_a_minute_and_then_holds() -> None:
    assert conditions_at(DEFAULT_SCRIPT, 0.0) == CALM
    assert conditions_at(DEFAULT_SCRIPT, 180.0) == CALM
    assert conditions_at(DEFAULT_SCRIPT, 195.0).hr_bpm == pytest.approx((CALM.hr_bpm + ACTIVATED.hr_bpm) / 2)
    assert conditions_at(DEFAULT_SCRIPT, 250.0) == ACTIVATED
    assert conditions_at(DEFAULT_SCRIPT, 599.0) == QUIET


def test_the_script_begins_again_from_where_it_ended() -> None:
    assert conditions_at(DEFAULT_SCRIPT, 600.0) == QUIET
    assert conditions_at(DEFAULT_SCRIPT, 640.0) == CALM


def test_conditions_outside_of_a_body_are_refused() -> None:
    with pytest.raises(ValueError, match="hr_bpm must be 30 to 200, not 300"):
        Conditions(hr_bpm=300.0, rsa_bpm=10.0, breaths_per_min=14.0, scl_microsiemens=4.0, scr_per_min=2.0)
    with pytest.raises(ValueError, match="duration_s must be finite and above 0, not 0"):
        Stretch(0.0, CALM)
