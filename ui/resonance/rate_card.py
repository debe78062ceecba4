# SPDX-License-Identifier: MIT
"""One pace that may be used: its rate, how long it goes in and out, and the button that takes it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsp.plan import BreathShape
from resources.words import gettext as _
from ui.resonance.words import rate_words, shape_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.label import safe_label

_RADIUS = 8
_BASELINE = Qt.AlignmentFlag.AlignBaseline


class RateCard(QWidget):
    """A pace in a frame of its own.

    Parameters
    ----------
    look : Look
        The look it follows.
    key : str
        The key that takes it.
    """

    def __init__(self, look: Look, *, key: str) -> None:
        super().__init__()
        self._look = look
        self._rate = safe_label(look, kind=Type.VALUE)
        self._shape = safe_label(look, tone="text2", kind=Type.FIGURES, wrap=True, align=Qt.AlignmentFlag.AlignRight)
        self.use = Button(look, "", size=Size.LIST, key=key)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._rate, 0, _BASELINE)
        head.addWidget(safe_label(look, _("a minute"), tone="text2"), 0, _BASELINE)
        head.addWidget(self._shape, 1, _BASELINE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.use)
        look.changed.connect(self.update)

    def show_rate(self, breaths_per_min: float, shape: BreathShape) -> None:
        """Show a pace."""
        rate = rate_words(breaths_per_min)
        self.setAccessibleName(_("{rate} breaths a minute").format(rate=rate))
        self._rate.say(rate)
        self._shape.say(shape_words(breaths_per_min, shape))
        self.use.say(_("Use {rate}").format(rate=rate))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.color("edge"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.end()
