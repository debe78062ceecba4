# SPDX-License-Identifier: MIT
"""R peaks: every beat of a clear ECG at any rate and polarity, exact in time, and none from what is no ECG."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsp.codes import Modality
from dsp.heart.qrs import RPeak, RPeaks
from dsp.stream import Chunk, FloatArray
from tests.dsp.heart.made_ecg import beats, ecg, noise
from tests.laws import check_cutting_law

_SECONDS = 40.0
_BEATS = beats(seconds=_SECONDS)


def _with(chunk: Chunk, mv: FloatArray) -> Chunk:
    return replace(chunk, values=mv)


def _peaks(chunk: Chunk) -> tuple[RPeak, ...]:
    return RPeaks().update(chunk)


def _times(chunk: Chunk) -> FloatArray:
    return np.array([peak.t for peak in _peaks(chunk)])


def _clear(rate_hz: float = 130.0) -> Chunk:
    chunk = ecg(_BEATS, rate_hz=rate_hz, seconds=_SECONDS)
    return _with(chunk, chunk.values + noise(len(chunk.t), sd_mv=0.01))


@pytest.mark.parametrize("rate_hz", [100.0, 125.0, 130.0, 250.0, 360.0, 512.0, 1000.0])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_every_beat_is_found_at_any_rate_and_polarity(rate_hz: float, sign: float) -> None:
    chunk = _clear(rate_hz)
    found = _times(_with(chunk, sign * chunk.values))
    assert len(found) == len(_BEATS)
    assert np.max(np.abs(found - _BEATS)) < 0.005


def test_the_time_of_r_is_finer_than_a_sample() -> None:
    off = _times(_clear()) - _BEATS
    assert np.std(off) < 0.0005


def test_a_beat_is_told_soon() -> None:
    waits = [peak.detected_t - peak.t for peak in _peaks(_clear())]
    settled = waits[4:]
    assert np.median(settled) <= 0.150
    assert max(settled) <= 0.250


def test_the_height_is_that_of_r_without_its_tip() -> None:
    assert 0.7 < np.median([peak.height_mv for peak in _peaks(_clear())]) / 1.1 < 1.0


@pytest.mark.parametrize("mains_hz", [50.0, 60.0])
def test_mains_and_a_wandering_baseline_do_no_harm(mains_hz: float) -> None:
    chunk = _clear()
    mains = 0.5 * np.sin(2.0 * np.pi * mains_hz * chunk.t)
    wander = 2.0 * np.sin(2.0 * np.pi * 0.25 * chunk.t)
    found = _times(_with(chunk, chunk.values + mains + wander))
    assert len(found) == len(_BEATS)
    assert np.max(np.abs(found - _BEATS)) < 0.005


@pytest.mark.parametrize("bpm", [32.0, 45.0, 100.0, 150.0, 200.0, 220.0])
def test_slow_and_fast_hearts_are_followed(bpm: float) -> None:
    times = beats(seconds=_SECONDS, bpm=bpm)
    found = _times(ecg(times, seconds=_SECONDS))
    assert abs(len(found) - len(times)) <= 1


def test_a_gap_costs_the_beats_in_it_and_half_a_second() -> None:
    chunk = _clear()
    kept = (chunk.t < 20.0) | (chunk.t > 21.0)
    found = _times(replace(chunk, t=chunk.t[kept], values=chunk.values[kept]))
    expected = _BEATS[(_BEATS < 19.8) | (_BEATS > 22.0)]
    assert all(np.min(np.abs(found - beat)) < 0.005 for beat in expected)
    assert not np.any((found > 20.0) & (found < 21.0))


def test_beats_come_back_after_a_day() -> None:
    first, later = _clear(), _clear()
    later = replace(later, t=later.t + 86_400.0)
    stage = RPeaks()
    stage.update(first)
    assert len(stage.update(later)) >= len(_BEATS) - 1


def test_electrodes_that_lie_better_are_followed() -> None:
    chunk = _clear()
    found = _times(_with(chunk, np.where(chunk.t < 20.0, 1.0, 4.0) * chunk.values))
    assert len(found) == len(_BEATS)


def test_a_smaller_signal_is_followed_after_a_few_seconds() -> None:
    chunk = _clear()
    found = _times(_with(chunk, np.where(chunk.t < 20.0, 1.0, 0.15) * chunk.values))
    assert np.count_nonzero(found > 26.0) == np.count_nonzero(_BEATS > 26.0)


@pytest.mark.parametrize(
    "values",
    [
        np.zeros(4000),
        np.full(4000, 5.0),
        np.full(4000, np.nan),
        np.full(4000, np.inf),
        np.full(4000, 1e300),
        np.linspace(0.0, 50.0, 4000),
    ],
    ids=["zero", "rail", "nan", "inf", "huge", "ramp"],
)
def test_nothing_is_found_where_nothing_is(values: FloatArray) -> None:
    assert _peaks(Chunk(Modality.ECG, np.arange(4000) / 130.0, values, 31.0, "test")) == ()


@pytest.mark.parametrize("rate_hz", [1.0, 10.0, 50.0, 80.0, 5000.0])
def test_nothing_is_found_at_a_rate_that_shows_no_qrs(rate_hz: float) -> None:
    assert _peaks(ecg(_BEATS, rate_hz=rate_hz, seconds=_SECONDS)) == ()


def test_other_signals_pass_unheard() -> None:
    chunk = _clear()
    assert RPeaks().update(replace(chunk, modality=Modality.RESP)) == ()


_NASTY = st.sampled_from([np.nan, np.inf, -np.inf, 1e300, -1e9, 0.0, 3.0])


@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_cutting_the_ecg_otherwise_changes_no_peak(data: st.DataObject) -> None:
    chunk = ecg(_BEATS, rate_hz=data.draw(st.sampled_from([130.0, 250.0, 500.0])), seconds=6.0)
    mv, t = chunk.values.copy(), chunk.t.copy()
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(mv) - 1))
        mv[at : at + data.draw(st.integers(1, 30))] = data.draw(_NASTY)
    if data.draw(st.booleans()):
        t[data.draw(st.integers(0, len(t) - 1)) :] += data.draw(st.sampled_from([0.06, 1.0, 4.0, -1.0, 86_400.0]))
    cuts = data.draw(st.lists(st.integers(0, len(t)), max_size=8))
    check_cutting_law(RPeaks, [replace(chunk, t=t, values=mv)], cuts)


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_any_input_gives_peaks_whose_times_rise(data: st.DataObject) -> None:
    rng = np.random.default_rng(data.draw(st.integers(0, 1000)))
    spacing = data.draw(st.sampled_from([0.0, 1e-12, 1e-4, 1 / 1000, 1 / 130, 1 / 20, 1.0]))
    t = np.cumsum(spacing * rng.choice([1.0, 1.0, 1.0, 0.0, 3.0, -1.0], 600))
    mv = rng.normal(0.0, data.draw(st.sampled_from([1e-9, 0.1, 1.0, 1e5])), 600)
    mv[rng.random(600) < data.draw(st.sampled_from([0.0, 0.3]))] = data.draw(_NASTY)
    peaks = _peaks(Chunk(Modality.ECG, t, mv, 0.0, "test"))
    assert np.all(np.diff([peak.t for peak in peaks]) > 0.0)
    assert all(peak.t <= peak.detected_t and peak.height_mv > 0.0 for peak in peaks)
