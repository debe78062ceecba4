# SPDX-License-Identifier: MIT
"""The settings: found by typing, reached by the arrows, applied at once, kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import texts_of
from tests.ui.direct_backstage import DirectBackstage
from tests.ui.sound.test_sounding import Ears
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.settings.screen import SettingsScreen
from ui.settings.seam import Surroundings, Texts
from ui.sound.seam import SoundNews, SoundState
from ui.tokens import LIGHT
from ui.widgets.button import Button

TEXTS = {"": Texts(is_there=True), "/clinic": Texts(is_there=True, said="2 sentences of your own.")}
AROUND = Surroundings(
    data_folder="/data",
    profiles_folder="/data/devices",
    languages=(("en", "English"), ("es", "Español")),
    free_bytes=lambda: 81_400_000_000,
    texts_in=lambda folder: TEXTS.get(folder, Texts(problem=f"There is nothing in {folder}.")),
)


class Room:
    """A window whose settings are open."""

    def __init__(self, qtbot: QtBot, **changes: object) -> None:
        self.ears = Ears()
        self.saved: list[Preferences] = []
        given: dict[str, object] = {"theme": "dark", **changes}
        preferences = Preferences(**given)  # type: ignore[arg-type]  # a test knows the fields
        self.backstage = DirectBackstage()
        self.window = MainWindow(self.backstage, preferences, self.saved.append, sound=self.ears, around=AROUND)
        self.window._mailbox.stop()
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        QApplication.processEvents()

    def open(self) -> SettingsScreen:
        self.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
        screen = self.window._settings.screen
        assert screen is not None
        return screen

    def type(self, words: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.window, words)

    def focused(self) -> str:
        widget = QApplication.focusWidget()
        return widget.accessibleName() if widget is not None else ""

    def shown(self) -> str:
        return self.window._screens.shown


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


def button(screen: SettingsScreen, row: str, words: str) -> Button:
    rows = [r for section in screen._sections for r in section.rows if r.accessibleName() == row]
    return next(b for b in rows[0].findChildren(Button) if b.text() == words)


def test_control_and_comma_open_them_and_escape_twice_leads_back(room: Room) -> None:
    room.open()
    assert room.shown() == "settings"
    room.press(Qt.Key.Key_Escape)  # leaves the search
    room.press(Qt.Key.Key_Escape)
    assert room.shown() == "start"


def test_the_first_window_leads_to_them(room: Room) -> None:
    room.window._screens.start._settings.click()
    assert room.shown() == "settings"


def test_typing_finds_rows_and_enter_goes_to_the_first(room: Room) -> None:
    screen = room.open()
    room.type("loud")
    rows = [row.accessibleName() for section in screen._sections for row in section.rows if row.isVisible()]
    assert rows == ["How loud", "Loudspeaker or headphones"]
    room.press(Qt.Key.Key_Return)
    assert room.focused() == "Middle"


def test_a_heading_finds_all_of_its_rows(room: Room) -> None:
    screen = room.open()
    room.type("folders")
    assert [s.accessibleName() for s in screen._sections if s.isVisible()] == ["Folders"]
    assert {"/data", "81.4 GB; eight hours of one person take about 25 MB"} <= set(texts_of(screen))


def test_what_is_not_there_is_said_with_what_to_do(room: Room) -> None:
    screen = room.open()
    room.type("xyzzy")
    assert "Nothing of that name. Try one word of it: sound, text, folder." in texts_of(screen)


def test_the_arrows_go_through_the_rows_and_back_to_the_search(room: Room) -> None:
    room.open()
    reached = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        room.press(key)
        reached.append(room.focused())
    assert reached == ["Dark", "Usual", "Dark", "Find a setting"]


def test_enter_in_a_row_presses_what_has_the_focus(room: Room) -> None:
    room.open()
    room.type("forget")
    room.press(Qt.Key.Key_Escape)
    assert room.shown() == "settings"


def test_colours_change_at_once_and_are_kept(room: Room) -> None:
    button(room.open(), "Colours", "Light").click()
    assert room.window._look.tokens == LIGHT
    assert room.saved[-1].theme == "light"


def test_every_choice_is_kept(room: Room) -> None:
    screen = room.open()
    for row, words in (
        ("Size of the text", "Large"),
        ("Motion", "Rings and words"),
        ("Colours of above and below", "Greys"),
        ("Sound of the breath", "Breath of air"),
        ("How loud", "Full"),
        ("Language", "Español"),
        ("How to wear the strap", "Off"),
        ("LabStreamingLayer", "On"),
        ("Offers", "On"),
    ):
        button(screen, row, words).click()
    assert room.saved[-1] == Preferences(
        theme="dark",
        text_scale=1.25,
        reduced_motion=True,
        hues="grey",
        sound="air",
        volume=1.0,
        language="es",
        connect_hint_seen=True,
        looks_for_streams=True,
        offers_wanted=True,
    )
    assert room.ears.chosen[-1] == ("air", 1.0, "")


def test_a_device_is_chosen_among_those_that_are_there(room: Room) -> None:
    screen = room.open()
    assert room.ears.looks == 1
    room.ears.news = SoundNews(SoundState.READY, "", ("Speakers", "Buds"))
    button(screen, "Loudspeaker or headphones", "The system’s own choice").click()
    room.ears.news = SoundNews(SoundState.READY, "Speakers", ("Speakers", "Buds"))
    button(screen, "Loudspeaker or headphones", "Speakers").click()
    assert room.saved[-1].sound_device == "Buds"


def test_labels_of_sensors_are_forgotten(qtbot: QtBot) -> None:
    room = Room(qtbot, labels=(("ble:1", "Blue 2"),))
    screen = room.open()
    assert "Blue 2" in texts_of(screen)
    button(screen, "Labels of sensors", "Forget them").click()
    assert room.saved[-1].labels == ()


def test_a_running_session_goes_on_and_is_returned_to(room: Room) -> None:
    room.press(Qt.Key.Key_1)
    screen = room.open()
    assert not button(screen, "Sessions and people", "Open the list").isEnabled()
    assert room.window._pacing.is_on
    screen._back.click()
    assert room.shown() == "breathe"
    assert room.backstage.finished == 0


def test_escape_stops_what_sounds_and_moves_behind_them(room: Room) -> None:
    room.press(Qt.Key.Key_1)
    room.backstage.advance(1.0)
    room.window.deliver(room.backstage.drain())
    room.open()
    room.press(Qt.Key.Key_Escape)
    assert not room.window._pacing.is_on
    assert room.ears.plans[-1] is None
    assert room.window._calm.isVisible()


def test_the_ways_lead_to_the_people_and_to_the_sensors(room: Room) -> None:
    button(room.open(), "Sensors", "Look for sensors").click()
    assert room.shown() == "connect"


@pytest.mark.parametrize("size", [(1440, 900), (1120, 720), (640, 480)])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_no_row_is_wider_than_the_page(qtbot: QtBot, size: tuple[int, int], scale: float) -> None:
    room = Room(qtbot, text_scale=scale)
    room.window.setMinimumSize(1, 1)
    room.window.resize(*size)
    screen = room.open()
    QApplication.processEvents()
    for section in screen._sections:
        for row in section.rows:
            if (target := row.focus_target()) is not None:
                right = target.mapTo(screen._scroll, target.rect().topRight()).x()
                assert right <= screen._scroll.viewport().width() or scale > 1.0, row.accessibleName()
