# SPDX-License-Identifier: MIT
"""A button that shows the key of an act, and takes the next key that is pressed in its place.

Law: while it waits it hears every key first; Esc and Tab let it be, and nothing is taken that cannot be given.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence

from resources.words import gettext as _
from ui.theme import Look
from ui.widgets.button import Button, Size

_MODIFIERS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta})
_LET_BE = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab})


class KeyButton(Button):
    """The key of one act.

    Parameters
    ----------
    look : Look
        The look it follows.
    name : str
        What the key does.
    """

    typed = Signal(str)  # a key, as the table of keys writes it

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, "", size=Size.NORMAL, others=(_("Press a key"),))
        self._shown = ""
        self._is_waiting = False
        self.setAccessibleDescription(name)
        self.clicked.connect(self._wait)

    def show_now(self, key: str) -> None:
        """Show the key that holds."""
        self._shown = key
        if not self._is_waiting:
            self.say(key)

    def event(self, event: QEvent) -> bool:
        """Hear a key before any shortcut does while waiting for one."""
        if self._is_waiting and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key that is pressed while waiting."""
        if not self._is_waiting:
            super().keyPressEvent(event)
        elif event.key() in _LET_BE:
            self._rest()
        elif event.key() not in _MODIFIERS:
            self._rest()
            self.typed.emit(_written(event))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Wait no longer once somebody went elsewhere."""
        self._rest()
        super().focusOutEvent(event)

    def _wait(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._is_waiting = True
        self.say(_("Press a key"))

    def _rest(self) -> None:
        self._is_waiting = False
        self.say(self._shown)


def _written(event: QKeyEvent) -> str:
    """Write a key as the table of keys does: a letter or sign by itself, the rest by its name."""
    text = event.text().strip().upper()
    is_plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return text if is_plain and text.isprintable() and len(text) == 1 else _named(event)


def _named(event: QKeyEvent) -> str:
    return QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
