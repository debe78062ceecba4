# SPDX-License-Identifier: MIT
"""Looking at a session again: asked before the graph, moved over everything, and left without a trace."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.archive.test_flow import end, listed, stored
from tests.ui.conftest import Stage, texts_of
from tests.ui.connect.near import press
from tests.ui.direct_archive import SESSION
from tests.ui.paper.records import course_of, nothing_at_all, nothing_known, person_of, session_of
from ui.archive.growth import Grown, PastRow, TrendRow
from ui.archive.seam import Hidden, Refused, Task
from ui.paper.record import Felt, Moment, MomentKind, SessionRecord
from ui.review.moments import MomentButton
from ui.review.screen import ReviewScreen
from ui.review.seam import LookedBack, OverSessions, Reported, ReportWish, Reviewed
from ui.widgets.button import Button
from ui.widgets.field import Field

ROW = "S-8MN2W"
"""The session that is chosen in the list."""

NOTE = Moment(61.0, MomentKind.NOTE, "canary of the clinician")


def opened(stage: Stage, record: SessionRecord | None = None) -> ReviewScreen:
    """Come from the list to a session, before anything is answered."""
    listed(stage)
    press(stage, stage.window, "Review")
    stage.backstage.say(Reviewed(replace(record or session_of(), session=ROW)))
    stage.turn()
    screen = stage.window._screens.review.screen
    assert screen is not None
    return screen


def revealed(stage: Stage, record: SessionRecord | None = None) -> ReviewScreen:
    screen = opened(stage, record)
    press(stage, stage.window, "Show it without an answer")
    return screen


def two_people() -> SessionRecord:
    return session_of(person_of(), person_of("partner", "C-2B9Q", course_of(unknown=())))


def sees_all(screen: ReviewScreen) -> bool:
    return screen.looking.is_whole


def plays(screen: ReviewScreen) -> bool:
    return screen.session.is_playing


def said(stage: Stage) -> str:
    return "\n".join(texts_of(stage.window))


def test_a_session_is_read_without_its_notes_and_shown_when_it_comes(stage: Stage) -> None:
    listed(stage)
    press(stage, stage.window, "Review")
    assert stage.shown() == "review"
    assert stage.backstage.archive.calls[-1] == ("review", "S-8MN2W", False)
    assert "The session is being read." in said(stage)


def test_the_person_is_asked_before_any_graph_is_shown(stage: Stage) -> None:
    screen = opened(stage)
    assert screen.is_asking
    assert not screen.session.isVisible()
    assert not screen.summary.isVisible()
    assert not screen.aside.isVisible()
    assert "PDF" not in texts_of(stage.window)
    stage.press(Qt.Key.Key_7)
    assert stage.backstage.archive.calls[-1] == ("look_back", LookedBack(ROW, "C-7F3K", rating=7.0))
    assert screen.session.isVisible()
    assert "all in all 7" in said(stage)


def test_no_key_moves_anything_behind_the_question(stage: Stage) -> None:
    screen = opened(stage)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_G, Qt.Key.Key_Space, Qt.Key.Key_Plus):
        stage.press(key)
    assert screen.is_asking
    assert screen.looking.t == 0.0
    assert not plays(screen)


def test_the_question_may_be_left_and_nothing_is_kept_of_it(stage: Stage) -> None:
    revealed(stage)
    assert not [call for call in stage.backstage.archive.calls if call[0] == "look_back"]
    assert "felt and measured" in said(stage).lower()


def test_who_has_answered_is_not_asked_again(stage: Stage) -> None:
    person = replace(person_of(), looked_back=Felt(0.0, 4.0))
    assert not opened(stage, session_of(person)).is_asking


@pytest.mark.parametrize("record", [session_of(nothing_known(person_of())), nothing_at_all()], ids=["unknown", "empty"])
def test_where_there_is_nothing_to_compare_nobody_is_asked(stage: Stage, record: SessionRecord) -> None:
    screen = opened(stage, record)
    assert not screen.is_asking
    screen.session.view.grab()
    assert "Nothing of this session can be held against a window" in screen.session.view.accessibleDescription()


def test_keys_go_along_zoom_and_come_back(stage: Stage) -> None:
    screen = revealed(stage)
    stage.press(Qt.Key.Key_End)
    assert screen.looking.t == 600.0
    stage.press(Qt.Key.Key_Left)
    assert screen.looking.t == 597.0
    stage.press(Qt.Key.Key_Plus)
    assert not sees_all(screen)
    assert " to " in said(stage)
    stage.press(Qt.Key.Key_0)
    assert sees_all(screen)
    stage.press(Qt.Key.Key_Home)
    stage.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert screen.looking.t == 120.0
    stage.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert screen.looking.t == 120.0  # there is none before it


def test_the_pointer_moves_the_playhead_and_the_wheel_zooms_about_it(stage: Stage) -> None:
    screen = revealed(stage)
    view = screen.session.view
    place = QPoint(round(view.sheet.axis.x(300.0)), 60)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    assert screen.looking.t == pytest.approx(300.0, abs=2.0)
    assert "at 5:0" in said(stage) or "at 4:59" in said(stage)
    where = QPointF(place)
    wheel = QWheelEvent(
        where,
        QPointF(view.mapToGlobal(place)),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, wheel)
    assert screen.looking.end_s - screen.looking.start_s == pytest.approx(600.0 / 1.25**2)
    assert view.sheet.axis.x(300.0) == pytest.approx(place.x(), abs=1.5)


def test_what_stands_at_the_second_is_said_in_words_as_well(stage: Stage) -> None:
    screen = revealed(stage)
    screen.look_at(screen.looking.at(120.0))
    assert "at 2:00" in said(stage)
    assert screen.aside.accessibleDescription().startswith("at 2:00: ")
    screen.look_at(screen.looking.at(20.0))
    assert "at 0:20: unknown" in screen.aside.accessibleDescription()


def test_a_moment_is_gone_to_and_marked(stage: Stage) -> None:
    screen = revealed(stage)
    buttons = [button for button in stage.window.findChildren(MomentButton) if button.isVisible()]
    assert [button.accessibleName() for button in buttons][1] == "2, trigger, 3:20"
    buttons[1].click()
    stage.turn()
    assert screen.looking.t == 200.0
    assert buttons[1].isChecked()


def test_words_are_added_where_the_playhead_stands(stage: Stage) -> None:
    screen = revealed(stage)
    screen.look_at(screen.looking.at(333.0))
    press(stage, stage.window, "Add words")
    field = next(field for field in stage.window.findChildren(Field) if field.isVisible())
    QTest.keyClicks(field, "my shoulders let go")
    QTest.keyClick(field, Qt.Key.Key_Return)
    stage.turn()
    kept = LookedBack(ROW, "C-7F3K", t=333.0, words="my shoulders let go")
    assert stage.backstage.archive.calls[-1] == ("look_back", kept)
    names = [button.accessibleName() for button in stage.window.findChildren(MomentButton) if button.isVisible()]
    assert "4, Words, “my shoulders let go”, 5:33" in names


def test_notes_are_asked_for_and_only_then_there(stage: Stage) -> None:
    screen = revealed(stage)
    names = [button.accessibleName() for button in stage.window.findChildren(MomentButton)]
    assert not [name for name in names if "canary" in name]
    press(stage, stage.window, "My notes")
    assert stage.backstage.archive.calls[-1] == ("review", ROW, True)
    stage.backstage.say(Reviewed(replace(session_of(), session=ROW, notes=(NOTE,)), has_notes=True))
    stage.turn()
    assert not screen.is_asking  # it is the same session: nothing is asked again
    shown = [button.accessibleName() for button in stage.window.findChildren(MomentButton) if button.isVisible()]
    assert [name for name in shown if "canary" in name]


def test_play_goes_on_and_stops_at_the_end(stage: Stage) -> None:
    screen = revealed(stage)
    screen.look_at(screen.looking.at(598.5))
    stage.press(Qt.Key.Key_Space)
    assert plays(screen)
    for _ in range(4):
        screen.session._go_on()
    assert screen.looking.t == 600.0
    assert not plays(screen)
    stage.press(Qt.Key.Key_Space)
    assert screen.looking.t == 0.0  # at the end it begins anew


def test_signals_stand_in_the_windows_place(stage: Stage) -> None:
    screen = revealed(stage)
    stage.press(Qt.Key.Key_G)
    screen.session.view.grab()
    assert "heart 62 to 70 bpm" in screen.session.view.accessibleDescription()
    stage.press(Qt.Key.Key_G)
    screen.session.view.grab()
    assert "inside the window" in screen.session.view.accessibleDescription()


def test_two_people_are_looked_at_apart_and_each_is_asked(stage: Stage) -> None:
    screen = revealed(stage, two_people())
    press(stage, stage.window, "C-2B9Q")
    assert screen.is_asking
    stage.press(Qt.Key.Key_3)
    assert stage.backstage.archive.calls[-1] == ("look_back", LookedBack(ROW, "C-2B9Q", rating=3.0))
    assert screen.person is not None
    assert screen.person.code == "C-2B9Q"


@pytest.mark.parametrize(("button", "ending"), [("PDF", "pdf"), ("HTML", "html")])
def test_a_report_is_wished_for_whom_and_without_notes_unless_ticked(stage: Stage, button: str, ending: str) -> None:
    screen = revealed(stage)
    asked: list[str] = []

    def choose(_window: QWidget, name: str) -> str:
        asked.append(name)
        return f"/folder/own.{ending}"

    screen.report.choose_file = choose
    press(stage, stage.window, button)
    press(stage, stage.window, "Choose a file and write")
    path = f"/folder/own.{ending}"
    wish = ReportWish(ROW, path, "clinician", is_replacing=True)
    assert stage.backstage.archive.calls[-1] == ("report", wish)
    assert asked == [f"{ROW}-clinician.{ending}"]
    stage.backstage.say(Reported(ROW, path))
    stage.turn()
    assert f"Written: own.{ending}" in said(stage)
    press(stage, stage.window, "With my notes, this once")
    press(stage, stage.window, "Choose a file and write")
    assert stage.backstage.archive.calls[-1] == ("report", replace(wish, has_notes=True))


def test_the_persons_own_report_never_takes_the_notes(stage: Stage) -> None:
    screen = revealed(stage)
    screen.report.choose_file = lambda _window, _name: "/folder/own"
    press(stage, stage.window, "PDF")
    press(stage, stage.window, "With my notes, this once")
    press(stage, stage.window, "client")
    press(stage, stage.window, "Choose a file and write")
    wish = ReportWish(ROW, "/folder/own.pdf", "client", "client")  # its ending was added: nothing is replaced
    assert stage.backstage.archive.calls[-1] == ("report", wish)
    stage.backstage.say(Refused(Task.REPORT, "no_space", ROW))
    stage.turn()
    assert "The disk is full." in said(stage)


def test_a_session_that_cannot_be_read_says_so(stage: Stage) -> None:
    listed(stage)
    press(stage, stage.window, "Review")
    stage.backstage.say(Refused(Task.REVIEW, "unknown_code", "S-8MN2W"))
    stage.turn()
    assert "no session, of this code" in said(stage)


def test_what_comes_too_late_for_another_session_is_not_shown(stage: Stage) -> None:
    listed(stage)
    press(stage, stage.window, "Review")
    stage.backstage.say(Reviewed(replace(session_of(), session="S-K3P7D")))
    stage.turn()
    assert "The session is being read." in said(stage)


def test_back_leads_to_the_list_and_nothing_stays(stage: Stage) -> None:
    screen = revealed(stage)
    stage.press(Qt.Key.Key_Escape)
    assert stage.shown() == "sessions"
    assert screen.person is None


def test_what_hides_by_itself_is_forgotten(stage: Stage) -> None:
    screen = revealed(stage)
    stage.backstage.say(Hidden(is_beyond=True, is_all=False))
    stage.turn()
    assert stage.shown() == "sessions"
    assert screen.person is None


def test_export_leads_to_the_export_of_this_session(stage: Stage) -> None:
    revealed(stage)
    press(stage, stage.window, "Export data")
    stage.live(0.5)
    assert stage.shown() == "sessions"
    assert "Choose a folder and export" in said(stage)
    detail = stage.window._screens.archive.sessions.detail
    assert detail._row is not None
    assert detail._row.session == ROW


def test_the_five_cards_have_the_persons_own_trace(stage: Stage) -> None:
    screen = revealed(stage)
    press(stage, stage.window, "What is my window?")
    words = said(stage)
    for title in ("It is yours", "Inside it", "Above it", "Below it", "It moves"):
        assert title in words
    shown = [view for view in screen.cards._views if view.isVisible()]
    assert len(shown) == 5
    press(stage, stage.window, "Back to the session")
    assert screen.session.isVisible()


def test_at_the_end_of_a_session_it_can_be_seen_now_and_the_end_comes_back(stage: Stage) -> None:
    stored(stage)
    end(stage)
    stage.live(0.5)
    assert stage.shown() == "end"
    press(stage, stage.window, "See the session now")
    assert stage.shown() == "review"
    assert stage.backstage.archive.calls[-1] == ("review", SESSION, False)
    stage.backstage.say(Reviewed(replace(session_of(), session=SESSION)))
    stage.turn()
    stage.press(Qt.Key.Key_Escape)
    assert stage.shown() == "end"


@pytest.mark.parametrize(("width", "height"), [(1120, 720), (1440, 900)])
def test_every_part_has_room_in_small_and_large(stage: Stage, width: int, height: int) -> None:
    stage.window.resize(width, height)
    screen = revealed(stage)
    stage.turn()
    is_beside = screen.aside.mapTo(screen, QPoint()).x() > screen.session.mapTo(screen, QPoint()).x()
    assert is_beside is (width >= 1200)
    assert screen.session.view.height() >= 250
    assert screen.summary.width() <= width


def test_what_moved_over_the_sessions_is_asked_once_and_told_of_the_person_looked_at(stage: Stage) -> None:
    screen = opened(stage, two_people())
    assert [call for call in stage.backstage.archive.calls if call[0] == "ask_over"] == [("ask_over", ROW, "C-7F3K")]
    press(stage, stage.window, "Show it without an answer")
    stage.backstage.say(OverSessions(ROW, Grown("C-2B9Q", (PastRow(0.0),) * 9)))
    stage.turn()
    assert "Over" not in said(stage)
    grown = Grown("C-7F3K", (PastRow(0.0),) * 6, trends=(TrendRow("return_s", 6),))
    stage.backstage.say(OverSessions(ROW, grown))
    stage.turn()
    assert "Over 6 sessions: no change larger than chance." in said(stage)
    screen.choose_person(1)
    assert stage.backstage.archive.calls[-1] == ("ask_over", ROW, "C-2B9Q")
    assert "Over 6 sessions" not in said(stage)


def test_a_small_window_cuts_nothing_off(stage: Stage) -> None:
    screen = opened(stage)
    stage.window.resize(640, 480)
    stage.turn()
    assert _is_whole(screen)
    press(stage, stage.window, "Show it without an answer")
    stage.turn()
    assert _is_whole(screen)


def test_a_report_that_is_asked_for_in_a_small_window_comes_into_view(stage: Stage) -> None:
    screen = revealed(stage)
    stage.window.resize(640, 480)
    stage.turn()
    press(stage, stage.window, "PDF")
    assert not screen.report.visibleRegion().isEmpty()


def _is_whole(screen: ReviewScreen) -> bool:
    """Tell whether every button lies within the width of the window."""
    shown = [button for button in screen.findChildren(Button) if button.isVisible()]
    return all(button.mapTo(screen, QPoint(button.width(), 0)).x() <= screen.width() == 640 for button in shown)
