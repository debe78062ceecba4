# SPDX-License-Identifier: MIT
"""A heart that several devices show: one is read at a time, the better one, and no beat is told twice."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsp.codes import Modality, NoticeCode, Reason, Verdict
from dsp.pipeline import Pipeline
from dsp.stream import Beat, Chunk, Features, FloatArray, Gap, Item, Notice, Tick, read_only
from tests.dsp.beats import by_seconds
from tests.dsp.heart.made_ecg import beats, ecg, noise
from tests.laws import check_cutting_law

_SECONDS = 90
_HEART = beats(seconds=float(_SECONDS))
_LAG_S = 0.7  # of a strap's own intervals


@dataclass(frozen=True, slots=True)
class _Told:
    beats: list[Beat]
    features: list[Features]

    def begun(self) -> list[Beat]:
        return [beat for beat in self.beats if beat.verdict is Verdict.PROVISIONAL]

    def settled(self) -> list[Beat]:
        return [beat for beat in self.beats if beat.verdict is not Verdict.PROVISIONAL]

    def at(self, second: int) -> Features:
        return self.features[second - 1]


def _told(items: Sequence[Item]) -> _Told:
    pipeline, told = Pipeline(), _Told([], [])
    for item in items:
        frame = pipeline.update(item)
        told.beats.extend(frame.beats)
        told.features.extend(frame.features)
    return told


def _lived(*chunks: Chunk, seconds: int = _SECONDS) -> _Told:
    return _told(list(by_seconds(chunks, seconds)))


def _strap(beats_s: FloatArray, *, lag_s: float = _LAG_S, source: str = "strap") -> Chunk:
    t = beats_s[1:] + lag_s
    return Chunk(Modality.RR, t, np.round(np.diff(beats_s) * 1024.0) / 1.024, float(t[-1]), source)


def _wave(*, noisy: tuple[float, float] = (0.0, 0.0), without: tuple[float, float] = (0.0, 0.0)) -> Chunk:
    """Give the heart's ECG, drowned in noise or without its samples between two times."""
    chunk = ecg(_HEART, seconds=float(_SECONDS))
    drowned = (chunk.t >= noisy[0]) & (chunk.t < noisy[1])
    mv = chunk.values + noise(len(chunk.t), sd_mv=0.01)
    mv = np.where(drowned, mv + noise(len(chunk.t), sd_mv=1.5, seed=2), mv)
    there = (chunk.t < without[0]) | (chunk.t >= without[1])
    return Chunk(Modality.ECG, chunk.t[there], mv[there], chunk.arrival, "chest")


def _true(beat: Beat) -> float:
    """Tell when the heart beat, whoever says so."""
    return beat.t if beat.origin is Modality.ECG else beat.t - _LAG_S


def _check_that_none_is_told_twice(told: _Told) -> None:
    for series in (told.begun(), told.settled()):
        assert all(a.t < b.t for a, b in pairwise(series))
        assert all(_true(b) - _true(a) > 0.5 for a, b in pairwise(series))
    assert {beat.t for beat in told.settled()} <= {beat.t for beat in told.begun()}


def test_an_ecg_alone_gives_beats_at_its_r_peaks_and_all_that_is_made_of_them() -> None:
    told = _lived(_wave())
    times = np.array([beat.t for beat in told.begun()])
    assert {beat.origin for beat in told.beats} == {Modality.ECG}
    assert np.abs(times - _HEART[-len(times) :]).max() < 0.005
    assert len(_HEART) - len(times) <= 2
    assert all(beat.t < beat.detected_t <= beat.t + 0.3 for beat in told.begun()[5:])
    assert all(beat.confirmed_t is not None and beat.confirmed_t >= beat.detected_t for beat in told.settled())
    last = told.at(_SECONDS)
    recent = np.diff(_HEART)[_HEART[1:] > _SECONDS - 60] * 1000.0
    assert last.rmssd_ms.value == pytest.approx(float(np.sqrt(np.mean(np.diff(recent) ** 2))), rel=0.06)
    assert (last.heart_from, last.quality.ecg_why) == (Modality.ECG, None)
    assert last.quality.ecg is not None
    assert last.quality.ecg > 0.8


