# SPDX-License-Identifier: MIT
"""How a person breathes along: which shape, a shape or only noticing, and with closed eyes. Remembered with the person.

Law: what is chosen holds at once, and choosing is no commitment: each choice is one press away from the other.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from resources.words import gettext as _
from ui.pacing import Pacing
from ui.preferences import STYLES
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label


class WaysCard(Card):
    """Four shapes, only noticing, and closed eyes.

    Parameters
    ----------
    look : Look
        The look it follows.
    pacing : Pacing
        What it steers.
    """

    eyes_wanted = Signal()
    left = Signal()

    def __init__(self, look: Look, pacing: Pacing) -> None:
        super().__init__(look, _("How I breathe along"))
        self._pacing = pacing
        names = dict(zip(STYLES, (_("Disc"), _("Wave"), _("Bar"), _("Words only")), strict=True))
        self._title = safe_label(look, _("How I breathe along"), kind=Type.TITLE, wrap=True)
        self.shapes = {style: self._switch(look, names[style]) for style in STYLES}
        self.notice = self._switch(look, _("Only notice"))
        self.eyes = Button(look, _("Eyes closed"), size=Size.NORMAL, key="E")
        self.close_it = Button(look, _("Close"), size=Size.NORMAL, is_quiet=True)
        self.notice.setAccessibleDescription(_("nothing to follow; now and then something to notice"))
        self.eyes.setAccessibleDescription(_("the screen rests and the sound goes on"))
        self._assemble()
        self._wire()
        self.refresh()

    def refresh(self) -> None:
        """Show what holds."""
        for style, switch in self.shapes.items():
            switch.setChecked(style == self._pacing.style())
        self.notice.setChecked(self._pacing.is_noticing)

    def _choose(self, style: str) -> None:
        self._pacing.restyle(style)
        if self._pacing.is_noticing:
            self._pacing.start()
        self.refresh()

    def _choose_noticing(self) -> None:
        """Only notice from now on; once more breathes along again."""
        if self._pacing.is_noticing:
            self._pacing.start()
        else:
            self._pacing.notice()
        self.refresh()

    @staticmethod
    def _switch(look: Look, words: str) -> Button:
        button = Button(look, words, size=Size.NORMAL)
        button.setCheckable(True)
        return button

    def _wire(self) -> None:
        for style, switch in self.shapes.items():
            switch.clicked.connect(lambda _on, style=style: self._choose(style))
        self.notice.clicked.connect(self._choose_noticing)
        self.eyes.clicked.connect(self.eyes_wanted)
        self.close_it.clicked.connect(self.left)
        self._pacing.changed.connect(self.refresh)

    def _assemble(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        grid = QGridLayout()
        grid.setSpacing(6)
        for index, switch in enumerate(self.shapes.values()):
            grid.addWidget(switch, index // 2, index % 2)
        layout.addLayout(grid)
        layout.addWidget(self.notice)
        layout.addWidget(self.eyes)
        layout.addWidget(self.close_it, 0, Qt.AlignmentFlag.AlignLeft)
