# SPDX-License-Identifier: MIT
"""What figures draw, and what they never draw."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsp.codes import Zone
from tests.ui.paper.records import course_of, nothing_at_all, nothing_known, person_of, session_of
from ui.paper.bars import Shares, felt_rows, share_bars, shares_of, ways_back
from ui.paper.record import Felt, Moment, MomentKind, Pair, WayBack
from ui.paper.shapes import Area, Disc, Figure, Hatch, Line, Rect, Text, texts_of, zone_shape
from ui.paper.timeline import Sheet, timeline, timeline_legend

SHEET = Sheet(900.0, 430.0, 0.0, 600.0)


def extent(figure: Figure) -> tuple[float, float, float, float]:
    """The smallest box round all lines, areas and rectangles."""
    points = [shape.points for shape in figure.shapes if isinstance(shape, Line | Area)]
    boxes = [shape for shape in figure.shapes if isinstance(shape, Rect | Hatch)]
    corners = [np.array([(b.x, b.y), (b.x + b.width, b.y + b.height)]) for b in boxes]
    everything = np.concatenate([*points, *corners])
    return (*everything.min(axis=0), *everything.max(axis=0))


def trajectory_lines(figure: Figure) -> list[Line]:
    return [shape for shape in figure.shapes if isinstance(shape, Line) and shape.tone == "signal"]


def test_the_line_never_joins_across_what_is_unknown() -> None:
    person = person_of(course=course_of(unknown=((0, 100), (300, 360))))
    lines = [one.points[:, 0] for one in trajectory_lines(timeline(person, (), SHEET))]
    axis = SHEET.axis
    assert [(round(axis.t(x.min())), round(axis.t(x.max()))) for x in lines] == [(100, 299), (360, 599)]


def test_what_is_unknown_is_hatched_over_the_whole_height() -> None:
    hatches = [s for s in timeline(person_of(), (), SHEET).shapes if isinstance(s, Hatch) and s.height > 100]
    axis = SHEET.axis
    (only,) = hatches
    assert (round(axis.t(only.x)), round(axis.t(only.x + only.width))) == (0, 100)


def test_before_a_window_there_is_no_band() -> None:
    person = nothing_known(person_of())
    figure = timeline(person, (), SHEET)
    assert not [s for s in figure.shapes if isinstance(s, Rect) and s.fill == "band_fill"]
    assert not trajectory_lines(figure)
    assert "Nothing of this session" in figure.summary


def test_the_window_takes_the_middle_of_the_axis_whatever_the_session_does() -> None:
    calm, wild = person_of(), person_of()
    wild = replace(wild, course=replace(wild.course, level=wild.course.level * 10, high=wild.course.high * 10))
    for person in (calm, wild):
        figure = timeline(person, (), SHEET)
        (band,) = [s for s in figure.shapes if isinstance(s, Rect) and s.fill == "band_fill"]
        assert band.height / SHEET.plot_height == pytest.approx(0.44)
        x0, y0, x1, y1 = extent(figure)
        assert y0 >= 0.0
        assert y1 <= 430.0
        assert x0 >= 0.0
        assert x1 <= 900.0


def test_a_provisional_window_has_dashed_edges() -> None:
    person = person_of()
    person = replace(person, resting=replace(person.resting, is_provisional=True))
    edges = [s for s in timeline(person, (), SHEET).shapes if isinstance(s, Line) and s.tone == "band"]
    assert edges
    assert all(edge.dash for edge in edges)


def test_moments_are_tagged_by_number_and_never_on_each_other() -> None:
    moments = tuple(Moment(200.0 + t / 10, MomentKind.MARKER, "shift") for t in range(40))
    figure = timeline(person_of(), moments, SHEET)
    tags = [s for s in figure.shapes if isinstance(s, Rect) and s.radius == 4.0]
    assert 3 <= len(tags) < 40
    for n, one in enumerate(tags):
        for other in tags[n + 1 :]:
            assert abs(one.x - other.x) >= one.width or abs(one.y - other.y) >= one.height


def test_without_numbers_no_level_and_no_bound_is_written() -> None:
    sheet = replace(SHEET, has_numbers=False, shows_felt=False)
    words = texts_of(timeline(person_of(), (), sheet).shapes)
    assert not [text for text in words if any(sign in text for sign in ("+", "\N{MINUS SIGN}", "%"))]
    assert "activated" in words


def test_only_pairs_that_speak_of_two_zones_have_a_border() -> None:
    shapes = felt_rows(person_of().pairs, SHEET.axis, top=0.0)
    assert len([s for s in shapes if isinstance(s, Rect) and s.edge == "edge"]) == 1
    assert texts_of(shapes).count("differs") == 1


@given(st.lists(st.floats(0.0, 600.0), max_size=60))
@settings(max_examples=40, deadline=None)
def test_pairs_never_stand_on_each_other_and_those_that_differ_come_first(times: list[float]) -> None:
    pairs = [
        Pair(Felt(t, 8.0, zone=Zone.ABOVE), Zone.WITHIN if n % 7 == 0 else Zone.ABOVE, 0.1) for n, t in enumerate(times)
    ]
    shapes = felt_rows(pairs, SHEET.axis, top=0.0)
    rows = sorted(s.x for s in shapes if isinstance(s, Text) and s.words == "8")
    assert all(after - before >= 57.9 for before, after in itertools.pairwise(rows))
    assert "differs" in texts_of(shapes) or not times


def test_the_shares_fill_the_bar_and_name_what_counts() -> None:
    figure = share_bars([Shares("whole session", (60, 20, 10, 10))], width=500.0)
    assert "67 %" in texts_of(figure.shapes)  # of the 90 seconds that count
    assert figure.summary == "whole session: inside 67 %, above 22 %, below 11 %, unknown 0:10"
    assert sum(isinstance(s, Hatch) for s in figure.shapes) == 2  # the bar's own, and the legend's


def test_thirds_add_up_to_the_whole() -> None:
    course = course_of()
    whole, *thirds = shares_of(course, 600.0)
    assert tuple(map(sum, zip(*(part.counts for part in thirds), strict=True))) == whole.counts


def test_a_way_back_that_did_not_end_is_an_open_arrow() -> None:
    ways = (WayBack(10.0, Zone.ABOVE, 90.0), WayBack(500.0, Zone.BELOW, 30.0, is_over=False))
    figure = ways_back(ways, 90.0, width=420.0)
    ends = [s for s in figure.shapes if isinstance(s, Disc) and s.fill == "signal"]
    assert len(ends) == 1
    assert "still out when it ended" in texts_of(figure.shapes)
    assert figure.summary.endswith("8:20, below: still out when it ended")


@pytest.mark.parametrize("zone", Zone)
def test_every_zone_has_its_own_shape_in_the_place_that_it_is_given(zone: Zone) -> None:
    shape = zone_shape(zone, 50.0, 20.0, 10.0)
    kinds = {Zone.ABOVE: Area, Zone.BELOW: Area, Zone.WITHIN: Disc, Zone.UNKNOWN: Hatch}
    assert isinstance(shape, kinds[zone])
    if isinstance(shape, Area):
        assert bool(shape.points[2, 1] < 20.0) == (zone is Zone.ABOVE)  # its tip


def test_a_signal_that_was_never_there_says_so() -> None:
    figure = timeline(person_of(), (), replace(SHEET, shows_signals=True))
    assert "skin: no such signal" in figure.summary
    assert "heart 62 to 70 bpm" in figure.summary


@pytest.mark.parametrize(
    "sheet", [SHEET, replace(SHEET, shows_signals=True), replace(SHEET, start_s=100.2, end_s=160.7)]
)
def test_a_session_without_a_second_can_be_drawn(sheet: Sheet) -> None:
    session = nothing_at_all()
    assert timeline(session.persons[0], (), sheet).shapes
    assert share_bars(shares_of(session.persons[0].course, 1.0), width=300.0).shapes
    assert ways_back((), None, width=300.0).shapes == ()


def test_eight_hours_are_drawn_with_few_points() -> None:
    person = person_of(course=course_of(28_800, unknown=tuple((n, n + 5) for n in range(0, 28_800, 400))))
    figure = timeline(person, (), Sheet(900.0, 430.0, 0.0, 28_800.0))
    assert sum(len(s.points) for s in figure.shapes if isinstance(s, Line | Area)) < 12_000


def test_the_legend_names_line_window_and_unknown_and_leaves_out_what_has_no_room() -> None:
    assert texts_of(timeline_legend(700.0, 1.0).shapes)[-1] == "unknown"
    assert len(texts_of(timeline_legend(330.0, 1.0).shapes)) < 3


def test_a_session_of_two_has_a_figure_each() -> None:
    session = session_of(person_of(), person_of("partner", "C-2B9Q", course_of(unknown=())))
    first, second = (timeline(person, (), SHEET).summary for person in session.persons)
    assert first != second
