# SPDX-License-Identifier: MIT
"""The page "What is my window?": five cards in plain words, each with a piece of the person's own trace."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dsp.codes import Zone
from resources.words import gettext as _
from ui.paper.axis import TimeAxis
from ui.paper.record import Course, PersonRecord, SessionRecord
from ui.paper.shapes import Figure
from ui.paper.trajectory import trajectory
from ui.review.cards_words import WindowCard, window_cards
from ui.review.figure_view import FigureView
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.widgets.scroll import Scroll

_HEIGHT = 96.0
_AROUND_S = 60.0
_WHOLE = (0, 4)
_ZONE_OF = {1: Zone.WITHIN, 2: Zone.ABOVE, 3: Zone.BELOW}
_COLUMNS = 3
_NARROW = 1000


class WindowCards(QWidget):
    """The five cards.

    Parameters
    ----------
    look : Look
        The look they follow.
    """

    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(_("What is my window?"))
        self._grid = QGridLayout()
        self._views = [FigureView(look, card.title) for card in window_cards()]
        self._cards = [self._card(card, view) for card, view in zip(window_cards(), self._views, strict=True)]
        self._back = Button(look, _("Back to the session"))
        self._back.clicked.connect(self.left)
        self._assemble()

    def show_person(self, session: SessionRecord, person: PersonRecord) -> None:
        """Show pieces of a person's own trace; where there is none the words stand alone."""
        for n, view in enumerate(self._views):
            span = piece_for(n, person.course, session.duration_s)
            view.setVisible(span is not None)
            if span is not None:
                view.show_figure(partial(_piece, person.course, span))

    def arrange(self, *, width: int) -> None:
        """Stand in rows of three, or below each other."""
        columns = 1 if width < self._look.px(_NARROW) else _COLUMNS
        for n, card in enumerate(self._cards):
            self._grid.addWidget(card, n // columns, n % columns)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _card(self, words: WindowCard, view: FigureView) -> Card:
        card = Card(self._look, words.title)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(safe_label(self._look, words.title, kind=Type.CHOICE))
        layout.addWidget(view)
        layout.addWidget(safe_label(self._look, words.words, kind=Type.LABEL, tone="text2", wrap=True))
        layout.addStretch(1)
        return card

    def _assemble(self) -> None:
        self._grid.setSpacing(16)
        inside = QWidget()
        inside.setAccessibleName(_("What is my window?"))
        column = QVBoxLayout(inside)
        column.setContentsMargins(48, 32, 48, 24)
        column.setSpacing(20)
        column.addWidget(safe_label(self._look, _("What is my window?"), kind=Type.PAGE))
        column.addLayout(self._grid)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(48, 16, 48, 24)
        foot.addWidget(self._back)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scroll(self._look, inside), 1)
        layout.addLayout(foot)


def piece_for(card: int, course: Course, duration_s: float) -> tuple[float, float] | None:
    """Give the piece of a course that a card shows: the whole, or the longest stretch of its zone; None without one."""
    if not any(course.counts()[:-1]):
        return None
    if card in _WHOLE:
        return 0.0, max(duration_s, 1.0)
    runs = [(end - start, start, end) for zone, start, end in course.runs() if zone is _ZONE_OF[card]]
    if not runs:
        return None
    _length, start_s, end_s = max(runs)
    return max(start_s - _AROUND_S, 0.0), min(end_s + _AROUND_S, max(duration_s, end_s))


def _piece(course: Course, span: tuple[float, float], width: float, scale: float) -> Figure:
    axis = TimeAxis(*span, 0.0, width, scale)
    shapes = trajectory(course, (), axis, top=0.0, height=_HEIGHT * scale, has_numbers=False, has_sides=False)
    return Figure(width, _HEIGHT * scale, tuple(shapes), _("A piece of your own line over your window."))
