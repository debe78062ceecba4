# SPDX-License-Identifier: MIT
"""The NN against time: what a window holds, and that remembered slopes give the curve that a fresh solution gives."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.interpolate import CubicSpline

from dsp.codes import Reason, Verdict
from dsp.heart.tachogram import NnWindow, Tachogram
from dsp.stream import Beat, FloatArray
from tests.dsp.heart.nn_series import beats_of_nn, nn_beat, tachogram_of


def _window(tachogram: Tachogram, t: float, length_s: float = 300.0, at_least_s: float = 10.0) -> NnWindow:
    window = tachogram.window_at(t, length_s=length_s, at_least_s=at_least_s)
    assert isinstance(window, NnWindow)
    return window


def _scipy(window: NnWindow) -> FloatArray:
    since = window.t - window.t[0]
    values: FloatArray = CubicSpline(since, window.nn_ms)(np.arange(math.floor(since[-1] * 4.0) + 1) / 4.0)
    return values


def _resting(seed: int, count: int) -> FloatArray:
    rng = np.random.default_rng(seed)
    return 850.0 + 60.0 * np.sin(np.arange(count) / 3.0) + rng.normal(0.0, 12.0, count)


@settings(max_examples=20)
@given(st.integers(0, 1000), st.floats(30.0, 300.0), st.integers(5, 50))
def test_the_curve_is_that_of_scipy_however_long_the_window_and_however_often_it_was_read(
    seed: int, length_s: float, every: int
) -> None:
    tachogram = Tachogram()
    for k, beat in enumerate(beats_of_nn(_resting(seed, 420))):
        tachogram.update(beat)
        if k > 100 and k % every == 0:
            tachogram.evenly(_window(tachogram, beat.t, length_s))
    window = _window(tachogram, beat.t, length_s)
    assert tachogram.evenly(window) == pytest.approx(_scipy(window), rel=1e-10)


def test_the_curve_is_that_of_scipy_for_a_window_that_ended_a_while_ago() -> None:
    beats = beats_of_nn(_resting(1, 300))
    tachogram = tachogram_of(beats)
    tachogram.evenly(_window(tachogram, beats[-1].t))
    for k in (299, 290, 270, 250, 100):
        window = _window(tachogram, beats[k].t)
        assert tachogram.evenly(window) == pytest.approx(_scipy(window), rel=1e-10)


def test_more_beats_at_once_than_are_held_begin_the_curve_anew() -> None:
    tachogram = tachogram_of(beats_of_nn(_resting(1, 100)))
    tachogram.evenly(_window(tachogram, 80.0))
    late = beats_of_nn(_resting(2, 2000), start_s=100.0)
    for beat in late:
        tachogram.update(beat)
    window = _window(tachogram, late[-1].t)
    assert tachogram.evenly(window) == pytest.approx(_scipy(window), rel=1e-10)


def test_the_window_holds_the_nn_that_end_in_it() -> None:
    window = _window(tachogram_of(beats_of_nn(np.full(200, 800.0))), 120.0, 60.0)
    assert (window.t[0], window.t[-1]) == (pytest.approx(60.8), pytest.approx(120.0))
    assert window.coverage == pytest.approx(1.0)


@pytest.mark.parametrize(
    "beat",
    [
        Beat(32.05, 50.0, Verdict.NORMAL, 32.05, nn_ms=50.0, confirmed_t=32.05),
        Beat(32.8, 800.0, Verdict.ECTOPIC, 32.8, confirmed_t=32.8),
        Beat(32.8, 800.0, Verdict.NORMAL, 32.8, nn_ms=math.nan, confirmed_t=32.8),
        Beat(32.8, 800.0, Verdict.NORMAL, 32.8, nn_ms=1e300, confirmed_t=32.8),
        Beat(32.1, 800.0, Verdict.NORMAL, 32.1, nn_ms=800.0, confirmed_t=32.1),
        Beat(31.9, 800.0, Verdict.NORMAL, 31.9, nn_ms=800.0, confirmed_t=31.9),
        Beat(math.nan, 800.0, Verdict.NORMAL, math.nan, nn_ms=800.0, confirmed_t=math.nan),
        Beat(math.inf, 800.0, Verdict.NORMAL, math.inf, nn_ms=800.0, confirmed_t=math.inf),
    ],
    ids=["too short", "flagged", "no number", "absurd", "too soon", "backwards", "no time", "never"],
)
def test_what_cannot_be_a_point_of_the_curve_is_left_out(beat: Beat) -> None:
    tachogram = tachogram_of([*beats_of_nn(np.full(40, 800.0)), beat])
    assert len(_window(tachogram, 33.0).t) == 40


def test_a_provisional_beat_keeps_the_heart_heard_and_counts_for_nothing() -> None:
    tachogram = tachogram_of(beats_of_nn(np.full(40, 800.0)))
    assert tachogram.window_at(37.5, length_s=60.0, at_least_s=10.0) is Reason.STALE
    tachogram.update(Beat(35.0, 3000.0, Verdict.PROVISIONAL, 35.0))
    assert len(_window(tachogram, 37.5).t) == 40


def test_one_early_beat_is_not_uneven() -> None:
    beats = beats_of_nn(np.full(60, 800.0))
    beats[30] = nn_beat(beats[30].t, 500.0)
    assert len(_window(tachogram_of(beats), 48.0).t) == 60
