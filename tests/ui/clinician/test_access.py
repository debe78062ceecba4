# SPDX-License-Identifier: MIT
"""The clinician's window for everybody: names, order of Tab, ring, summaries, announcements, other languages."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dsp.codes import Action, Zone
from dsp.stream import CLIENT, Command
from tests.ui.clinician.staged import FEET, Pair, state
from tests.ui.pseudo import MARK
from tests.ui.test_access import PURE_LAYOUT, assert_apart, assert_readable, stop_of, visible
from tests.ui.test_pseudo_language import UNTRANSLATED, from_the_right, pseudo_words
from ui.arousal.bounds_slider import Handle
from ui.clinician.card_head import Aside
from ui.widgets.button import Button
from ui.widgets.label import Label

__all__ = ["from_the_right", "pseudo_words"]  # fixtures
EIGHT = (CLIENT, "partner", *(f"C-{n}" for n in range(3, 9)))
Reach = Callable[[Pair], None]


def empty(pair: Pair) -> None:
    pair.flow.begin()


def live(pair: Pair) -> None:
    pair.live(2.0)


def asked(pair: Pair) -> None:
    pair.give_window()
    pair.window.window_card.slider.upper_handle.setValue(20)


def rating(pair: Pair) -> None:
    pair.press(Qt.Key.Key_F)


def opened(pair: Pair) -> None:
    pair.window.resize(640, 480)
    QApplication.processEvents()
    pair.window.controls.titles[0].click()
    pair.live(1.0)


WAYS: dict[str, tuple[Reach, Sequence[str]]] = {
    "empty": (empty, (CLIENT,)),
    "one": (live, (CLIENT,)),
    "asked": (asked, (CLIENT,)),
    "rating": (rating, (CLIENT, "partner")),
    "small": (opened, (CLIENT, "partner")),
    "eight": (live, EIGHT),
}


@pytest.fixture(params=WAYS)
def pair(request: pytest.FixtureRequest, qtbot: QtBot) -> Pair:
    reach, people = WAYS[request.param]
    made = Pair(qtbot, people=people)
    reach(made)
    return made


def test_all_that_can_be_seen_has_a_name_a_target_and_its_turn(pair: Pair) -> None:
    assert_named(pair.window)
    assert_large(pair.window)
    assert_tab_reaches_all(pair)


def assert_named(window: QWidget) -> None:
    waiting = [QAccessible.queryAccessibleInterface(window)]
    while waiting:
        interface = waiting.pop()
        waiting += [interface.child(i) for i in range(interface.childCount())]
        shown = interface.object()
        if interface.state().invisible or interface.role() in PURE_LAYOUT or shown is None:
            continue
        is_silent = isinstance(shown, Label | Aside) and not shown.text()
        assert interface.text(QAccessible.Text.Name) or is_silent, (shown, interface.role())


def controls_of(window: QWidget) -> list[QWidget]:
    return [w for w in visible(window) if isinstance(w, QAbstractButton | QLineEdit | Handle)]


def assert_large(window: QWidget) -> None:
    for control in controls_of(window):
        assert control.accessibleName()
        assert min(control.width(), control.height()) >= 24, control.accessibleName()


def assert_tab_reaches_all(pair: Pair) -> None:
    """Tab reaches each control once; the bar first, then what is below it."""
    window = pair.window
    window.activateWindow()
    window.setFocus()
    wanted = {stop_of(w) for w in controls_of(window) if w.isEnabled()} - {None}
    reached: list[QWidget] = []
    for _ in range(len(wanted)):
        before: QWidget | None = window.focusWidget()
        QTest.keyClick(window if before is None else before, Qt.Key.Key_Tab)
        focused: QWidget | None = window.focusWidget()
        assert focused is not None
        reached.append(focused)
    assert {stop_of(w) for w in reached} == wanted
    heights = [w.mapTo(window, QPoint()).y() for w in reached]
    assert window.bar.isAncestorOf(reached[0])
    assert heights[0] <= heights[-1]


def test_the_focus_is_ringed_on_a_button_and_on_a_handle(qtbot: QtBot) -> None:
    pair = Pair(qtbot)
    pair.give_window()
    for control in (pair.window.bar.veil, pair.window.window_card.slider.upper_handle):
        control.setFocus(Qt.FocusReason.TabFocusReason)
        assert pair.window._ring.isVisible()
        assert pair.window._ring.geometry().center() == control.mapTo(pair.window, control.rect().center())


def test_text_stands_beside_each_plot(qtbot: QtBot) -> None:
    pair = Pair(qtbot)
    pair.give_window()
    pair.press(Qt.Key.Key_P)
    pair.live(16.0)
    view = pair.window.strips.signals.shown
    assert view is not None
    card = pair.window.people.cards[CLIENT]
    plots = (card.trajectory, view.ecg.plot, view.beats.trend, view.eda.plot, pair.window.pacer.curve)
    assert all(plot.accessibleName() and plot.accessibleDescription() for plot in plots)
    assert "inside" in card.trajectory.accessibleDescription()
    assert pair.window.pacer.curve.accessibleDescription().startswith("6.0 a minute")


def test_what_lights_a_card_up_is_announced_at_most_once_in_15_s(qtbot: QtBot) -> None:
    pair = Pair(qtbot)
    said: list[str] = []
    assert pair.flow._showing is not None
    pair.flow._showing.announcer._speak = said.append
    pair.say(state(pair, Zone.ABOVE, prompt=Zone.ABOVE, level=1.6))
    pair.live(1.0)
    pair.backstage.send(Command(pair.backstage.t, Action.TOO_SLOW, CLIENT, CLIENT))
    pair.live(2.0)
    assert said == ["Client: above for a minute"]
    pair.live(15.0)
    assert said == ["Client: above for a minute", "Client: asked: too slow"]


@pytest.mark.usefixtures("pseudo_words")
@pytest.mark.parametrize("size", [QSize(640, 480), QSize(1440, 900)], ids=lambda size: str(size.width()))
def test_a_longer_language_is_whole_and_every_word_of_it(qtbot: QtBot, size: QSize) -> None:
    pair = Pair(qtbot, people=(CLIENT, "partner"))
    pair.give_window()
    pair.window.resize(size)
    asked(pair)
    pair.live(2.0)
    texts = [w.text() for w in visible(pair.window) if isinstance(w, Label | Button | Aside) and w.text()]
    untold = [text for text in texts if MARK not in text and UNTRANSLATED.sub("", text)]
    assert set(untold) <= {"\N{MICRO SIGN}S", FEET.title}  # a unit, and a clinic's own words
    assert_whole(pair.window)


@pytest.mark.usefixtures("qapp", "from_the_right")
def test_from_the_right_it_is_whole_and_the_people_begin_at_the_right(qtbot: QtBot) -> None:
    pair = Pair(qtbot, people=(CLIENT, "partner"))
    pair.give_window()
    pair.window.resize(1440, 900)
    pair.live(2.0)
    assert_whole(pair.window)
    first, second = pair.window.people.cards.values()
    assert first.x() > second.x()
    tags = pair.window.notes.buttons
    assert tags["mark"].x() > tags["trigger"].x()


@pytest.mark.parametrize("people", [(CLIENT,), (CLIENT, "partner"), EIGHT], ids=["one", "two", "eight"])
def test_nothing_is_cut_off_or_overlaps_from_640_to_2560_and_at_larger_text(
    qtbot: QtBot, people: Sequence[str]
) -> None:
    pair = Pair(qtbot, people=people)
    pair.give_window()
    for _scale in range(3):
        for size in (QSize(640, 480), QSize(1120, 720), QSize(2560, 1440)):
            pair.window.resize(size)
            pair.live(1.0)
            assert pair.window.size() == size
            assert_whole(pair.window)
        pair.client._appearance.next_text_size()


def assert_whole(window: QWidget) -> None:
    for widget in visible(window):
        if isinstance(widget, Label):
            assert_readable(widget)
        elif isinstance(widget, Button):
            assert widget.width() >= widget.sizeHint().width(), widget.text()
        ring = getattr(window, "_ring", None)
        children = [child for child in widget.children() if isinstance(child, QWidget) and child.isVisible()]
        assert_apart([child for child in children if child is not ring and not isinstance(child, Handle)])
