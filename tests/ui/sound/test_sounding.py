# SPDX-License-Identifier: MIT
"""The breath as sound, from the person's side: off until chosen, one key, and silent with the shape."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dsp.plan import PacingPlan
from tests.ui.conftest import texts_of
from tests.ui.direct_backstage import DirectBackstage
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.sound.seam import SoundNews, SoundState


class Ears:
    """A sound that remembers what it was told."""

    def __init__(self) -> None:
        self.news = SoundNews()
        self.plans: list[PacingPlan | None] = []
        self.chosen: list[tuple[str, float, str]] = []
        self.looks = 0

    def follow(self, plan: PacingPlan | None) -> None:
        self.plans.append(plan)

    def choose(self, kind: str, volume: float, device: str) -> None:
        self.chosen.append((kind, volume, device))
        self.news = SoundNews(SoundState.OFF if kind == "off" else SoundState.READY, device)

    def look(self) -> None:
        self.looks += 1


class Listening:
    """A window with ears."""

    def __init__(self, qtbot: QtBot) -> None:
        self.ears = Ears()
        self.backstage = DirectBackstage()
        self.saved: list[Preferences] = []
        self.window = MainWindow(self.backstage, Preferences(), self.saved.append, sound=self.ears)
        self.window._mailbox.stop()
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.press(Qt.Key.Key_1)
        self.live()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window, key)

    def live(self, seconds: float = 2.0) -> None:
        for _ in range(round(seconds * 2)):
            self.backstage.advance(0.5)
            self.window.deliver(self.backstage.drain())


@pytest.fixture
def listening(qtbot: QtBot) -> Listening:
    return Listening(qtbot)


def test_it_is_silent_until_somebody_chooses(listening: Listening) -> None:
    assert {kind for kind, _, _ in listening.ears.chosen} == {"off"}


def test_one_key_brings_soft_tones_and_says_so_without_a_digit(listening: Listening) -> None:
    listening.press(Qt.Key.Key_A)
    assert listening.ears.chosen[-1] == ("tones", 0.5, "")
    assert "Soft tones" in texts_of(listening.window)
    assert listening.saved[-1].sound == "tones"


def test_the_key_goes_round_through_every_sound_back_to_silence(listening: Listening) -> None:
    for _ in range(4):
        listening.press(Qt.Key.Key_A)
    assert [kind for kind, _, _ in listening.ears.chosen[-4:]] == ["tones", "air", "marks", "off"]


def test_a_sound_that_could_not_be_heard_before_is_said_as_the_breathing_begins(listening: Listening) -> None:
    listening.window._pacing.stop()
    listening.window._screens.go_back()
    listening.live(1.0)
    listening.ears.news = SoundNews(SoundState.NO_DEVICE)
    listening.window._screens.start_breathing()
    listening.live(0.5)
    assert [text for text in texts_of(listening.window) if text.startswith("There is no loudspeaker here.")]


def test_a_pause_shows_the_way_to_the_sound(listening: Listening) -> None:
    footer = listening.window._screens.breathe._footer
    assert not footer._sound.isVisible()
    listening.press(Qt.Key.Key_Space)
    assert footer._sound.isVisible()
    footer._sound.click()
    assert listening.ears.chosen[-1][0] == "tones"


def test_what_is_heard_is_the_plan_that_is_shown(listening: Listening) -> None:
    assert listening.ears.plans[-1] is listening.window._pacing.plan
    assert listening.ears.plans[-1] is not None


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_P, Qt.Key.Key_Escape])
def test_pause_off_and_the_stop_key_are_silent_without_waiting_for_the_worker(
    listening: Listening, key: Qt.Key
) -> None:
    listening.backstage.is_blocked = True
    listening.press(key)
    assert listening.ears.plans[-1] is None


def test_a_worker_that_hangs_does_not_end_the_sound(listening: Listening) -> None:
    listening.backstage.is_blocked = True
    listening.live(10.0)
    assert listening.ears.plans[-1] is not None


@pytest.mark.parametrize(
    ("state", "device", "words"),
    [
        (
            SoundState.NO_DEVICE,
            "",
            "There is no loudspeaker here. The breathing goes on.",
        ),
        (
            SoundState.AWAY,
            "<b>Buds</b>",
            "The sound waits for <b>Buds</b>.",
        ),
    ],
)
def test_a_sound_that_cannot_be_heard_is_said_and_the_breathing_goes_on(
    listening: Listening, state: SoundState, device: str, words: str
) -> None:
    listening.press(Qt.Key.Key_A)
    listening.live(1.0)
    listening.ears.news = SoundNews(state, device)
    listening.live(0.5)
    assert words in texts_of(listening.window)
    assert listening.window._pacing.is_on
    listening.ears.news = SoundNews(SoundState.READY, device)
    listening.live(0.5)
    assert "The sound is back." in texts_of(listening.window)