def test_a_clear_waveform_goes_before_the_straps_own_intervals_and_no_beat_is_told_twice() -> None:
    told = _lived(_strap(_HEART), _wave())
    _check_that_none_is_told_twice(told)
    assert {features.heart_from for features in told.features[40:]} == {Modality.ECG}
    assert len(told.begun()) >= len(_HEART) - 3
    assert sum(beat.verdict is Verdict.AFTER_GAP for beat in told.settled()) == 1


def test_what_follows_a_change_begins_a_new_row_of_intervals() -> None:
    settled = _lived(_strap(_HEART), _wave()).settled()
    first = next(beat for beat in settled if beat.origin is Modality.ECG)
    assert (first.verdict, first.nn_ms) == (Verdict.AFTER_GAP, None)
    assert all(beat.nn_ms is not None for beat in settled if beat is not first)


def test_a_waveform_that_cannot_be_read_gives_way_to_the_strap() -> None:
    told = _lived(_strap(_HEART), _wave(noisy=(40.0, 90.0)))
    assert all(a.t < b.t for a, b in pairwise(told.begun()))
    assert told.at(35).heart_from is Modality.ECG
    assert {features.heart_from for features in told.features[65:]} == {Modality.RR}
    assert told.at(_SECONDS).quality.ecg_why is not None
    assert told.at(_SECONDS).hr_bpm.value == pytest.approx(66.0, abs=5.0)


def test_noise_alone_is_no_heart() -> None:
    told = _lived(_wave(noisy=(40.0, 90.0)))
    assert told.at(35).rmssd_ms.value is not None
    for features in told.features[54:]:
        assert (features.hr_bpm.value, features.hr_bpm.why, features.heart_from) == (None, Reason.WAVE_UNCLEAR, None)
        assert features.rmssd_ms.value is None
        assert features.hf_ms2.value is None
        assert (features.breaths_per_min.value, features.breaths_per_min.why) == (None, Reason.WAVE_UNCLEAR)


def test_noise_does_not_follow_a_strap_that_fell_silent() -> None:
    told = _lived(_strap(_HEART[_HEART < 40.0]), _wave(noisy=(0.0, 90.0)))
    assert {features.heart_from for features in told.features[:14]} <= {Modality.RR, None}
    assert {features.heart_from for features in told.features[15:44]} == {Modality.RR}
    assert {features.heart_from for features in told.features[47:]} == {None}


def test_after_an_unreadable_waveform_the_rate_is_that_of_the_strap_alone() -> None:
    told = _lived(_strap(_HEART), _wave(noisy=(40.0, 90.0)))
    change = next(features.t for features in told.features[40:] if features.heart_from is Modality.RR)
    for features in told.features[int(change) - 1 :]:
        ends = _HEART + _LAG_S
        recent = np.diff(_HEART)[(ends[1:] <= features.t) & (ends[1:] > features.t - 8.0)]
        assert features.hr_bpm.value is not None
        assert 60.0 / recent.max() - 1.0 <= features.hr_bpm.value <= 60.0 / recent.min() + 1.0


def test_a_clear_waveform_is_chosen_within_seconds_of_the_start() -> None:
    told = _lived(_strap(_HEART), _wave(), seconds=20)
    assert {features.heart_from for features in told.features[11:]} == {Modality.ECG}


def test_a_strap_that_repeats_one_interval_is_found_out_by_the_waveform() -> None:
    stuck = Chunk(Modality.RR, np.arange(1.0, 90.0, 0.79), np.full(113, 790.0), 90.0, "strap")
    told = _lived(stuck, _wave())
    assert told.at(20).heart_from is Modality.ECG
    assert told.at(_SECONDS).hr_bpm.value == pytest.approx(66.0, abs=5.0)


def test_two_straps_of_one_person_do_not_run_into_each_other() -> None:
    told = _lived(_strap(_HEART), _strap(_HEART, lag_s=1.1, source="another strap"))
    assert [beat.t for beat in told.begun()] == [t for t in (_HEART[1:] + _LAG_S).tolist() if t <= _SECONDS]
    assert {beat.verdict for beat in told.settled()} == {Verdict.NORMAL}


