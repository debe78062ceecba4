# SPDX-License-Identifier: MIT
"""A real window over a backstage whose clock the test moves."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.direct_backstage import DirectBackstage
from ui.main_window import MainWindow
from ui.preferences import SIGHTS, Preferences


@pytest.fixture(autouse=True)
def _gone() -> Iterator[None]:
    """Let what a test closed be gone: with no event loop running Qt keeps it, and dresses it with each new look."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Stage:
    """A window, its backstage, and what was saved."""

    def __init__(self, qtbot: QtBot, preferences: Preferences, chosen_file: str = "") -> None:
        self.backstage = DirectBackstage()
        self.saved: list[Preferences] = []
        self.window = MainWindow(
            self.backstage, preferences, self.saved.append, choose_file=lambda _window: chosen_file
        )
        self.window._mailbox.stop()  # the test's own hand turns it
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        QCoreApplication.processEvents()  # a palette spreads and a layout settles by events

    def live(self, seconds: float, step_s: float = 0.5) -> None:
        """Let time pass, and the screens take in what came."""
        for _ in range(round(seconds / step_s)):
            self.backstage.advance(step_s)
            self.turn()

    def turn(self) -> None:
        self.window._mailbox.turn()
        QCoreApplication.processEvents()

    def shown(self) -> str:
        return self.window._screens.shown


Staging = Callable[..., Stage]


@pytest.fixture
def staging(qtbot: QtBot) -> Staging:
    """Make a window with given preferences (dark, the page about wearing seen, everything switched on)."""

    def make(chosen_file: str = "", **changes: object) -> Stage:
        given: dict[str, object] = {"theme": "dark", "connect_hint_seen": True, "sees": SIGHTS, **changes}
        return Stage(qtbot, Preferences(**given), chosen_file)  # type: ignore[arg-type]  # a test knows the fields

    return make


@pytest.fixture
def stage(staging: Staging) -> Stage:
    return staging()


def texts_of(widget: QWidget) -> list[str]:
    """Every text that a person can see in a widget now."""
    found = []
    for child in (widget, *widget.findChildren(QWidget)):
        text = getattr(child, "text", None)
        if callable(text) and child.isVisible():
            found.append(str(text()))
    return found
