# SPDX-License-Identifier: MIT
"""What a crash interrupted, offered first: the same session goes on by one key, and the gap is marked."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from resources.words import gettext as _
from ui.archive.seam import Interrupted
from ui.foreign import safe_text
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label

_HEIGHT = 80


class GoOnCard(Card):
    """Go on with C-7F3K.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Go on"))
        self._look = look
        self._code = safe_label(look, kind=Type.TITLE)
        self._go = Button(look, _("Go on"), key=_("Enter"), is_primary=True)
        self._go.clicked.connect(self.wanted)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._code)
        words.addWidget(
            safe_label(look, _("Attune stopped in the session; the gap is marked."), tone="text2", wrap=True)
        )
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 12, 24, 12)
        row.setSpacing(20)
        row.addWidget(Icon(look, "refresh", "", size=24))
        row.addLayout(words, 1)
        row.addWidget(self._go)
        look.changed.connect(self._dress)
        self._dress()
        self.hide()

    def offer(self, interrupted: Interrupted) -> None:
        """Offer a session, with its button under the fingers."""
        code = ", ".join(safe_text(one) for one in interrupted.codes)
        self._code.say(_("Go on with {code}").format(code=code))
        self._go.setAccessibleDescription(_("Go on with {code}").format(code=code))
        self.show()
        self.take_focus()

    def take_focus(self) -> None:
        """Let Enter go on, where it is offered."""
        if not self.isHidden():
            self._go.setFocus(Qt.FocusReason.TabFocusReason)

    def _dress(self) -> None:
        self.setMinimumHeight(self._look.px(_HEIGHT))
