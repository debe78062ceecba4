# SPDX-License-Identifier: MIT
"""The settings of keys, people and own texts: asked carefully, refused in words, hidden when nobody is there."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import texts_of
from tests.ui.settings.test_screen import Room, button
from ui.archive.practice import Guard, KeyState, KeyWish, PersonRecord, PersonWish
from ui.archive.seam import ArchiveMessage, Hidden, RecoveryCode, Refused, Task
from ui.archive.shelf import ClientRow, Door, Shelf
from ui.settings.key_rows import KeyRows
from ui.settings.people_rows import PeopleRows
from ui.settings.screen import SettingsScreen

OLD, NEW = "eight quiet birds", "seven slow rivers"
CODE = "C-7F3K"


class Practice(Room):
    """A window whose settings are open over a store."""

    def __init__(self, qtbot: QtBot, **changes: object) -> None:
        super().__init__(qtbot, **changes)
        self.archive = self.backstage.archive
        self.archive.shelf = Shelf(Door.OPEN, clients=(ClientRow(CODE, None),))

    def open(self) -> SettingsScreen:
        screen = super().open()
        self.turn()
        return screen

    def turn(self) -> None:
        self.window.deliver(self.backstage.drain())

    def hear(self, message: ArchiveMessage) -> None:
        self.backstage.say(message)
        self.turn()

    @property
    def keys(self) -> KeyRows:
        return self.open_screen._page._keys

    @property
    def people(self) -> PeopleRows:
        return self.open_screen._page._people

    @property
    def open_screen(self) -> SettingsScreen:
        screen = self.window._settings.screen
        assert screen is not None
        return screen


@pytest.fixture
def practice(qtbot: QtBot) -> Practice:
    return Practice(qtbot)


def typed(practice: Practice, *texts: str) -> None:
    """Type one text after the other, each with Enter."""
    for text in texts:
        practice.type(text)
        practice.press(Qt.Key.Key_Return)


def test_a_first_passphrase_is_typed_twice_and_sent_with_enter(practice: Practice) -> None:
    button(practice.open(), "Passphrase", "Set a passphrase").click()
    typed(practice, NEW, NEW)
    assert practice.archive.calls[-1] == ("protect", KeyWish(NEW))
    practice.hear(KeyState(Guard.PASSPHRASE, has_recovery_code=True))
    assert not practice.keys._passphrase.is_open
    assert "A passphrase protects the store. To change it, the one of now is asked for first." in texts_of(
        practice.open_screen
    )


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (("", NEW, NEW), "Type the passphrase of now first, or the recovery code."),
        ((OLD, "short", "short"), "A passphrase has at least eight letters. A few words in a row are easy to keep."),
        ((OLD, NEW, NEW + "x"), "The two new ones are not the same. Type both once more."),
    ],
)
def test_what_cannot_be_a_passphrase_is_refused_in_words(
    practice: Practice, texts: tuple[str, ...], words: str
) -> None:
    practice.archive.keys = KeyState(Guard.PASSPHRASE, has_recovery_code=True)
    button(practice.open(), "Passphrase", "Change it").click()
    typed(practice, *texts)
    assert words in texts_of(practice.open_screen)
    assert not [call for call in practice.archive.calls if call[0] == "protect"]


def test_a_wrong_passphrase_leaves_the_fields_open_and_says_what_to_do(practice: Practice) -> None:
    practice.archive.keys = KeyState(Guard.PASSPHRASE, has_recovery_code=True)
    button(practice.open(), "Passphrase", "Change it").click()
    typed(practice, OLD, NEW, NEW)
    practice.hear(Refused(Task.KEYS, "wrong_key"))
    assert practice.keys._passphrase.is_open
    assert "This does not open the store. Try again, or use the printed recovery code." in texts_of(
        practice.open_screen
    )


def test_a_new_recovery_code_is_put_on_paper_and_leads_back(practice: Practice) -> None:
    practice.archive.keys = KeyState(Guard.PASSPHRASE, has_recovery_code=True)
    button(practice.open(), "Recovery code, on paper", "Make a new code").click()
    typed(practice, OLD)
    assert practice.archive.calls[-1] == ("protect", KeyWish(current=OLD))
    practice.hear(RecoveryCode("ABCD-EFGH"))
    assert practice.shown() == "recovery"
    practice.window._screens.archive.recovery._leave()
    assert practice.shown() == "settings"


def test_somebody_else_gets_a_passphrase_of_their_own(practice: Practice) -> None:
    practice.archive.keys = KeyState(Guard.PASSPHRASE, has_recovery_code=True, operators=1)
    button(practice.open(), "Who works with it", "Add somebody").click()
    typed(practice, "Maria", OLD, NEW, NEW)
    assert practice.archive.calls[-1] == ("protect", KeyWish(NEW, OLD, "Maria"))


def test_no_passphrase_stays_in_a_field_when_the_settings_are_left(practice: Practice) -> None:
    button(practice.open(), "Passphrase", "Set a passphrase").click()
    practice.type(NEW)
    practice.open_screen._back.click()
    assert not any(field.text() for field in practice.keys._passphrase._fields.values())


def test_a_person_is_found_by_code_and_what_holds_is_changed_by_one_press(practice: Practice) -> None:
    practice.archive.records[CODE] = PersonRecord(CODE, ("pregnancy",), has_own_bounds=True, cards=("the sea",))
    practice.open()
    practice.people._code.setText(CODE)
    practice.people._show.click()
    practice.turn()
    panel = practice.people._panel
    assert {"Marked in the checklist:", "Own cards: the sea"} <= set(texts_of(panel))
    panel._marks["pacemaker"].click()
    panel._breath.button_at(0).click()
    panel._bounds.click()
    panel._keep.click()
    wish = PersonWish(CODE, ("pacemaker", "pregnancy"), takes_breath=False, drops_bounds=True)
    assert practice.archive.calls[-1] == ("set_person", wish)
    practice.turn()
    assert not panel.isVisible()
    assert f"Kept for {CODE}; it holds from the next session on." in texts_of(practice.open_screen)


def test_a_code_that_nobody_has_is_said(practice: Practice) -> None:
    practice.open()
    practice.people._ask()
    assert "Type the code of a person first; it begins with C." in texts_of(practice.open_screen)
    practice.hear(Refused(Task.PERSON, "unknown_code"))
    assert "There is nobody, and no session, of this code. Look at the code once more." in texts_of(
        practice.open_screen
    )


def test_what_is_of_the_practice_hides_and_looks_and_sound_stay_at_hand(practice: Practice) -> None:
    screen = practice.open()
    practice.archive.records[CODE] = PersonRecord(CODE, ("pregnancy",))
    practice.people._code.setText(CODE)
    practice.people._show.click()
    practice.hear(Hidden(is_beyond=True, is_all=False))
    assert [s.accessibleName() for s in screen._sections if s.isVisible()] == [
        "Appearance",
        "Sound",
        "Language",
        "Keys",
    ]
    assert "The store is locked" in texts_of(screen)
    assert practice.people._panel.isHidden()
    practice.type("passphrase")
    assert not [s for s in screen._sections if s.isVisible()]
    screen._search.clear()
    screen._unlock._open.click()
    assert practice.archive.calls[-1] == ("unlock", "")
    practice.hear(Shelf(Door.OPEN))
    assert all(section.isVisible() for section in screen._sections)


def test_a_locked_store_says_why_it_did_not_open(practice: Practice) -> None:
    practice.archive.shelf = Shelf(Door.LOCKED)
    screen = practice.open()
    practice.hear(Refused(Task.OPEN, "wrong_key"))
    assert "This does not open the store. Try again, or use the printed recovery code." in texts_of(screen)


def test_using_the_settings_keeps_them_open(practice: Practice) -> None:
    practice.open()
    before = practice.archive.uses
    practice.backstage.advance(10.0)
    practice.press(Qt.Key.Key_Down)
    assert practice.archive.uses > before


def test_every_choice_is_taken_back_step_by_step(practice: Practice) -> None:
    screen = practice.open()
    assert not screen._undo.isEnabled()
    button(screen, "Colours", "Light").click()
    button(screen, "Sound of the breath", "Breath of air").click()
    screen.setFocus()
    practice.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (practice.saved[-1].sound, practice.saved[-1].theme) == ("off", "light")
    assert practice.ears.chosen[-1] == ("off", 0.5, "")
    screen._undo.click()
    assert practice.saved[-1].theme == "dark"
    assert not screen._undo.isEnabled()


def test_the_folder_of_own_texts_is_looked_through_before_it_is_taken(practice: Practice) -> None:
    screen = practice.open()
    archive = practice.window._screens.archive
    archive.choose_folder = lambda _window, _title: "/empty"
    button(screen, "Folder of your own texts", "Choose a folder").click()
    assert "There is nothing in /empty." in texts_of(screen)
    assert not practice.saved
    archive.choose_folder = lambda _window, _title: "/clinic"
    button(screen, "Folder of your own texts", "Choose a folder").click()
    assert practice.saved[-1].texts_folder == "/clinic"
    assert any(text.startswith("2 sentences of your own.") for text in texts_of(screen))
    button(screen, "Folder of your own texts", "The usual one").click()
    assert practice.saved[-1].texts_folder == ""


def test_types_of_markers_are_changed_one_for_each_key(practice: Practice) -> None:
    screen = practice.open()
    button(screen, "Types of markers", "Change them").click()
    row = next(r for section in screen._sections for r in section.rows if r.accessibleName() == "Types of markers")
    form = row._control
    assert form is not None
    practice.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    practice.type("breath held")
    form._send.click()  # type: ignore[attr-defined]  # the control of this row is a form
    assert practice.saved[-1].markers == ("breath held", "resource", "memory", "shift", "silence")


def test_an_act_gets_another_key_and_the_screens_hear_it(practice: Practice) -> None:
    screen = practice.open()
    change = button(screen, "Which key does what", "A")
    change.click()
    practice.press(Qt.Key.Key_J)
    assert practice.saved[-1].keys == (("sound", "J"),)
    assert change.text() == "J"
    screen._back.click()
    practice.press(Qt.Key.Key_1)
    practice.press(Qt.Key.Key_J)
    assert practice.ears.chosen[-1][0] == "tones"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (Qt.Key.Key_M, "M already means “mark a moment”; give that another key first."),
        (Qt.Key.Key_3, "3 cannot be given: it means something everywhere."),
    ],
)
def test_a_key_that_means_something_else_is_refused_in_words(practice: Practice, key: Qt.Key, words: str) -> None:
    screen = practice.open()
    button(screen, "Which key does what", "A").click()
    practice.press(key)
    assert words in texts_of(screen)
    assert not practice.saved


def test_escape_leaves_a_key_as_it_is_and_stays_in_the_settings(practice: Practice) -> None:
    change = button(practice.open(), "Which key does what", "A")
    change.click()
    assert change.text() == "Press a key"
    practice.press(Qt.Key.Key_Escape)
    assert (change.text(), practice.shown()) == ("A", "settings")
