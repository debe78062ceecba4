# SPDX-License-Identifier: MIT
"""Starting as last time: one press from the person's card to a breath that moves, with all that was theirs."""

from dataclasses import replace

from PySide6.QtCore import Qt

from dsp.codes import Action
from dsp.stream import CLIENT, Command
from tests.ui.archive.test_flow import stored
from tests.ui.conftest import Stage, texts_of
from tests.ui.connect.near import STRAP, press
from ui.archive.seam import Decision, Hidden, Refused, Task
from ui.archive.shelf import Agreement, ClientRow, Door, LastTime, SessionRow, Shelf
from ui.client.view import View

VIEW = View(style="wave", sound="tones", breaths_per_min=5.5, sees=("heart",), sources=(f"{STRAP}@client",))
KNOWN = ClientRow("C-7F3K", Agreement(stores=True), LastTime(VIEW.to_values(), 1_795_000_000.0))
OTHER = ClientRow("C-2B9Q", Agreement(stores=True), LastTime(View(guide="notice").to_values()))
GONE = ClientRow("C-5D8M", Agreement(stores=False))
SESSIONS = (SessionRow("S-8MN2W", 1_795_000_000.0, 0, 1700.0, ("C-7F3K",)),)
SHELF = Shelf(Door.OPEN, SESSIONS, (OTHER, KNOWN, GONE))


def known(stage: Stage, shelf: Shelf = SHELF) -> None:
    stage.backstage.archive.shelf = shelf
    stage.window._screens.turn_to("start")
    stage.live(1.0)


def test_the_first_window_offers_whoever_was_here_last(stage: Stage) -> None:
    known(stage)
    texts = texts_of(stage.window)
    assert "C-7F3K" in texts
    assert "strap, wave, soft tones, 5.5 a minute, window of 2026-11-18" in texts


def test_one_key_leads_from_the_first_window_to_a_running_session(stage: Stage) -> None:
    known(stage)
    stage.press(Qt.Key.Key_Return)  # one action; at most 3 are allowed
    stage.live(1.0)
    assert stage.shown() == "session"
    assert stage.backstage.begun == [(f"{STRAP}@client",)]
    assert stage.window._pacing.is_on
    assert stage.backstage.archive.calls == [("record", Decision(CLIENT, code="C-7F3K"))]
    assert stage.window._pacing.style() == "wave"
    assert stage.window._sounding.kind == "tones"
    assert stage.window._pacing.breaths_per_min == 5.5
    assert "on the disk" in texts_of(stage.window)


def test_the_breath_moves_although_the_strap_is_not_there(stage: Stage) -> None:
    known(stage)
    stage.press(Qt.Key.Key_Return)
    stage.live(3.0)
    session = stage.window._screens.session
    assert session is not None
    session.pacer.grab()
    assert session.pacer.painted.depth > 0.2
    assert stage.backstage.finished == 0


def test_everybody_who_is_kept_stands_in_the_list_the_last_one_first(stage: Stage) -> None:
    known(stage)
    stage.press(Qt.Key.Key_5)
    stage.turn()
    assert stage.shown() == "people"
    cards = stage.window._client.last.people.cards
    assert [card.row.code for card in cards if card.row is not None] == ["C-7F3K", "C-2B9Q"]
    assert "without a sensor, only noticing" in texts_of(cards[1])
    cards[1].go.click()
    stage.live(1.0)
    assert stage.shown() == "session"
    assert stage.window._pacing.is_noticing
    assert stage.backstage.begun == [()]


def test_an_empty_list_says_what_to_do(stage: Stage) -> None:
    stage.press(Qt.Key.Key_5)
    stage.turn()
    assert any("connect a strap first" in text for text in texts_of(stage.window))


def test_a_locked_store_shows_nobody(stage: Stage) -> None:
    known(stage)
    stage.backstage.say(Hidden(is_beyond=True, is_all=False))
    stage.turn()
    assert "C-7F3K" not in texts_of(stage.window)
    known(stage, Shelf(Door.LOCKED))
    stage.press(Qt.Key.Key_5)
    stage.turn()
    assert "The store is locked" in texts_of(stage.window)


def test_a_consent_that_no_longer_holds_is_asked_anew(stage: Stage) -> None:
    known(stage)
    stage.press(Qt.Key.Key_Return)
    stage.live(0.5)
    stage.window._screens.archive.take(Refused(Task.RECORD, "no_consent"))
    assert stage.shown() == "consent"


def test_a_persons_choices_are_theirs_and_the_computers_own_come_back(stage: Stage) -> None:
    before = stage.window._keeper.now
    known(stage)
    stage.press(Qt.Key.Key_Return)
    stage.live(1.0)
    stage.window._pacing.restyle("bar")
    assert not stage.saved
    stage.window._screens.go_back()
    assert stage.window._keeper.now == before


def test_what_was_chosen_is_told_for_the_next_time(stage: Stage) -> None:
    stored(stage)
    stage.window._pacing.restyle("words")
    stage.live(25.0, step_s=5.0)
    told = [c for c in stage.backstage.sent if c.action is Action.VIEW]
    assert View.from_values(told[-1].values).style == "words"
    assert View.from_values(told[-1].values).sources == (f"{STRAP}@client",)


def test_what_the_store_tells_of_a_person_is_put_on(stage: Stage) -> None:
    stored(stage)
    view = replace(VIEW, sees=("heart", "pace"))
    stage.backstage.send(Command(stage.backstage.t, Action.VIEW, "store", CLIENT, view.to_values()))
    stage.turn()
    assert stage.window._keeper.now.sees == ("heart", "pace")
    assert stage.window._pacing.style() == "wave"


def test_somebody_new_begins_with_nothing_switched_on(stage: Stage) -> None:
    assert stage.window._keeper.now.sees
    stored(stage)
    assert stage.window._keeper.now.sees == ()
    press(stage, stage.window, "I’m done")
