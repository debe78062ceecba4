# SPDX-License-Identifier: MIT
"""The rest as numbers, and the bounds that come of it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.arousal.readings import Reading, Readings, absent
from dsp.arousal.rest import levels_of, percentile, rest_of, rests_of
from dsp.arousal.scale import FLOORS
from dsp.arousal.window import is_unusual, lower_bound, upper_bound, usual_rest, window_of
from dsp.baseline import Baseline, ChannelRest
from dsp.codes import Channel

_VALUES = st.lists(st.floats(40.0, 120.0), min_size=60, max_size=200)


def _rest(m: float, sigma: float = 3.0) -> ChannelRest:
    return ChannelRest(Channel.H, m, sigma, 9.0)


def _session(m: float, age_days: int, upper: float = 1.0) -> Baseline:
    return Baseline(0.0, "client", (_rest(m),), upper, -upper, age_days=age_days)


def _seconds(values: list[float], signal: float = 1.0) -> list[Readings]:
    return [
        Readings(float(t), (Reading(Channel.H, x, 1.0, signal),), absent(Channel.H, None)) for t, x in enumerate(values)
    ]


@given(_VALUES)
def test_the_spread_of_a_rest_is_the_formulas(values: list[float]) -> None:
    rest = rest_of(Channel.H, values)
    n, f = len(values) / 20.0, FLOORS[Channel.H]
    mad = 1.4826 * np.median(np.abs(np.array(values) - np.median(values)))
    expected = max(np.sqrt((n * mad**2 + 12 * (1.5 * f) ** 2) / (n + 12)), f)
    assert rest.m == pytest.approx(np.median(values))
    assert rest.sigma == pytest.approx(expected)
    assert rest.n == n


def test_the_order_of_the_seconds_does_not_matter() -> None:
    values = np.random.default_rng(1).normal(65.0, 4.0, 180)
    assert rest_of(Channel.H, values.tolist()) == rest_of(Channel.H, sorted(values))


def test_a_channel_that_was_clear_for_less_than_a_minute_has_no_rest() -> None:
    assert rests_of(_seconds([65.0] * 59), [Channel.H]) == ()
    assert rests_of(_seconds([65.0] * 90, signal=0.5), [Channel.H]) == ()
    assert len(rests_of(_seconds([65.0] * 60), [Channel.H])) == 1


def test_levels_of_a_rest_are_its_distances_squashed() -> None:
    assert levels_of(_seconds([65.0, 68.0]), [_rest(65.0)]) == pytest.approx([0.0, 3.0 * np.tanh(1.0 / 3.0)])


@given(st.lists(st.floats(-3.0, 3.0), min_size=1), st.floats(0.0, 100.0))
def test_percentiles_are_those_of_numpy(values: list[float], percent: float) -> None:
    assert percentile(values, percent) == pytest.approx(float(np.percentile(values, percent)), abs=1e-9)


@pytest.mark.parametrize(
    ("rest", "talk", "upper"),
    [
        ([0.0], [], 0.7),
        ([0.8], [], 1.1),
        ([2.5], [], 1.8),
        ([0.5], [1.2], 1.5),
        ([0.5], [2.9], 1.8),
        ([1.0], [0.1], 1.3),
    ],
)
def test_the_upper_bound_lies_above_rest_and_talk_within_its_range(
    rest: list[float], talk: list[float], upper: float
) -> None:
    assert upper_bound(rest, talk) == pytest.approx(upper)


def test_the_lower_bound_is_mirrored_without_a_comfortable_time() -> None:
    assert lower_bound([], 1.2) == -1.2
    assert lower_bound([-0.9], 1.2) == pytest.approx(-1.2)
    assert lower_bound([0.0], 1.2) == -0.7


def test_a_window_is_provisional_until_three_days_and_while_its_rest_was_felt_high() -> None:
    today, earlier = _session(65.0, 0), [_session(64.0, 9), _session(66.0, 4)]
    calm = replace(today, felt_level=2.0)
    high = replace(today, felt_level=5.0)

    def is_provisional(own: Baseline, others: list[Baseline]) -> bool:
        window = window_of(own, others, against_usual=False)
        assert window is not None
        return window.is_provisional

    assert is_provisional(calm, [])
    assert is_provisional(calm, [_session(64.0, 4), _session(65.0, 4)])  # one day
    assert not is_provisional(calm, earlier)
    assert is_provisional(high, earlier)


def test_the_usual_rest_is_the_median_over_days() -> None:
    usual = usual_rest([_session(84.0, 9), _session(72.0, 8), _session(71.0, 7)], Channel.H)
    assert usual is not None
    assert usual.m == 72.0


@pytest.mark.parametrize(("m", "expected"), [(66.0, False), (72.5, False), (73.5, True), (56.0, True)])
def test_a_rest_far_from_the_usual_is_unusual(m: float, expected: bool) -> None:
    earlier = [_session(65.0, age) for age in (9, 8, 7)]
    earlier = [replace(one, channels=(_rest(rest),)) for one, rest in zip(earlier, (60.0, 65.0, 70.0), strict=True)]
    assert is_unusual(_session(m, 0), earlier) is expected


def test_bounds_shrink_to_those_of_the_last_three_sessions() -> None:
    earlier = [_session(65.0, age, upper) for age, upper in ((9, 1.8), (8, 0.8), (7, 0.9), (6, 1.0))]
    window = window_of(_session(65.0, 0, 1.7), earlier, against_usual=False)
    assert window is not None
    assert window.upper == pytest.approx((1.7 + 0.8 + 0.9 + 1.0) / 4)
    assert window.lower == -window.upper


def test_without_a_new_rest_the_doubt_between_days_comes_on_top() -> None:
    earlier = [_session(64.0, 9), _session(66.0, 8), _session(65.0, 7)]
    as_last_time = window_of(None, earlier, against_usual=False)
    rested = window_of(_session(65.0, 0), earlier, against_usual=False)
    assert as_last_time is not None
    assert rested is not None
    assert as_last_time.references[0].rest.m == 65.0
    assert as_last_time.references[0].variance > 8.0  # bpm^2
    assert rested.references[0].variance == 0.0


def test_without_any_calibration_there_is_no_window() -> None:
    assert window_of(None, [], against_usual=True) is None
