# SPDX-License-Identifier: MIT
"""A session looked at again through the worker: a real store, real threads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.app.report.stored import NOTE, stored
from tests.app.store.vaults import Wall, agreed, opened, protect
from tests.app.test_archive import Practice
from ui.archive.seam import Refused, Task
from ui.review.seam import LookedBack, OverSessions, Reported, ReportWish, Reviewed


@pytest.fixture
def session(tmp_path: Path) -> str:
    with opened(tmp_path / "store") as vault:
        return stored(vault, {"client": agreed(vault)})


@pytest.fixture
def practice(tmp_path: Path, session: str) -> Iterator[Practice]:
    running = Practice(tmp_path / "store", Wall())
    yield running
    running.worker.close()


def test_a_session_comes_without_notes_until_they_are_asked_for(practice: Practice, session: str) -> None:
    practice.archive.review(session)
    reviewed = practice.hear(Reviewed)
    assert (reviewed.record.session, reviewed.record.number, reviewed.record.notes) == (session, 1, ())
    assert reviewed.record.persons[0].moments[2].label != "press feet and hands"  # by its title in the menu
    practice.archive.review(session, has_notes=True)
    noted = practice.hear(Reviewed, lambda one: one.has_notes)
    assert [note.label for note in noted.record.notes] == [NOTE]


def test_what_a_person_says_is_there_the_next_time(practice: Practice, session: str) -> None:
    practice.archive.review(session)
    code = practice.hear(Reviewed).record.persons[0].code
    practice.archive.look_back(LookedBack(session, code, rating=4.0))
    practice.archive.look_back(LookedBack(session, code, t=52.0, words="let go"))
    practice.archive.review(session)

    def has_words(one: Reviewed) -> bool:
        return any(moment.label == "let go" for moment in one.record.persons[0].moments)

    said = practice.hear(Reviewed, has_words).record.persons[0].looked_back
    assert said is not None
    assert said.number == 4.0


def test_what_moved_over_the_sessions_comes_from_beside_everything_else(practice: Practice, session: str) -> None:
    practice.archive.review(session)
    code = practice.hear(Reviewed).record.persons[0].code
    practice.archive.ask_over(session, code)
    told = practice.hear(OverSessions)
    assert (told.session, told.grown.code, len(told.grown.sessions)) == (session, code, 1)


@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_a_report_is_written_beside_the_screens(
    qtbot: QtBot, practice: Practice, session: str, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"report.{ending}"
    practice.archive.report(ReportWish(session, str(path), "client", "client"))
    assert practice.hear(Reported).path == str(path)
    assert path.stat().st_size > 1000


def test_what_stands_there_is_replaced_only_when_somebody_agreed(
    practice: Practice, session: str, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    path.write_text("before", encoding="utf-8")
    practice.archive.report(ReportWish(session, str(path), "clinician"))
    assert practice.hear(Refused).fault == "already_there"
    assert path.read_text(encoding="utf-8") == "before"
    practice.archive.report(ReportWish(session, str(path), "clinician", is_replacing=True))
    practice.hear(Reported)


def test_an_unknown_session_is_refused(practice: Practice) -> None:
    practice.archive.review("S-ZZZZZ")
    refused = practice.hear(Refused)
    assert (refused.task, refused.fault) == (Task.REVIEW, "unknown_code")


def test_a_locked_store_shows_nothing_of_the_past(tmp_path: Path, session: str) -> None:
    with opened(tmp_path / "store") as vault:
        protect(vault)
    running = Practice(tmp_path / "store", Wall())
    try:
        running.archive.review(session)
        assert running.hear(Refused).fault == "locked"
    finally:
        running.worker.close()
