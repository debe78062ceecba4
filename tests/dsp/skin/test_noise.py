# SPDX-License-Identifier: MIT
"""The noise estimate: right for white noise, unmoved by responses and by rare artifacts."""

import numpy as np
import pytest

from dsp.skin.noise import Noise
from dsp.stream import FloatArray
from tests.dsp.skin.made import skin, times


def _estimate(t: FloatArray, levels: FloatArray) -> float | None:
    noise = Noise()
    for at, level in zip(t.tolist(), levels.tolist(), strict=True):
        noise.follow(at, level)
    return noise.microsiemens


@pytest.mark.parametrize("sd", [0.002, 0.1])
def test_white_noise_is_known_to_a_third(sd: float) -> None:
    t = times(60.0, 8.0)
    assert _estimate(t, skin(t, [], 0.0, level=5.0, noise=sd)) == pytest.approx(sd, rel=0.33)


@pytest.mark.parametrize(("rate_hz", "amplitude"), [(8.0, 0.5), (4.0, 0.25)])
def test_responses_are_not_noise(rate_hz: float, amplitude: float) -> None:
    t = times(60.0, rate_hz)
    estimate = _estimate(t, skin(t, np.arange(5.0, 60.0, 5.0), amplitude, level=5.0, noise=0.002))
    assert estimate is not None
    assert estimate < 0.004


def test_it_is_not_known_at_once() -> None:
    t = times(3.0, 8.0)
    assert _estimate(t, skin(t, [], 0.0, level=5.0)) is None


def test_rare_artifacts_are_not_noise() -> None:
    t = times(60.0, 8.0)
    levels = skin(t, [], 0.0, level=5.0)
    levels[::37] -= 2.0
    assert _estimate(t, levels) == pytest.approx(0.002, rel=0.4)


def test_where_artifacts_leave_nothing_the_last_estimate_holds_for_a_minute() -> None:
    noise = Noise()
    levels = skin(times(40.0, 8.0), [], 0.0, level=5.0).tolist()
    for t, level in zip(times(40.0, 8.0).tolist(), levels, strict=True):
        noise.follow(t, level)
    known = noise.microsiemens
    for second in range(80, 100, 10):
        noise.start()
        noise.follow(float(second), 5.0)
    assert noise.microsiemens == known
    noise.follow(120.0, 5.0)
    assert noise.microsiemens is None
