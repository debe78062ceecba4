# SPDX-License-Identifier: MIT
"""The three buttons of every breathing screen; they stand in the same corners on each. A pause shows the sound too."""

from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.pacing import Pacing
from ui.theme import Look
from ui.widgets.button import Button


class BreathFooter(QWidget):
    """Too slow for me, Pause, I'm done; in a pause, the sound.

    Parameters
    ----------
    look : Look
        The look it follows.
    pacing : Pacing
        What the buttons steer.
    """

    done = Signal()
    sound_wanted = Signal()

    def __init__(self, look: Look, pacing: Pacing) -> None:
        super().__init__()
        self._pacing = pacing
        self.setAccessibleName(_("Breathing"))
        self._too_slow = Button(look, _("Too slow for me"), key="S")
        self._pause = Button(look, _("Pause"), key=_("Space"), icon="pause", others=(_("Go on"), _("Begin")))
        self._done = Button(look, _("I’m done"))
        self._sound = Button(look, _("Sound"), key="A", is_quiet=True)
        self._sound.setAccessibleDescription(_("how the breath sounds: press for the next"))
        self._assemble()
        self._too_slow.clicked.connect(pacing.too_slow)
        self._pause.clicked.connect(pacing.pause_or_go_on)
        self._done.clicked.connect(self.done)
        self._sound.clicked.connect(self.sound_wanted)
        pacing.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say what the buttons do now."""
        is_breathing = self._pacing.is_on and not self._pacing.is_paused
        words = _("Pause") if is_breathing else _("Go on") if self._pacing.is_on else _("Begin")
        self._pause.say(words, "pause" if is_breathing else "play")
        self._too_slow.setEnabled(self._pacing.is_on)
        self._sound.setVisible(self._pacing.is_paused)

    def _assemble(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self._too_slow)
        layout.addWidget(self._pause)
        layout.addWidget(self._sound)
        layout.addStretch(1)
        layout.addWidget(self._done)
