# SPDX-License-Identifier: MIT
"""What happened, as lines that can be read, marked and filtered; the newest one at the end.

Law: lines are added, never written anew, but where the filter changes.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout

from resources.words import gettext as _
from ui.research.log import Event
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import safe_label
from ui.words import clock_words

_MOST_LINES = 1000
_LONGEST_FILTER = 24


class LogCard(Card):
    """The event log.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Log"))
        self._lines: list[str] = []
        self.filter = Field(look, _("Show the lines with this alone"), longest=_LONGEST_FILTER)
        self.filter.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setMaximumBlockCount(_MOST_LINES)
        self.lines.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.lines.setAccessibleName(_("What happened"))
        self.lines.setTabChangesFocus(True)
        self.lines.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.lines.setMinimumHeight(look.px(120))
        self.filter.textChanged.connect(self._refill)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(safe_label(look, _("Log"), kind=Type.TITLE))
        head.addWidget(safe_label(look, _("with"), tone="text2"), 1, Qt.AlignmentFlag.AlignRight)
        head.addWidget(self.filter, 1)
        layout.addLayout(head)
        layout.addWidget(self.lines, 1)
        look.changed.connect(self._dress)
        self._dress()

    def clear(self) -> None:
        """Forget every line: another session begins."""
        self._lines = []
        self.lines.clear()

    def add(self, events: Sequence[Event], started_t: float) -> None:
        """Add these lines."""
        for event in events:
            line = f"{clock_words(event.t - started_t)}  {event.about}  {event.words}"
            self._lines.append(line)
            if self._is_wanted(line):
                self.lines.appendPlainText(line)
        del self._lines[:-_MOST_LINES]

    def _is_wanted(self, line: str) -> bool:
        return self.filter.text().casefold() in line.casefold()

    def _refill(self) -> None:
        self.lines.clear()
        self.lines.appendPlainText("\n".join(line for line in self._lines if self._is_wanted(line)))

    def _dress(self) -> None:
        palette = self.lines.palette()
        palette.setColor(QPalette.ColorRole.Base, self._look.color("bg"))
        palette.setColor(QPalette.ColorRole.Text, self._look.color("text2"))
        self.lines.setPalette(palette)
        self.lines.setFont(self._look.font(Type.AXIS))
