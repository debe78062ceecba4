# SPDX-License-Identifier: MIT
"""Verdicts on beats: what counts, what does not and why, and that nothing makes them fail."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Modality, Reason, Verdict
from dsp.heart.rr import RrVerdicts
from dsp.stream import Chunk, Gap, Item
from tests.dsp.beats import CUTS, HOSTILE_ITEMS, beats_of, confirmed, gap, rr_chunk
from tests.laws import check_cutting_law

_N, _M, _E, _X = Verdict.NORMAL, Verdict.MISSED, Verdict.EXTRA, Verdict.ECTOPIC


def _verdicts(rr_ms: list[float]) -> list[Verdict]:
    return [beat.verdict for beat in confirmed([rr_chunk(rr_ms), gap(1e6, 1e6)])]


@pytest.mark.parametrize(
    ("rr_ms", "expected"),
    [
        ([800, 810, 790, 805], [_N, _N, _N, _N]),
        ([800, 800, 800, 1600, 800, 800], [_N, _N, _N, _M, _N, _N]),
        ([800, 800, 800, 300, 500, 800, 800], [_N, _N, _N, _E, _E, _N, _N]),
        ([800, 800, 800, 500, 1100, 800, 800], [_N, _N, _N, _X, _X, _N, _N]),
        ([800, 800, 800, 720, 880, 800, 800], [_N] * 7),
    ],
    ids=["steady", "missed", "extra", "early with its pause", "a little early, before the person is known"],
)
def test_verdicts_come_from_the_first_beats_on(rr_ms: list[float], expected: list[Verdict]) -> None:
    assert _verdicts(rr_ms) == expected


def test_each_beat_comes_twice_provisional_and_with_its_verdict_after_the_next() -> None:
    beats = beats_of([rr_chunk([800.0, 820.0, 810.0])])
    seen = [(round(beat.t, 3), beat.verdict, beat.nn_ms, beat.confirmed_t) for beat in beats]
    assert seen == [
        (0.8, Verdict.PROVISIONAL, None, None),
        (0.8, _N, 800.0, beats[2].t),
        (1.62, Verdict.PROVISIONAL, None, None),
        (1.62, _N, 820.0, beats[4].t),
        (2.43, Verdict.PROVISIONAL, None, None),
    ]
    assert all(beat.detected_t == beat.t for beat in beats)


def test_the_first_interval_after_a_gap_does_not_count_whatever_it_is() -> None:
    items: list[Item] = [
        rr_chunk([800.0] * 4),
        gap(3.2, 9.2),
        rr_chunk([800.0, 1000.0, 1000.0], start_s=9.2),
        gap(99.0, 99.0),
    ]
    assert [beat.verdict for beat in confirmed(items)] == [_N] * 4 + [Verdict.AFTER_GAP, _N, _N]


def test_a_gap_settles_the_beat_that_waits() -> None:
    last = confirmed([rr_chunk([800.0] * 4), gap(3.2, 9.2)])[-1]
    assert (last.verdict, last.nn_ms, last.confirmed_t) == (_N, 800.0, 9.2)


def test_nothing_before_a_gap_judges_what_comes_after() -> None:
    items: list[Item] = [rr_chunk([400.0] * 5), gap(2.0, 9.0), rr_chunk([1200.0] * 4, start_s=9.0), gap(99.0, 99.0)]
    assert [beat.verdict for beat in confirmed(items)][-3:] == [_N] * 3


@pytest.mark.parametrize(
    ("missing", "breaks"),
    [
        (Gap(3.2, 4.0, Reason.LINK_LOST, "strap"), True),
        (Gap(3.2, 4.0, Reason.LINK_LOST, "finger sensor"), False),
        (Gap(3.2, 4.0, Reason.SAMPLES_LOST, "strap", modality=Modality.EDA), False),
        (Gap(3.2, 4.0, Reason.SUSPENDED, "clock"), True),
    ],
    ids=["the strap's link", "another sensor's link", "another signal", "the machine slept"],
)
def test_a_gap_breaks_the_beats_only_where_it_concerns_them(missing: Gap, *, breaks: bool) -> None:
    items: list[Item] = [rr_chunk([800.0] * 4), missing, rr_chunk([800.0] * 4, start_s=4.0)]
    assert (Verdict.AFTER_GAP in [beat.verdict for beat in confirmed(items)]) is breaks


@pytest.mark.parametrize("absurd", [math.nan, math.inf, -math.inf, 0.0, -800.0, 1e-3, 1e9])
def test_an_absurd_interval_is_implausible_and_judges_no_other(absurd: float) -> None:
    whole = rr_chunk([800.0] * 6)
    values = whole.values.copy()
    values[3] = absurd
    verdicts = [beat.verdict for beat in confirmed([replace(whole, values=values)])]
    assert verdicts == [_N, _N, _N, Verdict.IMPLAUSIBLE, _N]


def test_an_absurd_interval_after_a_gap_leaves_the_next_one_after_the_gap() -> None:
    after = Chunk(Modality.RR, np.array([9.0, 9.8, 10.6]), np.array([np.nan, 800.0, 800.0]), 11.0, "strap")
    verdicts = [beat.verdict for beat in confirmed([rr_chunk([800.0]), gap(0.8, 8.2), after])]
    assert verdicts == [_N, Verdict.IMPLAUSIBLE, Verdict.AFTER_GAP]


@pytest.mark.parametrize("rr_ms", [250.0, 2100.0])
def test_a_steady_heart_beyond_what_can_count_is_implausible_not_counted(rr_ms: float) -> None:
    assert set(_verdicts([rr_ms] * 6)) == {Verdict.IMPLAUSIBLE}


def test_a_packet_that_comes_twice_gives_no_beat_twice() -> None:
    packets = [rr_chunk([800.0, 810.0]), rr_chunk([800.0, 810.0]), rr_chunk([805.0], start_s=1.61)]
    assert beats_of(packets) == beats_of([packets[0], packets[2]])


@given(st.lists(st.floats(250.0, 2400.0), min_size=1, max_size=30), st.floats(0.0, 1e6))
def test_a_later_start_changes_no_verdict(rr_ms: list[float], start_s: float) -> None:
    later = [beat.verdict for beat in confirmed([rr_chunk(rr_ms, start_s=start_s)])]
    assert later == [beat.verdict for beat in confirmed([rr_chunk(rr_ms)])]


@given(HOSTILE_ITEMS)
def test_whatever_comes_the_times_of_beats_rise_and_only_plausible_intervals_count(items: list[Item]) -> None:
    beats = beats_of(items)
    provisional = [beat for beat in beats if beat.confirmed_t is None]
    times = [beat.t for beat in provisional]
    assert times == sorted(set(times))
    assert all(math.isfinite(t) for t in times)
    assert all(300.0 <= beat.nn_ms <= 2000.0 for beat in beats if beat.nn_ms is not None)
    assert all((beat.nn_ms is not None) == (beat.verdict is _N) for beat in beats)
    assert all(beat.confirmed_t >= beat.t for beat in beats if beat.confirmed_t is not None)


@given(HOSTILE_ITEMS, CUTS)
def test_verdicts_do_not_depend_on_how_the_input_was_cut(items: list[Item], cuts: list[int]) -> None:
    check_cutting_law(RrVerdicts, items, cuts)
