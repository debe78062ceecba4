# SPDX-License-Identifier: MIT
"""The right column of the connect screen: who wears what, ways without a sensor, and what usually helps."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.connect.wears import WearsCard
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label


class Aside(QWidget):
    """Two cards, and a third one above them while somebody wears something.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    made_up_wanted = Signal()
    pacer_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(_("No sensor at hand?"))
        self._made_up = Button(look, _("Try it without a strap"))
        self._pacer = Button(look, _("The breathing pacer alone"))
        self._made_up.clicked.connect(self.made_up_wanted)
        self._pacer.clicked.connect(self.pacer_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        self.wears = WearsCard(look)
        layout.addWidget(self.wears)
        layout.addWidget(self._without())
        layout.addWidget(self._helps())
        layout.addStretch(1)

    def _without(self) -> Card:
        card = Card(self._look, _("No sensor at hand?"))
        layout = QVBoxLayout(card)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(8)
        layout.addWidget(safe_label(self._look, _("No sensor at hand?"), kind=Type.TITLE))
        layout.addSpacing(8)
        for button, words in (
            (self._made_up, _("A made-up person, clearly marked as such.")),
            (self._pacer, _("Needs nothing but a screen.")),
        ):
            layout.addWidget(button)
            layout.addWidget(safe_label(self._look, words, tone="text2", wrap=True))
            layout.addSpacing(8)
        return card

    def _helps(self) -> Card:
        card = Card(self._look, _("What usually helps"))
        layout = QVBoxLayout(card)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(safe_label(self._look, _("What usually helps"), kind=Type.TITLE))
        for icon, words in (
            ("drop", _("Wet the two patches: dry ones hear nothing.")),
            ("strap", _("Wear it: a strap wakes on the skin.")),
            ("phone", _("Free it from phone or watch: it talks to one at a time.")),
        ):
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(Icon(self._look, icon, "", size=20))
            row.addWidget(safe_label(self._look, words, tone="text2", wrap=True), 1)
            layout.addLayout(row)
        return card
