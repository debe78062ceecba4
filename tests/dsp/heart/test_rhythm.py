# SPDX-License-Identifier: MIT
"""The open coherence formula against a script of scipy's own, and what makes it say nothing."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import CubicSpline
from scipy.signal import periodogram

from dsp.codes import Reason
from dsp.heart.rhythm import Rhythm, evenness, without_line
from dsp.heart.rr import RrVerdicts
from dsp.heart.tachogram import Tachogram
from dsp.stream import Beat, FloatArray, Item, Measure, Notice, Tick
from tests.dsp.beats import CUTS, HOSTILE_ITEMS
from tests.dsp.heart.nn_series import beats_of_nn, ends_of, nn_wave, tachogram_of
from tests.laws import check_cutting_law


class _Chain:
    def __init__(self) -> None:
        self._verdicts = RrVerdicts()
        self._tachogram = Tachogram()
        self._rhythm = Rhythm(self._tachogram)

    def update(self, item: Item) -> tuple[Measure, ...]:
        if isinstance(item, Notice):
            self._tachogram.update(item)
        for beat in self._verdicts.update(item):
            self._tachogram.update(beat)
        return (self._rhythm.measure_at(item.t),) if isinstance(item, Tick) else ()


def _at(t: float, beats: list[Beat]) -> Measure:
    return Rhythm(tachogram_of(beats)).measure_at(t)


def _noisy(seed: int, noise_ms: float, frequency_hz: float = 0.1) -> FloatArray:
    wave = nn_wave(850.0, 40.0, frequency_hz, 64.0)
    return wave + np.random.default_rng(seed).normal(0.0, noise_ms, len(wave))


def _scipy_evenness(values: FloatArray) -> float:
    f, power = periodogram(values, 4.0, window="hann", nfft=4096, detrend="linear")
    band = (f >= 0.04) & (f <= 0.26)
    peak_hz = f[band][np.argmax(power[band])]
    total = np.sum(power[(f >= 0.0033) & (f <= 0.4)])
    near = np.sum(power[np.abs(f - peak_hz) <= 0.015])
    return float(near / (total - near))


@pytest.mark.parametrize("frequency_hz", [0.075, 0.1, 0.2])
@pytest.mark.parametrize("noise_ms", [10.0, 25.0, 50.0])
def test_a_sine_with_noise_has_the_rhythm_that_scipy_finds(frequency_hz: float, noise_ms: float) -> None:
    nn_ms = _noisy(int(noise_ms), noise_ms, frequency_hz)
    ends = ends_of(nn_ms)
    values = CubicSpline(ends, nn_ms)(np.arange(ends[0], ends[-1], 0.25))
    assert evenness(without_line(values)) == pytest.approx(_scipy_evenness(values), rel=0.01)
    inside = ends > ends[-1] - 64.0
    again = CubicSpline(ends[inside], nn_ms[inside])(np.arange(ends[inside][0], ends[-1], 0.25))
    assert _at(ends[-1], beats_of_nn(nn_ms)).value == round(min(_scipy_evenness(again), 10.0), 1)


def test_noise_of_known_power_gives_the_ratio_of_the_powers() -> None:
    rng = np.random.default_rng(1)
    t = np.arange(256) / 4.0
    waves = [40.0 * np.sin(2.0 * np.pi * 0.1 * t + k) + rng.normal(0.0, 80.0, 256) for k in range(400)]
    ratios = [evenness(without_line(wave)) for wave in waves]
    density = 2.0 * 80.0**2 / 4.0
    inside, outside = 40.0**2 / 2.0 + 0.03 * density, (0.4 - 0.0033 - 0.03) * density
    assert np.median(ratios) == pytest.approx(inside / outside, rel=0.1)  # the window spreads 4 % of the sine beyond


def test_a_pure_sine_reads_about_9_as_64_seconds_spread_it_beyond_the_peaks_width() -> None:
    for frequency_hz in (0.075, 0.1, 0.2):
        assert _at(64.0, beats_of_nn(nn_wave(850.0, 40.0, frequency_hz, 64.0))).value == pytest.approx(8.9, abs=0.3)


def test_more_noise_reads_less() -> None:
    values = [_at(66.0, beats_of_nn(_noisy(2, noise_ms))).value for noise_ms in (15.0, 30.0, 60.0, 120.0)]
    assert values == sorted(values, key=lambda value: -(value or 0.0))


def test_a_slow_drift_is_no_rhythm() -> None:
    t = np.arange(256) / 4.0
    assert evenness(without_line(800.0 + 60.0 * np.sin(2.0 * np.pi * 0.008 * t + 0.5))) < 0.1


def test_intervals_all_alike_have_no_rhythm_to_tell() -> None:
    assert _at(80.0, beats_of_nn(np.full(100, 800.0))).why is Reason.FLAT


@pytest.mark.parametrize(("t", "why"), [(10.0, Reason.TOO_FEW_BEATS), (50.0, Reason.SETTLING), (63.0, None)])
def test_a_minute_is_needed(t: float, why: Reason | None) -> None:
    assert _at(t, [beat for beat in beats_of_nn(_noisy(3, 10.0)) if beat.t <= t]).why is why


def test_a_gap_inside_the_minute_takes_the_rhythm_away() -> None:
    before = beats_of_nn(_noisy(1, 10.0))
    after = beats_of_nn(_noisy(2, 10.0)[:40], start_s=before[-1].t + 3.5)
    assert _at(after[-1].t, [*before, *after]).why is Reason.GAP_INSIDE


@given(st.integers(0, 1000), st.floats(0.5, 2.0))
def test_the_size_of_the_swing_does_not_matter(seed: int, share: float) -> None:
    values = np.random.default_rng(seed).normal(0.0, 30.0, 256)
    swing = without_line(values)
    assert evenness(share * swing) == pytest.approx(evenness(swing), rel=1e-6)


@given(HOSTILE_ITEMS)
def test_whatever_comes_it_is_0_to_10_or_missing_with_a_reason(items: list[Item]) -> None:
    chain = _Chain()
    for measure in (measure for item in items for measure in chain.update(item)):
        assert (measure.value is None) == (measure.why is not None)
        assert measure.value is None or (math.isfinite(measure.value) and 0.0 <= measure.value <= 10.0)


@given(HOSTILE_ITEMS, CUTS)
def test_the_rhythm_does_not_depend_on_how_the_input_was_cut(items: list[Item], cuts: list[int]) -> None:
    check_cutting_law(_Chain, items, cuts)
