# SPDX-License-Identifier: MIT
"""What an interval is: each kind of spoiled beat is found, and nothing that breathing does is taken for one."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Verdict
from dsp.heart.hrv import TimeDomain
from dsp.heart.rr import RrVerdicts
from dsp.heart.verdicts import Judge
from dsp.stream import FloatArray
from tests.dsp.beats import confirmed, rr_chunk
from tests.dsp.heart.made import breathing, resting, spoil

_N, _M, _E, _X = Verdict.NORMAL, Verdict.MISSED, Verdict.EXTRA, Verdict.ECTOPIC
_KNOWN = 40  # beats after which a person's spread is known


def _verdicts(rr_ms: FloatArray) -> list[Verdict]:
    return [beat.verdict for beat in confirmed([rr_chunk(rr_ms)])]


def _in_rest(pattern: list[float]) -> list[Verdict]:
    """Give the verdicts on a pattern amid a heart at rest at 800 ms."""
    rng = np.random.default_rng(3)
    rr_ms = np.concatenate([800.0 + rng.normal(0.0, 15.0, _KNOWN), pattern, 800.0 + rng.normal(0.0, 15.0, 10)])
    verdicts = _verdicts(rr_ms)
    assert set(verdicts[:_KNOWN] + verdicts[_KNOWN + len(pattern) :]) == {_N}
    return verdicts[_KNOWN : _KNOWN + len(pattern)]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ([1600.0], [_M]),
        ([2400.0], [_M]),
        ([1600.0, 1610.0], [_M, _M]),
        ([300.0, 500.0], [_E, _E]),
        ([600.0, 200.0], [_E, _E]),
        ([400.0, 400.0], [_E, _E]),
        ([550.0, 1050.0], [_X, _X]),
        ([550.0, 800.0], [_X, _N]),
        ([680.0, 920.0], [_X, _X]),
        ([920.0, 680.0], [_X, _X]),
        ([1000.0, 980.0, 900.0], [_N, _N, _N]),
        ([870.0, 940.0, 880.0], [_N, _N, _N]),
        ([900.0], [_N]),
    ],
    ids=[
        "missed",
        "two missed",
        "missed twice",
        "extra",
        "extra late in the interval",
        "extra in the middle",
        "early with its pause",
        "early without a pause",
        "placed too early",
        "placed too late",
        "a jump that the next bear out",
        "a wave",
        "one long, as a sigh makes",
    ],
)
def test_each_kind_of_spoiled_beat_has_its_verdict(pattern: list[float], expected: list[Verdict]) -> None:
    assert _in_rest(pattern) == expected


def test_three_intervals_that_agree_are_a_new_reference_from_the_second_on() -> None:
    verdicts = _verdicts(np.array([800.0] * _KNOWN + [480.0, 500.0, 490.0] + [495.0] * 10))
    assert verdicts[_KNOWN:] == [_X] + [_N] * 11


def test_a_heart_that_quickens_in_steps_and_slows_at_once_has_no_early_beat() -> None:
    assert set(_in_rest([760.0, 700.0, 660.0, 840.0, 810.0])) == {_N}
    assert _in_rest([760.0, 700.0, 560.0, 940.0, 810.0])[2:4] == [_X, _X]  # further than the step before it


def test_three_intervals_that_do_not_agree_are_none() -> None:
    assert _in_rest([1600.0, 800.0, 1600.0]) == [_M, _N, _M]


@pytest.mark.parametrize(
    ("peak_to_trough_bpm", "breaths_per_min"),
    [
        *itertools.product((5, 25, 45), (4.5, 5.0, 6.0)),
        *itertools.product((5, 12, 20), (6.0, 9.0, 12.0, 15.0)),
    ],
)
def test_breathing_alone_however_deep_is_no_artifact(peak_to_trough_bpm: float, breaths_per_min: float) -> None:
    for lowest_bpm, phase in itertools.product((45.0, 60.0), (0.0, 2.0, 4.0)):
        rr_ms = breathing(lowest_bpm, peak_to_trough_bpm, breaths_per_min, seconds=180.0, phase=phase)
        verdicts = _verdicts(rr_ms)
        assert np.mean([verdict is not _N for verdict in verdicts]) <= 0.003
        time_domain, t = TimeDomain(), float(np.sum(rr_ms)) / 1000.0
        for beat in confirmed([rr_chunk(rr_ms)]):
            time_domain.update(beat)
        assert time_domain.measures_at(t).rmssd_ms.value is not None


@pytest.mark.parametrize("peak_to_trough_bpm", [15.0, 30.0, 45.0])
def test_slow_breathing_that_begins_after_rest_is_no_artifact(peak_to_trough_bpm: float) -> None:
    rest = breathing(55.0 + peak_to_trough_bpm / 2.0, 3.0, 6.0, seconds=120.0)
    slow = breathing(55.0, peak_to_trough_bpm, 6.0, seconds=180.0)
    verdicts = _verdicts(np.concatenate([rest, slow]))
    assert np.mean([verdict is not _N for verdict in verdicts]) <= 0.003


@pytest.mark.parametrize("seed", range(6))
def test_two_percent_spoiled_leave_rmssd_within_two_percent_in_the_median(seed: int) -> None:
    rng = np.random.default_rng(seed)
    errors = []
    for _ in range(8):
        clean = resting(rng, 400)
        rr_ms, _ = spoil(clean, rng)
        nn = np.array([math.nan if beat.nn_ms is None else beat.nn_ms for beat in confirmed([rr_chunk(rr_ms)])])
        true = math.sqrt(float(np.mean(np.diff(clean) ** 2)))
        errors.append(abs(math.sqrt(float(np.nanmean(np.diff(nn) ** 2))) / true - 1.0))
    assert np.median(errors) <= 0.02


def test_what_is_not_spoiled_is_not_flagged() -> None:
    rng = np.random.default_rng(11)
    rr_ms, spoiled = spoil(resting(rng, 5000), rng)
    pairs = list(zip(_verdicts(rr_ms), spoiled, strict=False))
    assert np.mean([verdict is not _N for verdict, kind in pairs if not kind]) <= 0.003
    assert np.mean([verdict is not _N for verdict, kind in pairs if kind]) >= 0.97


@given(st.integers(0, 1000), st.floats(0.8, 1.2))
def test_a_heart_that_is_slower_by_a_share_is_judged_alike(seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    rr_ms, _ = spoil(resting(rng, 60), rng, share=0.05)
    rr_ms = np.clip(rr_ms, 400.0, 1600.0)
    changed = [a is not b for a, b in zip(_verdicts(rr_ms), _verdicts(rr_ms * share), strict=True)]
    assert sum(changed) <= 1  # rounding may tip what lies on a very border


@given(st.lists(st.floats(100.0, 10_000.0), max_size=200))
def test_whatever_comes_a_verdict_is_given(intervals: list[float]) -> None:
    judge = Judge()
    for rr_ms, after_ms in itertools.pairwise(intervals):
        assert judge.judge(rr_ms, after_ms) in {_N, _M, _E, _X}
        assert judge.judge(rr_ms, None) in {_N, _M, _E, _X}


def test_the_memory_does_not_grow_with_the_beats() -> None:
    verdicts = RrVerdicts()
    verdicts.update(rr_chunk(resting(np.random.default_rng(0), 20_000)))
    assert len(verdicts._judge._spread) == 91
