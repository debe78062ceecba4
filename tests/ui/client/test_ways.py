# SPDX-License-Identifier: MIT
"""Ways to be in a session: a shape, only noticing, closed eyes, a word; the stop key ends each of them."""

import pytest
from PySide6.QtCore import Qt

from dsp.codes import Action
from dsp.stream import CLIENT, Command
from tests.ui.conftest import Stage, Staging, texts_of
from tests.ui.connect.near import press
from ui.client.noticing import noticing_words
from ui.preferences import STYLES
from ui.sound.seam import SoundNews, SoundState


def said(stage: Stage, action: Action) -> list[dict[str, object]]:
    return [dict(c.values) for c in stage.backstage.sent if c.action is action]


def in_session(stage: Stage) -> None:
    stage.window.begin(("demo",))
    stage.live(1.0)


def test_each_shape_is_chosen_by_one_press_and_remembered(stage: Stage) -> None:
    stage.press(Qt.Key.Key_1)
    stage.press(Qt.Key.Key_W)
    for style, words in zip(STYLES, ("Disc", "Wave", "Bar", "Words only"), strict=True):
        press(stage, stage.window, words)
        assert stage.window._pacing.style() == style
    assert stage.saved[-1].style == "words"


def test_where_words_are_the_shape_they_stand_in_its_place(staging: Staging) -> None:
    stage = staging(style="words")
    stage.press(Qt.Key.Key_1)
    stage.live(1.0)
    screen = stage.window._screens.breathe
    screen.pacer.advance()
    assert screen.pacer._word == "breathe in"
    assert screen._word.text() == ""


def test_only_noticing_has_nothing_to_follow_and_something_to_notice(stage: Stage) -> None:
    stage.press(Qt.Key.Key_6)
    stage.live(1.0)
    assert stage.shown() == "breathe"
    assert stage.window._pacing.plan is None
    texts = texts_of(stage.window._screens.breathe)
    assert noticing_words(stage.backstage.t) in texts
    assert "Too slow for me" not in texts
    stage.live(30.0, step_s=6.0)
    assert noticing_words(stage.backstage.t) in texts_of(stage.window._screens.breathe)
    assert texts_of(stage.window._screens.breathe) != texts
    press(stage, stage.window, "Begin")  # the breath again
    assert stage.window._pacing.is_on
    assert stage.window._keeper.now.guide == "breath"


def test_with_closed_eyes_the_screen_rests_and_the_sound_goes_on(stage: Stage) -> None:
    stage.press(Qt.Key.Key_1)
    stage.live(1.0)
    stage.press(Qt.Key.Key_E)
    assert stage.window._calm.isVisible()
    assert stage.window._sounding.kind == "tones"  # silent before: closed eyes need a sound
    assert stage.window._pacing.is_on
    stage.press(Qt.Key.Key_X)
    assert not stage.window._calm.isVisible()
    assert stage.window._pacing.is_on


def test_the_stop_key_stops_the_sound_of_closed_eyes_too(stage: Stage) -> None:
    stage.press(Qt.Key.Key_7)
    stage.live(1.0)
    stage.press(Qt.Key.Key_Escape)
    assert not stage.window._pacing.is_on
    assert stage.window._calm.isVisible()
    assert stage.backstage.sent[-1].action is Action.STOP_CUES
    stage.press(Qt.Key.Key_X)
    assert not stage.window._calm.isVisible()


def test_without_a_loudspeaker_the_shape_stays(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.press(Qt.Key.Key_1)
    monkeypatch.setattr(stage.window._sounding._sound, "news", SoundNews(SoundState.NO_DEVICE))
    told: list[str] = []
    stage.window._sounding.told.connect(told.append)
    stage.press(Qt.Key.Key_E)
    assert not stage.window._calm.isVisible()
    assert told == ["There is no loudspeaker here, so the shape stays."]


def test_a_word_is_said_in_two_taps_and_the_shape_is_back(stage: Stage) -> None:
    in_session(stage)
    press(stage, stage.window, "In a word")
    press(stage, stage.window, "warm")
    assert said(stage, Action.SENSED) == [{"word": "warm"}]
    session = stage.window._screens.session
    assert session is not None
    assert session.page.isVisible()
    stage.live(1.0)
    assert "noted, thank you" in texts_of(stage.window)


def test_the_words_can_be_changed_and_a_slip_is_put_back(stage: Stage) -> None:
    in_session(stage)
    stage.press(Qt.Key.Key_L)
    session = stage.window._screens.session
    assert session is not None
    press(stage, session.words, "Change the words")
    press(stage, session.words, "warm")
    assert "warm" not in [chip.text() for chip in session.words.chips.buttons]
    press(stage, session.words, "Put it back")
    assert "warm" in [chip.text() for chip in session.words.chips.buttons]
    session.words.field.setText("like  moss")
    press(stage, session.words, "Add")
    press(stage, session.words, "That is the list")
    press(stage, session.words, "like moss")
    assert said(stage, Action.SENSED) == [{"word": "like moss"}]
    assert str(said(stage, Action.LANE)[-1]["words"]).endswith("like moss")


def test_the_words_of_somebody_who_was_here_before_come_back(stage: Stage) -> None:
    in_session(stage)
    kept = (("words", "mossy\nquiet inside"),)
    stage.backstage.send(Command(stage.backstage.t, Action.LANE, "store", CLIENT, kept))
    stage.turn()
    stage.press(Qt.Key.Key_L)
    session = stage.window._screens.session
    assert session is not None
    assert [chip.text() for chip in session.words.chips.buttons] == ["mossy", "quiet inside"]


@pytest.mark.parametrize("where", ["breathe", "session", "words", "ending", "eyes"])
def test_the_stop_key_makes_the_screen_calm_from_everywhere(stage: Stage, where: str) -> None:
    if where in ("breathe", "eyes"):
        stage.press(Qt.Key.Key_1)
    else:
        in_session(stage)
        stage.press(Qt.Key.Key_P)
    if where == "words":
        stage.press(Qt.Key.Key_L)
    elif where == "ending":
        press(stage, stage.window, "I’m done")
    elif where == "eyes":
        stage.press(Qt.Key.Key_E)
    stage.press(Qt.Key.Key_Escape)
    assert stage.window._calm.isVisible()
    assert not stage.window._pacing.is_on
    stage.press(Qt.Key.Key_X)
    assert not stage.window._calm.isVisible()
