# SPDX-License-Identifier: MIT
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.growth.trend import minimal_detectable_change, trends


def _wavering(rng: np.random.Generator, growth: float = 0.0) -> list[float | None]:
    return [float(value) for value in rng.standard_normal(8) + np.linspace(0.0, growth, 8)]


def test_a_growth_of_two_minimal_detectable_changes_is_shown() -> None:
    growth = 2.0 * 1.96 * math.sqrt(2.0)
    shown = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        trend = trends({"edge": _wavering(rng, growth)}, rng)["edge"]
        shown += trend is not None and trend.is_shown
    assert shown >= 36


def test_noise_seldom_shows_a_trend() -> None:
    shown = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        found = trends({"edge": _wavering(rng), "return": _wavering(rng)}, rng)
        shown += any(trend is not None and trend.is_shown for trend in found.values())
    assert shown <= 6


def test_fewer_than_five_sessions_show_nothing() -> None:
    assert trends({"edge": [1.0, None, 2.0, 3.0, 4.0]}, np.random.default_rng(1)) == {"edge": None}


def test_a_steady_climb_of_five_sessions_has_the_exact_chance_of_its_order() -> None:
    trend = trends({"edge": [1.0, 2.0, 3.0, 4.0, 5.0]}, np.random.default_rng(1))["edge"]
    assert trend is not None
    assert trend.p == pytest.approx(2 / 120)  # this order and its mirror, of 5! orders
    assert trend.change == pytest.approx(4.0)
    assert trend.mdc == pytest.approx(0.0)
    assert trend.is_shown


def test_looking_at_more_measures_asks_more_of_each() -> None:
    climb: list[float | None] = [1.0, 2.0, 3.0, 4.0, 5.0]
    flat: list[float | None] = [1.0, -1.0, 0.0, 1.0, -1.0]
    alone = trends({"edge": climb}, np.random.default_rng(1))["edge"]
    beside = trends({"edge": climb, "return": flat, "rest": flat}, np.random.default_rng(1))["edge"]
    assert alone is not None
    assert beside is not None
    assert beside.p == pytest.approx(3 * alone.p)
    assert not beside.is_shown


def test_the_minimal_detectable_change_is_that_of_the_wavering() -> None:
    # differences 2, -2, 2, -2: SD 2.309, SEM 1.633, MDC 1.96 sqrt(2) SEM
    assert minimal_detectable_change(np.array([0.0, 2.0, 0.0, 2.0, 0.0])) == pytest.approx(1.96 * 2.3094, rel=1e-4)


@given(st.lists(st.floats(-100.0, 100.0).map(lambda x: round(x, 3)), min_size=5, max_size=7), st.floats(0.1, 10.0))
def test_scale_and_direction_do_not_change_the_chance(values: list[float], scale: float) -> None:
    plain = trends({"m": values}, np.random.default_rng(1))["m"]
    mirrored = trends({"m": [-scale * value for value in values]}, np.random.default_rng(1))["m"]
    assert plain is not None
    assert mirrored is not None
    assert mirrored.p == pytest.approx(plain.p, abs=0.02)
    assert mirrored.change == pytest.approx(-scale * plain.change, abs=1e-6)
