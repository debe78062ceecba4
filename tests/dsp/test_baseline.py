# SPDX-License-Identifier: MIT
"""A baseline goes into a recording as it came out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.baseline import Baseline, Calibration, ChannelRest, Value
from dsp.codes import CalibrationStep, Channel

_NUMBER = st.floats(-500.0, 500.0)
_REST = st.builds(ChannelRest, st.just(Channel.H), _NUMBER, st.floats(0.1, 50.0), st.floats(1.0, 90.0))
_BASELINES = st.builds(
    Baseline,
    st.just(1.0),
    st.just("client"),
    _REST.map(lambda rest: (rest, replace(rest, channel=Channel.S))),
    st.floats(0.3, 2.7),
    st.floats(-2.7, -0.3),
    is_mirrored=st.booleans(),
    has_talk=st.booleans(),
    quality=st.floats(0.0, 1.0),
    clean_s=st.floats(60.0, 1800.0),
    felt_state=st.sampled_from(["", "settled"]),
    felt_level=st.none() | st.floats(0.0, 10.0),
    is_unusual=st.booleans(),
    age_days=st.integers(0, 400),
)


@given(_BASELINES)
def test_a_baseline_is_the_same_after_its_way_through_a_command(baseline: Baseline) -> None:
    assert Baseline.from_values(1.0, "client", baseline.to_values()) == baseline


@given(
    st.dictionaries(st.sampled_from(["upper", "lower", "h_m", "h_sigma", "h_n", "felt_state"]), st.floats() | st.text())
)
def test_values_that_are_no_baseline_give_none_and_never_a_fault(values: dict[str, Value]) -> None:
    made = Baseline.from_values(1.0, "client", tuple(values.items()))
    assert made is None or (made.channels and made.lower < 0.0 < made.upper)


@pytest.mark.parametrize("name", ["h_sigma", "h_n"])
def test_a_rest_without_a_spread_or_blocks_is_none(name: str) -> None:
    values = (("upper", 1.0), ("lower", -1.0), ("h_m", 60.0), ("h_sigma", 3.0), ("h_n", 9.0), (name, 0.0))
    assert Baseline.from_values(1.0, "client", values) is None


def test_a_calibration_says_how_far_it_is() -> None:
    now = Calibration(5.0, "client", CalibrationStep.REST, 45.0, 180.0)
    assert (now.progress, now.remaining_s) == (0.25, 135.0)
    assert Calibration(5.0, "client", CalibrationStep.DONE).progress == 0.0
