# SPDX-License-Identifier: MIT
"""The chosen person in detail: who it is, the sensors, the numbers where the small cards have none, and the strips."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from resources.words import gettext as _
from ui.clinician.card_head import Aside
from ui.clinician.person_tabs import PersonTabs
from ui.clinician.signals_card import SignalsCard
from ui.clinician.values_row import ValuesRow
from ui.theme import Look
from ui.widgets.card import Card
from ui.widgets.label import safe_label

_WIDE_PX = 1000
_FEW = 4  # people whose buttons find room beside the words


class StripsCard(Card):
    """The raw signals with their head.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Raw signals"))
        self.tabs = PersonTabs(look)
        self._what = safe_label(look, _("raw signals, and which beats count"), tone="text2", wrap=True)
        self.sensors = Aside(look)
        self.values = ValuesRow(look)
        self.signals = SignalsCard(look)
        self._people = 0
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(12)
        self._head.addWidget(self.tabs)
        self._head.addWidget(self._what, 1)
        self._head.addWidget(self.sensors, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(6)
        layout.addLayout(self._head)
        layout.addWidget(self.values)
        layout.addWidget(self.signals, 1)
        self.values.hide()
        look.changed.connect(self._fold)

    def show_people(self, people: Sequence[tuple[str, str]], selected: str) -> None:
        """Show who can be chosen, each by name and (safe) code."""
        self.tabs.show_people(people, selected)
        if len(people) != self._people:
            self._people = len(people)
            self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the head below each other where there is little room."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        is_wide = self.width() >= self._look.px(_WIDE_PX)
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if way != self._head.direction():
            self._head.setDirection(way)
        self._what.setVisible(is_wide and self._people <= _FEW)
        self.values.fold(is_tight=not is_wide)
