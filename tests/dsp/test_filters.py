# SPDX-License-Identifier: MIT
"""Filters of finite length: the same as plain sums, to the last bit wherever the array was cut, and blind to mains."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dsp.filters import moving_max, moving_sum, smoothing_without_mains, symmetric_sum
from dsp.stream import FloatArray

_VALUES = arrays(np.float64, st.integers(0, 60), elements=st.floats(-100.0, 100.0))


@given(values=_VALUES, count=st.integers(1, 40))
def test_moving_sum_and_max_are_those_of_each_window(values: FloatArray, count: int) -> None:
    windows = [values[k : k + count] for k in range(len(values) - count + 1)]
    assert np.allclose(moving_sum(values, count), [np.sum(window) for window in windows], atol=1e-9)
    assert moving_max(values, count).tolist() == [np.max(window) for window in windows]


@given(values=_VALUES, count=st.integers(1, 20), begin=st.integers(0, 30))
def test_what_comes_before_a_window_does_not_change_it(values: FloatArray, count: int, begin: int) -> None:
    weights = np.linspace(0.5, 0.1, count)
    assert moving_sum(values, count)[begin:].tolist() == moving_sum(values[begin:], count).tolist()
    assert symmetric_sum(values, weights)[begin:].tolist() == symmetric_sum(values[begin:], weights).tolist()


def test_a_symmetric_sum_weighs_both_sides_alike() -> None:
    assert symmetric_sum(np.array([1.0, 2.0, 4.0, 8.0]), np.array([1.0, 0.5])).tolist() == [4.5, 9.0]


@pytest.mark.parametrize("rate_hz", [125.0, 130.0, 250.0, 360.0, 1000.0])
@pytest.mark.parametrize("mains_hz", [50.0, 60.0])
def test_smoothing_keeps_the_level_and_takes_the_mains(rate_hz: float, mains_hz: float) -> None:
    weights = smoothing_without_mains(rate_hz, 0.016)
    t = np.arange(200) / rate_hz
    assert np.allclose(symmetric_sum(np.full(200, 3.0), weights), 3.0)
    assert np.allclose(symmetric_sum(np.sin(2.0 * np.pi * mains_hz * t + 0.3), weights), 0.0, atol=1e-9)
