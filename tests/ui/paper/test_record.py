# SPDX-License-Identifier: MIT
"""Shares and stretches of a course are counts of its own seconds."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Zone
from tests.ui.paper.records import course_of
from ui.paper.record import ZONES, Course, Felt, Pair


def course_of_zones(zones: list[int], t: list[float] | None = None) -> Course:
    times = np.array(t if t is not None else range(len(zones)), dtype=float)
    nan = np.full(len(zones), np.nan)
    return Course(times, nan, nan, nan, nan, nan, np.array(zones, dtype=np.int8))


@given(st.lists(st.integers(0, 3), min_size=1, max_size=200))
def test_the_runs_are_the_seconds_again(zones: list[int]) -> None:
    course = course_of_zones(zones)
    runs = course.runs()
    assert runs[0][1] == 0.0
    assert runs[-1][2] == len(zones)
    assert all(before[2] == after[1] for before, after in itertools.pairwise(runs))
    for place, zone in enumerate(ZONES):
        assert sum(end - start for one, start, end in runs if one is zone) == zones.count(place)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=200), st.integers(0, 200))
def test_parts_count_what_the_whole_counts(zones: list[int], cut: int) -> None:
    course = course_of_zones(zones)
    both = zip(course.counts(0, cut), course.counts(cut, 1000), strict=True)
    assert tuple(map(sum, both)) == course.counts() == tuple(zones.count(place) for place in range(4))


def test_seconds_that_were_never_told_are_unknown() -> None:
    course = course_of_zones([0, 0, 0, 1], [0.0, 1.0, 30.0, 31.0])
    assert course.runs() == [
        (Zone.WITHIN, 0.0, 2.0),
        (Zone.UNKNOWN, 2.0, 30.0),
        (Zone.WITHIN, 30.0, 31.0),
        (Zone.ABOVE, 31.0, 32.0),
    ]


def test_of_a_second_that_was_not_told_nothing_stands() -> None:
    course = course_of_zones([0, 0], [0.0, 1.0])
    assert (course.at(-0.5), course.at(0.4), course.at(1.9), course.at(60.0)) == (None, 0, 1, None)


def test_a_pair_differs_only_where_both_speak_of_a_zone() -> None:
    felt = Felt(0.0, 8.0, zone=Zone.ABOVE)
    assert Pair(felt, Zone.WITHIN).differs
    assert not Pair(felt, Zone.ABOVE).differs
    assert not Pair(felt, Zone.UNKNOWN).is_comparable
    assert not Pair(Felt(0.0, 5.0), Zone.ABOVE).is_comparable


def test_a_course_without_a_second_has_no_runs() -> None:
    assert course_of(1, unknown=()).runs() == [(Zone.WITHIN, 0.0, 1.0)]
    assert course_of_zones([]).runs() == []
    assert course_of_zones([]).counts() == (0, 0, 0, 0)
