# SPDX-License-Identifier: MIT
"""The small frame that names a key, inside of a button or a card."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from ui.theme import Look
from ui.tokens import Type


class KeyCap:
    """The small frame that names a key.

    Parameters
    ----------
    look : Look
        The look it follows.
    key : str
        The key's name; empty draws nothing.
    """

    def __init__(self, look: Look, key: str) -> None:
        self._look = look
        self.key = key

    def width(self) -> int:
        """Give its width, 0 without a key."""
        if not self.key:
            return 0
        text = QFontMetrics(self._look.font(Type.AXIS)).horizontalAdvance(self.key)
        return max(self._look.px(20), text + self._look.px(12))

    def paint(self, painter: QPainter, right: int, middle: int, tone: str = "text2") -> None:
        """Paint it with its right edge and its middle at these places."""
        if not self.key:
            return
        height = self._look.px(20)
        frame = QRectF(right - self.width() + 0.5, middle - height / 2 + 0.5, self.width() - 1, height - 1)
        painter.setPen(QPen(self._look.color("edge" if tone == "text2" else tone), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, 4, 4)
        painter.setFont(self._look.font(Type.AXIS))
        painter.setPen(self._look.color(tone))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self.key)
