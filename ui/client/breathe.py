# SPDX-License-Identifier: MIT
"""Breathing alone, and a person's first session: the shape, one line of words and three buttons.

Law: no digit, no trace, no zone.
"""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsp.plan import BreathPart
from ui.client.footer import BreathFooter
from ui.pacing import Pacing
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.label import safe_label
from ui.widgets.pacer import Pacer
from ui.words import breath_words


class BreatheScreen(QWidget):
    """The breathing shape and nothing else.

    Parameters
    ----------
    look : Look
        The look it follows.
    pacing : Pacing
        The breathing.
    """

    done = Signal()
    sound_wanted = Signal()

    def __init__(self, look: Look, pacing: Pacing) -> None:
        super().__init__()
        self._pacing = pacing
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Breathe"))
        self.pacer = Pacer(look, pacing.breath, width_per_radius=6.0, height_per_radius=3.75)
        self.pacer.setAccessibleName(_("Breathing shape"))
        self._word = safe_label(look, kind=Type.PAGE, align=Qt.AlignmentFlag.AlignHCenter)
        self._footer = BreathFooter(look, pacing)
        self._part = BreathPart.REST
        self._assemble()
        self.pacer.turned.connect(self._turn)
        self._footer.done.connect(self.done)
        self._footer.sound_wanted.connect(self.sound_wanted)
        pacing.changed.connect(self._say)
        self._say()

    def tell(self, words: str) -> None:
        """Show (safe) quiet words in place of the breathing word, until the breath turns."""
        if self.isVisible():
            self._word.say(words)

    def _assemble(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 40, 48, 28)
        layout.setSpacing(0)
        layout.addWidget(self.pacer, 80)
        layout.addSpacing(20)
        layout.addWidget(self._word)
        layout.addStretch(20)
        layout.addWidget(self._footer)

    def _turn(self, part: BreathPart) -> None:
        self._part = part
        self._say()

    def _say(self) -> None:
        is_starting = self._part is BreathPart.REST and self._pacing.is_on and not self._pacing.is_paused
        self._word.say("" if is_starting else breath_words(self._part))
