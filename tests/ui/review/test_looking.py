# SPDX-License-Identifier: MIT
"""Where somebody looks never leaves the session, whatever is pressed or turned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Zone
from tests.ui.paper.records import course_of, person_of, session_of
from ui.paper.record import Moment, MomentKind
from ui.review.looking import Looking, moment_near, standing_at, stepped

KEYS = ("Left", "Right", "Home", "End", "PageUp", "PageDown", "+", "-")


@given(st.floats(1.0, 40_000.0), st.lists(st.sampled_from(KEYS), max_size=40))
def test_the_stretch_stays_in_the_session_and_the_second_in_the_session(duration_s: float, keys: list[str]) -> None:
    looking = Looking(duration_s, 0.0, 0.0, duration_s)
    for key in keys:
        looking = stepped(looking, key)
        assert -1e-6 <= looking.start_s < looking.end_s <= duration_s + 1e-6
        assert 0.0 <= looking.t <= duration_s
        assert looking.end_s - looking.start_s >= min(60.0, duration_s) - 1e-6


@given(st.floats(0.0, 2880.0), st.floats(-6.0, 12.0))
def test_what_the_pointer_is_on_stays_there_when_the_wheel_turns(about_t: float, steps: float) -> None:
    looking = Looking(2880.0, 0.0, 0.0, 2880.0).zoomed(3, 1400.0)
    if not looking.start_s + 1 < about_t < looking.end_s - 1:
        return
    zoomed = looking.zoomed(steps, about_t)
    before = (about_t - looking.start_s) / (looking.end_s - looking.start_s)
    after = (about_t - zoomed.start_s) / (zoomed.end_s - zoomed.start_s)
    if zoomed.start_s > 0.0 and zoomed.end_s < 2880.0:
        assert after == pytest.approx(before, abs=1e-6)


def test_the_stretch_follows_a_second_outside_of_it() -> None:
    looking = Looking(2880.0, 0.0, 0.0, 2880.0).zoomed(10, 100.0).at(2000.0)
    assert looking.t == 2000.0
    assert looking.start_s <= 2000.0 <= looking.end_s


def test_of_a_known_second_everything_stands() -> None:
    standing = standing_at(person_of(), 250.0)
    assert standing.zone in {Zone.ABOVE, Zone.WITHIN, Zone.BELOW}
    assert standing.level is not None
    assert standing.band is not None
    assert standing.hr_bpm is not None
    assert standing.scl_microsiemens is None


def test_of_an_unknown_or_missing_second_nothing_stands() -> None:
    unknown, beyond = standing_at(person_of(), 50.0), standing_at(person_of(course=course_of(60)), 590.0)
    assert (unknown.zone, unknown.level, unknown.band) == (Zone.UNKNOWN, None, None)
    assert (beyond.zone, beyond.level) == (Zone.UNKNOWN, None)
    assert standing_at(person_of(), 215.0).hr_bpm is None


def test_the_nearest_moment_is_found_only_when_it_is_near() -> None:
    moments = (Moment(10.0, MomentKind.MARKER), Moment(20.0, MomentKind.MARKER))
    assert moment_near(moments, 19.0, 2.0) == 1
    assert moment_near(moments, 15.0, 2.0) is None
    assert moment_near((), 15.0, 2.0) is None


def test_at_first_the_whole_session_is_shown() -> None:
    looking = Looking.at_all(session_of())
    assert looking.is_whole
    assert (looking.t, looking.end_s) == (0.0, 600.0)
