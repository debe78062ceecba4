# SPDX-License-Identifier: MIT
"""Each key means one thing, can be another one, and can be switched off; a field keeps its letters."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.choices import PreferenceKeeper
from ui.key_table import Act, act_of, clean_keys, is_for_fields, key_of, may_be_given, usual_key
from ui.keys import Keymap, Keys
from ui.preferences import Preferences
from ui.theme import Look
from ui.widgets.button import Button

SOME_KEYS = st.sampled_from([*"ABCXYZ!?", "F2", "F12", "Ctrl+K", "Space", "Up", "Home"])


def test_no_two_acts_have_one_key_and_none_takes_a_digit_or_the_stop_key() -> None:
    usual = [usual_key(act) for act in Act]
    assert len(set(usual)) == len(usual)
    assert not set(usual) & {*"0123456789T", "Esc"}


@pytest.mark.parametrize("key", ["Esc", "7", "T", "Tab", "Return", "Backspace", "", " ", "m", "Ctrl+Alt+X", "Alt+Left"])
def test_keys_that_mean_something_everywhere_are_not_given_away(key: str) -> None:
    assert not may_be_given(key)


@given(st.lists(st.tuples(st.sampled_from([*Act, "no such act"]), SOME_KEYS), max_size=6))
def test_whatever_was_chosen_no_key_means_two_things(pairs: list[tuple[str, str]]) -> None:
    chosen = clean_keys((str(act), key) for act, key in pairs)
    keys = [key_of(act, chosen) for act in Act]
    assert len(set(keys)) == len(keys)
    assert all(act_of(key_of(act, chosen), chosen) is act for act in Act)
    assert clean_keys(chosen) == chosen


class Heard:
    """A window with a field, and what its keys did."""

    def __init__(self, qtbot: QtBot, **chosen: object) -> None:
        self.keeper = PreferenceKeeper(Preferences(**chosen), lambda _now: None)  # type: ignore[arg-type]  # our fields
        self.keymap = Keymap(self.keeper)
        self.window, self.field, self.did = QWidget(), QLineEdit(), [""]
        QVBoxLayout(self.window).addWidget(self.field)
        self.window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        qtbot.addWidget(self.window)
        self.keys = Keys(self.window, self.keymap)
        for act in (Act.MARK, Act.HIDE, Act.FULL_SCREEN):
            self.keys.bind(act, partial(self.did_so, act))
        self.keys.bind("1", lambda: self.did.append("1"))
        self.keys.bind("Esc", lambda: self.did.append("Esc"))
        self.keys.listen_on("any")
        with qtbot.waitActive(self.window):
            self.window.show()
        self.window.setFocus()

    def did_so(self, name: str) -> None:
        """Note what a key did."""
        self.did.append(name)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> str:
        """Press a key; give what it did."""
        self.did = [""]
        focused: QWidget | None = self.window.focusWidget()
        QTest.keyClick(self.window if focused is None else focused, key, modifier)
        return self.did[-1]


def test_a_chosen_key_does_it_at_once_and_the_usual_one_no_more(qtbot: QtBot) -> None:
    heard = Heard(qtbot)
    assert heard.press(Qt.Key.Key_M) == Act.MARK
    heard.keeper.keep(replace(heard.keeper.now, keys=(("mark", "X"),)))
    heard.keymap.changed.emit()
    assert heard.press(Qt.Key.Key_M) == ""
    assert heard.press(Qt.Key.Key_X) == Act.MARK


def test_switched_off_only_f_keys_ctrl_and_esc_act(qtbot: QtBot) -> None:
    heard = Heard(qtbot, has_letter_keys=False)
    assert [heard.press(key) for key in (Qt.Key.Key_M, Qt.Key.Key_1)] == ["", ""]
    assert heard.press(Qt.Key.Key_F11) == Act.FULL_SCREEN
    assert heard.press(Qt.Key.Key_Escape) == "Esc"
    assert heard.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier) == Act.HIDE


def test_a_field_keeps_its_letters_and_hears_f_keys_ctrl_and_esc(qtbot: QtBot) -> None:
    heard = Heard(qtbot)
    heard.field.setFocus()
    assert [heard.press(key) for key in (Qt.Key.Key_M, Qt.Key.Key_1)] == ["", ""]
    assert heard.field.text() == "m1"
    assert heard.press(Qt.Key.Key_F11) == Act.FULL_SCREEN
    assert heard.press(Qt.Key.Key_Escape) == "Esc"


def test_a_button_names_the_key_of_now_and_none_that_is_switched_off(qtbot: QtBot) -> None:
    heard = Heard(qtbot)
    button = Button(Look(heard.keeper.now), "mark")
    qtbot.addWidget(button)
    heard.keymap.label(button, Act.MARK)
    assert button._cap.key == "M"
    for chosen, named in (
        (replace(heard.keeper.now, keys=(("mark", "X"),)), "X"),
        (Preferences(has_letter_keys=False), ""),
    ):
        heard.keeper.keep(chosen)
        heard.keymap.changed.emit()
        assert button._cap.key == named


def test_what_acts_in_fields_is_f_keys_ctrl_and_esc() -> None:
    assert [key for key in ("F1", "F12", "F13", "Ctrl+L", "Esc", "F", "Space", "!") if is_for_fields(key)] == [
        "F1",
        "F12",
        "Ctrl+L",
        "Esc",
    ]


def test_buttons_of_both_windows_name_the_keys_that_were_chosen(qtbot: QtBot) -> None:
    heard = Heard(qtbot, keys=(("too_slow", "X"),))
    buttons = [Button(Look(heard.keeper.now), key, key=key) for key in ("S", "P", "7")]
    for button in buttons:
        button.setParent(heard.window)
    heard.keys.listen_on("any")
    assert [button._cap.key for button in buttons] == ["X", "P", "7"]
    heard.keeper.keep(Preferences(has_letter_keys=False))
    heard.keymap.changed.emit()
    assert [button._cap.key for button in buttons] == ["", "", ""]
    heard.keeper.keep(Preferences())
    heard.keymap.changed.emit()
    assert [button._cap.key for button in buttons] == ["S", "P", "7"]


def test_a_letter_means_the_same_on_every_screen(qtbot: QtBot) -> None:
    heard = Heard(qtbot)
    heard.keys.bind("S", lambda: heard.did.append("skip"))
    heard.keys.listen_on("any")
    heard.keeper.keep(replace(heard.keeper.now, keys=(("too_slow", "X"),)))
    heard.keymap.changed.emit()
    assert (heard.press(Qt.Key.Key_S), heard.press(Qt.Key.Key_X)) == ("", "skip")
