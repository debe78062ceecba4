# SPDX-License-Identifier: MIT
"""The sessions that were stored: found by code and date, looked at again, exported, erased.

Law: it shows what it is told; each wish leaves as a signal; while the store is locked it shows nothing of it.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.archive.detail import DetailCard
from ui.archive.shelf import Door, SessionRow, Shelf
from ui.archive.table import SessionTable
from ui.archive.unlock import UnlockCard
from ui.archive.words import is_found
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button
from ui.widgets.card import Hairline
from ui.widgets.field import Field
from ui.widgets.label import safe_label
from ui.widgets.scroll import Scroll
from ui.widgets.top_bar import TopBar
from ui.words import Advice

_ASIDE_WIDTH = 432
_NARROW = 1200
_UNBOUND = 16_777_215
_LONGEST_SEARCH = 24


class SessionsScreen(QWidget):
    """The list, and what can be done with the chosen session.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shelf = Shelf(Door.UNKNOWN)
        self._chosen = ""
        self._is_exporting = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Sessions"))
        self._search = Field(look, _("Find by code or date"), longest=_LONGEST_SEARCH)
        self._search_name = safe_label(look, _("code or date"), tone="text2")
        self._said = safe_label(look, kind=Type.LABEL, tone="text2", wrap=True)
        self._table = SessionTable(look)
        self.detail = DetailCard(look)
        self.unlock = UnlockCard(look)
        self._back = Button(look, _("Back"))
        self._assemble()
        self._table.chosen.connect(self._choose)
        self._search.textChanged.connect(lambda _text: self._show())
        self._back.clicked.connect(self.left)
        look.changed.connect(self._arrange)
        self._show()

    def show_shelf(self, shelf: Shelf) -> None:
        """Show what is stored."""
        self._shelf = shelf
        self.unlock.settle()
        self._show()

    def refuse(self, advice: Advice) -> None:
        """Say why a session cannot be looked at."""
        self._said.say(f"{advice.sentence} {advice.step}")

    def ask_export(self, session: str) -> None:
        """Choose a session and show its export; where the list is not there yet, as soon as it is."""
        self._chosen, self._is_exporting = session, True
        self._show()

    def begin(self) -> None:
        """Begin with all of them."""
        self._search.clear()
        self._scroll.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the right column below the list in a narrow window."""
        super().resizeEvent(event)
        self._arrange()

    def _show(self) -> None:
        is_locked = self._shelf.door is Door.LOCKED
        rows = [row for row in self._shelf.sessions if is_found(row, self._search.text())]
        self._said.say(self._words(len(rows)))
        for part in (self._search_name, self._search):
            part.setVisible(not is_locked and bool(self._shelf.sessions))
        self._table.setVisible(bool(rows))
        self.unlock.setVisible(is_locked)
        self._table.show_rows(rows, self._chosen)

    def _words(self, found: int) -> str:
        if self._shelf.door is Door.UNKNOWN:
            return _("Looking")
        if self._shelf.door is Door.LOCKED:
            return _("What was stored is locked. A running session is not touched by this.")
        count = len(self._shelf.sessions)
        if not count:
            return _("Nothing is stored yet. Connect a strap and choose “Keep sessions”; it then stands here.")
        if not found:
            return _("Nothing of that code or date. Try a part of it: 7F3K, or 2026-11.")
        return _("{n} of {count}").format(n=found, count=count) if found < count else _("{n} stored").format(n=count)

    def _choose(self, row: SessionRow | None) -> None:
        self.detail.setVisible(row is not None)
        if row is not None:
            self._chosen = row.session
            self.detail.show_row(row)
            if self._is_exporting and self._shelf.sessions:
                self._is_exporting = False
                self.detail.ask_export()

    def _assemble(self) -> None:
        inside = QWidget()
        inside.setAccessibleName(_("Sessions"))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(48, 32, 48, 24)
        self._columns.setSpacing(32)
        self._columns.addLayout(self._list(), 1)
        self._aside = QWidget()
        self._aside.setAccessibleName(_("This session"))
        aside = QVBoxLayout(self._aside)
        aside.setContentsMargins(0, 0, 0, 0)
        aside.addWidget(self.unlock)
        aside.addWidget(self.detail)
        aside.addStretch(1)
        self._columns.addWidget(self._aside)
        self._scroll = Scroll(self._look, inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(TopBar(self._look, _("Sessions")))
        layout.addWidget(self._scroll, 1)
        layout.addWidget(Hairline(self._look))
        foot = QHBoxLayout()
        foot.setContentsMargins(48, 24, 48, 28)
        foot.addWidget(self._back)
        foot.addStretch(1)
        layout.addLayout(foot)

    def _list(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(safe_label(self._look, _("Sessions"), kind=Type.PAGE))
        head.addStretch(1)
        head.addWidget(self._search_name)
        head.addWidget(self._search)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._said)
        column.addSpacing(12)
        column.addWidget(self._table, 1)
        column.addStretch(0)
        return column

    def _arrange(self) -> None:
        is_narrow = self.width() < self._look.px(_NARROW)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if is_narrow else right)
        self._aside.setMinimumWidth(0 if is_narrow else self._look.px(_ASIDE_WIDTH))
        self._aside.setMaximumWidth(_UNBOUND if is_narrow else self._look.px(_ASIDE_WIDTH))
