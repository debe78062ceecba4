# SPDX-License-Identifier: MIT
"""One time axis for every figure: ticks stand apart, and a column keeps its peaks."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ui.paper.axis import TimeAxis, columns, runs_of, trace

SPANS = st.tuples(st.floats(0.0, 30_000.0), st.floats(1.0, 30_000.0))


@given(SPANS, st.floats(0.0, 1.0))
def test_a_time_and_its_place_are_the_same_thing(span: tuple[float, float], share: float) -> None:
    axis = TimeAxis(span[0], span[0] + span[1], 96.0, 900.0)
    t = span[0] + share * span[1]
    assert np.isclose(axis.t(axis.x(t)), t, atol=1e-6 * span[1] + 1e-9)


@given(SPANS, st.floats(200.0, 2400.0), st.floats(1.0, 1.5))
def test_ticks_are_in_the_span_and_never_on_each_other(span: tuple[float, float], width: float, scale: float) -> None:
    axis = TimeAxis(span[0], span[0] + span[1], 0.0, width, scale)
    ticks = axis.ticks()
    assert all(axis.start_s - 1e-3 <= t <= axis.end_s + 1e-3 for t in ticks)
    if len(ticks) > 1:
        assert min(np.diff([axis.x(t) for t in ticks])) >= 90.0 * scale


@given(st.lists(st.floats(-3.0, 3.0), min_size=1, max_size=4000))
def test_a_thinned_line_keeps_its_lowest_and_its_highest_value(values: list[float]) -> None:
    y = np.array(values)
    x = np.linspace(0.0, 400.0, len(y)) if len(y) > 1 else np.array([0.0])
    points = trace(x, y)
    assert (points[:, 1].min(), points[:, 1].max()) == (y.min(), y.max())
    assert len(points) <= max(2 * 402, len(y))
    assert len(points) <= 2 * len(y)
    assert all(np.diff(points[:, 0]) >= 0)


def test_eight_hours_become_two_points_a_column() -> None:
    x = np.linspace(0.0, 860.0, 28_800)
    place, low, high = columns(x, np.sin(x))
    assert len(place) <= 862
    assert np.all(low <= high)


def test_few_values_stay_as_they_are() -> None:
    x, y = np.array([0.0, 10.0, 20.0]), np.array([1.0, 2.0, 3.0])
    assert np.array_equal(trace(x, y), np.column_stack((x, y)))


def test_a_hole_in_values_or_in_time_parts_a_run() -> None:
    t = np.array([0.0, 1.0, 2.0, 3.0, 10.0, 11.0])
    known = np.array([True, True, False, True, True, True])
    assert runs_of(known, t) == [slice(0, 2), slice(3, 4), slice(4, 6)]
    assert runs_of(np.zeros(6, dtype=bool), t) == []
