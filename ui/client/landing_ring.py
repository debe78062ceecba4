# SPDX-License-Identifier: MIT
"""Two minutes as a ring that closes, without a digit: there is nothing to reach, and nothing happens at its end."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.words import gettext as _
from ui.theme import Look

_TRACK_PX, _ARC_PX, _LARGEST_PX = 1.0, 4.0, 520
_STEPS, _FEW_STEPS = 480, 8  # of the whole ring: a quarter of a second each, or 15 s with less motion
_FULL_CIRCLE, _TOP = -360 * 16, 90 * 16  # Qt's sixteenths of a degree, clockwise


class LandingRing(QWidget):
    """A ring that fills.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._share = 0.0
        self.setAccessibleName(_("Time to land"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    @property
    def share(self) -> float:
        """How much of it is closed, 0 to 1, as it is drawn."""
        return self._share

    def show_share(self, share: float) -> None:
        """Close so much of it; in few steps for somebody who wants less motion."""
        steps = _FEW_STEPS if self._look.is_still else _STEPS
        drawn = int(min(max(share, 0.0), 1.0) * steps) / steps
        if drawn != self._share:
            self._share = drawn
            self.update()

    def sizeHint(self) -> QSize:
        """Ask for a ring of comfortable size."""
        return QSize(280, 280)

    def minimumSizeHint(self) -> QSize:
        """Keep a ring that can be seen."""
        return QSize(96, 96)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track, the part that is closed, and a small still disc in the middle."""
        side = min(self.width(), self.height(), _LARGEST_PX) - 2 * _ARC_PX
        ring = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.color("ring"), _TRACK_PX))
        painter.drawEllipse(ring)
        painter.setPen(QPen(self._look.color("signal"), _ARC_PX, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if self._share > 0.0:
            painter.drawArc(ring, _TOP, round(_FULL_CIRCLE * self._share))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("disc"))
        painter.drawEllipse(ring.center(), side * 0.22, side * 0.22)
        painter.end()
