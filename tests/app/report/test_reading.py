# SPDX-License-Identifier: MIT
"""A stored session becomes a record of what its frames carried, and of nothing else."""

from pathlib import Path

import numpy as np
import pytest

from app.report.moments import felt_of
from app.report.reading import read_session
from app.report.writing import record_of
from app.store.contents import SessionHead
from dsp.baseline import ArousalState
from dsp.codes import Action, Reason, Zone
from dsp.stream import Command
from tests.app.report.stored import NOTE, START_T, stored
from tests.app.store.vaults import agreed, opened
from ui.paper.record import Felt, Missing, Moment, MomentKind, Pair, SessionRecord, WayBack


@pytest.fixture
def record(tmp_path: Path) -> SessionRecord:
    with opened(tmp_path) as vault:
        session = stored(vault, {"client": agreed(vault)})
        return record_of(vault, session, {"press_feet_and_hands": "Feet and hands"})


def test_times_begin_with_the_session(record: SessionRecord) -> None:
    (person,) = record.persons
    assert (person.course.t[0], person.course.t[-1], record.duration_s) == (0.0, 119.0, 120.0)
    assert person.course.counts() == (70, 20, 0, 30)
    assert np.allclose(person.signals.hr_bpm, 66.0)
    assert np.isnan(person.signals.scl_microsiemens).all()


def test_the_unknown_seconds_are_counted_with_their_reason(record: SessionRecord) -> None:
    assert record.persons[0].unknown == ((Reason.NO_BASELINE, 30),)
    assert record.persons[0].missing == (Missing(100.0, 104.0, Reason.LINK_LOST),)


def test_what_was_offered_and_taken_up_soon_stands_once(record: SessionRecord) -> None:
    moments = record.persons[0].moments
    assert [one.kind for one in moments] == [MomentKind.WINDOW, MomentKind.MARKER, MomentKind.CHOSEN]
    assert moments[2] == Moment(52.0, MomentKind.CHOSEN, "Feet and hands")


def test_what_was_chosen_in_place_of_an_offer_stands_once_and_own_cards_by_their_words() -> None:
    head = SessionHead("S-4TQ9Z", 0.0, 0, 0.0, 60.0, {"client": "C-7F3K"})
    said = (
        Command(0.0, Action.CARD, "store", values=(("card", "own_1"), ("kind", "people"), ("words", "my sister"))),
        Command(5.0, Action.OFFER, "clinician", values=(("offer", "sighs"),)),
        Command(9.0, Action.ANSWER, "client", values=(("offer", "own_1"), ("answer", "yes"), ("instead_of", "sighs"))),
        Command(20.0, Action.OFFER, "clinician", values=(("offer", "sighs"),)),
        Command(25.0, Action.ANSWER, "client", values=(("offer", "sighs"), ("answer", "no"))),
    )
    (person,) = read_session(head, (), said, {"sighs": "Sighs"}).persons
    assert person.moments == (Moment(9.0, MomentKind.CHOSEN, "my sister"), Moment(20.0, MomentKind.OFFERED, "Sighs"))


def test_a_hostile_marker_is_washed_where_it_is_read(record: SessionRecord) -> None:
    assert record.persons[0].moments[1].label == "<script>alert(1)</script>reversed"


def test_a_rating_stands_beside_the_same_second(record: SessionRecord) -> None:
    first, second, third = record.persons[0].pairs
    assert first == Pair(Felt(55.0, 8.0, zone=Zone.ABOVE), Zone.ABOVE, 1.9)
    assert (second.felt.word, second.differs) == ("too_much", True)
    assert (third.felt.number, third.differs) == (3.0, False)


def test_before_and_after_are_what_the_person_said(record: SessionRecord) -> None:
    (person,) = record.persons
    assert person.before == Felt(2.0, 6.0, "activated")
    assert person.after is not None
    assert person.after.number == 3.0


def test_the_way_back_and_the_rest_are_those_of_growth(record: SessionRecord) -> None:
    (person,) = record.persons
    assert person.ways == (WayBack(40.0, Zone.ABOVE, 20.0),)
    assert person.half_back_s == 20.0
    assert person.resting.hr_bpm == 66.0
    assert person.resting.above_from_bpm is not None


def test_notes_are_read_only_when_they_are_asked_for(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        session = stored(vault, {"client": agreed(vault)})
        assert record_of(vault, session, {}).notes == ()
        assert not [row for row in vault.audit.rows() if row.action == "notes_read"]
        (note,) = record_of(vault, session, {}, has_notes=True).notes
        assert note == Moment(20.0, MomentKind.NOTE, NOTE)


def test_two_people_are_read_apart(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        codes = {"client": agreed(vault), "partner": agreed(vault)}
        record = record_of(vault, stored(vault, codes), {})
    assert {person.person: person.code for person in record.persons} == codes
    assert all(len(person.pairs) == 3 for person in record.persons)


def test_a_session_that_ended_before_its_first_second_is_a_record_too() -> None:
    head = SessionHead("S-4TQ9Z", 0.0, 0, START_T, START_T, {"client": "C-7F3K"})
    record = read_session(head, (), (), {})
    assert record.persons[0].course.counts() == (0, 0, 0, 0)
    assert record.duration_s == 0.0


def test_a_second_in_which_the_person_moved_has_no_level() -> None:
    head = SessionHead("S-4TQ9Z", 0.0, 0, 0.0, 2.0, {"client": "C-7F3K"})
    moving = ArousalState(0.0, level=1.0, trace=1.0, band=(0.5, 1.5), is_grey=True, why=Reason.MOVING)
    (person,) = read_session(head, (moving,), (), {}).persons
    assert np.isnan(person.course.level[0])
    assert np.isnan(person.course.low[0])


@pytest.mark.parametrize(
    ("rating", "zone"),
    [
        (0.0, Zone.WITHIN),
        (3.0, Zone.WITHIN),
        (4.0, None),
        (6.5, None),
        (7.0, Zone.ABOVE),
        (10.0, Zone.ABOVE),
        ("still_with_it", Zone.WITHIN),
        ("too_much", Zone.ABOVE),
        ("far_away", Zone.BELOW),
        ("calm", None),
    ],
)
def test_a_rating_speaks_of_a_zone_only_where_it_does_so_plainly(rating: float | str, zone: Zone | None) -> None:
    felt = felt_of(0.0, rating)
    assert felt is not None
    assert felt.zone is zone


@pytest.mark.parametrize("rating", [None, True, float("nan"), -1.0, 11.0, ""])
def test_what_is_no_rating_is_none(rating: object) -> None:
    head = SessionHead("S-4TQ9Z", 0.0, 0, 0.0, 1.0, {"client": "C-7F3K"})
    values = () if rating is None else (("rating", rating),)
    command = Command(0.5, Action.FELT, "client", values=values)  # type: ignore[arg-type]  # hostile on purpose
    assert read_session(head, (), (command,), {}).persons[0].pairs == ()
