# SPDX-License-Identifier: MIT
"""The slopes of a spline that grows, against those of each window solved by itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.heart.growing_slopes import GrowingSlopes
from dsp.heart.spline import slopes_at


@given(st.integers(0, 10_000), st.integers(4, 200), st.integers(0, 150), st.floats(0.1, 1.0))
def test_the_slopes_of_the_last_knots_are_those_of_them_alone(seed: int, count: int, begin: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    x, y = np.cumsum(rng.uniform(0.3, 2.0, count)), rng.normal(800.0, 50.0, count)
    growing = GrowingSlopes(count)
    for knot in zip(x.tolist(), y.tolist(), strict=True):
        growing.append(*knot)
    window = slice(min(begin, count - 4), count)
    alone = slopes_at(x[window], y[window])
    asked = max(int(share * len(alone)), 1)
    assert growing.between(x[window], y[window], asked) == pytest.approx(alone[:asked], abs=1e-7, rel=1e-9)


def test_a_window_that_ended_before_the_newest_knot_is_solved_by_itself() -> None:
    x, y = np.arange(100.0), np.sin(np.arange(100.0))
    growing = GrowingSlopes(100)
    for knot in zip(x.tolist(), y.tolist(), strict=True):
        growing.append(*knot)
    assert np.array_equal(growing.between(x[:80], y[:80], 80), slopes_at(x[:80], y[:80]))