def test_another_strap_goes_on_where_the_first_falls_silent() -> None:
    told = _lived(_strap(_HEART[_HEART < 40.0]), _strap(_HEART, lag_s=1.1, source="another strap"))
    after = [beat for beat in told.settled() if beat.t > 42.0]
    assert after[0].verdict is Verdict.AFTER_GAP
    assert {beat.verdict for beat in after[1:]} == {Verdict.NORMAL}
    assert told.at(60).hr_bpm.value is not None


def test_no_interval_reaches_over_missing_samples() -> None:
    told = _lived(_wave(without=(40.0, 43.0)))
    assert all(beat.rr_ms < 1200.0 for beat in told.beats)
    after = next(beat for beat in told.settled() if beat.t > 43.0)
    assert (after.verdict, after.nn_ms) == (Verdict.AFTER_GAP, None)


def test_a_gap_of_the_ecg_is_one_of_its_beats_and_a_gap_of_the_skin_is_not() -> None:
    items = list(by_seconds([_wave()], _SECONDS))
    middle = len(items) // 2
    for modality, flagged in ((Modality.ECG, 1), (None, 1), (Modality.EDA, 0)):
        gap = Gap(45.0, 45.0, Reason.SAMPLES_LOST, "chest", modality=modality)
        told = _told([*items[:middle], gap, *items[middle:]])
        assert sum(beat.verdict is Verdict.AFTER_GAP for beat in told.settled()) == flagged


def test_the_time_of_the_heart_never_lies_ahead_of_its_second() -> None:
    ahead = Chunk(Modality.RR, np.array([50.0]), np.array([800.0]), 20.0, "strap")
    rates = Chunk(Modality.HR, np.array([60.0, math.inf]), np.array([75.0, 75.0]), 20.0, "strap")
    items = [*by_seconds([_strap(_HEART)], 20), ahead, rates, *(Tick(float(t)) for t in range(21, 70))]
    for features in _told(items).features:
        assert features.heart_t is None or features.heart_t <= features.t


def test_variability_does_not_mix_pulses_with_beats() -> None:
    label = Notice(0.0, NoticeCode.PULSE_INTERVALS, "band", values=(("fit_for_hrv", False),))
    band = _strap(_HEART[_HEART < 50.0], source="band")
    chest = _strap(_HEART[_HEART > 45.0])
    told = _told([label, *by_seconds([band, chest], _SECONDS)])
    assert told.at(40).rmssd_ms.why is Reason.NOT_FIT_FOR_HRV
    assert told.at(62).rmssd_ms.why is Reason.TOO_FEW_BEATS
    assert told.at(_SECONDS).rmssd_ms.value is not None


def test_a_rate_alone_says_so() -> None:
    rates = Chunk(Modality.HR, np.arange(1.0, 20.0), np.full(19, 71.0), 20.0, "watch")
    assert _lived(rates, seconds=15).at(15).heart_from is Modality.HR


def test_a_ninth_device_is_not_followed() -> None:
    straps = [_strap(_HEART[:30], source=f"strap {k}") for k in range(40)]
    pipeline = Pipeline()
    for item in by_seconds(straps, 20):
        pipeline.update(item)
    assert len(pipeline._people["client"]._heart._tracks.all) == 8


@given(st.integers(0, 99), st.lists(st.integers(0, 4000), max_size=6))
@settings(max_examples=3, deadline=None)
def test_frames_do_not_depend_on_how_the_ecg_was_cut(seed: int, cuts: list[int]) -> None:
    heart = beats(seconds=32.0, seed=seed)
    wave = ecg(heart, seconds=32.0)
    mv = wave.values + noise(len(wave.t), sd_mv=0.02, seed=seed)
    mv[2900:3300] += noise(400, sd_mv=1.0, seed=seed)
    spoiled = replace(wave, values=read_only(mv))
    items = list(by_seconds([_strap(heart), spoiled], 32))
    assert {beat.origin for beat in _told(items).beats} == {Modality.RR, Modality.ECG}
    check_cutting_law(Pipeline, items, cuts)
