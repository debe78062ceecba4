# SPDX-License-Identifier: MIT
"""The histogram of delays: from 0.1 ms to 1 s, eight steps in a decade, with its median and its 99 %.

Law: it is drawn when somebody shows it something new, and by nothing else.
"""

import math

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.research.seam import STEPS_MS, Delays
from ui.research.words import delay_figure
from ui.theme import Look
from ui.tokens import Type

_DECADES_MS = (0.1, 1.0, 10.0, 100.0, 1000.0)
_AXIS_PX, _RADIUS, _GAP_PX = 22, 6.0, 1.0
_FULL = 0.86  # of the height for the highest step


class DelayView(QWidget):
    """A histogram.

    Parameters
    ----------
    look : Look
        The look it follows.
    name : str
        What it shows, for those who do not see it.
    """

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._delays = Delays()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Ask for a plot that can be read."""
        return QSize(280, self._look.px(200))

    def minimumSizeHint(self) -> QSize:
        """Keep one."""
        return QSize(200, self._look.px(120))

    def show_delays(self, delays: Delays) -> None:
        """Show these from now on."""
        if delays != self._delays:
            self._delays = delays
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, decades, bars, and the two lines with their figures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._look.font(Type.AXIS))
        plot = self._plot()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("bg"))
        painter.drawRoundedRect(plot, _RADIUS, _RADIUS)
        self._paint_decades(painter, plot)
        self._paint_bars(painter, plot)
        for row, (value, words) in enumerate(((self._delays.median_ms, "50 %"), (self._delays.most_ms, "99 %"))):
            if value is not None:
                self._paint_line(painter, plot, value, f"{words}  {delay_figure(value)} ms", row)
        painter.end()

    def _plot(self) -> QRectF:
        return QRectF(0, 0, self.width(), self.height() - self._look.px(_AXIS_PX))

    def _x(self, milliseconds: float, plot: QRectF) -> float:
        shortest, longest = math.log10(STEPS_MS[0]), math.log10(STEPS_MS[-1])
        place = math.log10(min(max(milliseconds, STEPS_MS[0]), STEPS_MS[-1]))
        return plot.left() + plot.width() * (place - shortest) / (longest - shortest)

    def _paint_decades(self, painter: QPainter, plot: QRectF) -> None:
        for index, value in enumerate(_DECADES_MS):
            x = self._x(value, plot)
            painter.setPen(QPen(self._look.color("line"), 1))
            if 0 < index < len(_DECADES_MS) - 1:
                painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            painter.setPen(self._look.color("text3"))
            words = f"{value:g} ms"
            width = painter.fontMetrics().horizontalAdvance(words)
            left = min(max(x - width / 2, 0.0), self.width() - width)
            place = QRectF(left, plot.bottom(), width + 2, self.height() - plot.bottom())
            painter.drawText(place, Qt.AlignmentFlag.AlignBottom, words)

    def _paint_bars(self, painter: QPainter, plot: QRectF) -> None:
        most = max(self._delays.counts, default=0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for step, count in enumerate(self._delays.counts):
            if count:
                left, right = self._x(STEPS_MS[step], plot), self._x(STEPS_MS[step + 1], plot)
                height = max(_FULL * plot.height() * count / most, 1.0)
                bar = QRectF(left, plot.bottom() - height, right - left - _GAP_PX, height)
                painter.fillRect(bar.toRect(), self._look.color("signal"))

    def _paint_line(self, painter: QPainter, plot: QRectF, value: float, words: str, row: int) -> None:
        """Draw an upright line with its words, each in a row of its own."""
        x = round(self._x(value, plot)) + 0.5
        pen = QPen(self._look.color("text"), 1)
        pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, plot.top() + 4), QPointF(x, plot.bottom()))
        width, height = painter.fontMetrics().horizontalAdvance(words) + 6, self._look.px(16)
        left = x + 6 if x + width + 6 < plot.right() else x - width - 2
        place = QRect(round(left), round(plot.top()) + 4 + row * height, width, height)
        painter.fillRect(place, self._look.color("bg"))
        painter.setPen(self._look.color("text"))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
