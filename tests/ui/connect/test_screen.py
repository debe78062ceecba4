# SPDX-License-Identifier: MIT
"""Looking for sensors: the page about wearing, the hint, the radio's troubles, and rows that keep their place."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from dsp.codes import Reason, SourceState
from dsp.stream import Sighting, Status
from tests.ui.conftest import Stage, Staging, texts_of
from tests.ui.connect.near import H10, SHIMMER, STRAP, button, connect, look, row
from ui.words import advice_on

RADIO = [Reason.NO_RADIO, Reason.RADIO_OFF, Reason.RADIO_DENIED, Reason.NO_BLUETOOTH_SERVICE, Reason.BLUETOOTH_FAULT]


def test_the_page_about_wearing_comes_first_and_is_remembered(staging: Staging) -> None:
    stage = staging(connect_hint_seen=False)
    stage.press(Qt.Key.Key_2)
    assert "Wet the two patches" in texts_of(stage.window)
    assert stage.backstage.is_looking
    button(stage.window, "Skip").click()
    assert "Sensors near you" in texts_of(stage.window)
    assert stage.saved[-1].connect_hint_seen
    stage.press(Qt.Key.Key_Backspace)
    stage.press(Qt.Key.Key_2)
    assert "Sensors near you" in texts_of(stage.window)


def test_the_page_about_wearing_can_be_seen_again(stage: Stage) -> None:
    stage.press(Qt.Key.Key_2)
    button(stage.window, "How to wear it").click()
    assert "Snug, not tight" in texts_of(stage.window)


def test_while_nothing_is_near_the_usual_helps_are_named(stage: Stage) -> None:
    stage.press(Qt.Key.Key_2)
    stage.live(3.0)
    texts = texts_of(stage.window)
    assert {"Nothing yet", "Damp skin? Another phone or watch holding it? It wakes on the skin."} <= set(texts)
    assert "looking, 0:03" in texts


@pytest.mark.parametrize("reason", RADIO)
def test_what_keeps_the_radio_from_working_is_a_card_with_one_fix(stage: Stage, reason: Reason) -> None:
    stage.press(Qt.Key.Key_2)
    stage.backstage.say(Status(stage.backstage.t, "scan", SourceState.FAILED, reason=reason))
    stage.live(2.0)
    advice = advice_on(reason)
    assert {advice.sentence, advice.step, "waiting for Bluetooth, 0:02"} <= set(texts_of(stage.window))
    stage.backstage.say(Status(stage.backstage.t, "scan", SourceState.SCANNING))
    stage.live(1.0)
    texts = texts_of(stage.window)
    assert advice.sentence not in texts
    assert "Nothing yet" in texts


def test_rows_are_renewed_in_place_and_keep_their_order(stage: Stage) -> None:
    first, second = Sighting("ble:a1", "First", (), -90), Sighting("ble:b2", "Second", (), -50)
    look(stage, first, second)
    stage.turn()
    rows = {address: row(stage, address) for address in (first.address, second.address)}
    places = [r.y() for r in rows.values()]
    stage.backstage.say(replace(second, rssi_dbm=-40), replace(first, rssi_dbm=-45))
    stage.turn()
    assert {address: row(stage, address) for address in rows} == rows
    assert [r.y() for r in rows.values()] == places == sorted(places)
    assert "close" in texts_of(rows["ble:a1"])


def test_looking_again_starts_the_search_anew_and_keeps_the_rows(stage: Stage) -> None:
    look(stage, Sighting("ble:a1", "First", (), -90))
    stage.live(5.0)
    button(stage.window, "Look again").click()
    stage.turn()
    assert stage.backstage.searches == 2
    assert {"First", "looking, 0:00"} <= set(texts_of(stage.window))


def test_tab_goes_down_the_list_in_the_order_that_is_seen(stage: Stage) -> None:
    look(stage, H10, SHIMMER)
    connect(stage, STRAP)
    reached = []
    for _ in range(16):
        stage.press(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.append(focused.accessibleName())
    names = ["How to wear it", "Look again", "LSL streams: off", "nobody yet", "nobody yet"]
    names += ["Label printed on it", "Stop using it", "Connect", "Try it without a strap"]
    assert reached[: len(names)] == names


def test_the_pacer_alone_is_a_way_too(stage: Stage) -> None:
    stage.press(Qt.Key.Key_2)
    button(stage.window, "The breathing pacer alone").click()
    assert stage.shown() == "breathe"
    assert not stage.backstage.is_looking


def test_a_narrow_window_puts_the_right_column_below_the_list(stage: Stage) -> None:
    stage.press(Qt.Key.Key_2)
    screen = stage.window._screens.connecting.screen
    for width, is_below in ((1440, False), (1120, True)):
        stage.window.resize(width, 900)
        stage.turn()
        assert (screen.aside.y() > screen.sensors.y()) is is_below


@pytest.mark.parametrize(("scale", "is_stacked"), [(1.0, False), (1.5, True)])
def test_in_a_window_narrow_for_its_text_state_and_fix_stand_under_the_name(
    staging: Staging, scale: float, is_stacked: bool
) -> None:
    stage = staging(text_scale=scale)
    stage.window.resize(1120, 720)
    look(stage, H10)
    place = row(stage, H10.address)
    assert (place._condition.y() > place._power.y()) is is_stacked
    assert place._fix.height() <= stage.window._look.px(24)  # one line
