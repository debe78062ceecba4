# SPDX-License-Identifier: MIT
"""Every stream of the session, a row each: the sensors' in the order in which they came, then our outlets.

Law: rows keep their places; one row is shown anew in one turn.
"""

from collections import deque

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from resources.words import gettext as _
from ui.research.stream_row import NARROW, WIDE, Heads, StreamRow
from ui.research.words import Cells
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.card import Card
from ui.widgets.label import safe_label

_WIDE_PX = 1000


class StreamsCard(Card):
    """The table of streams.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    switched = Signal(str, bool)  # what the row is known by, and whether it is to be on

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Streams"))
        self._title = safe_label(look, _("Streams"), kind=Type.TITLE)
        self.summary = safe_label(look, tone="text2")
        self._heads = Heads(look)
        self.rows: dict[str, StreamRow] = {}
        self._due: deque[str] = deque()
        self._cells: dict[str, Cells] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._assemble()
        look.changed.connect(self._fold)

    def clear(self) -> None:
        """Forget every row: another session begins."""
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        self.rows, self._cells = {}, {}
        self._due.clear()

    def show_streams(self, cells: dict[str, Cells], switches: frozenset[str]) -> None:
        """Have these rows shown, by what each is known by; those of `switches` can be switched."""
        for key in cells:
            if key not in self.rows:
                self._add(key, can_switch=key in switches)
        for key in [key for key in self.rows if key not in cells]:
            row = self.rows.pop(key)
            row.hide()
            row.deleteLater()
        self._cells = cells
        self._due = deque(cells)

    def show_next(self, t: float) -> bool:
        """Show one more row at `t` on the session clock; tell whether there was one."""
        if not self._due:
            return False
        key = self._due.popleft()
        self.rows[key].show_cells(self._cells[key], t)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take two lines a row where there is little room."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        columns = WIDE if self.width() >= self._look.px(_WIDE_PX) else NARROW
        self._heads.fold(columns)
        for row in self.rows.values():
            row.fold(columns)

    def _add(self, key: str, *, can_switch: bool) -> None:
        row = StreamRow(self._look, can_switch=can_switch)
        row.clicked.connect(lambda: self.switched.emit(key, not row.cells.is_on))
        self.rows[key] = row
        self._rows.addWidget(row)
        self._fold()

    def _assemble(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.summary)
        layout.addLayout(head)
        layout.addWidget(self._heads)
        layout.addLayout(self._rows)
        layout.addStretch(1)
