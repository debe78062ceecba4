# SPDX-License-Identifier: MIT
"""The quality of an ECG is up where its beats are sure, and down with a reason where they are not."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsp.codes import Modality, Reason
from dsp.heart.ecg_quality import CLEAR, EcgQuality
from dsp.heart.qrs import RPeaks
from dsp.stream import Chunk, FloatArray
from tests.dsp.heart.made_ecg import beats, ecg, noise
from tests.laws import split

_SECONDS = 30
_BEATS = beats(seconds=_SECONDS)
Told = tuple[float, Reason | None]
Spoil = Callable[[FloatArray, FloatArray], FloatArray]  # of times and clear values in mV


def _clear(rate_hz: float = 130.0) -> Chunk:
    chunk = ecg(_BEATS, rate_hz=rate_hz, seconds=_SECONDS)
    return replace(chunk, values=chunk.values + noise(len(chunk.t), sd_mv=0.01))


def _told(chunks: Sequence[Chunk], at: Sequence[float]) -> list[Told]:
    """Give what is told at each time, after the chunks that end by then."""
    peaks, quality, told, waiting = RPeaks(), EcgQuality(), [], list(chunks)
    for t in at:
        while waiting and waiting[0].t[-1] <= t:
            chunk = waiting.pop(0)
            quality.update(chunk, peaks.update(chunk))
        told.append(quality.at(t))
    return told


def _by_seconds(chunk: Chunk) -> list[Told]:
    borders = np.searchsorted(chunk.t, np.arange(1, _SECONDS), side="right").tolist()
    return _told(split(chunk, borders), [float(t) for t in range(1, _SECONDS + 1)])


def _spoiled(spoil: Spoil, begin_s: float = 0.0) -> list[Told]:
    chunk = _clear()
    values = np.where(chunk.t >= begin_s, spoil(chunk.t, chunk.values), chunk.values)
    return _by_seconds(replace(chunk, values=values))


@pytest.mark.parametrize("rate_hz", [100.0, 130.0, 250.0, 1000.0])
def test_a_clear_ecg_is_clear_once_it_has_begun(rate_hz: float) -> None:
    told = _by_seconds(_clear(rate_hz))
    assert told[0] == (0.0, Reason.SETTLING)
    assert all(quality > 0.9 and why is None for quality, why in told[5:])


def test_an_inverted_lead_is_as_clear() -> None:
    assert all(quality > 0.9 for quality, _ in _spoiled(lambda _, mv: -mv)[5:])


def test_mains_and_a_slow_baseline_leave_it_clear() -> None:
    told = _spoiled(lambda t, mv: mv + 0.5 * np.sin(2.0 * np.pi * 50.0 * t) + np.sin(2.0 * np.pi * 0.2 * t))
    assert all(quality >= CLEAR for quality, _ in told[5:])


def test_one_odd_beat_leaves_it_clear() -> None:
    odd = ecg(np.array([15.2]), seconds=_SECONDS).values
    assert all(quality >= CLEAR for quality, _ in _spoiled(lambda _, mv: mv + 1.5 * odd)[5:])


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda t, mv: np.zeros(len(t)), Reason.FLAT),
        (lambda t, mv: np.full(len(t), 20.0), Reason.FLAT),
        (lambda t, mv: np.where(np.sin(2.0 * t) > 0.8, 20.0, mv), Reason.RAIL),
        (lambda t, mv: np.clip(100.0 * (mv - 0.3), -5.0, 5.0), Reason.RAIL),
        (lambda t, mv: noise(len(t), sd_mv=0.5), Reason.NOISY),
        (lambda t, mv: mv + noise(len(t), sd_mv=0.5), Reason.NOISY),
        (lambda t, mv: np.full(len(t), np.nan), Reason.STALE),
        (lambda t, mv: np.full(len(t), np.inf), Reason.STALE),
        (lambda t, mv: np.where(t % 3.0 < 0.5, np.nan, mv), Reason.GAP_INSIDE),
        (lambda t, mv: mv + 3.0 * np.sin(4.0 * t) + noise(len(t), sd_mv=0.4), Reason.MOVING),
    ],
    ids=[
        "zero",
        "one rail",
        "rail at times",
        "rail most times",
        "noise alone",
        "noise",
        "nan",
        "inf",
        "gaps",
        "motion",
    ],
)
def test_it_falls_with_its_reason(spoil: Spoil, reason: Reason) -> None:
    told = _spoiled(spoil, begin_s=10.0)
    assert all(quality >= CLEAR for quality, _ in told[6:9])
    assert all(quality < CLEAR for quality, _ in told[20:])
    assert told[-1][1] is reason


def test_ten_seconds_of_motion_pass() -> None:
    told = _spoiled(lambda t, mv: np.where((t > 8.0) & (t < 18.0), mv + noise(len(t), sd_mv=1.0), mv))
    assert all(quality < CLEAR for quality, _ in told[12:20])
    assert told[-1][0] >= CLEAR


def test_one_sample_a_second_is_too_few() -> None:
    slow = ecg(_BEATS, rate_hz=1.0, seconds=_SECONDS)
    assert _by_seconds(slow)[-1] == (0.0, Reason.RATE_TOO_LOW)


def test_an_ecg_of_the_day_before_says_nothing() -> None:
    assert _told([_clear()], [float(_SECONDS), _SECONDS + 86_400.0])[1] == (0.0, Reason.STALE)


def test_silence_makes_it_stale() -> None:
    assert _told([_clear()], [_SECONDS + 3.0]) == [(0.0, Reason.STALE)]


def test_beats_that_the_detector_does_not_see_make_it_fall() -> None:
    chunk, quality = _clear(), EcgQuality()
    peaks = [peak for peak in RPeaks().update(chunk) if peak.t < 20.0 or peak.t > 24.0]
    quality.update(chunk, peaks)
    assert quality.at(26.0) == (0.0, Reason.NOISY)


def test_other_signals_are_not_heard() -> None:
    quality = EcgQuality()
    quality.update(replace(_clear(), modality=Modality.RESP), ())
    assert quality.at(_SECONDS) == (0.0, Reason.SETTLING)


@given(cuts=st.lists(st.integers(0, 130 * _SECONDS), max_size=8), seed=st.integers(0, 9))
@settings(max_examples=15, deadline=None)
def test_cutting_the_ecg_otherwise_changes_nothing_of_it(cuts: list[int], seed: int) -> None:
    chunk = _clear()
    chunk = replace(chunk, values=chunk.values + noise(len(chunk.t), sd_mv=0.05 * seed, seed=seed))
    at = [10.0, 20.0, float(_SECONDS)]
    borders = np.searchsorted(chunk.t, at, side="right").tolist()
    assert _told(split(chunk, [*cuts, *borders]), at) == _told(split(chunk, borders), at)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_input_gives_a_share_and_a_reason_where_it_is_low(data: st.DataObject) -> None:
    rng = np.random.default_rng(data.draw(st.integers(0, 1000)))
    spacing = data.draw(st.sampled_from([0.0, 1e-12, 1e-4, 1 / 1000, 1 / 130, 1 / 20, 1.0]))
    t = np.cumsum(spacing * rng.choice([1.0, 1.0, 1.0, 0.0, 3.0, -1.0], 1500))
    mv = rng.normal(0.0, data.draw(st.sampled_from([0.0, 1e-9, 0.1, 1.0, 1e5])), 1500)
    mv[rng.random(1500) < 0.1] = data.draw(st.sampled_from([np.nan, np.inf, 1e300, 1e6, 0.0]))
    chunk = Chunk(Modality.ECG, t, mv, 0.0, "test")
    for quality, why in _told([chunk], [float(np.max(t)), float(np.max(t)) + 1.0]):
        assert 0.0 <= quality <= 1.0
        assert (why is None) == (quality >= CLEAR)
