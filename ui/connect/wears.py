# SPDX-License-Identifier: MIT
"""Who wears what: the people of the session with what is read of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.card import Card, Hairline
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label


@dataclass(frozen=True, slots=True)
class Worn:
    """One line: what is read (heart, skin), an icon of its state, and the safe name of the sensor."""

    what: str
    icon: str
    name: str


@dataclass(frozen=True, slots=True)
class Wearer:
    """A person with what is worn."""

    name: str
    worn: tuple[Worn, ...]


class WearsCard(Card):
    """A card with a part for each person.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Who wears what"))
        self._shown: tuple[Wearer, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 24, 24, 20)
        self._column.setSpacing(12)
        self._column.addWidget(safe_label(look, _("Who wears what"), kind=Type.TITLE))
        self._parts: list[QWidget] = []
        self.hide()

    def show_wearers(self, wearers: Sequence[Wearer]) -> None:
        """Show these people; without any the card is not there."""
        if tuple(wearers) == self._shown:
            return
        self._shown = tuple(wearers)
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = [part for one in wearers for part in (Hairline(self._look), self._part(one))]
        for part in self._parts:
            self._column.addWidget(part)
        self.setVisible(bool(wearers))

    def _part(self, wearer: Wearer) -> QWidget:
        part = QWidget()
        part.setAccessibleName(wearer.name)
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.addWidget(Icon(self._look, "person", ""), 0, 0)
        grid.addWidget(safe_label(self._look, wearer.name, kind=Type.TITLE), 0, 1, 1, 2)
        for row, worn in enumerate(wearer.worn, 1):
            grid.addWidget(Icon(self._look, worn.icon, ""), row, 0)
            grid.addWidget(safe_label(self._look, worn.what), row, 1)
            right = Qt.AlignmentFlag.AlignRight
            grid.addWidget(safe_label(self._look, worn.name, tone="text2", wrap=True, align=right), row, 2)
        grid.setColumnStretch(2, 1)
        return part
