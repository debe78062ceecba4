# SPDX-License-Identifier: MIT
"""What lies beyond a session hides when nobody uses it; a live session neither hides nor keeps the past open."""

from PySide6.QtCore import Qt

from tests.ui.archive.test_flow import ROWS, listed, stored
from tests.ui.conftest import Stage, texts_of
from ui.archive.seam import Hidden


def test_keys_in_the_list_keep_it_open(stage: Stage) -> None:
    listed(stage)
    before = stage.backstage.archive.uses
    stage.live(6.0)
    assert stage.backstage.archive.uses == before
    stage.press(Qt.Key.Key_Down)
    assert stage.backstage.archive.uses == before + 1


def test_keys_in_a_live_session_keep_nothing_of_the_past_open(stage: Stage) -> None:
    stored(stage)
    before = stage.backstage.archive.uses
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_Up):
        stage.live(6.0)
        stage.press(key)
    assert stage.backstage.archive.uses == before
    stage.backstage.say(Hidden(is_beyond=True, is_all=False))
    stage.turn()
    assert stage.shown() == "session"


def test_a_session_of_the_past_is_left_when_nobody_is_there(stage: Stage) -> None:
    listed(stage)
    stage.window._screens.archive.play_wanted.emit(ROWS[0].session)
    stage.window._screens.turn_to("session")
    before = stage.backstage.archive.uses
    stage.live(6.0)
    stage.press(Qt.Key.Key_Z)
    assert stage.backstage.archive.uses == before + 1
    stage.backstage.say(Hidden(is_beyond=True, is_all=False))
    stage.turn()
    assert stage.shown() == "start"


def test_what_was_chosen_in_the_list_hides_with_it(stage: Stage) -> None:
    listed(stage)
    assert any("S-8MN2W" in text for text in texts_of(stage.window))
    stage.backstage.say(Hidden(is_beyond=True, is_all=False))
    stage.turn()
    assert not any("S-8MN2W" in text or "C-7F3K" in text for text in texts_of(stage.window))
