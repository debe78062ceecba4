# SPDX-License-Identifier: MIT
"""Everybody can use it: names for all, targets large enough, a ring that shows the focus, and words never cut off."""

import itertools

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from dsp.codes import Modality, Reason, SourceState
from dsp.stream import Sighting, Status
from tests.ui.conftest import Stage, Staging
from ui.tokens import DARK, Type
from ui.widgets.button import Button
from ui.widgets.choice_card import ChoiceCard
from ui.widgets.label import Label

SCREENS = ["start", "refused", "connect", "wearing", "radio off", "breathe", "session", "signals", "unreadable"]
PURE_LAYOUT = {QAccessible.Role.Client, QAccessible.Role.ScrollBar, QAccessible.Role.Pane, QAccessible.Role.Window}


def lead_to_session(stage: Stage, screen: str) -> None:
    stage.window.begin(("demo",))
    stage.live(1.0)
    stage.press(Qt.Key.Key_P)
    if screen == "signals":
        stage.press(Qt.Key.Key_G)
    stage.live(12.0, step_s=3.0)


def lead_to(stage: Stage, screen: str) -> None:
    if screen == "refused":
        stage.press(Qt.Key.Key_3)
        source = stage.backstage.begun[0][0]
        stage.backstage.say(Status(stage.backstage.t, source, SourceState.FAILED, reason=Reason.FILE_MALFORMED))
    elif screen in {"connect", "wearing", "radio off"}:
        stage.press(Qt.Key.Key_2)
    elif screen == "breathe":
        stage.press(Qt.Key.Key_1)
    elif screen in {"session", "signals", "unreadable"}:
        lead_to_session(stage, screen)
    if screen == "connect":
        stage.backstage.say(
            Sighting("A0:9E:1A:00:4A:2C", "Polar H10", (Modality.RR, Modality.ECG, Modality.ACC), -52, 80),
            Sighting("E4:1B:06:00:C3:F1", "TICKR", (Modality.HR,), -88),
            Status(stage.backstage.t, "ble:E4:1B:06:00:C3:F1", SourceState.FAILED, reason=Reason.HELD_ELSEWHERE),
        )
    if screen == "radio off":
        reason = Reason.NO_BLUETOOTH_SERVICE
        stage.backstage.say(Status(stage.backstage.t, "scan", SourceState.FAILED, reason=reason))
    if screen == "unreadable":
        stage.backstage.is_blocked = True
        stage.live(20.0, step_s=10.0)
    stage.live(1.0)


def staged(staging: Staging, screen: str, **changes: object) -> Stage:
    stage = staging(chosen_file="/list.csv", **{"connect_hint_seen": screen != "wearing", **changes})
    lead_to(stage, screen)
    return stage


def visible(window: QWidget) -> list[QWidget]:
    return [widget for widget in window.findChildren(QWidget) if widget.isVisible()]


@pytest.mark.parametrize("screen", SCREENS)
def test_everything_that_can_be_seen_has_a_name(staging: Staging, screen: str) -> None:
    stage = staged(staging, screen)
    walked = 0
    waiting = [QAccessible.queryAccessibleInterface(stage.window)]
    while waiting:
        interface = waiting.pop()
        waiting += [interface.child(i) for i in range(interface.childCount())]
        if interface.state().invisible or interface.role() in PURE_LAYOUT or interface.object() is None:
            continue
        walked += 1
        name = interface.text(QAccessible.Text.Name)
        shown = interface.object()
        assert name or (isinstance(shown, Label) and not shown.text()), (shown, interface.role())
    assert walked >= 5


@pytest.mark.parametrize("screen", SCREENS)
def test_every_button_says_what_it_does_and_is_large_enough(staging: Staging, screen: str) -> None:
    stage = staged(staging, screen)
    buttons = [widget for widget in visible(stage.window) if isinstance(widget, QAbstractButton)]
    assert buttons
    for button in buttons:
        assert button.accessibleName()
        assert min(button.width(), button.height()) >= 24


