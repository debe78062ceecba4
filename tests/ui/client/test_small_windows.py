# SPDX-License-Identifier: MIT
"""A window of 640 x 480, as on a screen at 200 %: every word of a client's screens is whole, hostile names as well."""

import itertools
import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

from dsp.codes import Action
from dsp.stream import CLIENT, Command
from tests.ui.archive.test_flow import asked, stored
from tests.ui.conftest import Stage, Staging, texts_of
from tests.ui.connect.near import press
from tests.ui.test_access import assert_readable
from ui.archive.seam import Interrupted
from ui.client.ask_card import AskCard
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.roomy import Roomy

SMALL = QSize(640, 480)


def paused(stage: Stage) -> None:
    stage.press(Qt.Key.Key_1)
    stage.press(Qt.Key.Key_Space)


def ways(stage: Stage) -> None:
    stage.press(Qt.Key.Key_1)
    stage.press(Qt.Key.Key_W)


def landing(stage: Stage) -> None:
    stored(stage)
    press(stage, stage.window, "I’m done")


def now(stage: Stage) -> None:
    landing(stage)
    stage.window._client.ending.screen.go_on()


def kind(stage: Stage) -> None:
    now(stage)
    stage.window._client.ending.screen.go_on()


def over(stage: Stage) -> None:
    kind(stage)
    stage.window._client.ending.screen.go_on()
    stage.live(1.0)


def greeted(stage: Stage) -> None:
    stored(stage)
    words = (("words", "It was enough."), ("shown", True))
    stage.backstage.send(Command(stage.backstage.t, Action.KIND_WORDS, "store", CLIENT, words))
    stage.live(0.5)


def full_session(stage: Stage) -> None:
    stage.window.begin(("demo",))
    stage.live(1.0)
    stage.press(Qt.Key.Key_P)


def words(stage: Stage) -> None:
    full_session(stage)
    stage.press(Qt.Key.Key_L)


def interrupted(stage: Stage) -> None:
    stage.backstage.say(Interrupted("S-4TQ9Z", ("C-7F3K",)))
    stage.turn()


# by name: the way there, and whether all of it is to be seen without moving about
WAYS: dict[str, tuple[Callable[[Stage], None], bool]] = {
    "first window": (Stage.turn, True),
    "go on": (interrupted, True),
    "breathe": (lambda stage: stage.press(Qt.Key.Key_1), True),
    "paused": (paused, True),
    "ways": (ways, True),
    "notice": (lambda stage: stage.press(Qt.Key.Key_6), True),
    "first session": (stored, True),
    "greeted": (greeted, False),
    "session": (full_session, False),
    "words": (words, True),
    "consent": (asked, True),
    "landing": (landing, True),
    "now": (now, True),
    "kind": (kind, True),
    "over": (over, False),
}


def settle(stage: Stage) -> None:
    """Let everything be laid out anew by what was laid out."""
    for _ in range(4):
        stage.turn()


def visible(widget: QWidget) -> list[QWidget]:
    return [child for child in widget.findChildren(QWidget) if child.isVisible()]


@pytest.mark.parametrize("screen", WAYS)
def test_at_640_by_480_every_word_is_whole_and_nothing_overlaps(staging: Staging, screen: str) -> None:
    stage = staging(reduced_motion=True)
    stage.window.resize(SMALL)
    way, is_whole = WAYS[screen]
    way(stage)
    stage.live(0.5)
    settle(stage)
    assert stage.window.size() == SMALL
    shown = stage.window._screens.currentWidget()
    assert shown is not None
    for widget in visible(shown):
        if isinstance(widget, Label):
            assert_readable(widget)
        elif isinstance(widget, AskCard):
            assert widget.height_for(widget.width()) <= widget.height(), widget.text()
        elif isinstance(widget, Button):
            assert widget.width() >= widget.sizeHint().width(), widget.text()
        children = [child for child in widget.children() if isinstance(child, QWidget) and child.isVisible()]
        for one, other in itertools.combinations(children, 2):
            assert not one.geometry().intersects(other.geometry()), (one, other)
    room = stage.window.findChildren(Roomy)[0]
    has_bars = room.verticalScrollBar().maximum() > 0 or room.horizontalScrollBar().maximum() > 0
    assert not (is_whole and has_bars)
    assert room.horizontalScrollBar().maximum() == 0


def test_the_shape_can_still_be_followed_in_a_small_window(stage: Stage) -> None:
    stage.window.resize(SMALL)
    stage.press(Qt.Key.Key_1)
    stage.turn()
    assert stage.window._screens.breathe.pacer.outer_radius() >= 60


@pytest.mark.parametrize("name", ["x" * 10_000, "<b>bold</b><img src='file:///etc/passwd'>", "\u202eSTRAP\u0000"])
def test_a_hostile_name_changes_nothing_about_the_screen(stage: Stage, name: str) -> None:
    stage.window.resize(SMALL)
    stage.window.begin(("demo",), name)
    stage.live(1.0)
    stage.press(Qt.Key.Key_L)
    stage.live(0.5)
    told = Command(stage.backstage.t, Action.LANE, "store", CLIENT, (("words", name),))
    stage.backstage.send(told)
    stage.live(0.5)
    assert stage.window.size() == SMALL
    assert max(len(text) for text in texts_of(stage.window)) < 200
    assert not [text for text in texts_of(stage.window) if "\u202e" in text or "\u0000" in text]


def test_a_clock_that_jumps_an_hour_leaves_a_calm_screen(stage: Stage) -> None:
    full_session(stage)
    stage.live(5.0)
    stage.backstage.t += 3600.0  # the computer slept, and the clock went on
    stage.live(2.0)
    session = stage.window._screens.session
    assert session is not None
    session.pacer.grab()
    assert 0.0 <= session.pacer.painted.depth <= 1.0
    assert stage.shown() == "session"
    stage.press(Qt.Key.Key_Escape)
    assert stage.window._calm.isVisible()


def test_a_new_persons_screen_has_no_digit_and_five_elements(stage: Stage) -> None:
    stored(stage)
    stage.press(Qt.Key.Key_P)
    for _ in range(20):
        stage.live(2.0)
        texts = texts_of(stage.window)
        assert not [text for text in texts if re.search(r"\d", text)]
    session = stage.window._screens.session
    assert session is not None
    buttons = [b.text() for b in visible(session) if isinstance(b, Button)]
    assert buttons == ["Too slow for me", "Pause", "I’m done"]
    page = [label.text() for label in visible(session.page) if isinstance(label, Label) and label.text()]
    assert len(page) == 1  # the one line of words; with the shape and the three buttons these are five
    drawn = [view for view in visible(session.views) if view.height() > 0]
    assert not drawn


def test_what_lies_below_the_window_is_brought_into_view_by_tab(stage: Stage) -> None:
    stage.window.resize(SMALL)
    greeted(stage)
    settle(stage)
    for _ in range(10):
        stage.press(Qt.Key.Key_Tab)
        focused = stage.window.focusWidget()
        assert focused is not None
        place = QRect(focused.mapTo(stage.window, QPoint(0, 0)), focused.size())
        assert stage.window.rect().intersects(place)
