# SPDX-License-Identifier: MIT
"""In a language of longer words, and in one that is read from the right, every screen stays whole."""

import gettext
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.catalogue import read_catalogue, write_catalogue
from app.words import bind_words, shipped
from tests.ui.conftest import Stage, Staging
from tests.ui.pseudo import MARK, pseudo
from tests.ui.test_access import assert_apart, assert_readable, visible
from ui.widgets.button import Button
from ui.widgets.label import Label

UNTRANSLATED = re.compile(r"Attune|English|mV|Hz|ECG|EDA|LSL|Ctrl|[\d\W_]+")


def start(_stage: Stage) -> None:
    """The first window."""


def breathe(stage: Stage) -> None:
    stage.press(Qt.Key.Key_1)
    stage.live(2.0)


def session(stage: Stage) -> None:
    stage.window.begin(("demo",))
    stage.live(1.0)
    stage.press(Qt.Key.Key_P)
    stage.live(12.0, step_s=3.0)


def connect(stage: Stage) -> None:
    stage.press(Qt.Key.Key_2)
    stage.live(12.0)


def settings(stage: Stage) -> None:
    stage.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)


SCREENS = (start, breathe, session, connect, settings)
Reach = Callable[[Stage], None]


@pytest.fixture
def pseudo_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak the language that nobody speaks."""
    monkeypatch.setenv("LANGUAGE", "en")
    before = gettext.textdomain()
    english = read_catalogue(shipped() / "en" / "LC_MESSAGES" / "attune.mo")
    words = {key: "\0".join(map(pseudo, text.split("\0"))) if key else text for key, text in english.items()}
    write_catalogue(tmp_path / "xx" / "LC_MESSAGES" / "attune.mo", words)
    bind_words(tmp_path, "xx", catalogues=tmp_path)
    yield
    gettext.textdomain(before)


@pytest.fixture
def spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak Spanish."""
    monkeypatch.setenv("LANGUAGE", "en")
    before = gettext.textdomain()
    bind_words(tmp_path, "es")
    yield
    gettext.textdomain(before)


@pytest.fixture
def from_the_right() -> Iterator[None]:
    """Read from the right."""
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def words_on(stage: Stage) -> list[str]:
    return [w.text() for w in visible(stage.window) if isinstance(w, Label | Button) and w.text()]


@pytest.mark.usefixtures("pseudo_words")
@pytest.mark.parametrize("reach", SCREENS, ids=lambda reach: reach.__name__)
def test_every_word_on_a_screen_is_in_the_language(staging: Staging, reach: Reach) -> None:
    stage = staging()
    reach(stage)
    untold = [text for text in words_on(stage) if MARK not in text and UNTRANSLATED.sub("", text)]
    assert not untold


@pytest.mark.usefixtures("pseudo_words")
@pytest.mark.parametrize("reach", SCREENS, ids=lambda reach: reach.__name__)
def test_no_longer_word_is_cut_off(staging: Staging, reach: Reach) -> None:
    stage = staging()
    reach(stage)
    for widget in visible(stage.window):
        if isinstance(widget, Label):
            assert_readable(widget)
        elif isinstance(widget, Button):
            assert widget.width() >= widget.sizeHint().width(), widget.text()


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("reach", SCREENS, ids=lambda reach: reach.__name__)
def test_no_word_of_spanish_is_cut_off_in_the_smallest_window(staging: Staging, reach: Reach, scale: float) -> None:
    stage = staging(text_scale=scale)
    stage.window.resize(1120, 720)
    reach(stage)
    stage.turn()
    for widget in visible(stage.window):
        if isinstance(widget, Label):
            assert_readable(widget)
        elif isinstance(widget, Button):
            assert widget.width() >= widget.sizeHint().width(), widget.text()


@pytest.mark.usefixtures("qapp", "from_the_right")
@pytest.mark.parametrize("reach", SCREENS, ids=lambda reach: reach.__name__)
def test_from_the_right_nothing_is_cut_off_and_nothing_overlaps(staging: Staging, reach: Reach) -> None:
    stage = staging()
    reach(stage)
    for widget in visible(stage.window):
        if isinstance(widget, Label):
            assert_readable(widget)
        assert_apart([child for child in widget.children() if isinstance(child, QWidget) and child.isVisible()])


@pytest.mark.usefixtures("qapp", "from_the_right")
def test_from_the_right_the_first_choice_stands_at_the_right(staging: Staging) -> None:
    screen = staging().window._screens.start
    assert screen._breathe.mapTo(screen, QPoint()).x() > screen._open.mapTo(screen, QPoint()).x()
