# SPDX-License-Identifier: MIT
"""Arriving: the kind sentence of last time, and how it is now; below the shape, which breathes meanwhile.

Law: it may be left; untouched it goes by itself, and nothing waits for it. Who is here for the first time sees it not.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from resources.words import gettext as _
from ui.client.scale_row import MOST, ScaleRow
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.widgets.middle import in_middle

STANDS_S = 45.0
_WIDTH = 820
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class ArrivalCard(Card):
    """What greets somebody who was here before.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    rated = Signal(float)
    let_go = Signal()  # the sentence is to be shown no more
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Arriving"))
        self._until_t = float("-inf")
        self._words = safe_label(look, kind=Type.CHOICE, wrap=True, align=_MIDDLE)
        self._ask = safe_label(look, _("How is it now?"), kind=Type.LABEL, tone="text2", align=_MIDDLE)
        self.scale = ScaleRow(look)
        self.skip = Button(look, _("Not now"), size=Size.NORMAL, is_quiet=True)
        self.drop = Button(look, _("Let the sentence go"), size=Size.NORMAL, is_quiet=True)
        self.skip.clicked.connect(self.leave)
        self.drop.clicked.connect(self._drop)
        self.scale.chosen.connect(self._rate)
        self._assemble()
        self.hide()

    def greet(self, words: str, t: float) -> None:
        """Show the sentence (safe to show, or none), from `t` on, seconds on the session clock."""
        self._words.say(_("“{words}”").format(words=words) if words else "")
        self._words.setVisible(bool(words))
        self.drop.setVisible(bool(words))
        self.scale.clear()
        self._until_t = t + STANDS_S
        self.show()

    def press(self, key: str) -> None:
        """Answer by a digit, or T for ten, while it is asked."""
        if not self.isHidden():
            self.scale.choose(MOST if key == "T" else int(key))

    def refresh(self, t: float) -> None:
        """Go once nobody touched it for a while."""
        if not self.isHidden() and t >= self._until_t:
            self.leave()

    def leave(self) -> None:
        """Go away."""
        self.hide()
        self.left.emit()

    def _rate(self, rating: float) -> None:
        self.rated.emit(rating)
        self.leave()

    def _drop(self) -> None:
        self.let_go.emit()
        self._words.hide()
        self.drop.hide()

    def _assemble(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addStretch(1)
        foot.addWidget(self.drop)
        foot.addWidget(self.skip)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 12)
        layout.setSpacing(8)
        layout.addWidget(self._words)
        layout.addWidget(self._ask)
        layout.addLayout(in_middle(self.scale, _WIDTH))
        layout.addLayout(foot)
