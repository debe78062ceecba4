# SPDX-License-Identifier: MIT
"""The low-pass against its own formula."""

import math

import numpy as np
import pytest

from dsp.skin.lowpass import LowPass
from dsp.stream import FloatArray
from tests.dsp.skin.made import bateman, times


def _filtered(lowpass: LowPass, values: FloatArray, spacing_s: float) -> FloatArray:
    return np.array([lowpass.start(values[0]), *(lowpass.follow(value, spacing_s) for value in values[1:].tolist())])


@pytest.mark.parametrize(("frequency_hz", "gain"), [(0.05, 1.0), (1.0, math.sqrt(0.5)), (4.0, 0.131)])
def test_it_is_three_decibel_down_at_its_cutoff(frequency_hz: float, gain: float) -> None:
    t = times(60.0, 500.0)
    out = _filtered(LowPass(1.0), np.sin(2.0 * np.pi * frequency_hz * t), 1.0 / 500.0)
    assert np.max(np.abs(out[len(t) // 2 :])) == pytest.approx(gain, rel=0.01)


@pytest.mark.parametrize("rate_hz", [4.0, 8.0, 32.0])
def test_it_lags_a_ramp_by_what_it_says_and_keeps_a_peak(rate_hz: float) -> None:
    lowpass, t = LowPass(), times(20.0, rate_hz)
    ramp = _filtered(lowpass, t, 1.0 / rate_hz)
    assert t[-1] - ramp[-1] == pytest.approx(lowpass.lag_s, rel=1e-6)
    peak = np.max(bateman(t - 5.0, 1.0))
    assert np.max(_filtered(LowPass(), bateman(t - 5.0, 1.0), 1.0 / rate_hz)) == pytest.approx(peak, rel=0.01)


@pytest.mark.parametrize("rate_hz", [4.0, 8.0, 32.0])
def test_it_leaves_as_much_noise_as_it_says(rate_hz: float) -> None:
    lowpass = LowPass()
    out = _filtered(lowpass, np.random.default_rng(1).normal(0.0, 1.0, 40_000), 1.0 / rate_hz)
    assert np.std(out) == pytest.approx(lowpass.noise_gain, rel=0.03)


def test_a_step_is_never_overshot() -> None:
    values = np.where(times(4.0, 64.0) > 1.0, 1.0, 0.0)
    assert np.max(_filtered(LowPass(), values, 1.0 / 64.0)) <= 1.0


def test_uneven_spacing_gives_the_same_answer_to_a_constant_input() -> None:
    one, two = LowPass(), LowPass()
    one.start(0.0)
    two.start(0.0)
    for spacing_s in (0.1, 0.3, 0.05):
        uneven = one.follow(1.0, spacing_s)
    for _ in range(9):
        even = two.follow(1.0, 0.05)
    assert abs(uneven - even) < 0.05


@pytest.mark.parametrize("cutoff_hz", [0.0, -1.0, math.nan])
def test_a_cutoff_that_makes_no_sense_is_refused(cutoff_hz: float) -> None:
    with pytest.raises(ValueError, match="cutoff_hz must be above 0"):
        LowPass(cutoff_hz)
