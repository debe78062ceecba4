# SPDX-License-Identifier: MIT
"""Breathing alone, and a person's first session: the shape, one line of words and three buttons.

Law: no digit, no trace, no zone.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsp.plan import BreathPart
from resources.words import gettext as _
from ui.client.footer import BreathFooter
from ui.client.noticing import noticing_words
from ui.client.ways_card import WaysCard
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
        self._t = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Breathe"))
        self.pacer = Pacer(
            look,
            pacing.breath,
            style=pacing.style,
            ahead=pacing.depths_around,
            width_per_radius=6.0,
            height_per_radius=3.75,
        )
        self.pacer.setAccessibleName(_("Breathing shape"))
        self._word = safe_label(look, kind=Type.PAGE, wrap=True, align=Qt.AlignmentFlag.AlignHCenter)
        self.ways = WaysCard(look, pacing)
        self.ways.left.connect(self.turn_ways)
        self.ways.hide()
        self._footer = BreathFooter(look, pacing)
        self._part = BreathPart.REST
        self._assemble()
        self.pacer.turned.connect(self._turn)
        self.pacer.restyled.connect(self._say)
        self._footer.done.connect(self.done)
        self._footer.sound_wanted.connect(self.sound_wanted)
        self._footer.ways_wanted.connect(self.turn_ways)
        pacing.changed.connect(self._say)
        self._say()

    def tell(self, words: str) -> None:
        """Show (safe) quiet words in place of the breathing word, until the breath turns."""
        if self.isVisible():
            self._word.say(words)

    def turn_ways(self) -> None:
        """Open how the person breathes along, or close it."""
        self.ways.setVisible(self.ways.isHidden())

    def refresh(self, t: float) -> None:
        """Go on to the next invitation, where somebody only notices; `t` is the session clock's."""
        if self._pacing.is_noticing and noticing_words(t) != noticing_words(self._t):
            self._t = t
            self._say()

    def _assemble(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 40, 48, 28)
        layout.setSpacing(0)
        shape = QHBoxLayout()
        shape.setSpacing(16)
        shape.addWidget(self.pacer, 1)
        shape.addWidget(self.ways, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(shape, 80)
        layout.addSpacing(20)
        layout.addWidget(self._word)
        layout.addStretch(20)
        layout.addWidget(self._footer)

    def _turn(self, part: BreathPart) -> None:
        self._part = part
        self._say()

    def _say(self) -> None:
        is_starting = self._part is BreathPart.REST and self._pacing.is_on and not self._pacing.is_paused
        words = noticing_words(self._t) if self._pacing.is_noticing else "" if is_starting else breath_words(self._part)
        self.pacer.carry(words)
        self._word.say("" if self._pacing.style() == "words" else words)
