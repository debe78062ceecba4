# SPDX-License-Identifier: MIT
"""The ring of clean seconds: it fills, it waits, and it never turns back while a step runs."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.words import gettext as _
from ui.theme import Look
from ui.tokens import Type

_STROKE_PX = 12


class Ring(QWidget):
    """Clean seconds of those wanted.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._clean, self._wanted = 0, 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    @property
    def shown(self) -> tuple[int, int]:
        """The clean seconds that are shown, and how many are wanted."""
        return self._clean, self._wanted

    def sizeHint(self) -> QSize:
        """Ask for 316 px."""
        return QSize(316, 316)

    def minimumSizeHint(self) -> QSize:
        """Keep room for the number and the line under it."""
        side = self._side_of_words() + 2 * _STROKE_PX + 24
        return QSize(side, side)

    def show_seconds(self, clean_s: float, wanted_s: float) -> None:
        """Show so many of so many."""
        shown = int(clean_s), max(round(wanted_s), 1)
        if shown != (self._clean, self._wanted):
            self._clean, self._wanted = shown
            self.setAccessibleName(f"{self._clean} {self._line()}")
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track, the arc, and the number in the middle."""
        side = min(self.width(), self.height(), self._look.px(316)) - _STROKE_PX - 2
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.color("raised"), _STROKE_PX))
        painter.drawEllipse(place)
        if self._clean:
            pen = QPen(self._look.color("signal"), _STROKE_PX)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawArc(place, 90 * 16, -round(360 * 16 * min(self._clean / self._wanted, 1.0)))
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        number, line = self._look.px(Type.COUNT.line_px), self._look.px(Type.LABEL.line_px)
        top = (self.height() - number - line - 8) / 2
        for kind, tone, text, height in (
            (Type.COUNT, "text", str(self._clean), number),
            (Type.LABEL, "text2", self._line(), line),
        ):
            painter.setFont(self._look.font(kind))
            painter.setPen(self._look.color(tone))
            painter.drawText(QRectF(0, top, self.width(), height), Qt.AlignmentFlag.AlignCenter, text)
            top += height + 8

    def _line(self) -> str:
        return _("of {wanted} clean seconds").format(wanted=self._wanted)

    def _side_of_words(self) -> int:
        return QFontMetrics(self._look.font(Type.LABEL)).horizontalAdvance(self._line())
