# SPDX-License-Identifier: MIT
"""Radio strength and battery as small drawings; the words beside them say the same."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Look

_BARS = 4


class RadioBars(QWidget):
    """Four bars, as many filled as the sensor is near.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._filled = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._dress)

    def show_strength(self, filled: int, words: str) -> None:
        """Fill so many bars, and say it in words."""
        if filled != self._filled or words != self.accessibleName():
            self._filled = filled
            self.setAccessibleName(words)
            self.update()

    def sizeHint(self) -> QSize:
        """Give 20 x 16, growing with the text."""
        return QSize(self._look.px(20), self._look.px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars, taller to the right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, full = self.width() / _BARS, self.height()
        for index in range(_BARS):
            height = full * (0.34 + 0.22 * index)
            bar = QRectF(index * step + 0.5, full - height + 0.5, step - 1.6, height - 1)
            is_filled = index < self._filled
            painter.setPen(QPen(self._look.color("text2" if is_filled else "edge"), 1))
            painter.setBrush(self._look.color("text2") if is_filled else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(bar, 1, 1)
        painter.end()

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()


class Battery(QWidget):
    """A battery, filled as far as it is charged; empty and without a word where that is unknown.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._percent = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._dress)

    def show_charge(self, percent: int, words: str) -> None:
        """Fill it to this share, and say it in words."""
        if percent != self._percent or words != self.accessibleName():
            self._percent = percent
            self.setAccessibleName(words)
            self.update()

    def sizeHint(self) -> QSize:
        """Give 26 x 14, growing with the text."""
        return QSize(self._look.px(26), self._look.px(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the case, its knob and the charge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = self.width() - 3, self.height()
        painter.setPen(QPen(self._look.color("edge"), 1.2))
        painter.drawRoundedRect(QRectF(0.8, 0.8, width - 1.6, height - 1.6), 3, 3)
        painter.drawLine(self.width() - 1, round(height * 0.36), self.width() - 1, round(height * 0.64))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("text2"))
        charge = (width - 6.4) * min(max(self._percent, 0), 100) / 100
        painter.drawRoundedRect(QRectF(3.2, 3.2, charge, height - 6.4), 1, 1)
        painter.end()

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
