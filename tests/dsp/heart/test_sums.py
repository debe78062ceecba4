# SPDX-License-Identifier: MIT
"""Sums over windows of beats: exact, whatever came before."""

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.heart.sums import BeatSums, WindowSums

_INTERVALS = st.lists(st.none() | st.floats(300.0, 2000.0), min_size=1, max_size=40)


def _sums(intervals: list[float | None], *, capacity: int = 64) -> BeatSums:
    sums = BeatSums(capacity)
    for i, nn_ms in enumerate(intervals):
        sums.append(float(i), nn_ms, is_flagged=nn_ms is None)
    return sums


def _all(sums: BeatSums) -> WindowSums:
    return sums.between(-1.0, math.inf)


@given(_INTERVALS)
def test_the_sums_are_those_of_fractions(intervals: list[float | None]) -> None:
    window = _all(_sums(intervals))
    nn = [Fraction(ms) for ms in intervals if ms is not None]
    pairs = [(Fraction(a), Fraction(b)) for a, b in pairwise(intervals) if a and b]
    unit = 1 << 44
    assert (window.beats, window.flagged) == (len(intervals), intervals.count(None))
    assert (window.nn.count, window.nn.total, window.nn.squares) == (
        len(nn),
        sum(nn) * unit,
        sum(x * x for x in nn) * unit**2,
    )
    differences = [b - a for a, b in pairs]
    assert window.differences.total == sum(differences) * unit
    assert window.differences.squares == sum(d * d for d in differences) * unit**2
    assert window.pair_sums.squares == sum((a + b) ** 2 for a, b in pairs) * unit**2


@given(_INTERVALS, _INTERVALS, st.integers(1, 40))
def test_what_lies_before_the_window_leaves_no_trace(
    before: list[float | None], intervals: list[float | None], capacity: int
) -> None:
    capacity = max(capacity, len(intervals))
    rolled = _sums([*before, *intervals], capacity=capacity)
    assert rolled.between(len(before) - 1.0, math.inf) == _all(_sums(intervals))


def test_a_window_of_times_leaves_its_start_out_and_its_end_in() -> None:
    sums = _sums([800.0, 810.0, 830.0, 900.0])
    window = sums.between(0.0, 2.0)
    assert (window.beats, window.differences.count, window.long_differences) == (2, 1, 0)
    assert sums.between(1.0, 3.0).long_differences == 1
    assert sums.between(2.0, 1.0) == sums.between(9.0, 10.0)


def test_the_numbers_are_numpys() -> None:
    nn_ms = np.random.default_rng(1).normal(900.0, 50.0, 60)
    moments = _all(_sums(nn_ms.tolist())).nn
    assert moments.spread() == pytest.approx(np.std(nn_ms, ddof=1), rel=1e-13)
    assert moments.root_mean_square() == pytest.approx(np.sqrt(np.mean(nn_ms**2)), rel=1e-13)
    assert moments.total_ms() == pytest.approx(np.sum(nn_ms), rel=1e-13)


def test_the_newest_beats_are_held_and_no_more() -> None:
    sums = _sums([800.0] * 100, capacity=10)
    assert len(sums) == _all(sums).beats == 10


def test_a_capacity_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1, not 0"):
        BeatSums(0)
