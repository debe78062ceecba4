# SPDX-License-Identifier: MIT
"""The people side by side: one or two large, from three on compact, in as many columns as have room.

Law: the order is that in which they came, and stays; one card is shown anew in one turn.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from resources.words import gettext as _
from ui.clinician.people import People
from ui.clinician.person_card import PersonCard
from ui.theme import Look

_COLUMN_PX, _COMPACT_PX = 480, 340
_SHOWN_EVERY_S, _COMPACT_EVERY_S = 0.2, 0.5  # screens.md, Drawing: at most 5 times a second
_DRAWN_EVERY_S = 0.9  # a trajectory: its seconds come one a second
_LARGE = 2  # people who have all of their card


class PersonGrid(QWidget):
    """A card for each person.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(_("People"))
        self.cards: dict[str, PersonCard] = {}
        self._columns = 0
        self._is_low = False
        self._shown_t: dict[str, float] = {}
        self._drawn_t: dict[str, float] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        look.changed.connect(self._lay)

    def clear(self) -> None:
        """Forget everybody: another session begins."""
        for card in self.cards.values():
            card.hide()
            card.deleteLater()
        self.cards, self._shown_t, self._drawn_t = {}, {}, {}

    def refresh(self, t: float, people: People, selected: str) -> None:
        """Show one more of them at `t`, seconds on the session clock; called some 30 times a second."""
        for name in people.names:
            if name not in self.cards:
                self._add(name, people.code_of(name))
        for name, card in self.cards.items():
            card.select(is_selected=name == selected and len(self.cards) > 1)
        if not self.cards:
            return
        every_s = _SHOWN_EVERY_S if len(self.cards) <= _LARGE else _COMPACT_EVERY_S
        name = min(self.cards, key=lambda name: self._shown_t.get(name, float("-inf")))
        if t - self._shown_t.get(name, float("-inf")) < every_s:
            return
        self._shown_t[name] = t
        card, reading = self.cards[name], people[name]
        card.show_reading(t, people.code_of(name), reading, people.sensors.battery_of(name))
        if t - self._drawn_t.get(name, float("-inf")) >= _DRAWN_EVERY_S:
            self._drawn_t[name] = t
            card.draw(t, reading)

    @property
    def is_compact(self) -> bool:
        """Whether the cards do without numbers: many people, or two in a low window."""
        return len(self.cards) > _LARGE or (self._is_low and len(self.cards) > 1)

    def fold(self, *, is_low: bool) -> None:
        """Do with less height, or have all of it again."""
        self._is_low = is_low
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many columns as have room."""
        super().resizeEvent(event)
        self._lay()

    def _add(self, name: str, code: str) -> None:
        card = PersonCard(self._look, code)
        card.chosen.connect(lambda: self.chosen.emit(name))
        self.cards[name] = card
        self._columns = 0
        self._lay()

    def _lay(self) -> None:
        is_compact = self.is_compact
        least = self._look.px(_COMPACT_PX if is_compact else _COLUMN_PX)
        columns = min(max(self.width() // least, 1), max(len(self.cards), 1), 4)
        if columns != self._columns:
            self._columns = columns
            for card in self.cards.values():
                self._grid.removeWidget(card)
            for index, card in enumerate(self.cards.values()):
                self._grid.addWidget(card, index // columns, index % columns)
            for column in range(4):
                self._grid.setColumnStretch(column, int(column < columns))
        for card in self.cards.values():
            card.fold(is_compact=is_compact)
