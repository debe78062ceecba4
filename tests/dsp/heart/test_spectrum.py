# SPDX-License-Identifier: MIT
"""The frequency domain against a script of scipy's own, against sines, and what makes it say nothing."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import CubicSpline
from scipy.signal import welch as scipy_welch

from dsp.codes import NoticeCode, Reason
from dsp.heart.rr import RrVerdicts
from dsp.heart.spectrum import Bands, Spectrum, band_powers
from dsp.heart.tachogram import Tachogram
from dsp.stream import Beat, FloatArray, Item, Measure, Notice, Tick
from tests.dsp.beats import CUTS, HOSTILE_ITEMS
from tests.dsp.heart.nn_series import beats_of_nn, ends_of, flagged_beat, nn_wave, tachogram_of, up_to
from tests.laws import check_cutting_law


class _Chain:
    def __init__(self) -> None:
        self._verdicts = RrVerdicts()
        self._tachogram = Tachogram()
        self._spectrum = Spectrum(self._tachogram)

    def update(self, item: Item) -> tuple[Bands, ...]:
        if isinstance(item, Notice):
            self._tachogram.update(item)
        for beat in self._verdicts.update(item):
            self._tachogram.update(beat)
        return (self._spectrum.bands_at(item.t),) if isinstance(item, Tick) else ()


def _at(t: float, beats: Sequence[Beat], *, breaths_per_min: float | None = None) -> Bands:
    return Spectrum(tachogram_of(up_to(beats, t))).bands_at(t, breaths_per_min=breaths_per_min)


def _resting(seed: int, count: int = 700) -> FloatArray:
    rng = np.random.default_rng(seed)
    swing = 40.0 * np.sin(np.arange(count) / 9.0) + 25.0 * np.sin(np.arange(count) / 3.1)
    return 850.0 + swing + rng.normal(0.0, 20.0, count)


def _value(measure: Measure) -> float:
    assert measure.value is not None
    return measure.value


def _scipy_bands(t: FloatArray, nn_ms: FloatArray) -> tuple[float, float]:
    grid = np.arange(t[0], t[-1], 0.25)
    f, density = scipy_welch(
        CubicSpline(t, nn_ms)(grid), 4.0, window="hann", nperseg=480, noverlap=240, detrend="linear"
    )
    lf, hf = (np.sum(density[(f >= low) & (f < high)]) / 120.0 for low, high in ((0.04, 0.15), (0.15, 0.4)))
    return float(lf), float(hf)


@pytest.mark.parametrize("seed", range(4))
def test_the_bands_are_those_of_scipy_over_the_nn_of_the_last_300_seconds(seed: int) -> None:
    nn_ms = _resting(seed)
    ends, beats = ends_of(nn_ms), beats_of_nn(nn_ms)
    for t in (125.0, 222.2, 301.0, 555.5):
        window = (ends > t - 300.0) & (ends <= t)
        lf, hf = _scipy_bands(ends[window], nn_ms[window])
        bands = _at(t, beats)
        assert [bands.lf_ms2.value, bands.hf_ms2.value] == pytest.approx([lf, hf], rel=1e-6)
        assert bands.lf_hf.value == pytest.approx(lf / hf, rel=1e-6)


@pytest.mark.parametrize("samples", [480, 719, 720, 1200])
def test_the_powers_are_scipys(samples: int) -> None:
    values = np.random.default_rng(samples).normal(900.0, 50.0, samples) + np.arange(samples)
    _, density = scipy_welch(values, 4.0, window="hann", nperseg=480, noverlap=240, detrend="linear")
    expected = np.sum(density[5:18]) / 120.0, np.sum(density[18:48]) / 120.0
    assert band_powers(values) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("bin_", [7, 9, 12, 15, 20, 25, 30])
def test_the_power_of_a_sine_is_half_its_amplitude_squared(bin_: int) -> None:
    bands = _at(300.0, beats_of_nn(nn_wave(600.0, 20.0, bin_ / 120.0, 301.0)))
    own, other = (bands.lf_ms2, bands.hf_ms2) if bin_ < 18 else (bands.hf_ms2, bands.lf_ms2)
    assert own.value == pytest.approx(200.0, rel=0.02)
    assert other.value is not None
    assert other.value < 0.02 * 200.0


def test_two_minutes_are_needed() -> None:
    beats = beats_of_nn(np.full(400, 800.0) + np.arange(400) % 3)
    assert _at(119.0, beats).lf_ms2.why is Reason.SETTLING
    assert _at(122.5, beats).lf_ms2.value is not None


def test_the_quality_is_the_share_of_300_seconds_that_nn_cover() -> None:
    assert _at(150.0, beats_of_nn(_resting(1))).hf_ms2.quality == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(("hole_s", "is_shown"), [(2.0, True), (4.0, False)])
def test_a_gap_over_3_seconds_inside_the_window_takes_the_bands_away(hole_s: float, *, is_shown: bool) -> None:
    before = beats_of_nn(_resting(1, 150))
    after = beats_of_nn(_resting(2, 150), start_s=before[-1].t + hole_s - 0.85)
    bands = _at(after[-1].t, [*before, *after])
    assert bands.lf_hf.why is (None if is_shown else Reason.GAP_INSIDE)


@pytest.mark.parametrize(("every", "why"), [(21, None), (18, Reason.TOO_MANY_FLAGGED)])
def test_more_than_5_percent_flagged_take_the_bands_away(every: int, why: Reason | None) -> None:
    beats = beats_of_nn(_resting(3, 300))
    spoiled = [flagged_beat(beat.t) if k % every == 0 else beat for k, beat in enumerate(beats, start=1)]
    assert _at(beats[-1].t, spoiled).hf_ms2.why is why


def test_beats_without_order_take_the_bands_away() -> None:
    nn_ms = 650.0 * np.exp(np.random.default_rng(1).normal(0.0, 0.22, 300))
    beats = beats_of_nn(nn_ms)
    assert _at(beats[-1].t, beats).hf_ms2.why is Reason.UNEVEN_BEATS


@pytest.mark.parametrize(("breaths_per_min", "is_shown"), [(8.9, False), (9.0, True), (15.0, True), (None, True)])
def test_breathing_below_9_a_minute_hides_all_three(breaths_per_min: float | None, *, is_shown: bool) -> None:
    bands = _at(200.0, beats_of_nn(_resting(5)), breaths_per_min=breaths_per_min)
    for measure in (bands.lf_ms2, bands.hf_ms2, bands.lf_hf):
        assert measure.why is (None if is_shown else Reason.BREATH_IN_LF_BAND)


def test_a_slow_pacer_hides_them_as_slow_breathing_does() -> None:
    spectrum = Spectrum(tachogram_of(beats_of_nn(_resting(5, 300))))
    assert spectrum.bands_at(200.0, paced_per_min=6.0, breaths_per_min=14.0).lf_hf.why is Reason.BREATH_IN_LF_BAND


def test_after_slow_breathing_they_stay_hidden_until_a_tenth_of_the_window_is_left_of_it() -> None:
    tachogram, shown = Tachogram(), {}
    spectrum = Spectrum(tachogram)
    beats = beats_of_nn(_resting(6, 1000))
    for t in range(1, 800):
        for beat in beats:
            if t - 1 < beat.t <= t:
                tachogram.update(beat)
        shown[t] = spectrum.bands_at(float(t), paced_per_min=6.0 if 200 < t <= 300 else None).lf_hf.value is not None
    assert shown[200]
    assert not shown[250]
    assert not shown[569]
    assert shown[571]


def test_a_device_without_intervals_is_the_reason_for_no_bands() -> None:
    tachogram = Tachogram()
    tachogram.update(Notice(1.0, NoticeCode.NO_RR, "watch"))
    assert Spectrum(tachogram).bands_at(5.0).lf_ms2.why is Reason.NO_RR


def test_5_seconds_without_a_beat_take_the_bands_away() -> None:
    beats = beats_of_nn(_resting(4, 300))
    assert _at(beats[-1].t + 4.9, beats).lf_ms2.value is not None
    assert _at(beats[-1].t + 5.1, beats).lf_ms2.why is Reason.STALE


def test_rolling_through_hours_gives_what_a_fresh_batch_gives() -> None:
    beats = beats_of_nn(_resting(8, 6000), start_s=80_000.0)
    tachogram, told = Tachogram(), 0
    for k, beat in enumerate(beats):
        tachogram.update(beat)
        if k % 37 == 0:
            rolling = Spectrum(tachogram).bands_at(beat.t)
            fresh = Spectrum(tachogram_of(beats[max(k - 400, 0) : k + 1])).bands_at(beat.t)
            if k > 160:
                told += 1
                assert rolling.lf_ms2.value == pytest.approx(_value(fresh.lf_ms2), rel=1e-9)
                assert rolling.hf_ms2.value == pytest.approx(_value(fresh.hf_ms2), rel=1e-9)
    assert told > 100


@given(st.integers(0, 50), st.floats(0.9, 1.2))
def test_a_larger_swing_has_its_power_by_the_square(seed: int, share: float) -> None:
    nn_ms = _resting(seed, 220)
    swing = nn_ms - np.mean(nn_ms)
    ends = ends_of(nn_ms)
    larger = [
        Beat(t, nn, beat.verdict, t, nn_ms=nn, confirmed_t=t)
        for t, nn, beat in zip(ends.tolist(), (900.0 + share * swing).tolist(), beats_of_nn(nn_ms), strict=True)
    ]
    plain, scaled = _at(ends[-1], beats_of_nn(nn_ms)), _at(ends[-1], larger)
    assert plain.hf_ms2.value is not None
    assert scaled.hf_ms2.value == pytest.approx(share**2 * plain.hf_ms2.value, rel=1e-6)


@given(HOSTILE_ITEMS)
def test_whatever_comes_each_value_is_finite_or_missing_with_a_reason(items: list[Item]) -> None:
    chain = _Chain()
    for bands in (bands for item in items for bands in chain.update(item)):
        for measure in (bands.lf_ms2, bands.hf_ms2, bands.lf_hf):
            assert (measure.value is None) == (measure.why is not None)
            assert measure.value is None or (math.isfinite(measure.value) and measure.value >= 0.0)


@given(HOSTILE_ITEMS, CUTS)
def test_the_bands_do_not_depend_on_how_the_input_was_cut(items: list[Item], cuts: list[int]) -> None:
    check_cutting_law(_Chain, items, cuts)


def test_a_heart_twice_as_fast_as_any_leaves_the_memory_bounded() -> None:
    tachogram = tachogram_of(beats_of_nn(np.full(5000, 100.0)))
    assert len(tachogram._beats) <= 1800
    assert len(tachogram._nn) <= 1800