@pytest.mark.parametrize("screen", SCREENS)
def test_tab_reaches_every_button_once_from_top_to_bottom(staging: Staging, screen: str) -> None:
    stage = staged(staging, screen)
    buttons = [w for w in visible(stage.window) if isinstance(w, QAbstractButton) and w.isEnabled()]
    wanted = {w for w in buttons if w.group() is None or w.isChecked()}  # of a choice, Tab reaches what is chosen
    assert not isinstance(QApplication.focusWidget(), QAbstractButton)  # no ring before the first Tab
    reached = []
    for _ in range(len(wanted)):
        stage.press(Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert set(reached) == wanted
    heights = [button.mapTo(stage.window, QPoint(0, 0)).y() for button in reached if button is not None]
    assert heights[0] <= heights[-1]


@pytest.mark.parametrize("screen", ["start", "connect", "session"])
def test_the_focus_is_ringed_3_px_outside_of_the_control(staging: Staging, screen: str) -> None:
    stage = staged(staging, screen)
    assert not stage.window._ring.isVisible()
    stage.press(Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    around = QRect(focused.mapTo(stage.window, QPoint(0, 0)), focused.size())
    assert stage.window._ring.geometry() == around.adjusted(-5, -5, 5, 5)
    image = stage.window.grab().toImage()
    for distance in (4, 5):
        assert image.pixelColor(around.center().x(), around.top() - distance) == QColor(DARK.text)
    assert image.pixelColor(around.center().x(), around.top() - 2) != QColor(DARK.text)


def test_enter_presses_the_focused_button(stage: Stage) -> None:
    stage.window._start._connect.setFocus()
    stage.press(Qt.Key.Key_Return)
    assert stage.shown() == "connect"


def room_of(label: Label) -> QSize:
    return label.contentsRect().size()


@pytest.mark.parametrize("size", [QSize(1440, 900), QSize(1120, 720), QSize(2560, 1440)], ids=lambda s: str(s.width()))
@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("screen", SCREENS)
def test_no_word_is_cut_off_and_nothing_overlaps(staging: Staging, screen: str, scale: float, size: QSize) -> None:
    stage = staged(staging, screen, text_scale=scale)
    stage.window.resize(size)
    stage.turn()
    assert stage.window.size() == size
    for widget in visible(stage.window):
        if isinstance(widget, Label):
            assert_readable(widget)
        elif isinstance(widget, ChoiceCard):
            assert_whole(widget)
        elif isinstance(widget, Button):
            assert widget.width() >= widget.sizeHint().width(), widget.text()
            assert widget.height() >= widget.sizeHint().height(), widget.text()
        assert_apart([child for child in widget.children() if isinstance(child, QWidget) and child.isVisible()])


def assert_readable(label: Label) -> None:
    metrics = QFontMetrics(label.font())
    if label.wordWrap():
        assert label.heightForWidth(label.width()) <= label.height() + 1, label.text()
        return
    for line in label.text().split("\n"):
        assert metrics.horizontalAdvance(line) <= room_of(label).width(), line
    assert metrics.height() * len(label.text().split("\n")) <= room_of(label).height() + 2, label.text()


def assert_whole(card: ChoiceCard) -> None:
    width = card.width() - 2 * card._padding()
    parts = ((card.text(), Type.PAGE), (card._line, Type.LABEL))
    words = sum(card._height_of(text, kind, width) for text, kind in parts)
    assert words + card._look.px(48) + 2 * card._padding() <= card.height()
    longest = max(card.text().split(), key=len)
    assert QFontMetrics(card._look.font(Type.PAGE)).horizontalAdvance(longest) <= width


def assert_apart(siblings: list[QWidget]) -> None:
    for one, other in itertools.combinations(siblings, 2):
        assert not one.geometry().intersects(other.geometry()), (one, other)
