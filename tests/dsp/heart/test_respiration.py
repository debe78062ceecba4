# SPDX-License-Identifier: MIT
"""The breathing rate from made-up signals in which it is known, alone and together, and when it is refused."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Modality, Reason
from dsp.heart.breath_signals import QrsShape
from dsp.heart.respiration import Respiration
from dsp.heart.rr import RrVerdicts
from dsp.stream import Beat, Chunk, FloatArray, Item, Measure, Tick
from tests.dsp.beats import CUTS, HOSTILE_ITEMS, rr_chunk
from tests.dsp.heart.nn_series import beats_of_nn, ends_of
from tests.laws import check_cutting_law, cut

_SECONDS = 60.0


class _Chain:
    def __init__(self) -> None:
        self._verdicts = RrVerdicts()
        self._respiration = Respiration()
        self._shape = QrsShape()

    def update(self, item: Item) -> tuple[Measure, ...]:
        if isinstance(item, Chunk):
            self._respiration.update(item)
            if item.modality is Modality.ECG:
                self._shape.take(item)
        for beat in self._verdicts.update(item):
            self._respiration.update(beat, self._shape)
        return (self._respiration.measure_at(item.t),) if isinstance(item, Tick) else ()


def _nn(seed: int, *, breaths_per_min: float = 12.0, rsa_ms: float = 30.0, noise_ms: float = 10.0) -> FloatArray:
    rng, nn_ms, t = np.random.default_rng(seed), [], 0.0
    while t < _SECONDS + 1.0:
        nn_ms.append(800.0 + rsa_ms * math.sin(2.0 * math.pi * breaths_per_min / 60.0 * t) + rng.normal(0.0, noise_ms))
        t += nn_ms[-1] / 1000.0
    return np.array(nn_ms)


def _ecg(beats_s: FloatArray, seed: int, *, breaths_per_min: float, depth: float, rate_hz: float = 130.0) -> Chunk:
    """Give R waves whose height follows the breath by `depth`, as a share, and the level by half as much."""
    rng = np.random.default_rng(seed)
    t = np.arange(0.0, _SECONDS + 1.0, 1.0 / rate_hz)
    breath = np.sin(2.0 * math.pi * breaths_per_min / 60.0 * t)
    nearest = beats_s[np.clip(np.searchsorted(beats_s, t - 0.4), 0, len(beats_s) - 1)]
    wave = (1.0 + depth * breath) * np.exp(-0.5 * ((t - nearest) / 0.012) ** 2)
    return Chunk(Modality.ECG, t, wave + 0.5 * depth * breath + rng.normal(0.0, 0.02, len(t)), t[-1], "strap")


def _acc(seed: int, *, breaths_per_min: float, tilt_mg: float, shake_mg: float = 3.0, source: str = "strap") -> Chunk:
    rng = np.random.default_rng(seed)
    t = np.arange(0.0, _SECONDS + 1.0, 0.04)
    breath = np.sin(2.0 * math.pi * breaths_per_min / 60.0 * t)[:, np.newaxis]
    mg = np.array([-40.0, 985.0, 160.0]) + breath * np.array([0.0, 0.2, 1.0]) * tilt_mg
    return Chunk(Modality.ACC, t, mg + rng.normal(0.0, shake_mg, mg.shape), t[-1], source)


def _at(t: float, beats: Sequence[Beat], chunks: Sequence[Chunk] = ()) -> Measure:
    respiration = Respiration()
    respiration.update(rr_chunk([800.0], source="strap"))
    shape = QrsShape()
    for chunk in chunks:
        respiration.update(chunk)
        if chunk.modality is Modality.ECG:
            shape.take(chunk)
    for beat in beats:
        respiration.update(beat, shape)
    return respiration.measure_at(t)


@pytest.mark.parametrize("breaths_per_min", [5.0, 6.0, 9.0, 12.0, 15.0, 20.0, 25.0])
def test_a_clear_rsa_alone_tells_the_rate(breaths_per_min: float) -> None:
    measure = _at(_SECONDS, beats_of_nn(_nn(1, breaths_per_min=breaths_per_min, noise_ms=5.0)))
    assert measure.value == pytest.approx(breaths_per_min, abs=0.5)


@pytest.mark.parametrize("breaths_per_min", [6.0, 12.0, 18.0, 30.0])
def test_the_ecg_tells_the_rate_where_the_heart_does_not_swing(breaths_per_min: float) -> None:
    nn_ms = _nn(2, rsa_ms=0.0)
    ecg = _ecg(ends_of(nn_ms), 2, breaths_per_min=breaths_per_min, depth=0.15)
    assert _at(_SECONDS, beats_of_nn(nn_ms), [ecg]).value == pytest.approx(breaths_per_min, abs=0.5)


def test_beats_that_a_strap_counted_are_not_looked_for_in_an_ecg() -> None:
    nn_ms = _nn(2, rsa_ms=0.0)
    respiration, shape = Respiration(), QrsShape()
    ecg = _ecg(ends_of(nn_ms), 2, breaths_per_min=12.0, depth=0.15)
    respiration.update(ecg)
    shape.take(ecg)
    for beat in beats_of_nn(nn_ms):
        respiration.update(beat)
    assert respiration.measure_at(_SECONDS).value is None


def test_rsa_too_weak_for_itself_is_told_with_a_strap_that_tilts() -> None:
    nn_ms, acc = _nn(3, breaths_per_min=14.0, rsa_ms=12.0), _acc(3, breaths_per_min=14.0, tilt_mg=6.0)
    assert _at(_SECONDS, beats_of_nn(nn_ms), [acc]).value == pytest.approx(14.0, abs=0.5)


def test_a_strap_that_tilts_tells_the_rate_of_a_heart_that_beats_evenly() -> None:
    acc = _acc(4, breaths_per_min=16.0, tilt_mg=8.0)
    assert _at(_SECONDS, beats_of_nn(np.full(80, 800.0)), [acc]).value == pytest.approx(16.0, abs=0.5)


def test_acceleration_from_a_wrist_is_not_heard() -> None:
    acc = _acc(4, breaths_per_min=16.0, tilt_mg=8.0, source="watch")
    assert _at(_SECONDS, beats_of_nn(np.full(80, 800.0)), [acc]).value is None


def test_a_moving_strap_is_not_heard() -> None:
    acc = _acc(4, breaths_per_min=16.0, tilt_mg=8.0, shake_mg=260.0)
    assert _at(_SECONDS, beats_of_nn(np.full(80, 800.0)), [acc]).value is None


def test_signals_that_contradict_each_other_are_refused() -> None:
    nn_ms, acc = _nn(5, breaths_per_min=8.0), _acc(5, breaths_per_min=17.0, tilt_mg=8.0)
    assert _at(_SECONDS, beats_of_nn(nn_ms), [acc]).why is Reason.UNSURE


@pytest.mark.parametrize(("ecg_per_min", "is_told"), [(16.0, False), (26.0, True)])
def test_an_ecg_at_twice_the_rate_of_the_heart_is_refused_and_a_lone_heart_otherwise_outvoted(
    ecg_per_min: float, *, is_told: bool
) -> None:
    nn_ms = _nn(6, breaths_per_min=8.0, rsa_ms=20.0)
    ecg = _ecg(ends_of(nn_ms), 6, breaths_per_min=ecg_per_min, depth=0.3)
    measure = _at(_SECONDS, beats_of_nn(nn_ms), [ecg])
    assert (measure.value is not None) is is_told
    assert measure.why is (None if is_told else Reason.UNSURE)


def test_noise_is_refused() -> None:
    told = 0
    for seed in range(60):
        nn_ms = _nn(seed, rsa_ms=0.0, noise_ms=25.0)
        ecg = _ecg(ends_of(nn_ms), seed, breaths_per_min=12.0, depth=0.0)
        told += _at(_SECONDS, beats_of_nn(nn_ms)).value is not None
        told += _at(_SECONDS, beats_of_nn(nn_ms), [ecg]).value is not None
    assert told <= 6  # of 120


def test_slow_waves_of_the_heart_alone_are_not_taken_for_breath() -> None:
    t = ends_of(np.full(80, 800.0))
    noise = np.random.default_rng(1).normal(0.0, 15.0, len(t))
    nn_ms = 800.0 + 30.0 * np.sin(2.0 * math.pi * 0.08 * t) + 20.0 * np.sin(2.0 * math.pi * 0.1 * t + 1.0) + noise
    assert _at(_SECONDS, beats_of_nn(nn_ms)).why is Reason.UNSURE


@pytest.mark.parametrize(("t", "why"), [(5.0, Reason.SETTLING), (35.0, Reason.SETTLING), (70.0, Reason.STALE)])
def test_there_is_no_rate_without_40_seconds_or_after_the_heart_has_fallen_silent(t: float, why: Reason) -> None:
    beats = [beat for beat in beats_of_nn(_nn(1)) if beat.t <= t]
    assert _at(t, beats).why is why


def test_there_is_no_rate_before_a_beat() -> None:
    assert Respiration().measure_at(10.0).why is Reason.NOT_COMPUTED


def test_a_few_wild_beats_change_little() -> None:
    nn_ms = _nn(6, breaths_per_min=11.0)
    beats = beats_of_nn(nn_ms)
    wild = beats_of_nn(np.where(np.arange(len(nn_ms)) % 15 == 3, 1900.0, nn_ms))
    moved = [
        Beat(a.t, b.rr_ms, a.verdict, a.t, nn_ms=b.nn_ms, confirmed_t=a.t) for a, b in zip(beats, wild, strict=True)
    ]
    assert _at(_SECONDS, moved).value == pytest.approx(11.0, abs=0.5)


_DATA = st.builds(
    lambda modality, t, seed: Chunk(
        modality,
        np.array(t),
        np.random.default_rng(seed).normal(0.0, 1e3, (len(t), 3) if modality is Modality.ACC else len(t)),
        0.0,
        "strap",
    ),
    st.sampled_from([Modality.ACC, Modality.ECG]),
    st.lists(st.floats(0.0, 100.0) | st.floats(), max_size=30),
    st.integers(0, 99),
)


def _with_signals(seed: int, cut: float) -> Iterator[Item]:
    nn_ms = _nn(seed, breaths_per_min=13.0)
    yield rr_chunk(nn_ms)
    yield _ecg(ends_of(nn_ms), seed, breaths_per_min=13.0, depth=0.1)
    yield _acc(seed, breaths_per_min=13.0, tilt_mg=5.0)
    yield Tick(cut)
    yield Tick(_SECONDS)


@given(st.integers(0, 20), st.floats(40.0, 60.0), st.lists(st.integers(0, 9000), max_size=8))
def test_the_rate_does_not_depend_on_how_the_signals_were_cut(seed: int, t: float, cuts: list[int]) -> None:
    items = list(_with_signals(seed, t))
    whole, piecewise = _Chain(), _Chain()
    told = [measure for item in items for measure in whole.update(item)]
    assert told[-1].value == pytest.approx(13.0, abs=0.5)
    assert [measure for item in cut(items, cuts) for measure in piecewise.update(item)] == told


@given(st.lists(HOSTILE_ITEMS | st.lists(_DATA, max_size=4), max_size=3))
def test_whatever_comes_it_is_4_to_40_or_missing_with_a_reason(parts: list[list[Item]]) -> None:
    chain = _Chain()
    for measure in (measure for items in parts for item in items for measure in chain.update(item)):
        assert (measure.value is None) == (measure.why is not None)
        assert measure.value is None or 3.9 <= measure.value <= 40.1
        assert 0.0 <= measure.quality <= 1.0


@given(HOSTILE_ITEMS, CUTS)
def test_hostile_items_keep_the_law(items: list[Item], cuts: list[int]) -> None:
    check_cutting_law(_Chain, items, cuts)


def test_a_day_leaves_the_memory_bounded() -> None:
    respiration = Respiration()
    for beat in beats_of_nn(np.full(3000, 800.0)):
        respiration.update(beat)
    assert respiration.measure_at(1e6).why is Reason.STALE
    assert len(respiration._beats) + len(respiration._waiting) <= 1024
