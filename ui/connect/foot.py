# SPDX-License-Identifier: MIT
"""The foot of the list: back, the clinician's window, who is ready, and the one way on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from resources.words import gettext as _
from ui.theme import Look
from ui.widgets.button import Button
from ui.widgets.label import safe_label


class ConnectFoot(QWidget):
    """Back, the second window, a line of words, Start.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    left = Signal()
    start_wanted = Signal()
    beside_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(_("Connect"))
        self._back = Button(look, _("Back"))
        self._ready = safe_label(look, tone="text2", wrap=True, align=Qt.AlignmentFlag.AlignRight)
        self._start = Button(look, _("Start"), is_primary=True, others=(_("Go on"),))
        self.beside = Button(look, _("Clinician’s window"), is_quiet=True)
        self.beside.setAccessibleDescription(_("readings, notes and controls, on a display of its own"))
        self.beside.clicked.connect(self.beside_wanted)
        self._back.clicked.connect(self.left)
        self._start.clicked.connect(self.start_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(48, 24, 48, 28)
        layout.setSpacing(16)
        layout.addWidget(self._back)
        layout.addWidget(self.beside)
        layout.addWidget(self._ready, 1)
        layout.addWidget(self._start)

    def show_ready(self, words: str, *, is_ready: bool, is_running: bool) -> None:
        """Say who is ready; while a session runs already, the way on is to go on with it."""
        self._ready.say(words)
        self._start.say(_("Go on") if is_running else _("Start"))
        self._start.setAccessibleDescription(words)
        self._start.setEnabled(is_ready)
