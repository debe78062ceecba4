# SPDX-License-Identifier: MIT
"""The keys of the whole application: one table, and each key only on the screens where it means something.

A text field that has the focus keeps its letters: Qt offers it a key before any shortcut.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget


class Keys(QObject):
    """Shortcuts of a window, switched by the screen that shows.

    Parameters
    ----------
    window : QWidget
        Where the keys are heard.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._bound: list[tuple[QShortcut, tuple[str, ...]]] = []

    def bind(
        self, key: str, act: Callable[[], None], screens: Sequence[str] = (), *, is_repeated: bool = False
    ) -> None:
        """Let a key act on these screens; on every one where none is named."""
        shortcut = QShortcut(QKeySequence(key), self._window)
        shortcut.setAutoRepeat(is_repeated)
        shortcut.activated.connect(act if _is_for_fields(key) else lambda: self._act(act))
        self._bound.append((shortcut, tuple(screens)))

    def listen_on(self, screen: str) -> None:
        """Hear the keys of this screen; of none when it is empty."""
        for shortcut, screens in self._bound:
            shortcut.setEnabled(bool(screen) and (not screens or screen in screens))

    def _act(self, act: Callable[[], None]) -> None:
        """Do what a key means, unless somebody is typing."""
        if not isinstance(self._window.focusWidget(), QLineEdit):
            act()


def _is_for_fields(key: str) -> bool:
    """Whether a key means the same while a text field has the focus: F-keys, Ctrl and Esc."""
    return key == "Esc" or "Ctrl+" in key or (key.startswith("F") and key[1:].isdigit())
