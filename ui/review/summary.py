# SPDX-License-Identifier: MIT
"""What a session came to, in three cards: time in window, return to the window, behind the numbers."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.archive.growth import Grown
from ui.arousal.growth_words import over_words
from ui.paper.bars import share_bars, shares_of, ways_back
from ui.paper.record import PersonRecord, SessionRecord
from ui.paper.shapes import Figure
from ui.review.figure_view import FigureView
from ui.review.words import behind_rows, half_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.card import Card, Hairline
from ui.widgets.label import Label, safe_label

_RIGHT = Qt.AlignmentFlag.AlignRight


class Summary(QWidget):
    """The three cards.

    Parameters
    ----------
    look : Look
        The look they follow.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(_("What the session came to"))
        self._shares = FigureView(look, _("Time in window"))
        self._ways = FigureView(look, _("Return to the window"))
        self._half = safe_label(look, tone="text2", align=_RIGHT)
        self._none = safe_label(look, _("No time outside the window."), tone="text2", wrap=True)
        self._grid = QGridLayout()
        self._rows: list[Label] = []
        self._over = safe_label(look, tone="text2", wrap=True)
        self._made = safe_label(look, tone="text3", kind=Type.AXIS, wrap=True)
        self._assemble()

    def show_person(self, session: SessionRecord, person: PersonRecord) -> None:
        """Show what a person's part came to."""
        rows = shares_of(person.course, max(session.duration_s, 1.0))
        self._shares.show_figure(lambda width, scale: share_bars(rows, width=width, scale=scale))
        self._ways.show_figure(partial(_drawn_ways, person))
        self._ways.setVisible(bool(person.ways))
        self._none.setVisible(not person.ways)
        self._half.say(half_words(person))
        self._show_rows(session, person)
        made_up = _("A made-up person took part.")
        estimate = _("An estimate against the person’s own rest, never a diagnosis.")
        self._made.say(f"{estimate} {made_up}" if session.is_made_up else estimate)

    def show_over(self, grown: Grown | None) -> None:
        """Say what moved over the person's sessions; nothing before it is known."""
        has_sessions = grown is not None and bool(grown.sessions)  # a made-up person's never count
        self._over.setVisible(has_sessions)
        self._over.say(over_words(grown) if grown is not None and has_sessions else "")

    def arrange(self, *, is_narrow: bool) -> None:
        """Stand side by side, or below each other."""
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._cards.setDirection(down if is_narrow else right)

    def _show_rows(self, session: SessionRecord, person: PersonRecord) -> None:
        for label in self._rows:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._rows = []
        for n, (name, value, beside) in enumerate(behind_rows(session, person)):
            cells = (
                safe_label(self._look, name, tone="text2"),
                safe_label(self._look, value, kind=Type.STRONG, align=_RIGHT),
                safe_label(self._look, beside, tone="text2"),
            )
            for column, label in enumerate(cells):
                self._grid.addWidget(label, n, column)
            self._rows += cells

    def _assemble(self) -> None:
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(16)
        of = safe_label(self._look, _("of seconds that count"), tone="text2", align=_RIGHT)
        self._cards.addWidget(self._card(_("Time in window"), of, self._shares), 1)
        self._cards.addWidget(self._card(_("Return to the window"), self._half, self._none, self._ways), 1)
        behind = self._card(_("Behind the numbers"), None)
        layout = behind.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertLayout(1, self._grid)
            layout.addWidget(Hairline(self._look))
            layout.addWidget(self._over)
            layout.addWidget(self._made)
        self._cards.addWidget(behind, 1)

    def _card(self, title: str, beside: Label | None, *parts: QWidget) -> Card:
        card = Card(self._look, title)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(20, 12, 20, 12)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(safe_label(self._look, title, kind=Type.TITLE))
        head.addStretch(1)
        if beside is not None:
            head.addWidget(beside)
        layout.addLayout(head)
        for part in parts:
            layout.addWidget(part)
        layout.addStretch(1)
        return card


def _drawn_ways(person: PersonRecord, width: float, scale: float) -> Figure:
    return ways_back(person.ways, person.half_back_s, width=width, scale=scale)
