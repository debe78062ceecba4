# SPDX-License-Identifier: MIT
"""Pulse intervals from made-up light in which they are known, their label, and hostile light."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Modality, NoticeCode, Reason
from dsp.heart.ppg import PulseIntervals
from dsp.stream import Chunk, FloatArray, Gap, Item, Notice
from tests.dsp.beats import CUTS
from tests.laws import check_cutting_law

_RATES_HZ = (28.0, 55.0, 130.0)


def _light(feet_s: FloatArray, rate_hz: float, *, size: float = 1000.0, noise: float = 0.0) -> Chunk:
    """Give a pulse wave: each pulse rises softly within some 0.1 s of its foot, and falls slowly."""
    t = np.arange(0.0, float(feet_s[-1]), 1.0 / rate_hz)
    since = np.maximum(t[:, np.newaxis] - feet_s[np.newaxis, :], 0.0)
    wave = np.max((since / 0.08) ** 2 * np.exp(2.0 - since / 0.04) / 4.0, axis=1)
    values = 50_000.0 + size * wave + np.random.default_rng(1).normal(0.0, noise, len(t))
    return Chunk(Modality.PPG, t, values, float(t[-1]), "armband")


def _feet(seed: int = 1, count: int = 60) -> FloatArray:
    intervals_s = 0.85 + 0.04 * np.random.default_rng(seed).standard_normal(count)
    feet: FloatArray = 0.5 + np.cumsum(intervals_s)
    return feet


def _intervals(chunk: Chunk) -> Chunk:
    return next(item for item in PulseIntervals().update(chunk) if isinstance(item, Chunk))


@pytest.mark.parametrize("rate_hz", _RATES_HZ)
@pytest.mark.parametrize("size", [1000.0, -1000.0, 0.01])
def test_the_intervals_are_those_of_the_pulses_either_way_up_and_at_any_size(rate_hz: float, size: float) -> None:
    feet = _feet()
    found = _intervals(_light(feet, rate_hz, size=size))
    assert found.modality is Modality.RR
    assert len(found.t) >= len(feet) - 8  # 3 s to learn, one to begin, one to end
    last = np.searchsorted(feet, found.t) - 1
    true_ms = 1000.0 * (feet[last] - feet[last - 1])
    assert np.sqrt(np.mean((found.values - true_ms) ** 2)) < 0.3 * 1000.0 / rate_hz


def test_noise_of_a_tenth_of_the_pulse_keeps_the_rate() -> None:
    feet = _feet(3)
    found = _intervals(_light(feet, 55.0, noise=50.0))
    assert np.median(found.values) == pytest.approx(1000.0 * np.median(np.diff(feet)), rel=0.02)


@pytest.mark.parametrize("is_fit", [True, False])
def test_the_intervals_carry_their_label_once_and_first(*, is_fit: bool) -> None:
    stage = PulseIntervals(is_fit_for_hrv=is_fit)
    light = _light(_feet(), 55.0)
    half = len(light.t) // 2
    first = stage.update(Chunk(light.modality, light.t[:half], light.values[:half], 30.0, "armband"))
    second = stage.update(Chunk(light.modality, light.t[half:], light.values[half:], 60.0, "armband"))
    label = first[0]
    assert isinstance(label, Notice)
    assert (label.code, label.values) == (NoticeCode.PULSE_INTERVALS, (("fit_for_hrv", is_fit),))
    assert all(isinstance(item, Chunk) for item in (*first[1:], *second))


def test_no_interval_bridges_missing_light() -> None:
    light = _light(_feet(), 55.0)
    kept = (light.t < 20.0) | (light.t > 21.0)
    found = _intervals(Chunk(light.modality, light.t[kept], light.values[kept], 60.0, "armband"))
    assert not np.any((found.t > 20.0) & (found.t < 24.0))
    assert np.max(found.values) < 1100.0


def test_a_gap_that_is_told_begins_anew() -> None:
    light = _light(_feet(), 55.0)
    half = len(light.t) // 2
    stage = PulseIntervals()
    stage.update(Chunk(light.modality, light.t[:half], light.values[:half], 30.0, "armband"))
    at = float(light.t[half])
    stage.update(Gap(at, at, Reason.SAMPLES_LOST, "armband", modality=Modality.PPG))
    (found,) = stage.update(Chunk(light.modality, light.t[half:], light.values[half:], 60.0, "armband"))
    assert isinstance(found, Chunk)
    assert found.t[0] > at + 3.0


def test_after_a_strong_artifact_weaker_pulses_are_found_again() -> None:
    light = _light(_feet(), 55.0)
    values = np.where((light.t > 15.0) & (light.t < 15.3), 90_000.0, light.values)
    found = _intervals(Chunk(light.modality, light.t, values, 60.0, "armband"))
    assert np.count_nonzero(found.t > 35.0) >= 15


def test_light_that_stands_still_has_no_pulse() -> None:
    t = np.arange(0.0, 30.0, 0.02)
    assert PulseIntervals().update(Chunk(Modality.PPG, t, np.full(len(t), 5.0), 30.0, "armband")) == ()


_HOSTILE = st.lists(
    st.builds(
        lambda samples: Chunk(
            Modality.PPG, np.array([t for t, _ in samples]), np.array([v for _, v in samples]), 0.0, "armband"
        ),
        st.lists(st.tuples(st.floats(0.0, 60.0) | st.floats(), st.floats(-1e5, 1e5) | st.floats()), max_size=20),
    )
    | st.builds(
        lambda seed, rate_hz: Chunk(
            Modality.PPG,
            np.arange(0.0, 12.0, 1.0 / rate_hz),
            np.random.default_rng(seed).normal(0.0, 100.0, len(np.arange(0.0, 12.0, 1.0 / rate_hz))),
            0.0,
            "armband",
        ),
        st.integers(0, 99),
        st.sampled_from([11.0, 28.0, 60.0]),
    )
    | st.builds(Gap, st.floats(), st.floats(), st.sampled_from(Reason), st.just("armband")),
    max_size=4,
)


@given(_HOSTILE)
def test_whatever_comes_the_intervals_are_plausible_and_their_times_rise(items: list[Item]) -> None:
    stage, newest_t = PulseIntervals(), -math.inf
    for out in (out for item in items for out in stage.update(item)):
        if isinstance(out, Chunk):
            assert np.all((out.values >= 240.0) & (out.values <= 2200.0))
            assert np.all(np.diff(np.concatenate([[newest_t], out.t])) > 0.0)
            newest_t = float(out.t[-1])


@given(_HOSTILE, CUTS)
def test_the_intervals_do_not_depend_on_how_the_light_was_cut(items: list[Item], cuts: list[int]) -> None:
    check_cutting_law(PulseIntervals, items, cuts)
