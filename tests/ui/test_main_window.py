# SPDX-License-Identifier: MIT
"""From the first window to a moving breath, to a strap, to a recording, and back."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from dsp.codes import Action, Reason, SourceState
from dsp.stream import Sighting, Status
from tests.ui.conftest import Stage, Staging, texts_of
from tests.ui.connect.near import STRAP, give, hear, press, row
from tests.ui.direct_backstage import DirectBackstage


def test_the_first_window_says_what_it_is_and_what_it_is_not(stage: Stage) -> None:
    texts = texts_of(stage.window)
    assert {"Breathe", "Connect a strap", "Open"} <= set(texts)
    assert "Not a medical device. Not for emergencies." in texts
    assert "Everything stays on this computer." in texts


def test_one_key_on_the_first_window_leads_to_a_moving_breath(stage: Stage) -> None:
    stage.press(Qt.Key.Key_1)  # the first of the two actions was to start the program
    assert stage.shown() == "breathe"
    assert stage.backstage.begun == [()]
    stage.live(2.0)
    stage.window._screens.breathe.pacer.grab()
    assert stage.window._screens.breathe.pacer.painted.depth > 0.4
    stage.window._screens.breathe.pacer.advance()
    assert "breathe in" in texts_of(stage.window)


def test_a_first_session_shows_no_digit_and_no_trace(stage: Stage) -> None:
    stage.press(Qt.Key.Key_1)
    stage.live(7.0)
    stage.window._screens.breathe.pacer.advance()
    texts = texts_of(stage.window)
    assert not [text for text in texts if re.search(r"\d", text)]
    assert set(filter(None, texts)) == {"breathe out", "Too slow for me", "Pause", "I’m done"}
    assert stage.window._screens.session is None


def test_the_keys_of_a_breathing_screen_become_the_clients_commands(stage: Stage) -> None:
    stage.press(Qt.Key.Key_1)
    keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_S, Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_P)
    for key in keys:
        stage.live(1.0)
        stage.press(key)
    actions = [command.action for command in stage.backstage.sent]
    expected = [Action.PACE, Action.PACE, Action.PACE, Action.TOO_SLOW, Action.PAUSE, Action.RESUME, Action.STOP_CUES]
    assert actions == expected
    assert {command.author for command in stage.backstage.sent} == {"client"}
    assert stage.backstage.sent[-1].t == stage.backstage.t


def test_space_pauses_although_another_button_has_the_focus(stage: Stage) -> None:
    stage.press(Qt.Key.Key_1)
    stage.live(2.0)
    stage.window._screens.breathe._footer._done.setFocus()
    stage.press(Qt.Key.Key_Space)
    assert stage.backstage.sent[-1].action is Action.PAUSE
    assert stage.shown() == "breathe"


def test_a_text_field_with_the_focus_keeps_its_letters(stage: Stage) -> None:
    stage.press(Qt.Key.Key_1)
    field = QLineEdit(stage.window)
    field.show()
    field.setFocus()
    sent = len(stage.backstage.sent)
    for key in (Qt.Key.Key_S, Qt.Key.Key_P, Qt.Key.Key_Space):
        stage.press(key)
    assert field.text() == "sp "
    assert len(stage.backstage.sent) == sent


def test_done_ends_the_session_and_leads_back(stage: Stage) -> None:
    stage.press(Qt.Key.Key_1)
    stage.live(2.0)
    stage.window._screens.breathe._footer._done.click()
    assert stage.shown() == "start"
    assert stage.backstage.finished == 1
    stage.live(3.0)
    assert not stage.window._pacing.is_on


def test_the_made_up_person_is_marked_as_such(stage: Stage) -> None:
    stage.press(Qt.Key.Key_2)
    press(stage, stage.window, "Try it without a strap")
    assert stage.backstage.begun == [("demo",)]
    stage.live(3.0)
    assert stage.shown() == "session"
    assert "made-up person, no real heart" in texts_of(stage.window)


def test_a_strap_is_found_connected_given_to_the_client_and_shown(stage: Stage) -> None:
    stage.press(Qt.Key.Key_2)
    assert stage.backstage.searches == 1
    stage.backstage.say(Sighting(STRAP, "Polar H10", (), -50))
    stage.live(2.0)
    assert {"Polar H10", "4A2C", "looking, 0:02"} <= set(texts_of(stage.window))
    press(stage, row(stage, STRAP), "Connect")
    assert stage.backstage.begun == [(f"{STRAP}@nobody",)]
    for state, words in (
        (SourceState.CONNECTING, "calling it"),
        (SourceState.DISCOVERING, "asking what it gives"),
        (SourceState.SUBSCRIBING, "waiting for heartbeats"),
        (SourceState.STREAMING, "heartbeats arrive"),
    ):
        hear(stage, STRAP, state)
        assert words in texts_of(stage.window)
    give(stage, STRAP, "client")
    press(stage, stage.window, "Start")
    assert stage.shown() == "consent"
    press(stage, stage.window, "Start, live only")
    assert stage.shown() == "session"
    assert "Polar H10 4A2C" in texts_of(stage.window)


def test_a_strap_that_does_not_answer_says_why_and_the_search_goes_on(stage: Stage) -> None:
    stage.press(Qt.Key.Key_2)
    stage.backstage.say(Sighting(STRAP, "TICKR", (), -88))
    stage.live(0.5)
    press(stage, row(stage, STRAP), "Connect")
    hear(stage, STRAP, SourceState.FAILED, Reason.HELD_ELSEWHERE)
    assert stage.shown() == "connect"
    assert {"Not answering", "Free it from phone or watch", "Try again"} <= set(texts_of(stage.window))
    assert stage.backstage.is_looking


def test_a_status_of_the_session_before_leads_nowhere(stage: Stage) -> None:
    old = Status(stage.backstage.t - 1.0, "demo:1", SourceState.STREAMING)
    stage.press(Qt.Key.Key_2)
    stage.window.begin(("demo",))
    stage.backstage.say(old)
    stage.turn()
    assert stage.shown() == "connect"


def test_a_recording_is_opened(staging: Staging) -> None:
    stage = staging(chosen_file="/recordings/rest.csv")
    stage.press(Qt.Key.Key_3)
    assert stage.backstage.begun == [("file:/recordings/rest.csv",)]
    assert "Opening rest.csv" in texts_of(stage.window)
    stage.backstage.say(Status(stage.backstage.t, "file:/recordings/rest.csv", SourceState.STREAMING))
    stage.live(0.5)
    assert stage.shown() == "session"
    assert "rest.csv" in texts_of(stage.window)


def test_a_file_that_is_no_recording_is_refused_in_one_sentence_with_its_line(staging: Staging) -> None:
    stage = staging(chosen_file="/recordings/list.csv")
    stage.press(Qt.Key.Key_3)
    source, detail = stage.backstage.begun[0][0], "line 7: 'eggs' is no number"
    fault = Status(stage.backstage.t, source, SourceState.FAILED, reason=Reason.FILE_MALFORMED, detail=detail)
    stage.backstage.say(fault)
    stage.live(0.5)
    assert stage.shown() == "start"
    assert "This file stops being a recording in line 7." in texts_of(stage.window)
    assert not [text for text in texts_of(stage.window) if "eggs" in text]


def test_no_choice_of_a_file_changes_nothing(stage: Stage) -> None:
    stage.press(Qt.Key.Key_3)
    assert stage.backstage.begun == []
    assert stage.shown() == "start"


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_back_leads_from_connect_to_the_first_window(stage: Stage, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    stage.press(Qt.Key.Key_2)
    stage.press(key, modifier)
    assert stage.shown() == "start"
    assert not stage.backstage.is_looking


def test_full_screen_and_back(stage: Stage) -> None:
    stage.press(Qt.Key.Key_F11)
    assert stage.window.isFullScreen()
    stage.press(Qt.Key.Key_F11)
    assert not stage.window.isFullScreen()


def test_closing_the_window_ends_the_session_and_the_search(stage: Stage) -> None:
    stage.press(Qt.Key.Key_2)
    stage.window.close()
    assert stage.backstage.finished == 1
    assert not stage.backstage.is_looking


def test_the_backstage_of_the_tests_keeps_its_own_law() -> None:
    one, other = DirectBackstage(), DirectBackstage()
    for backstage in (one, other):
        backstage.begin(("demo",))
        backstage.advance(20)
    assert [type(m) for m in one.drain()] == [type(m) for m in other.drain()]
