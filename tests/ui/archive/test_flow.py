# SPDX-License-Identifier: MIT
"""What is stored, on the screens: consent, the light, the end, an interrupted session, the list."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.store.checklist import NO_AROUSAL_INDEX, Condition
from dsp.codes import Reason, SourceState
from dsp.stream import Recording, Status
from resources.words import gettext
from tests.ui.conftest import Stage, texts_of
from tests.ui.connect.near import H10, connect, give, look, press, row
from tests.ui.direct_archive import NEW_CODE, SESSION
from ui.archive.seam import Closed, Decision, Hidden, Interrupted, Keep, RecoveryCode, Refused, Resumed, Task
from ui.archive.shelf import (
    Agreement,
    ClientRow,
    Door,
    Erased,
    Exported,
    Exporting,
    ExportWish,
    Going,
    Kept,
    SessionRow,
    Shelf,
)
from ui.archive.table import SessionButton
from ui.archive.unlock import UnlockCard
from ui.consent.health import asked_conditions, conditions_without_estimate
from ui.widgets.field import Field

ROWS = (
    SessionRow("S-8MN2W", 1_795_000_000.0, 0, 1700.0, ("C-7F3K", "C-2B9Q"), size_bytes=3_900_000),
    SessionRow("S-K3P7D", 1_794_000_000.0, 0, 900.0, ("C-2B9Q",), Kept.RECOVERED, lost_s=14.0, size_bytes=2_000_000),
    SessionRow("S-W9X4B", 1_793_000_000.0, 0, 60.0, ("C-5D8M",), Kept.RUNNING),
)
HERE = (ClientRow("C-2B9Q", Agreement(stores=True)), ClientRow("C-5D8M", None))


def asked(stage: Stage) -> None:
    """Lead to the question about storing."""
    look(stage, H10)
    connect(stage, H10.address)
    give(stage, H10.address, "client")
    press(stage, stage.window, "Start")


def stored(stage: Stage) -> None:
    asked(stage)
    press(stage, stage.window, "Keep sessions")
    press(stage, stage.window, "Agree and start")
    stage.live(1.0)


def end(stage: Stage) -> None:
    """Say "I'm done", and skip what is asked before the end."""
    press(stage, stage.window, "I’m done")
    while stage.shown() == "ending":
        stage.window._client.ending.screen.go_on()
        stage.turn()


def listed(stage: Stage, shelf: Shelf | None = None) -> None:
    stage.backstage.archive.shelf = shelf or Shelf(Door.OPEN, ROWS)
    stage.press(Qt.Key.Key_4)
    stage.live(0.5)


def typed(stage: Stage, name: str, text: str) -> None:
    field = next(f for f in stage.window.findChildren(Field) if f.accessibleName() == gettext(name) and f.isVisible())
    field.setText(text)
    stage.turn()


def rows_of(stage: Stage) -> list[str]:
    return [b.row.session for b in stage.window.findChildren(SessionButton) if b.isVisible()]


def test_nobody_is_stored_until_they_choose_it(stage: Stage) -> None:
    asked(stage)
    assert stage.shown() == "consent"
    assert "Nothing is kept: a session ends without a trace." in "\n".join(texts_of(stage.window))
    press(stage, stage.window, "Start, live only")
    assert stage.shown() == "session"
    assert stage.backstage.archive.calls == [("record", Decision("client", Agreement()))]
    assert "live only" in texts_of(stage.window)


def test_who_agrees_is_stored_and_the_light_says_so(stage: Stage) -> None:
    stored(stage)
    assert stage.shown() == "session"
    assert stage.backstage.archive.calls == [("record", Decision("client", Agreement(stores=True)))]
    assert "on the disk" in texts_of(stage.window)


def test_who_was_here_before_is_chosen_by_code_and_asked_nothing(stage: Stage) -> None:
    stage.backstage.archive.shelf = Shelf(Door.OPEN, ROWS, HERE)
    asked(stage)
    stage.turn()
    press(stage, stage.window, "C-2B9Q")
    stage.turn()
    assert stage.backstage.archive.calls == [("record", Decision("client", code="C-2B9Q"))]
    assert stage.shown() == "session"


def test_nobody_is_asked_twice_in_a_session(stage: Stage) -> None:
    stored(stage)
    press(stage, stage.window, "Sensors")
    press(stage, stage.window, "Go on")
    assert stage.shown() == "session"


def test_what_is_refused_is_asked_again_with_the_reason(stage: Stage) -> None:
    asked(stage)
    press(stage, stage.window, "Keep sessions")
    typed(stage, "Name, if there is to be one", "Ana")
    assert "A name needs a passphrase that keeps the store:" in texts_of(stage.window)
    stage.window._screens.archive.take(Refused(Task.RECORD, "weak_passphrase"))
    assert stage.shown() == "consent"
    assert any("at least eight letters" in text for text in texts_of(stage.window))


def test_a_full_disk_is_told_with_what_is_kept_and_what_to_do(stage: Stage) -> None:
    stored(stage)
    stage.backstage.archive.light(Recording(("client",), 1.0, 20.0, Reason.DISK_FULL))
    stage.turn()
    texts = texts_of(stage.window)
    assert "The disk is full. Free some space; 10 minutes are kept." in texts


def test_on_a_full_disk_the_session_may_go_on_in_another_folder(stage: Stage) -> None:
    stored(stage)
    stage.window._screens.archive.choose_folder = lambda _window, _title: "/media/stick"
    assert "Save to…" not in texts_of(stage.window)
    stage.backstage.archive.light(Recording(("client",), 10.0, 4.0, Reason.DISK_FULL))
    stage.turn()
    press(stage, stage.window, "Save in another folder")
    assert stage.backstage.archive.calls[-1] == ("save_to", "/media/stick")
    stage.backstage.archive.light(Recording(("client",), 15.0))
    stage.turn()
    assert "Save to…" not in texts_of(stage.window)


def test_a_session_that_lies_elsewhere_says_so_at_its_end(stage: Stage) -> None:
    stored(stage)
    stage.backstage.archive.codes = {}
    end(stage)
    stage.backstage.say(Closed(SESSION, (("client", NEW_CODE),), "/media/stick/S-4TQ9Z"))
    stage.turn()
    assert any("It lies in /media/stick/S-4TQ9Z" in text for text in texts_of(stage.window))


def test_a_recovery_code_is_put_on_paper_before_the_session_goes_on(stage: Stage) -> None:
    asked(stage)
    press(stage, stage.window, "Keep sessions")
    printed: list[str] = []
    recovery = stage.window._screens.archive.recovery

    def print_it(_window: QWidget, text: str) -> bool:
        printed.append(text)
        return True

    recovery.print_it = print_it
    stage.backstage.say(RecoveryCode("ABCD-EFGH-JKMN"))
    press(stage, stage.window, "Agree and start")
    stage.live(1.0)
    assert stage.shown() == "recovery"
    assert "ABCD-EFGH-JKMN" in texts_of(stage.window)
    press(stage, stage.window, "Print")
    assert "ABCD-EFGH-JKMN" in printed[0]
    press(stage, stage.window, "I have it on paper")
    assert stage.shown() == "session"
    assert "ABCD-EFGH-JKMN" not in recovery._code.text()


def test_the_conditions_that_are_marked_go_on_record_and_unasked_ones_do_not(stage: Stage) -> None:
    asked(stage)
    press(stage, stage.window, "Keep sessions")
    press(stage, stage.window, "Go through them")
    press(stage, stage.window, "Pacemaker")
    press(stage, stage.window, "Agree and start")
    (name, decision) = stage.backstage.archive.calls[-1]
    assert (name, decision.conditions) == ("record", ("pacemaker",))  # type: ignore[attr-defined]  # a decision
    names = [condition for condition, _words in (*asked_conditions(), *conditions_without_estimate())]
    assert names == list(Condition)
    assert {condition for condition, _words in conditions_without_estimate()} == NO_AROUSAL_INDEX


def test_a_disk_that_fills_is_told_ten_minutes_ahead(stage: Stage) -> None:
    stored(stage)
    stage.backstage.archive.light(Recording(("client",), 1.0, full_in_s=660.0))
    stage.turn()
    assert "The disk will be full in about 11 min. Free some space." in texts_of(stage.window)


def test_storing_stops_when_somebody_changes_their_mind(stage: Stage) -> None:
    stored(stage)
    press(stage, stage.window, "Stop storing")
    press(stage, stage.window, "Stop, and erase this session")
    stage.turn()
    assert stage.backstage.archive.calls[-1] == ("take_back", "client")
    assert stage.shown() == "session"
    assert "live only" in texts_of(stage.window)


def test_the_end_of_a_stored_session_may_delete_it_after_one_more_question(stage: Stage) -> None:
    stored(stage)
    end(stage)
    stage.turn()
    assert stage.shown() == "end"
    press(stage, stage.window, "Delete from here on back")
    assert "end" not in {call[0] for call in stage.backstage.archive.calls}
    press(stage, stage.window, "Yes, delete")
    assert stage.backstage.archive.calls[-1] == ("end", SESSION, NEW_CODE, Keep.DELETE_BACK)


def test_the_end_may_be_skipped_and_a_live_only_session_has_none(stage: Stage) -> None:
    stored(stage)
    end(stage)
    stage.turn()
    stage.press(Qt.Key.Key_Escape)
    assert stage.shown() == "start"
    asked(stage)
    press(stage, stage.window, "Start, live only")
    end(stage)
    stage.turn()
    assert stage.shown() == "start"


def test_an_end_that_comes_late_disturbs_nothing(stage: Stage) -> None:
    stored(stage)
    stage.backstage.archive.codes = {}  # the disk takes its time
    end(stage)
    stage.press(Qt.Key.Key_1)
    stage.backstage.say(Closed(SESSION, (("client", NEW_CODE),)))
    stage.turn()
    assert stage.shown() == "breathe"


def test_after_a_crash_enter_goes_on_and_the_shape_breathes(stage: Stage) -> None:
    stage.backstage.say(Interrupted(SESSION, (NEW_CODE,)))
    stage.turn()
    assert f"Go on with {NEW_CODE}" in texts_of(stage.window)
    stage.press(Qt.Key.Key_Return)
    assert stage.backstage.archive.calls == [("go_on", SESSION)]
    assert stage.shown() == "session"
    assert stage.window._pacing.is_on


def test_the_strap_of_a_session_that_goes_on_is_listed_as_connected(stage: Stage) -> None:
    stage.backstage.say(Interrupted(SESSION, (NEW_CODE,)))
    stage.turn()
    stage.press(Qt.Key.Key_Return)
    stage.backstage.say(Resumed(SESSION, (f"{H10.address}@partner", "demo:1@client")))
    stage.backstage.say(Status(stage.backstage.t, H10.address, SourceState.STREAMING, "partner"))
    stage.turn()
    (joined,) = stage.window._screens.connecting._sensors.joined()
    assert (joined.address, joined.person, joined.state) == (H10.address, "partner", SourceState.STREAMING)
    stage.window._screens.visit_sensors()
    stage.live(0.5)
    assert row(stage, H10.address).isVisible()


def test_the_list_is_searched_by_code_and_by_date(stage: Stage) -> None:
    listed(stage)
    assert rows_of(stage) == ["S-8MN2W", "S-K3P7D", "S-W9X4B"]
    typed(stage, "Find by code or date", "2b9q")
    assert rows_of(stage) == ["S-8MN2W", "S-K3P7D"]
    typed(stage, "Find by code or date", "2026-11-06")
    assert rows_of(stage) == ["S-K3P7D"]
    typed(stage, "Find by code or date", "nobody")
    assert any(text.startswith("Nothing of that code or date") for text in texts_of(stage.window))


def test_a_row_says_how_the_session_stands(stage: Stage) -> None:
    listed(stage)
    names = [b.accessibleName() for b in stage.window.findChildren(SessionButton)]
    assert names[0].endswith("28:20, whole, 3.9 MB")
    assert "14 s missing" in names[1]
    assert "unfinished" in names[2]


def test_up_and_down_go_through_the_list(stage: Stage) -> None:
    listed(stage)
    for _ in range(12):
        if isinstance(QApplication.focusWidget(), SessionButton):
            break
        stage.press(Qt.Key.Key_Tab)
    stage.press(Qt.Key.Key_Down)
    chosen = [b.row.session for b in stage.window.findChildren(SessionButton) if b.isChecked()]
    assert chosen == ["S-K3P7D"]


def test_an_empty_list_says_what_to_do(stage: Stage) -> None:
    listed(stage, Shelf(Door.OPEN))
    assert any("Connect a strap" in text for text in texts_of(stage.window))


def test_a_session_is_looked_at_again_as_a_source(stage: Stage) -> None:
    listed(stage)
    press(stage, stage.window, "Play it again")
    assert stage.backstage.begun == [("session:S-8MN2W",)]


def test_an_export_shows_how_far_it_is_and_can_be_stopped(stage: Stage) -> None:
    listed(stage)
    press(stage, stage.window, "Export")
    stage.window._screens.archive.sessions.detail.export.choose_folder = lambda _window, _title: "/folder"
    press(stage, stage.window, "EDF+")
    press(stage, stage.window, "Choose a folder and export")
    assert stage.backstage.archive.calls == [("export", ExportWish("S-8MN2W", "edf", "/folder"))]
    stage.backstage.say(Exporting("S-8MN2W", 0.42))
    stage.turn()
    assert "42 % is written" in texts_of(stage.window)
    press(stage, stage.window, "Stop")
    assert stage.backstage.archive.calls[-1] == ("stop_export",)
    stage.backstage.say(Exported("S-8MN2W", None))
    stage.turn()
    assert "Stopped; nothing of it is left." in texts_of(stage.window)


def test_erasing_wants_the_code_and_names_the_backups_afterwards(stage: Stage) -> None:
    listed(stage)
    press(stage, stage.window, "Erase")
    press(stage, stage.window, "All of C-7F3K")
    assert stage.backstage.archive.calls == [("ask_what_goes", "C-7F3K")]
    stage.backstage.say(Going("C-7F3K", ("S-8MN2W",), ("S-8MN2W",)))
    stage.turn()
    press(stage, stage.window, "Erase for ever")
    assert len(stage.backstage.archive.calls) == 1
    typed(stage, "The code of what is to go", "c-7f3k")
    press(stage, stage.window, "Erase for ever")
    assert stage.backstage.archive.calls[-1] == ("erase", "C-7F3K")
    stage.backstage.say(Erased("C-7F3K", ("/backup",)))
    stage.turn()
    assert any("/backup" in text for text in texts_of(stage.window))


def test_a_locked_store_shows_nothing_and_asks_for_its_passphrase_there(stage: Stage) -> None:
    listed(stage, Shelf(Door.LOCKED))
    assert rows_of(stage) == []
    card = next(c for c in stage.window.findChildren(UnlockCard) if c.isVisible())
    field = card.findChild(Field)
    assert field is not None
    field.setText("two  words")
    press(stage, card, "Open")
    assert stage.backstage.archive.calls == [("unlock", "two  words")]
    assert field.text() == ""


def test_what_nobody_uses_hides_and_the_breathing_never_does(stage: Stage) -> None:
    listed(stage)
    stage.backstage.say(Hidden(is_beyond=True, is_all=True))
    stage.turn()
    assert rows_of(stage) == []
    stage.press(Qt.Key.Key_Escape)
    stage.press(Qt.Key.Key_1)
    stage.backstage.say(Hidden(is_beyond=True, is_all=True))
    stage.turn()
    assert stage.shown() == "breathe"


@pytest.mark.parametrize("fault", ["locked", "wrong_key", "no_space", "something new"])
def test_every_refusal_has_a_sentence_and_a_step(fault: str) -> None:
    from ui.consent.words import refusal

    advice = refusal(fault)
    assert advice.sentence.endswith(".")
    assert advice.step.endswith(".")
