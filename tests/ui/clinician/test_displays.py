# SPDX-License-Identifier: MIT
"""Clinician's readings never appear on the client's display by themselves."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from tests.ui.clinician.staged import LEFT, RIGHT, Pair
from ui.clinician.displays import Display, home_of, is_private

MIRROR = Display("DP-2", "b2", LEFT.place)
THIRD = Display("DP-3", "c3", QRect(6000, 0, 3000, 2000))


def is_seen(pair: Pair) -> bool:
    return pair.window.is_seen


def tab(pair: Pair, kind: QEvent.Type) -> None:
    event = QKeyEvent(kind, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(pair.window, event)


def test_it_opens_by_itself_on_a_second_display_and_shows_readings_there(qtbot: QtBot) -> None:
    pair = Pair(qtbot)
    assert RIGHT.place.contains(pair.window.frameGeometry().center())
    assert is_seen(pair)


def test_on_one_display_it_does_not_open_by_itself_and_shows_readings_only_while_tab_is_held(qtbot: QtBot) -> None:
    pair = Pair(qtbot, LEFT)
    assert not is_seen(pair)
    tab(pair, QEvent.Type.KeyPress)
    assert is_seen(pair)
    tab(pair, QEvent.Type.KeyRelease)
    assert not is_seen(pair)


def test_an_unplugged_display_covers_the_readings_at_once_and_plugged_again_gets_them_back(qtbot: QtBot) -> None:
    pair = Pair(qtbot)
    pair.displays.plug(LEFT)
    assert not is_seen(pair)
    pair.displays.plug(LEFT, RIGHT)
    assert is_seen(pair)
    assert RIGHT.place.contains(pair.window.frameGeometry().center())


def test_mirroring_in_mid_session_covers_the_readings_at_once(qtbot: QtBot) -> None:
    pair = Pair(qtbot)
    pair.displays.plug(LEFT, MIRROR)
    assert not is_seen(pair)


def test_the_clients_window_moved_onto_the_clinicians_display_covers_the_readings(qtbot: QtBot) -> None:
    pair = Pair(qtbot)
    pair.client.move(RIGHT.place.topLeft())
    assert not is_seen(pair)


def test_the_remembered_display_comes_first() -> None:
    client = QRect(10, 10, 800, 600)
    assert home_of([LEFT, RIGHT, THIRD], client, THIRD.key) == THIRD
    assert home_of([LEFT, RIGHT, THIRD], client, "gone|0") == RIGHT
    assert home_of([LEFT], client, LEFT.key) is None


@pytest.mark.parametrize("displays", [[LEFT], [LEFT, MIRROR]])
def test_nothing_is_private_where_all_displays_show_the_client(displays: list[Display]) -> None:
    assert not is_private(displays, LEFT.place, QRect(0, 0, 800, 600))


def test_the_display_that_somebody_moves_it_to_is_remembered_and_one_that_the_system_moves_it_to_is_not(
    qtbot: QtBot,
) -> None:
    pair = Pair(qtbot, LEFT, RIGHT, THIRD)
    assert pair.client._keeper.now.clinician_display == ""
    pair.window.move(THIRD.place.topLeft())
    assert pair.client._keeper.now.clinician_display == THIRD.key
    pair.displays.plug(LEFT, RIGHT)
    assert RIGHT.place.contains(pair.window.frameGeometry().center())
    assert pair.client._keeper.now.clinician_display == THIRD.key
    pair.displays.plug(LEFT, RIGHT, THIRD)
    assert THIRD.place.contains(pair.window.frameGeometry().center())


def test_it_opens_on_the_remembered_display(qtbot: QtBot) -> None:
    pair = Pair(qtbot, LEFT, RIGHT, THIRD, clinician_display=THIRD.key)
    assert THIRD.place.contains(pair.window.frameGeometry().center())


def test_moved_onto_the_clients_display_it_is_covered_and_that_display_is_not_remembered(qtbot: QtBot) -> None:
    pair = Pair(qtbot)
    pair.window.move(LEFT.place.center())
    assert not is_seen(pair)
    assert pair.client._keeper.now.clinician_display == ""


def test_mirroring_that_the_system_does_not_tell_of_is_covered_within_200_ms(qtbot: QtBot) -> None:
    pair = Pair(qtbot)
    pair.displays._now = (LEFT, MIRROR)
    pair.window.move(LEFT.place.center())
    pair.window.guard(is_private=True)  # as if nobody had noticed
    pair.live(0.2, step_s=0.2)
    assert not is_seen(pair)


def test_ctrl_2_inside_goes_on_to_the_next_display_and_remembers_it(qtbot: QtBot) -> None:
    pair = Pair(qtbot, LEFT, RIGHT, THIRD)
    pair.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert THIRD.place.contains(pair.window.frameGeometry().center())
    assert pair.client._keeper.now.clinician_display == THIRD.key
    assert is_seen(pair)


def test_f11_and_ctrl_t_act_inside_too(qtbot: QtBot) -> None:
    pair = Pair(qtbot)
    pair.press(Qt.Key.Key_F11)
    assert pair.window.isFullScreen()
    pair.press(Qt.Key.Key_F11)
    assert not pair.window.isFullScreen()
    theme = pair.client._keeper.now.theme
    pair.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert pair.client._keeper.now.theme != theme


def test_a_button_opens_it_and_says_what_to_do_before_a_session(qtbot: QtBot) -> None:
    pair = Pair(qtbot)
    pair.window.hide()
    pair.flow.begin()
    pair.client._screens.start_connecting()
    button = pair.client._screens.connecting.screen.foot.beside
    assert (button.isVisible(), button._cap.key) == (True, "Ctrl+2")
    button.click()
    pair.live(0.5)
    assert pair.window.isVisible()
    assert pair.window.empty.isVisible()


def test_titles_name_nobody(qtbot: QtBot) -> None:
    pair = Pair(qtbot)
    assert {pair.window.windowTitle(), pair.client.windowTitle()} == {"Attune 2", "Attune"}


def test_using_the_clinicians_window_keeps_nothing_of_the_past_open(qtbot: QtBot) -> None:
    pair = Pair(qtbot)
    pair.client._screens.turn_to("sessions")
    pair.live(6.0)
    before = pair.backstage.archive.uses
    pair.press(Qt.Key.Key_M)
    assert pair.backstage.archive.uses == before
