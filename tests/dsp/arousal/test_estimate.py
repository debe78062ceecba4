# SPDX-License-Identifier: MIT
"""The level, its uncertainty and its probabilities, against the formulas written out once more."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.arousal.band import LEAST, MOST, SETS, coverage
from dsp.arousal.estimate import Estimate, Point, disagreement, estimate, mean_variance
from dsp.arousal.scale import WEIGHTS, slope, squash, unsquash
from dsp.codes import Channel

_ALL = (Channel.H, Channel.S, Channel.D, Channel.R)
_Z = st.floats(-8.0, 8.0)


def _points(z: list[float], quality: float = 1.0, variance: float = 0.1, rest: float = 0.2) -> list[Point]:
    return [Point(channel, value, quality, variance, rest) for channel, value in zip(_ALL, z, strict=False)]


def _estimate(z: list[float], quality: float = 1.0) -> Estimate:
    now = estimate(_points(z, quality))
    assert now is not None
    return now


@given(st.lists(_Z, min_size=4, max_size=4), st.floats(0.7, 1.0))
def test_the_level_is_the_weighted_mean_of_squashed_distances(z: list[float], quality: float) -> None:
    w = np.array([WEIGHTS[channel] for channel in _ALL]) * quality
    c = 3.0 * np.tanh(np.array(z) / 3.0)
    now = _estimate(z, quality)
    assert now.level == pytest.approx(float(np.sum(w * c) / np.sum(w)), abs=1e-12)
    assert sum(part for _, part in now.parts) == pytest.approx(now.level, abs=1e-12)


@given(st.lists(st.floats(-3.0, 3.0), min_size=4, max_size=4))
def test_the_uncertainty_is_that_of_the_formula(z: list[float]) -> None:
    w = np.array([1.0, 0.5, 0.5, 0.5])
    heart, skin = z[0], float(np.mean(z[1:]))
    s2 = float(np.var([heart, skin], ddof=1))
    d2 = (s2 + 2 * 0.7**2) / 3.0
    u2 = float(np.sum(w**2 * (0.1 + 0.2)) / np.sum(w) ** 2) + d2 / 2.0
    assert _estimate(z).uncertainty == pytest.approx(math.sqrt(u2))


def test_one_modality_alone_is_never_surer_than_the_prior_says() -> None:
    assert disagreement([1.3]) == pytest.approx(0.7**2)


@given(st.lists(_Z, min_size=1, max_size=4), st.floats(0.7, 1.8))
def test_probabilities_of_both_sides_add_up_to_one(z: list[float], upper: float) -> None:
    now = _estimate(z if len(z) > 1 else [*z, z[0]])
    assert 0.0 <= now.p_above(upper) <= 1.0
    assert now.p_above(upper) + now.p_below(upper) == pytest.approx(1.0)
    assert now.band[0] <= now.band[1]


def test_a_level_at_the_bound_is_above_it_with_a_half() -> None:
    now = _estimate([1.0, 1.0, 1.0, 1.0])
    assert now.p_above(now.level) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("points", "is_known"),
    [
        ([Point(Channel.H, 0.0, 0.9, 0.0, 0.2)], True),
        ([Point(Channel.H, 0.0, 0.59, 0.0, 0.2)], False),
        ([Point(Channel.S, 0.0, 1.0, 0.0, 0.2)], False),  # 0.5 is too little
        ([Point(channel, 0.0, 0.55, 0.0, 0.2) for channel in _ALL], False),  # much, and nothing of it clear
        ([Point(Channel.V, 0.0, 1.0, 0.0, 0.2)], False),
        ([], False),
    ],
)
def test_it_is_unknown_below_a_weight_of_0_6_or_without_a_clear_channel(points: list[Point], is_known: bool) -> None:
    assert (estimate(points) is not None) is is_known


@given(st.floats(-8.5, 8.5))
def test_the_inverse_brings_a_squashed_distance_back(z: float) -> None:
    assert unsquash(squash(z)) == pytest.approx(z, abs=1e-6)
    assert slope(squash(z)) >= 1.0


def test_values_that_follow_one_another_count_for_fewer() -> None:
    chance = np.random.default_rng(1)
    white = chance.standard_normal(30)
    assert mean_variance(white.tolist()) == pytest.approx(np.var(white, ddof=1) / 30, rel=0.6)
    assert mean_variance(np.linspace(-1.0, 1.0, 30).tolist()) > np.var(np.linspace(-1.0, 1.0, 30)) / 5
    assert mean_variance([1.0] * 30) == 0.0
    assert mean_variance([1.0]) == 0.0


@pytest.mark.parametrize("name", SETS)
def test_the_band_holds_the_truth_nine_times_in_ten(name: str) -> None:
    assert LEAST - 0.02 <= coverage(SETS[name], 0.7, trials=600) <= MOST + 0.02
