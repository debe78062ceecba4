# SPDX-License-Identifier: MIT
"""What can be done with the chosen session: look at it again, export it, erase it or one of its persons.

Law: erasing names what will go and wants the code written; an export says what is in it and can be stopped.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.archive.erasing import ErasePanel
from ui.archive.exporting import ExportPanel
from ui.archive.shelf import Kept, SessionRow
from ui.archive.words import codes_words, date_words, size_words, state_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card, Hairline
from ui.widgets.label import safe_label
from ui.words import clock_words


class DetailCard(Card):
    """The chosen session.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    review_wanted = Signal(str)
    open_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("This session"))
        self._look = look
        self._row: SessionRow | None = None
        self._title = safe_label(look, kind=Type.TITLE)
        self._facts = safe_label(look, tone="text2", wrap=True)
        self.export = ExportPanel(look)
        self.erase = ErasePanel(look)
        self._review = Button(look, _("Review"), size=Size.LARGE, is_primary=True)
        self._open = Button(look, _("Play it again"), size=Size.LIST)
        self._to_export = Button(look, _("Export"), size=Size.LIST)
        self._to_erase = Button(look, _("Erase"), size=Size.LIST)
        self._pages = QStackedWidget()
        self._pages.setAccessibleName(_("This session"))
        self._assemble()
        self._review.clicked.connect(self._want_review)
        self._open.clicked.connect(self._want_open)
        self._to_export.clicked.connect(lambda: self._turn(1))
        self._to_erase.clicked.connect(lambda: self._turn(2))
        for panel in (self.export, self.erase):
            panel.left.connect(lambda: self._turn(0))

    def show_row(self, row: SessionRow) -> None:
        """Show a session; another one begins with what can be done."""
        is_same = self._row is not None and self._row.session == row.session
        self._row = row
        self._title.say(date_words(row))
        facts = (clock_words(row.duration_s), state_words(row), size_words(row.size_bytes))
        self._facts.say(f"{row.session}  ·  {codes_words(row)}\n{'  ·  '.join(facts)}")
        for button in (self._review, self._open, self._to_export, self._to_erase):
            button.setEnabled(row.state is not Kept.RUNNING)
        self.export.show_session(row.session)
        self.erase.show_codes((row.session, *row.codes))
        if not is_same:
            self._turn(0)

    def ask_export(self) -> None:
        """Show the export of this session."""
        self._turn(1)

    def _want_review(self) -> None:
        if self._row is not None:
            self.review_wanted.emit(self._row.session)

    def _want_open(self) -> None:
        if self._row is not None:
            self.open_wanted.emit(self._row.session)

    def _turn(self, page: int) -> None:
        if page == 2:
            self.erase.begin()
        self._pages.setCurrentIndex(page)

    def _assemble(self) -> None:
        first = QWidget()
        first.setAccessibleName(_("This session"))
        column = QVBoxLayout(first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for button in (self._review, self._open, self._to_export, self._to_erase):
            column.addWidget(button)
        column.addStretch(1)
        for page in (first, self.export, self.erase):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._title)
        layout.addWidget(self._facts)
        layout.addWidget(Hairline(self._look))
        layout.addWidget(self._pages, 1)
