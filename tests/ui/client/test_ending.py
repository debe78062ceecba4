# SPDX-License-Identifier: MIT
"""The end of a session: each step may be skipped, what is said is a command, and nothing is measured of who is done."""

import re

from PySide6.QtCore import Qt

from dsp.codes import Action
from dsp.stream import CLIENT, Command
from tests.ui.archive.test_flow import asked, stored
from tests.ui.conftest import Stage, texts_of
from tests.ui.connect.near import press
from ui.client.ending import KIND, LAND, NOW


def done(stage: Stage) -> None:
    stored(stage)
    press(stage, stage.window, "I’m done")


def said(stage: Stage, action: Action) -> list[dict[str, object]]:
    return [dict(c.values) for c in stage.backstage.sent if c.action is action]


def page(stage: Stage) -> int:
    return stage.window._client.ending.screen.page


def test_done_leads_to_two_minutes_of_landing_without_a_digit(stage: Stage) -> None:
    done(stage)
    ending = stage.window._client.ending.screen
    assert (stage.shown(), page(stage)) == ("ending", LAND)
    first = texts_of(ending)
    stage.live(60.0, step_s=20.0)
    assert 0.4 < ending.landing.ring.share < 0.6
    assert texts_of(ending) != first
    stage.live(90.0, step_s=30.0)
    assert ending.landing.ring.share == 1.0
    assert page(stage) == LAND  # nothing happens at its end
    assert not [text for text in texts_of(stage.window) if re.search(r"\d", text)]


def test_of_who_is_done_nothing_more_is_stored(stage: Stage) -> None:
    stored(stage)
    stage.press(Qt.Key.Key_P)
    press(stage, stage.window, "I’m done")
    assert stage.backstage.archive.calls[-1] == ("hold", True)
    assert not stage.window._pacing.is_on
    assert stage.backstage.finished == 0  # the session is open for what is still said


def test_a_slip_of_the_hand_is_taken_back_and_nothing_is_missing(stage: Stage) -> None:
    done(stage)
    press(stage, stage.window, "Back to the session")
    assert stage.shown() == "session"
    assert stage.backstage.archive.calls[-1] == ("hold", False)
    assert stage.backstage.finished == 0


def test_each_step_may_be_skipped(stage: Stage) -> None:
    done(stage)
    for wanted, words in ((LAND, "Go on"), (NOW, "Skip"), (KIND, "Skip")):
        assert page(stage) == wanted
        press(stage, stage.window, words)
    assert stage.shown() == "end"
    assert not said(stage, Action.FELT)
    assert not said(stage, Action.KIND_WORDS)


def test_keys_alone_lead_through_the_end(stage: Stage) -> None:
    done(stage)
    stage.press(Qt.Key.Key_Return)
    stage.press(Qt.Key.Key_T)
    stage.press(Qt.Key.Key_Return)
    assert page(stage) == KIND
    stage.press(Qt.Key.Key_Return)
    stage.live(1.0)
    assert stage.shown() == "end"
    assert said(stage, Action.FELT) == [{"rating": 10.0, "when": "after"}]


def test_how_it_is_now_is_a_command_and_the_last_answer_counts(stage: Stage) -> None:
    done(stage)
    stage.press(Qt.Key.Key_Return)
    press(stage, stage.window, "7")
    press(stage, stage.window, "3")
    press(stage, stage.window, "warm")
    assert said(stage, Action.FELT)[-1] == {"rating": 3.0, "when": "after"}
    assert said(stage, Action.SENSED) == [{"word": "warm"}]


def test_a_kind_sentence_goes_through_the_session_before_it_closes(stage: Stage) -> None:
    done(stage)
    ending = stage.window._client.ending.screen
    ending.go_on()
    ending.go_on()
    ending.kind.field.setText("It was enough.  ")
    finished = stage.backstage.finished
    ending.go_on()
    assert stage.backstage.finished == finished  # the last word is still on its way
    stage.live(1.0)
    assert said(stage, Action.KIND_WORDS) == [{"words": "It was enough.", "shown": True}]
    assert stage.backstage.finished == finished + 1
    assert stage.shown() == "end"


def test_a_worker_that_hangs_does_not_hold_the_end_up(stage: Stage) -> None:
    done(stage)
    ending = stage.window._client.ending.screen
    stage.backstage.is_blocked = True
    ending.go_on()
    press(stage, stage.window, "7")
    ending.go_on()
    ending.go_on()
    stage.live(2.0)
    assert stage.backstage.finished == 1


def test_a_live_only_session_asks_for_no_sentence(stage: Stage) -> None:
    asked(stage)
    press(stage, stage.window, "Start, live only")
    press(stage, stage.window, "I’m done")
    stage.press(Qt.Key.Key_Return)
    stage.press(Qt.Key.Key_Return)
    stage.live(0.5)
    assert stage.shown() == "start"


def test_who_was_here_before_is_greeted_with_their_sentence_and_may_say_how_it_is(stage: Stage) -> None:
    stored(stage)
    session = stage.window._screens.session
    assert session is not None
    assert not session.arrival.isVisible()
    kept = (("words", "It was enough."), ("shown", True))
    stage.backstage.send(Command(stage.backstage.t, Action.KIND_WORDS, "store", CLIENT, kept))
    stage.live(1.0)
    assert "“It was enough.”" in texts_of(session.arrival)
    stage.press(Qt.Key.Key_4)
    stage.turn()
    assert said(stage, Action.FELT) == [{"rating": 4.0, "when": "before"}]
    assert not session.arrival.isVisible()


def test_the_greeting_goes_by_itself(stage: Stage) -> None:
    stored(stage)
    session = stage.window._screens.session
    assert session is not None
    kept = (("words", "It was enough."), ("shown", True))
    stage.backstage.send(Command(stage.backstage.t, Action.KIND_WORDS, "store", CLIENT, kept))
    stage.live(50.0, step_s=5.0)
    assert not session.arrival.isVisible()
    assert not said(stage, Action.FELT)


def test_a_recording_ends_without_a_landing(stage: Stage) -> None:
    stage.window.begin(("file:/a.csv",), "a.csv")
    stage.window._screens.turn_to("session")
    stage.window._client.end()
    assert stage.shown() == "start"
