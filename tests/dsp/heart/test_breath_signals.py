# SPDX-License-Identifier: MIT
"""The shape of a QRS complex and the tilt of a strap, from samples that are known."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Modality
from dsp.filters import smoothing_without_mains, symmetric_sum
from dsp.heart.breath_signals import QrsShape, Tilt
from dsp.stream import Chunk, FloatArray
from tests.laws import split


def _ecg(t: FloatArray, values: FloatArray) -> Chunk:
    return Chunk(Modality.ECG, t, values, 0.0, "strap")


def _acc(t: FloatArray, mg: FloatArray) -> Chunk:
    return Chunk(Modality.ACC, t, mg, 0.0, "strap")


def test_the_shape_of_a_wave_is_its_height_its_spread_and_the_level_before_it() -> None:
    t = np.arange(0.0, 2.0, 0.001)
    wave = 0.3 + 1.2 * np.exp(-0.5 * ((t - 1.0) / 0.01) ** 2)
    smooth = symmetric_sum(wave, smoothing_without_mains(1000.0, 0.016))
    seen = smooth[(t[16:-16] > 0.916) & (t[16:-16] <= 1.084)]
    shape = QrsShape()
    shape.take(_ecg(t, wave))
    assert shape.shape_at(1.0) == pytest.approx((np.ptp(seen), np.std(seen), 0.3), abs=1e-3)


@pytest.mark.parametrize("rate_hz", [100.0, 125.0, 130.0, 250.0, 1000.0])
@pytest.mark.parametrize("mains_hz", [50.0, 60.0])
@given(phase=st.floats(0.0, 2.0 * math.pi))
def test_mains_do_not_move_the_shape(rate_hz: float, mains_hz: float, phase: float) -> None:
    t = np.arange(0.0, 2.0, 1.0 / rate_hz)
    wave = 0.3 + 1.2 * np.exp(-0.5 * ((t - 1.0) / 0.02) ** 2)
    clean, humming = QrsShape(), QrsShape()
    clean.take(_ecg(t, wave))
    humming.take(_ecg(t, wave + 0.2 * np.sin(2.0 * math.pi * mains_hz * t + phase)))
    assert humming.shape_at(1.0) == pytest.approx(clean.shape_at(1.0), abs=2e-3)


def test_a_wave_is_there_once_all_of_it_has_come() -> None:
    shape = QrsShape()
    shape.take(_ecg(np.arange(0.0, 1.05, 0.01), np.zeros(105)))
    assert shape.is_there(0.9)
    assert not shape.is_there(1.0)


@pytest.mark.parametrize("spoiled", [math.nan, math.inf])
def test_a_wave_with_a_sample_that_is_no_number_has_no_shape(spoiled: float) -> None:
    values = np.zeros(200)
    values[100] = spoiled
    shape = QrsShape()
    shape.take(_ecg(np.arange(0.0, 2.0, 0.01), values))
    assert all(math.isnan(value) for value in shape.shape_at(1.0))
    assert shape.shape_at(0.5) == (0.0, 0.0, 0.0)


def test_too_few_samples_have_no_shape() -> None:
    shape = QrsShape()
    shape.take(_ecg(np.arange(0.0, 2.0, 0.05), np.zeros(40)))
    assert all(math.isnan(value) for value in shape.shape_at(1.0))


def test_times_that_run_backwards_or_are_none_are_passed_over() -> None:
    shape = QrsShape()
    shape.take(_ecg(np.array([0.0, 1.0, 0.5, math.nan, 1.0, math.inf, 2.0]), np.arange(7.0)))
    assert shape._ring.newest(9).values.tolist() == [0.0, 1.0, 6.0]
    assert shape.newest_t == 2.0


def test_the_tilt_is_the_mean_of_each_whole_quarter_of_a_second() -> None:
    t = (np.arange(100) + 1) / 100.0
    tilt = Tilt()
    tilt.take(_acc(t, np.column_stack([t, 2.0 * t, 0.0 * t])))
    view = tilt.between(-1.0, 5.0)
    assert view.t.tolist() == [0.25, 0.5, 0.75]  # the last one may not be over
    assert view.values[1].tolist() == pytest.approx([0.38, 0.76, 0.0])


@given(st.integers(0, 100), st.lists(st.integers(0, 300), max_size=6), st.lists(st.floats(0.0, 4.0), max_size=4))
def test_the_tilt_does_not_depend_on_cuts_or_on_when_it_was_asked_for(
    seed: int, cuts: list[int], asked_s: list[float]
) -> None:
    rng = np.random.default_rng(seed)
    chunk = _acc(np.cumsum(rng.uniform(0.001, 0.03, 300)), rng.normal(0.0, 100.0, (300, 3)))
    whole, pieces = Tilt(), Tilt()
    whole.take(chunk)
    for piece in split(chunk, cuts):
        pieces.take(piece)
    for t in sorted(asked_s):
        pieces.between(0.0, t)
    assert np.array_equal(whole.between(0.0, 10.0).values, pieces.between(0.0, 10.0).values)


def test_a_quarter_with_a_sample_that_is_no_number_is_left_out() -> None:
    t, mg = (np.arange(100) + 1) / 100.0, np.ones((100, 3))
    mg[30, 1] = math.nan
    tilt = Tilt()
    tilt.take(_acc(t, mg))
    assert tilt.between(-1.0, 5.0).t.tolist() == [0.25, 0.75]


def test_samples_an_age_apart_cost_no_more_than_others() -> None:
    tilt = Tilt()
    tilt.take(_acc(np.array([0.0, 1.0, 1e9, 1e15]), np.ones((4, 3))))
    assert len(tilt.between(-1.0, 2e15).t) == 3
