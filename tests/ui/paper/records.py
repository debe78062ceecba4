# SPDX-License-Identifier: MIT
"""Made-up records of sessions, for figures, reports and the review."""

from dataclasses import replace

import numpy as np

from dsp.codes import Reason, Zone
from ui.paper.record import (
    ZONES,
    Course,
    Felt,
    Missing,
    Moment,
    MomentKind,
    Pace,
    Pair,
    PersonRecord,
    Resting,
    SessionRecord,
    Signals,
    WayBack,
)

BOUNDS = (-1.0, 1.2)


def course_of(
    seconds: int = 600, *, unknown: tuple[tuple[int, int], ...] = ((0, 100),), start_s: float = 0.0
) -> Course:
    """A slow wave over the window; between these seconds nothing is known."""
    t = start_s + np.arange(float(seconds))
    level = 1.6 * np.sin(t / 60.0)
    for first, last in unknown:
        level[first:last] = np.nan
    zone = np.select([np.isnan(level), level > BOUNDS[1], level < BOUNDS[0]], [3, 1, 2], 0).astype(np.int8)
    lower, upper = np.full(seconds, BOUNDS[0]), np.full(seconds, BOUNDS[1])
    return Course(t, level, level - 0.3, level + 0.3, lower, upper, zone)


def signals_of(seconds: int = 600) -> Signals:
    """Calm signals with a hole, and no skin sensor."""
    t = np.arange(float(seconds))
    hr = 66.0 + 4.0 * np.sin(t / 40.0)
    hr[200:230] = np.nan
    nothing = np.full(seconds, np.nan)
    return Signals(t, hr, 40.0 + hr / 10, nothing + 0.0, nothing, np.array([]))


def person_of(person: str = "client", code: str = "C-7F3K", course: Course | None = None) -> PersonRecord:
    """One person with a bit of everything."""
    return PersonRecord(
        person,
        code,
        course if course is not None else course_of(),
        signals_of(),
        (
            Moment(120.0, MomentKind.WINDOW),
            Moment(200.0, MomentKind.MARKER, "trigger"),
            Moment(260.0, MomentKind.CHOSEN, "Feet and hands"),
        ),
        (
            Pair(Felt(150.0, 8.0, zone=Zone.ABOVE), Zone.WITHIN, 0.4),
            Pair(Felt(400.0, 2.0, zone=Zone.WITHIN), Zone.WITHIN, 0.5),
            Pair(Felt(500.0, 5.0), Zone.ABOVE, 1.4),
        ),
        (WayBack(120.0, Zone.ABOVE, 90.0), WayBack(560.0, Zone.ABOVE, 40.0, is_over=False)),
        90.0,
        (Missing(0.0, 100.0, Reason.LINK_LOST),),
        ((Reason.NO_BASELINE, 60), (Reason.STALE, 40)),
        before=Felt(0.0, 6.0, "activated"),
        after=Felt(590.0, 3.0, zone=Zone.WITHIN),
        paces=(Pace(6.0, 200.0, 100.0, 80.0),),
        resting=Resting(64.0, 13.0, 80.0),
    )


def session_of(*persons: PersonRecord) -> SessionRecord:
    """A session of ten minutes."""
    everybody = persons or (person_of(),)
    return SessionRecord(
        "S-4TQ9Z", 1_790_000_000.0, 7200, 600.0, everybody, number=6, versions=(("attune", "0.1.0"),), sha256="ab" * 32
    )


def nothing_known(person: PersonRecord) -> PersonRecord:
    """The same person with every second unknown."""
    seconds = len(person.course.t)
    nan = np.full(seconds, np.nan)
    zone = np.full(seconds, ZONES.index(Zone.UNKNOWN), dtype=np.int8)
    course = Course(person.course.t, nan, nan, nan, nan, nan, zone)
    return replace(
        person,
        course=course,
        pairs=(),
        ways=(),
        half_back_s=None,
        unknown=((Reason.NO_BASELINE, seconds),),
        before=None,
        after=None,
        paces=(),
        moments=(),
    )


def nothing_at_all() -> SessionRecord:
    """A session that ended before its first second."""
    none = np.array([])
    course = Course(none, none, none, none, none, none, none.astype(np.int8))
    signals = Signals(none, none, none, none, none, none)
    empty = PersonRecord("client", "C-7F3K", course, signals)
    return SessionRecord("S-4TQ9Z", 1_790_000_000.0, 0, 0.0, (empty,))
