# SPDX-License-Identifier: MIT
"""The spline against scipy's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import CubicSpline

from dsp.heart.spline import Spline


@given(st.integers(0, 10_000), st.integers(4, 60))
def test_the_curve_is_scipys_with_the_ends_not_a_knot(seed: int, knots: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = np.cumsum(rng.uniform(0.2, 2.0, knots)), rng.normal(800.0, 50.0, knots)
    at = np.linspace(x[0], x[-1], 200)
    assert Spline(x, y).at(at) == pytest.approx(CubicSpline(x, y)(at), rel=1e-11, abs=1e-9)


@given(st.lists(st.floats(-5.0, 5.0), min_size=4, max_size=4))
def test_a_cubic_comes_back_as_it_was(coefficients: list[float]) -> None:
    x = np.array([0.0, 0.7, 1.1, 2.4, 3.0])
    at = np.linspace(-0.5, 3.5, 50)
    assert Spline(x, np.polyval(coefficients, x)).at(at) == pytest.approx(np.polyval(coefficients, at), abs=1e-9)


@pytest.mark.parametrize(("knots", "values"), [(3, 3), (5, 4)])
def test_too_few_knots_or_another_number_of_values_are_refused(knots: int, values: int) -> None:
    with pytest.raises(ValueError, match="4 knots or more and as many values"):
        Spline(np.arange(float(knots)), np.zeros(values))
