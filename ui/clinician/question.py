# SPDX-License-Identifier: MIT
"""One question to the clinician, in one quiet line above the cards: what would happen, and two answers."""

from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtWidgets import QHBoxLayout

from ui.theme import Look
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label


class Question(Card):
    """A question that waits, or none.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("A question"))
        self._then: Callable[[], None] | None = None
        self.words = safe_label(look, wrap=True)
        self.yes = Button(look, _("Yes"), size=Size.NORMAL)
        self.no = Button(look, _("Not now"), size=Size.NORMAL)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(12)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.yes)
        layout.addWidget(self.no)
        self.yes.clicked.connect(self._agree)
        self.no.clicked.connect(self.leave)
        self.hide()

    def ask(self, words: str, yes: str, then: Callable[[], None]) -> None:
        """Ask whether to do something."""
        self._then = then
        self.words.say(words)
        self.yes.setVisible(bool(yes))
        self.yes.say(yes)
        self.show()

    def leave(self) -> None:
        """Do nothing."""
        self._then = None
        self.hide()

    def _agree(self) -> None:
        then, self._then = self._then, None
        self.hide()
        if then is not None:
            then()
