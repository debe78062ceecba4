# SPDX-License-Identifier: MIT
"""Whose a sensor is: two taps on it, a choice by hand, and both can be undone; and the label printed on it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dsp.codes import Action, Modality, NoticeCode
from dsp.stream import NOBODY, Notice, Sighting
from tests.ui.conftest import Stage, Staging, texts_of
from tests.ui.connect.near import (
    FINGERS,
    H10,
    OTHER_STRAP,
    SHIMMER,
    STRAP,
    TICKR,
    connect,
    give,
    look,
    note,
    press,
    row,
    start,
)
from ui.choices import LONGEST_LABEL
from ui.people import PARTNER
from ui.widgets.field import Field


def tap(stage: Stage, address: str) -> None:
    note(stage, address, NoticeCode.TAPPED_TWICE)


def assigned(stage: Stage) -> list[tuple[object, object]]:
    commands = [dict(c.values) for c in stage.backstage.sent if c.action is Action.ASSIGN]
    return [(values["source"], values["to"]) for values in commands]


def field_of(stage: Stage, address: str) -> Field:
    (field,) = row(stage, address).findChildren(Field)
    return field


def write_label(stage: Stage, address: str, label: str) -> None:
    field = field_of(stage, address)
    field.setFocus()
    field.selectAll()
    field.insert(label)
    QTest.keyClick(field, Qt.Key.Key_Return)
    stage.turn()


def test_a_connected_strap_is_nobodys_and_asks_to_be_tapped(stage: Stage) -> None:
    look(stage, H10)
    connect(stage, STRAP)
    texts = set(texts_of(row(stage, STRAP)))
    assert {"nobody yet", "Client: tap it twice", "Then we know whose it is. Or choose here."} <= texts
    assert assigned(stage) == []


def test_two_taps_say_whose_it_is(stage: Stage) -> None:
    look(stage, H10)
    connect(stage, STRAP)
    tap(stage, STRAP)
    assert assigned(stage) == [(STRAP, "client")]
    texts = set(texts_of(row(stage, STRAP)))
    assert {"This one is the client’s", "It felt two taps. Not so? Choose again."} <= texts


def test_taps_are_felt_in_what_the_strap_itself_sends(stage: Stage) -> None:
    made_up = Sighting("demo:1", "Made up", (Modality.RR, Modality.ACC))
    look(stage, made_up)
    press(stage, row(stage, "demo:1"), "Connect")
    stage.live(5.0)
    assert assigned(stage) == []
    stage.backstage.tap("demo:1")
    stage.live(5.0)
    assert assigned(stage) == [("demo:1", "client")]
    assert "This one is the client’s" in texts_of(stage.window)


def test_the_strap_that_is_tapped_is_the_one_whichever_was_connected_first(stage: Stage) -> None:
    look(stage, H10, TICKR)
    connect(stage, STRAP, OTHER_STRAP)
    tap(stage, OTHER_STRAP)
    assert "Partner: tap it twice" in texts_of(row(stage, STRAP))
    tap(stage, STRAP)
    assert assigned(stage) == [(OTHER_STRAP, "client"), (STRAP, PARTNER)]


def test_taps_on_a_strap_that_has_its_person_change_nothing(stage: Stage) -> None:
    look(stage, H10)
    connect(stage, STRAP)
    tap(stage, STRAP)
    tap(stage, STRAP)
    assert assigned(stage) == [(STRAP, "client")]


def test_nobody_is_asked_and_no_tap_counts_where_the_list_does_not_show(stage: Stage) -> None:
    look(stage, H10, TICKR)
    connect(stage, STRAP, OTHER_STRAP)
    tap(stage, STRAP)
    start(stage)
    tap(stage, OTHER_STRAP)
    assert assigned(stage) == [(STRAP, "client")]


def test_the_choice_by_hand_skips_the_taps(stage: Stage) -> None:
    look(stage, H10)
    connect(stage, STRAP)
    give(stage, STRAP, "client")
    assert assigned(stage) == [(STRAP, "client")]
    assert "Not so? Choose again." in texts_of(row(stage, STRAP))


def test_a_sensor_that_feels_no_tap_asks_for_a_choice(stage: Stage) -> None:
    look(stage, SHIMMER)
    connect(stage, FINGERS)
    texts = set(texts_of(row(stage, FINGERS)))
    assert {"Whose is it?", "It cannot feel a tap: choose here."} <= texts
    give(stage, FINGERS, "partner")
    assert assigned(stage) == [(FINGERS, PARTNER)]


def test_a_strap_that_feels_no_motion_is_lifted_off(stage: Stage) -> None:
    look(stage, TICKR)
    connect(stage, OTHER_STRAP)
    assert "Client: lift it off the skin twice" in texts_of(row(stage, OTHER_STRAP))
    tap(stage, OTHER_STRAP)
    assert assigned(stage) == [(OTHER_STRAP, "client")]
    assert "It felt being lifted. Not so? Choose again." in texts_of(row(stage, OTHER_STRAP))


def test_a_sensor_that_comes_back_in_the_same_session_is_nobodys(stage: Stage) -> None:
    look(stage, H10, SHIMMER)
    connect(stage, STRAP, FINGERS)
    give(stage, STRAP, "client")
    press(stage, row(stage, STRAP), "Stop using it")
    assert assigned(stage)[-1] == (STRAP, NOBODY)
    connect(stage, STRAP)
    assert "Client: tap it twice" in texts_of(row(stage, STRAP))


def test_two_straps_tapped_at_once_do_not_both_become_the_clients(stage: Stage) -> None:
    look(stage, H10, TICKR)
    connect(stage, STRAP, OTHER_STRAP)
    for address in (STRAP, OTHER_STRAP):
        stage.backstage.feed(Notice(stage.backstage.t, NoticeCode.TAPPED_TWICE, address, NOBODY))
    stage.live(2.0)
    assert assigned(stage) == [(STRAP, "client")]
    assert "Partner: lift it off the skin twice" in texts_of(row(stage, OTHER_STRAP))


def test_an_assignment_can_be_undone(stage: Stage) -> None:
    look(stage, H10)
    connect(stage, STRAP)
    tap(stage, STRAP)
    give(stage, STRAP, "nobody yet")
    assert assigned(stage)[-1] == (STRAP, NOBODY)
    assert "Client: tap it twice" in texts_of(row(stage, STRAP))


def test_whose_it_is_shows_only_once_the_session_has_taken_it(stage: Stage) -> None:
    look(stage, H10)
    connect(stage, STRAP)
    stage.backstage.is_blocked = True
    give(stage, STRAP, "client")
    assert "This one is the client’s" not in texts_of(stage.window)


def test_nothing_opens_or_folds_by_itself_when_a_strap_is_tapped(stage: Stage) -> None:
    look(stage, H10, TICKR)
    connect(stage, STRAP)
    before = row(stage, OTHER_STRAP).geometry()
    tap(stage, STRAP)
    assert row(stage, OTHER_STRAP).geometry() == before


def test_what_can_be_said_of_a_sensor_opens_and_folds_by_its_button(stage: Stage) -> None:
    look(stage, H10)
    connect(stage, STRAP)
    action = row(stage, STRAP)._action
    for is_open in (False, True):
        action.click()
        stage.turn()
        assert ("Label printed on it" in texts_of(row(stage, STRAP))) is is_open


def test_the_printed_label_is_the_sensors_name_everywhere_and_remembered(staging: Staging) -> None:
    stage = staging()
    look(stage, H10)
    connect(stage, STRAP)
    write_label(stage, STRAP, "Blue 2")
    give(stage, STRAP, "client")
    assert stage.saved[-1].labels == ((STRAP, "Blue 2"),)
    assert {"Blue 2", "Polar H10, 4A2C"} <= set(texts_of(row(stage, STRAP)))
    assert "Blue 2" in texts_of(stage.window._screens.connecting.screen.aside.wears)
    start(stage)
    assert "Blue 2: heartbeats, ECG, movement" in texts_of(stage.window)
    again = staging(labels=stage.saved[-1].labels)
    look(again, H10)
    assert "Blue 2" in texts_of(row(again, STRAP))


def test_a_label_ends_at_16_characters_and_is_plain(stage: Stage) -> None:
    look(stage, H10)
    connect(stage, STRAP)
    write_label(stage, STRAP, "<b>\u202e" + "0123456789" * 5)
    ((_address, label),) = stage.saved[-1].labels
    assert len(label) <= LONGEST_LABEL
    assert label.startswith("<b>0")
    assert label in texts_of(row(stage, STRAP))


def test_an_emptied_label_gives_the_sensor_its_own_name_back(staging: Staging) -> None:
    stage = staging(labels=((STRAP, "Blue 2"),))
    look(stage, H10)
    connect(stage, STRAP)
    field = field_of(stage, STRAP)
    field.setFocus()
    field.clear()
    QTest.keyClick(field, Qt.Key.Key_Return)
    stage.turn()
    assert stage.saved[-1].labels == ()
    assert {"Polar H10", "4A2C"} <= set(texts_of(row(stage, STRAP)))


def test_escape_takes_a_typed_label_back_and_leaves_the_list_where_it_is(stage: Stage) -> None:
    look(stage, H10)
    connect(stage, STRAP)
    field = field_of(stage, STRAP)
    field.setFocus()
    QTest.keyClicks(field, "Blau")
    stage.press(Qt.Key.Key_Escape)
    assert stage.shown() == "connect"
    assert field.text() == ""
    assert not any(preferences.labels for preferences in stage.saved)


def test_backspace_and_letters_belong_to_the_label_while_it_is_typed(stage: Stage) -> None:
    look(stage, H10)
    connect(stage, STRAP)
    field = field_of(stage, STRAP)
    field.setFocus()
    for key in (Qt.Key.Key_1, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace):
        stage.press(key)
    assert stage.shown() == "connect"
    assert field.text() == ""


def test_the_whole_way_goes_by_the_keyboard_alone(stage: Stage) -> None:
    look(stage, H10)
    press_by_key(stage, "Connect")
    tap(stage, STRAP)
    press_by_key(stage, "Start")
    press_by_key(stage, "Start, live only")
    assert stage.shown() == "session"


def press_by_key(stage: Stage, words: str) -> None:
    for _ in range(40):
        stage.press(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is not None and focused.accessibleName() == words:
            stage.press(Qt.Key.Key_Return)
            stage.live(0.5)
            return
    raise AssertionError(words)
