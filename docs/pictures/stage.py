# SPDX-License-Identifier: MIT
"""The real window with a worker that is moved by hand, and what a scene does to them."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.direct_backstage import DirectBackstage
from ui.main_window import MainWindow
from ui.widgets.button import Button

_DRAWN_MS = 60  # real time: the shape's own timer sees the clock that was moved


@dataclass(frozen=True, slots=True)
class Stage:
    """A window and its backstage."""

    application: QApplication
    backstage: DirectBackstage
    window: MainWindow

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the window has its focus."""
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        self.settle(0.0)

    def click(self, words: str, inside: QWidget | None = None) -> None:
        """Press the visible button that is so named or described."""
        buttons = (inside or self.window).findChildren(Button)
        named = (b for b in buttons if words in {b.accessibleName(), b.accessibleDescription()})
        next(b for b in named if b.isVisible()).click()
        self.settle(0.5)

    def settle(self, seconds: float) -> None:
        """Let time pass, and everything be drawn."""
        for _ in range(max(round(seconds * 2), 1)):
            self.backstage.advance(seconds and 0.5)
            self.window.deliver(self.backstage.drain())
        QTest.qWait(_DRAWN_MS)
