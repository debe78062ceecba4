# SPDX-License-Identifier: MIT
"""Responses of a known size are found, measured and counted by the stated rule; what is none is not."""

import numpy as np
import pytest

from dsp.skin.artifacts import Site
from dsp.skin.eda import SkinConductance
from dsp.skin.scr import ResponseFinder
from dsp.stream import FloatArray, Scr
from tests.dsp.skin.made import PEAK_S, bateman, responses_of, skin, still, times, told

_ONSETS = 16.0 + 12.0 * np.arange(12.0) + np.linspace(0.0, 1.0, 12)
_RATES_HZ = [4.0, 8.0, 32.0, 128.0]


def _responses(t: FloatArray, eda: FloatArray, min_amplitude: float = 0.05) -> list[Scr]:
    return responses_of(told(SkinConductance(Site.FINGER, min_amplitude=min_amplitude), t, eda))


@pytest.mark.parametrize("rate_hz", _RATES_HZ)
@pytest.mark.parametrize(("amplitude", "level"), [(0.1, 0.5), (0.1, 15.0), (0.5, 5.0), (3.0, 0.5), (3.0, 15.0)])
def test_isolated_responses_are_all_found_once_and_measured_within_five_percent(
    rate_hz: float, amplitude: float, level: float
) -> None:
    t = times(166.0, rate_hz)
    found = _responses(t, skin(t, _ONSETS, amplitude, level=level, noise=0.01 * amplitude))
    assert [response.t for response in found] == pytest.approx(_ONSETS, abs=0.35)
    assert [response.peak_t for response in found] == pytest.approx(_ONSETS + PEAK_S, abs=0.35)
    assert [response.amplitude_microsiemens for response in found] == pytest.approx(np.full(12, amplitude), rel=0.05)


@pytest.mark.parametrize("rate_hz", [8.0, 32.0, 128.0])
def test_at_twenty_decibel_the_count_is_exact_and_the_amplitudes_have_no_bias(rate_hz: float) -> None:
    t = times(166.0, rate_hz)
    eda = skin(t, _ONSETS, 1.0, level=5.0, noise=0.1 * float(np.std(skin(t, _ONSETS, 1.0, level=0.0, noise=0.0))))
    amplitudes = [response.amplitude_microsiemens for response in _responses(t, eda)]
    assert len(amplitudes) == 12
    assert np.mean(amplitudes) == pytest.approx(1.0, rel=0.02)
    assert amplitudes == pytest.approx(np.ones(12), rel=0.1)


@pytest.mark.parametrize("rate_hz", _RATES_HZ)
@pytest.mark.parametrize("apart_s", [2.5, 3.0, 5.0])
def test_both_of_an_overlapping_pair_are_counted(rate_hz: float, apart_s: float) -> None:
    t = times(60.0, rate_hz)
    first, second = _responses(t, skin(t, [20.3, 20.3 + apart_s], 0.4, level=5.0))
    assert first.t == pytest.approx(20.3, abs=0.35)
    assert second.t == pytest.approx(20.3 + apart_s, abs=0.35)


def test_a_small_response_counts_by_the_rule_it_is_asked_for() -> None:
    t = times(60.0, 8.0)
    eda = skin(t, [20.0, 35.0], 0.03, level=5.0, noise=0.0005)
    assert (len(_responses(t, eda)), len(_responses(t, eda, 0.01))) == (0, 2)


def test_a_rising_level_neither_makes_responses_nor_hides_them() -> None:
    t = times(166.0, 8.0)
    drift = 0.02 * t
    assert _responses(t, still(t) + drift) == []
    assert [response.t for response in _responses(t, skin(t, _ONSETS, 0.3, level=3.0) + drift)] == pytest.approx(
        _ONSETS, abs=0.35
    )


@pytest.mark.parametrize("noise", [0.002, 0.02, 0.1])
def test_noise_alone_has_no_responses(noise: float) -> None:
    t = times(600.0, 4.0)
    assert _responses(t, still(t, noise=noise)) == []


def test_a_rise_too_slow_or_too_fast_is_no_response() -> None:
    finder = ResponseFinder()
    for rise_s in (0.25, 9.0):
        levels = np.interp(times(60.0, 8.0), [20.0, 20.0 + rise_s, 40.0], [1.0, 2.0, 1.0])
        found = [finder.follow(t, level, 0.001) for t, level in zip(times(60.0, 8.0), levels, strict=True)]
        assert [response for response in found if response] == []
        finder.start()


def test_a_rise_that_stays_up_is_a_response() -> None:
    t = times(60.0, 8.0)
    levels = np.interp(t, [20.0, 22.0], [5.0, 5.4])
    (found,) = _responses(t, still(t, level=0.0) + levels)
    assert found.amplitude_microsiemens == pytest.approx(0.4, rel=0.05)


def test_twice_the_signal_has_twice_the_amplitudes() -> None:
    t = times(60.0, 8.0)
    eda = skin(t, [20.0, 30.0, 33.0], 0.5, level=4.0)
    once, twice = _responses(t, eda), _responses(t, 2.0 * eda, 0.1)
    assert [r.t for r in once] == [r.t for r in twice]
    assert [r.amplitude_microsiemens for r in twice] == pytest.approx([2.0 * r.amplitude_microsiemens for r in once])


def test_a_response_does_not_reach_across_a_gap() -> None:
    t = times(60.0, 8.0)
    eda = skin(t, [30.0], 1.0, level=4.0)
    keep = (t < 30.2) | (t > 31.0)
    assert _responses(t[keep], eda[keep]) == []


def test_a_jittering_clock_does_no_harm() -> None:
    t = times(166.0, 32.0) + np.random.default_rng(3).uniform(-0.01, 0.01, 166 * 32)
    eda = 5.0 + sum((bateman(t - onset, 0.5) for onset in _ONSETS), np.random.default_rng(4).normal(0.0, 0.002, len(t)))
    amplitudes = [response.amplitude_microsiemens for response in _responses(t, eda)]
    assert amplitudes == pytest.approx(np.full(12, 0.5), rel=0.05)


@pytest.mark.parametrize("min_amplitude", [0.0, 0.009, float("nan")])
def test_a_rule_below_a_hundredth_of_a_microsiemens_is_refused(min_amplitude: float) -> None:
    with pytest.raises(ValueError, match="min_amplitude must be at least"):
        ResponseFinder(min_amplitude)
