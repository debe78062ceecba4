# SPDX-License-Identifier: MIT
"""What a person wishes to see of themselves: each thing is switched on by them, and remembered.

Law: in a first session everything is off; nothing but the person switches anything on.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from resources.words import gettext as _
from ui.choices import PreferenceKeeper
from ui.preferences import SIGHTS
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label


class SightsCard(Card):
    """Four switches for what is shown, and one for offers.

    Parameters
    ----------
    look : Look
        The look it follows.
    keeper : PreferenceKeeper
        Remembers the choice.
    """

    changed = Signal()
    left = Signal()
    rest_wanted = Signal()
    cards_wanted = Signal()
    ways_wanted = Signal()

    def __init__(self, look: Look, keeper: PreferenceKeeper) -> None:
        super().__init__(look, _("What I see"))
        self._keeper = keeper
        self._title = safe_label(look, _("Would you like to see it?"), kind=Type.TITLE, wrap=True)
        names = dict(zip(SIGHTS, (_("Heart rate"), _("My window"), _("Traces"), _("Pace")), strict=True))
        self.switches = {sight: self._switch(look, names[sight]) for sight in SIGHTS}
        for sight, switch in self.switches.items():
            switch.clicked.connect(lambda is_on, name=sight: self._keep(name, is_on=is_on))
        self._also = safe_label(look, _("And when I am outside my window:"), tone="text2", wrap=True)
        self.offers = self._switch(look, _("Offer me something"))
        self.offers.clicked.connect(lambda is_on: keeper.keep_offers(are_wanted=is_on))
        self._rest = Button(look, _("A guided rest"), size=Size.NORMAL, key="B", is_quiet=True)
        self._rest.clicked.connect(self.rest_wanted)
        self._cards = Button(look, _("My own cards"), size=Size.NORMAL, is_quiet=True)
        self._cards.clicked.connect(self.cards_wanted)
        self._ways = Button(look, _("How I breathe along"), size=Size.NORMAL, is_quiet=True)
        self._ways.clicked.connect(self.ways_wanted)
        self._leave = Button(look, _("Close"), size=Size.NORMAL, key="W", is_quiet=True)
        self._leave.clicked.connect(self.left)
        self._assemble()
        self.refresh()

    def refresh(self) -> None:
        """Show what is switched on."""
        for sight, switch in self.switches.items():
            switch.setChecked(sight in self._keeper.now.sees)
        self.offers.setChecked(self._keeper.now.offers_wanted)

    def fold(self, *, is_tight: bool) -> None:
        """Leave out what explains, where there is little room."""
        self._title.setVisible(not is_tight)
        self._also.setVisible(not is_tight)
        self._rest.setVisible(not is_tight)

    def _keep(self, sight: str, *, is_on: bool) -> None:
        self._keeper.keep_sight(sight, is_seen=is_on)
        self.changed.emit()

    @staticmethod
    def _switch(look: Look, words: str) -> Button:
        button = Button(look, words, size=Size.NORMAL)
        button.setCheckable(True)
        return button

    def _assemble(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        grid = QGridLayout()
        grid.setSpacing(6)
        for index, switch in enumerate(self.switches.values()):
            grid.addWidget(switch, index % 2, index // 2)  # long words above each other
        layout.addLayout(grid)
        layout.addWidget(self._also)
        layout.addWidget(self.offers)
        layout.addWidget(self._cards)
        layout.addWidget(self._rest)
        layout.addWidget(self._ways)
        layout.addWidget(self._leave)
