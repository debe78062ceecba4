# SPDX-License-Identifier: MIT
"""A person's own cards on the screen, and what they do not want to be offered."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dsp.codes import Action
from tests.ui.conftest import Stage, texts_of
from ui.client.cards_screen import CardsScreen


def begin(stage: Stage) -> CardsScreen:
    stage.window.begin(("demo",))
    stage.live(2.0)
    stage.press(Qt.Key.Key_W)
    session = stage.window._screens.session
    assert session is not None
    session.page.sights._cards.click()
    assert stage.shown() == "cards"
    cards = stage.window._screens.guides.cards
    assert cards is not None
    return cards


def test_a_card_is_typed_shown_and_taken_away(stage: Stage) -> None:
    screen = begin(stage)
    assert [text for text in texts_of(screen) if text.startswith("There is none yet")]
    screen.kinds._group.button(2).click()
    QTest.keyClicks(screen.field, "rain on the tent")
    QTest.keyClick(screen.field, Qt.Key.Key_Return)
    stage.turn()
    assert "rain on the tent" in texts_of(screen)
    assert screen.field.text() == ""
    told = [dict(c.values) for c in stage.backstage.sent if c.action is Action.CARD]
    assert told == [{"card": "own_1", "kind": "sound", "words": "rain on the tent"}]
    gone = next(b for b in screen.findChildren(type(screen.add)) if b.text() == "Take away" and b.isVisible())
    gone.click()
    stage.turn()
    assert "rain on the tent" not in texts_of(screen)


def test_nothing_about_breathing_is_a_switch_that_can_be_taken_back(stage: Stage) -> None:
    screen = begin(stage)
    for is_on in (True, False):
        screen.breath.click()
        stage.turn()
        assert screen.breath.isChecked() is is_on
    told = [dict(c.values) for c in stage.backstage.sent if c.action is Action.CONDITION]
    assert told == [{"name": "no_breath_cues", "on": True}, {"name": "no_breath_cues", "on": False}]


def test_no_words_make_no_card_and_twelve_are_enough(stage: Stage) -> None:
    screen = begin(stage)
    screen.add.click()
    for n in range(14):
        stage.window._asking.put_card("place", f"place {n}")
        stage.turn()
    assert len(stage.window._asking.cards) == 12
    assert not screen.add.isEnabled()


def test_esc_stops_all_cues_here_as_well_and_back_leads_to_the_session(stage: Stage) -> None:
    screen = begin(stage)
    stage.window._pacing.start()
    stage.press(Qt.Key.Key_Escape)
    assert stage.backstage.sent[-1].action is Action.STOP_CUES
    assert not stage.window._pacing.is_on
    stage.press(Qt.Key.Key_Space)
    screen.back.click()
    assert stage.shown() == "session"
