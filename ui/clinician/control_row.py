# SPDX-License-Identifier: MIT
"""The clinician's controls: side by side, in two columns or one; in a low window their titles, one opened at a time."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.theme import Look
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.wrap import Wrap

_WIDE_PX, _HALF_PX = 1240, 680


class ControlRow(QWidget):
    """Some cards.

    Parameters
    ----------
    look : Look
        The look it follows.
    cards : sequence of Card
        From the left; the first one is the widest.
    """

    opened = Signal(object)  # Card

    def __init__(self, look: Look, cards: Sequence[Card]) -> None:
        super().__init__()
        self._look = look
        self._cards = tuple(cards)
        self._is_folded = False
        self._opened: int | None = None
        self._columns = 0
        self.setAccessibleName(_("Controls"))
        self.titles = [Button(look, card.accessibleName(), size=Size.NORMAL) for card in cards]
        for index, title in enumerate(self.titles):
            title.setCheckable(True)
            title.setAccessibleDescription(_("open or close these controls"))
            title.clicked.connect(lambda is_on, at=index: self._open(at if is_on else None))
        self._strip = Wrap(_("Controls"), self.titles)
        self._strip.hide()
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._strip)
        layout.addLayout(self._grid)

    def fold(self, width: int, *, is_folded: bool) -> None:
        """Take as many columns as a width has room for, or show the titles alone."""
        columns = 1 if is_folded else 4 if width >= self._look.px(_WIDE_PX) else 2
        columns = 1 if width < self._look.px(_HALF_PX) else columns
        if (columns, is_folded) != (self._columns, self._is_folded):
            self._columns, self._is_folded = columns, is_folded
            self._lay()

    def reveal(self, card: Card) -> None:
        """Open the card that a key belongs to, where only titles show."""
        if self._is_folded:
            self._open(self._cards.index(card))

    def _open(self, index: int | None) -> None:
        self._opened = index
        self._lay()
        if index is not None:
            self.opened.emit(self._cards[index])

    def _lay(self) -> None:
        for card in self._cards:
            self._grid.removeWidget(card)
        for index, (card, title) in enumerate(zip(self._cards, self.titles, strict=True)):
            is_open = not self._is_folded or index == self._opened
            title.setChecked(self._is_folded and index == self._opened)
            place = (0, 0) if self._is_folded else divmod(index, self._columns)
            if is_open:
                self._grid.addWidget(card, *place)
            card.setVisible(is_open)
        for column in range(4):
            self._grid.setColumnStretch(column, 0 if column >= self._columns else 5 if column == 0 else 3)
        self._strip.setVisible(self._is_folded)
