# SPDX-License-Identifier: MIT
"""The field that finds a setting: Down leaves it for the rows, whatever else the key means."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent

from resources.words import gettext as _
from ui.theme import Look
from ui.widgets.field import Field

_LONGEST = 24


class Search(Field):
    """A field for a few words.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    down = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Find a setting"), longest=_LONGEST)

    def event(self, event: QEvent) -> bool:
        """Claim Down while it has the focus."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_down(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave for the rows by Down."""
        if _is_down(event):
            self.down.emit()
        else:
            super().keyPressEvent(event)


def _is_down(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Down
