# SPDX-License-Identifier: MIT
"""A locked store asks for its passphrase, here and nowhere else; what only hid by itself opens with one press."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from resources.words import gettext as _
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import safe_label
from ui.words import Advice

_LONGEST = 64


class UnlockCard(Card):
    """The passphrase, or the recovery code.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    unlocked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("The store is locked"))
        self._words = safe_label(
            look,
            _("Its passphrase or the recovery code opens it; where none is set, only press Open."),
            tone="text2",
            wrap=True,
        )
        self._field = Field(look, _("Passphrase"), longest=_LONGEST, is_secret=True)
        self._field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # a long one scrolls
        self._open = Button(look, _("Open"), size=Size.LIST, others=(_("Opening"),))
        self._field.returnPressed.connect(self._ask)
        self._open.clicked.connect(self._ask)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(safe_label(look, _("The store is locked"), kind=Type.TITLE))
        layout.addWidget(self._words)
        layout.addWidget(self._field)
        layout.addWidget(self._open)

    def settle(self) -> None:
        """Wait for a passphrase again."""
        self._open.say(_("Open"))
        self._open.setEnabled(True)

    def refuse(self, advice: Advice) -> None:
        """Say why it did not open."""
        self.settle()
        self._words.say(f"{advice.sentence} {advice.step}")

    def _ask(self) -> None:
        """Hand the passphrase on, and keep none of it."""
        passphrase = self._field.text()
        self._field.clear()
        self._open.say(_("Opening"))
        self._open.setEnabled(False)
        self.unlocked.emit(passphrase)
