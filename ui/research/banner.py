# SPDX-License-Identifier: MIT
"""The line that stands at the top of every window while another computer can read the session.

Law: it is there from the moment that the outlets are open until they are closed, and nothing covers it.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from resources.words import gettext as _
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Bar
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label


class SharingBanner(Bar):
    """Says who can read the session, and ends it by one press; hidden until there is something to say.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    stopped = Signal()
    shown = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Sharing"))
        self.words = safe_label(look, kind=Type.STRONG, wrap=True)
        self.stop = Button(look, _("Stop sending"), size=Size.NORMAL)
        self.stop.clicked.connect(self.stopped)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.setSpacing(12)
        layout.addWidget(Icon(look, "stream", "", size=20, tone="text"))
        layout.addWidget(self.words, 1)
        layout.addWidget(self.stop)
        self.hide()

    def say(self, words: str, *, can_stop: bool) -> None:
        """Say this from now on; nothing hides it."""
        self.words.say(words)
        self.stop.setVisible(can_stop)
        if bool(words) is self.isHidden():
            self.setVisible(bool(words))
            self.shown.emit()
