# SPDX-License-Identifier: MIT
"""Clinician's readings never appear on the client's display by themselves."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from tests.ui.clinician.staged import LEFT, RIGHT, Pair
from ui.clinician.displays import Display, home_of, is_private

MIRROR = Display("DP-2", "b2", LEFT.place)


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
    third = Display("DP-3", "c3", QRect(6000, 0, 3000, 2000))
    client = QRect(10, 10, 800, 600)
    assert home_of([LEFT, RIGHT, third], client, third.key) == third
    assert home_of([LEFT, RIGHT, third], client, "gone|0") == RIGHT
    assert home_of([LEFT], client, LEFT.key) is None


@pytest.mark.parametrize("displays", [[LEFT], [LEFT, MIRROR]])
def test_nothing_is_private_where_all_displays_show_the_client(displays: list[Display]) -> None:
    assert not is_private(displays, LEFT.place, QRect(0, 0, 800, 600))
