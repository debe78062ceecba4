# SPDX-License-Identifier: MIT
"""The settings: all rows on one page, found by typing, reached by the arrows.

Law: what is chosen holds at once, is kept, and can be taken back; nothing waits for an OK. What is of the practice
hides as everything beyond a session does; how the screens look and sound stays at hand.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.archive.seam import Refused, Task
from ui.archive.shelf import Door, Shelf
from ui.archive.unlock import UnlockCard
from ui.consent.words import refusal
from ui.settings.changes import Changes
from ui.settings.page import Page
from ui.settings.search import Search
from ui.settings.section import Section
from ui.settings.store_side import StoreSide
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button
from ui.widgets.card import Hairline
from ui.widgets.label import safe_label
from ui.widgets.scroll import Scroll
from ui.widgets.top_bar import TopBar

_WIDTH = 960
_AHEAD_PX = 48  # of the next row, kept in view
_NARROW_PX = 900
_MARGIN, _NARROW_MARGIN = 48, 16


class SettingsScreen(QWidget):
    """Every setting.

    Parameters
    ----------
    look : Look
        The look it follows.
    page : Page
        Their rows.
    changes : Changes
        Takes a choice back.
    store : StoreSide
        Hides and opens what is of the practice.
    """

    left = Signal()

    def __init__(self, look: Look, page: Page, changes: Changes, store: StoreSide) -> None:
        super().__init__()
        self._look = look
        self._page = page
        self._changes = changes
        self._store = store
        self._is_locked = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Settings"))
        self._sections = [Section(look, title, [one.row for one in rows]) for title, rows in page.sections]
        self._search = Search(look)
        self._none = safe_label(look, tone="text2", wrap=True)
        self._unlock = UnlockCard(look)
        self._back = Button(look, _("Back"))
        self._undo = Button(look, _("Take back"), key="Ctrl+Z", is_quiet=True)
        self._assemble()
        self._wire()
        self._find("")

    def begin(self, *, is_in_session: bool) -> None:
        """Show everything as it holds now; in a session the ways that would end it are closed."""
        self._changes.begin()
        self._page.begin(is_in_session=is_in_session)
        self._search.clear()
        self._scroll.verticalScrollBar().setValue(0)
        self._store.look()
        self.refresh()

    def end(self) -> None:
        """Forget what was typed."""
        self._page.end()

    def refresh(self) -> None:
        """Show what holds."""
        for one in self._page.choices:
            one.refresh()
        self._undo.setEnabled(self._changes.can_undo)

    def search(self) -> None:
        """Go to the search."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def step(self, by: int) -> None:
        """Go to the control of the next row (1) or of the one before (-1); above the first one to the search."""
        rows = [row for section in self._sections for row in section.rows if row.isVisible() and row.focus_target()]
        focused = QApplication.focusWidget()
        here = next((index for index, row in enumerate(rows) if focused and row.isAncestorOf(focused)), -1)
        following = here + by
        if following < 0 or not rows:
            self.search()
            return
        target = rows[min(following, len(rows) - 1)].focus_target()
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(target, 0, self._look.px(_AHEAD_PX))

    def minimumSizeHint(self) -> QSize:
        """Be as small as the window may be."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the rows the margins' room where it is narrow."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        is_narrow = self.width() < self._look.px(_NARROW_PX)
        margin = _NARROW_MARGIN if is_narrow else _MARGIN
        self._page_row.setContentsMargins(margin, 24, margin, 24)
        self._foot.setContentsMargins(margin, 16, margin, 16)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        for line in (self._head, self._find_line):
            line.setDirection(down if is_narrow else right)
        self._frame.setMaximumWidth(self._look.px(_WIDTH))
        self._holds.setVisible(not is_narrow)

    def _find(self, words: str) -> None:
        is_open = [not self._is_locked or section not in self._beyond for section in self._sections]
        found = sum(
            section.show_found(words, is_open=one) for section, one in zip(self._sections, is_open, strict=True)
        )
        self._unlock.setVisible(self._is_locked)
        self._none.say("" if found else _("Nothing of that name. Try one word of it: sound, text, folder."))
        self._none.setVisible(not found)

    def _lock(self, is_locked: bool) -> None:  # a slot of Qt's
        """Hide what is of the practice, or show it again."""
        if is_locked:
            self._page.end()
        self._unlock.settle()
        if is_locked != self._is_locked:
            self._is_locked = is_locked
            self._find(self._search.text())

    def _take_shelf(self, shelf: Shelf) -> None:  # a slot of Qt's
        self._lock(shelf.door is Door.LOCKED)

    def _refuse(self, refused: Refused) -> None:  # a slot of Qt's
        if refused.task is Task.OPEN:
            self._unlock.refuse(refusal(refused.fault))

    def _wire(self) -> None:
        self._beyond = self._sections[self._page.first_beyond :]
        self._search.textChanged.connect(self._find)
        self._search.returnPressed.connect(lambda: self.step(1))
        self._search.down.connect(lambda: self.step(1))
        self._back.clicked.connect(self.left)
        self._undo.clicked.connect(self._changes.undo)
        self._changes.changed.connect(self.refresh)
        self._unlock.unlocked.connect(self._store.unlock)
        self._store.hidden.connect(self._lock)
        self._store.shelf_told.connect(self._take_shelf)
        self._store.refused.connect(self._refuse)
        self._look.changed.connect(self._fold)

    def _assemble(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(TopBar(self._look, _("Settings")))
        self._scroll = Scroll(self._look, self._inside())
        layout.addWidget(self._scroll, 1)
        layout.addWidget(Hairline(self._look))
        self._foot = QHBoxLayout()
        self._foot.setSpacing(16)
        self._foot.addWidget(self._back)
        self._foot.addWidget(self._undo)
        self._foot.addStretch(1)
        self._holds = safe_label(self._look, _("What is chosen holds at once."), tone="text2")
        self._foot.addWidget(self._holds)
        layout.addLayout(self._foot)

    def _inside(self) -> QWidget:
        """Put head and sections into a column in the middle."""
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(16)
        self._head.addWidget(safe_label(self._look, _("Settings"), kind=Type.PAGE), 1)
        self._find_line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._find_line.setSpacing(8)
        self._find_line.addWidget(safe_label(self._look, _("Find a setting"), tone="text2"))
        self._find_line.addWidget(self._search)
        self._head.addLayout(self._find_line)
        self._frame = QWidget()
        self._frame.setAccessibleName("")
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(24)
        column.addLayout(self._head)
        column.addWidget(self._none)
        for section in self._sections[: self._page.first_beyond]:
            column.addWidget(section)
        column.addWidget(self._unlock)
        for section in self._sections[self._page.first_beyond :]:
            column.addWidget(section)
        column.addStretch(1)
        inside = QWidget()
        inside.setAccessibleName(_("Settings"))
        self._page_row = QHBoxLayout(inside)
        self._page_row.addWidget(self._frame)
        return inside
