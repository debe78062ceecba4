# SPDX-License-Identifier: MIT
"""In a language of longer words, and in one that is read from the right, every screen stays whole."""

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from app.catalogue import read_catalogue, write_catalogue
from app.words import bind_words, shipped
from tests.ui.conftest import Stage, Staging
from tests.ui.connect.near import ALL
from tests.ui.pseudo import MARK, pseudo
from tests.ui.test_access import SCREENS, assert_whole_words, read_in, settle, staged, visible
from ui.widgets.button import Button
from ui.widgets.label import Label

# names, units, and what a person or a device wrote: none of it is the program's own sentence
WRITTEN_BY_OTHERS = re.compile("|".join(("the sea", *(one.name for one in ALL))))
UNTRANSLATED = re.compile(
    r"Attune|English|Español|mV|Hz|ECG|EDA|LSL|LabStreamingLayer|RMSSD|SCR|SCL|Ctrl|Enter|XDF|CSV|EDF|BIDS|Parquet|PDF"
    r"|HTML|[CSO]-[0-9A-Z]{4,5}|/\S+|F\d+|\b[A-Z]\b|\b[0-9A-F]{4}\b|\d+|[\W_]+"
)


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


@pytest.mark.usefixtures("pseudo_words")
@pytest.mark.parametrize("screen", SCREENS)
def test_every_word_is_in_the_language_and_whole_from_both_sides(staging: Staging, screen: str) -> None:
    """One window read from the left and from the right: a window is dear."""
    stage = staged(staging, screen)
    assert not untold(stage)
    settle(stage)
    assert_whole_words(stage.window)
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        settle(stage)
        assert_whole_words(stage.window)
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def untold(stage: Stage) -> list[str]:
    """What can be read and came through no catalogue."""
    words = {w.text() for w in visible(stage.window) if isinstance(w, Label | Button)}
    return sorted(text for text in words if MARK not in text and UNTRANSLATED.sub("", WRITTEN_BY_OTHERS.sub("", text)))


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize("screen", SCREENS)
def test_no_word_of_spanish_is_cut_off_in_the_smallest_window_that_is_drawn(staging: Staging, screen: str) -> None:
    stage = staged(staging, screen)
    stage.window.resize(1120, 720)
    for scale in (1.0, 1.5):
        read_in(stage, scale)
        assert_whole_words(stage.window)


@pytest.fixture
def from_the_right() -> Iterator[None]:
    """Read from the right."""
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.usefixtures("qapp", "from_the_right")
def test_from_the_right_the_first_choice_stands_at_the_right(staging: Staging) -> None:
    screen = staging().window._screens.start
    assert screen._breathe.mapTo(screen, QPoint()).x() > screen._open.mapTo(screen, QPoint()).x()
