# SPDX-License-Identifier: MIT
"""The review's top bar: whose session, which one, and what can be made of it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout

from resources.words import gettext as _
from ui.paper.record import SessionRecord
from ui.review.words import session_line
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Bar, Hairline
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label
from ui.widgets.segmented import Segmented
from ui.widgets.wrap import Wrap

_HEIGHT, _ROOMY, _NARROW, _TIGHT = 48, 1240, 1080, 800
_MARGIN, _SPACING = 16, 10


class ReviewBar(Bar):
    """The bar.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    left = Signal()
    cards_wanted = Signal()
    report_wanted = Signal(str)  # the file's ending
    export_wanted = Signal()
    person_chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Review"))
        self._look = look
        self._code = safe_label(look, kind=Type.TITLE)
        self._line = safe_label(look, tone="text2")
        self._here = safe_label(look, _("Review"), kind=Type.LABEL)
        self._persons: Segmented | None = None
        self._back = Button(look, _("Back"), size=Size.NORMAL, is_quiet=True)
        self._cards = Button(look, _("What is my window?"), size=Size.NORMAL)
        self._pdf = Button(look, "PDF", size=Size.NORMAL)
        self._html = Button(look, "HTML", size=Size.NORMAL)
        self._export = Button(look, _("Export data"), size=Size.NORMAL)
        parts = (self._cards, self._pdf, self._html, self._export)
        self._tools = Wrap(_("What can be made of it"), parts, spacing=_SPACING)
        self._assemble()
        self._wire()

    def clear(self) -> None:
        """Name no session."""
        self._code.say("")
        self._line.say("")
        self._show_persons((), 0)
        self.reveal(is_open=False)

    def show_session(self, session: SessionRecord, place: int) -> None:
        """Name a session, and let one of its persons be chosen."""
        codes = tuple(person.code for person in session.persons)
        self._code.say(codes[0] if len(codes) == 1 else "")
        self._code.setVisible(len(codes) == 1)
        self._line.say(session_line(session))
        self._show_persons(codes, place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out words where they would be cut off; in a narrow window the buttons stand below."""
        super().resizeEvent(event)
        self._fit()

    def reveal(self, *, is_open: bool) -> None:
        """Offer what can be made of a session once it may be seen."""
        self._tools.setVisible(is_open)
        self._fit()

    def _fit(self) -> None:
        width, px = self.width(), self._look.px
        is_tight = width < px(_TIGHT)
        self._here.setVisible(width >= px(_ROOMY))
        self._line.setVisible(width >= px(_NARROW) or is_tight)
        self._rows.setDirection(QBoxLayout.Direction.TopToBottom if is_tight else QBoxLayout.Direction.LeftToRight)
        below = self._tools.heightForWidth(width - 2 * _MARGIN) + _SPACING
        self.setFixedHeight(px(_HEIGHT) + (below if is_tight and not self._tools.isHidden() else 0))

    def _show_persons(self, codes: tuple[str, ...], place: int) -> None:
        if self._persons is not None:
            self._row.removeWidget(self._persons)
            self._persons.hide()
            self._persons.deleteLater()
            self._persons = None
        if len(codes) > 1:
            self._persons = Segmented(self._look, _("Whose part"), codes)
            self._persons.choose(place)
            self._persons.chosen.connect(self.person_chosen)
            self._row.insertWidget(self._row.indexOf(self._line), self._persons)

    def _wire(self) -> None:
        self._back.clicked.connect(self.left)
        self._cards.clicked.connect(self.cards_wanted)
        self._pdf.clicked.connect(partial(self.report_wanted.emit, "pdf"))
        self._html.clicked.connect(partial(self.report_wanted.emit, "html"))
        self._export.clicked.connect(self.export_wanted)
        self._look.changed.connect(self._fit)
        self._fit()

    def _assemble(self) -> None:
        self._rows = rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        rows.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        rows.setSpacing(_SPACING)
        self._row = row = QHBoxLayout()
        row.setSpacing(_SPACING)
        row.addWidget(Icon(self._look, "logo", "", size=20, tone="signal"))
        row.addWidget(safe_label(self._look, "Attune", kind=Type.TITLE))
        row.addWidget(Hairline(self._look, is_upright=True))
        row.addWidget(self._here)
        row.addSpacing(8)
        row.addWidget(self._code)
        row.addWidget(self._line)
        row.addStretch(1)
        row.addWidget(self._back)
        rows.addLayout(row, 1)
        rows.addWidget(self._tools)
