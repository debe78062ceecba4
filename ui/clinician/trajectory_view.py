# SPDX-License-Identifier: MIT
"""Ten minutes of one person's level over their window: band, 90 % range, line, hatch, markers and cues.

Law: the upright axis is that of the level itself, -3 to 3, and never moves; the line never joins across what is
unknown; words are our own, and drawn plainly.
"""

from collections.abc import Sequence
from gettext import gettext as _

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.arousal.reading import WindowHeld
from ui.clinician.trajectory import SPAN_S, Hole, Mark, MarkKind, Second, holes, runs
from ui.clinician.words import level_words, short_reason
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.backdrop import hatch_tile
from ui.words import clock_words

_TOP, _BOTTOM = 3.0, -3.0  # c(z) = 3 tanh(z/3), signals.md section 3
_RIGHT_PX = 48  # for the numbers beside the plot, before the person's text size
_RADIUS = 6.0
_LINE_PX, _EDGE_PX, _END_PX = 2.0, 1.5, 5.0
_SPOKEN_HOLE_PX = 10


class TrajectoryView(QWidget):
    """The trajectory over the window.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._t = 0.0
        self._seconds: tuple[Second, ...] = ()
        self._marks: tuple[Mark, ...] = ()
        self._window: WindowHeld | None = None
        self._caption = ""
        self.setAccessibleName(_("The last ten minutes"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Ask for 144 px of height."""
        return QSize(360, self._look.px(144))

    def minimumSizeHint(self) -> QSize:
        """Keep a trajectory that can be read."""
        return QSize(200, self._look.px(72))

    @property
    def caption(self) -> str:
        """The words that stand in the plot."""
        return self._caption

    def show_trajectory(
        self, t: float, seconds: Sequence[Second], marks: Sequence[Mark], window: WindowHeld | None, caption: str
    ) -> None:
        """Show these seconds up to `t` over this window, with words where something is to be said."""
        self._t, self._seconds, self._marks = t, tuple(seconds), tuple(marks)
        self._window, self._caption = window, caption
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, window, range, hatch, line and marks, and the numbers beside them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._look.font(Type.AXIS))
        painter.save()
        self._paint_ground(painter)
        parts = list(runs(self._seconds)) if self._window is not None else []
        if self._window is not None:
            self._paint_window(painter, self._window)
            for part in parts:
                self._paint_range(painter, part)
            self._paint_edges(painter, self._window)
            for hole in holes(self._seconds, self._t):
                self._paint_hole(painter, hole)
            for part in parts:
                self._paint_line(painter, part)
        for mark in self._marks:
            self._paint_mark(painter, mark)
        self._paint_caption(painter)
        painter.restore()
        self._paint_numbers(painter)
        painter.end()

    def _plot(self) -> QRectF:
        return QRectF(0, 0, self.width() - self._look.px(_RIGHT_PX), self.height())

    def _paint_ground(self, painter: QPainter) -> None:
        frame = QPainterPath()
        frame.addRoundedRect(self._plot().adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        is_light = self._look.color("surface").lightness() > 128
        painter.setPen(QPen(self._look.color("line" if is_light else "bg"), 1))
        painter.setBrush(self._look.color("bg"))
        painter.drawPath(frame)
        painter.setClipPath(frame)

    def _paint_window(self, painter: QPainter, window: WindowHeld) -> None:
        top, bottom = self._y(window.upper), self._y(window.lower)
        painter.fillRect(QRectF(0, top, self._plot().width(), bottom - top), self._look.color("band_fill"))

    def _paint_edges(self, painter: QPainter, window: WindowHeld) -> None:
        pen = QPen(self._look.color("band"), _EDGE_PX)
        if window.is_provisional:
            pen.setDashPattern([5.0, 4.0])
        painter.setPen(pen)
        for level in (window.upper, window.lower):
            y = round(self._y(level)) + 0.5
            painter.drawLine(QPointF(0, y), QPointF(self._plot().width(), y))

    def _paint_range(self, painter: QPainter, part: Sequence[Second]) -> None:
        known = [(self._x(second.t), second.band) for second in part if second.band is not None]
        upper = [QPointF(x, self._y(band[1])) for x, band in known]
        lower = [QPointF(x, self._y(band[0])) for x, band in known]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("ribbon"))
        painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))

    def _paint_hole(self, painter: QPainter, hole: Hole) -> None:
        left, right = round(self._x(hole.start_s)), round(self._x(hole.end_s))
        place = QRect(left, 0, max(right - left, 2), self.height())
        painter.drawTiledPixmap(place, hatch_tile(self._look, "bg"))
        painter.setPen(QPen(self._look.color("edge"), 1))
        for x in (place.left(), place.right()):
            painter.drawLine(x, 0, x, self.height())
        if place.width() < _SPOKEN_HOLE_PX:
            return
        words = f"{short_reason(hole.why)}, {clock_words(hole.end_s - hole.start_s)}"
        width = painter.fontMetrics().horizontalAdvance(words) + 8
        left = place.right() + 6 if place.right() + width < self._plot().width() else place.left() - width
        spoken = QRect(left, self.height() - self._look.px(22), width, self._look.px(18))
        if left >= 0 and not self._caption:
            painter.setPen(self._look.color("text2"))
            painter.drawText(spoken, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_line(self, painter: QPainter, part: Sequence[Second]) -> None:
        """Draw the line, grey where the person moves."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points: list[QPointF] = []
        is_grey = part[0].is_grey
        for second in part:
            place = QPointF(self._x(second.t), self._y(second.level or 0.0))
            points.append(place)
            if second.is_grey is not is_grey:
                self._paint_piece(painter, points, is_grey=is_grey)
                points, is_grey = [place], second.is_grey
        self._paint_piece(painter, points, is_grey=is_grey)

    def _paint_piece(self, painter: QPainter, points: list[QPointF], *, is_grey: bool) -> None:
        painter.setPen(QPen(self._look.color("edge" if is_grey else "signal"), _LINE_PX))
        painter.drawPolyline(QPolygonF(points))

    def _paint_mark(self, painter: QPainter, mark: Mark) -> None:
        """Put a tag or a diamond at the top, with a dotted line below it."""
        x, side = self._x(mark.t), float(self._look.px(16))
        pen = QPen(self._look.color("band"), 1)
        pen.setDashPattern([2.0, 3.0])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, side + 4), QPointF(x, self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("text2"))
        place = QRectF(x - side / 2, 2, side, side)
        if mark.kind is MarkKind.CUE:
            middle = place.center()
            around = (QPointF(0, -side / 2), QPointF(side / 2, 0), QPointF(0, side / 2), QPointF(-side / 2, 0))
            painter.drawPolygon([middle + step for step in around])
            return
        painter.drawRoundedRect(place, 3, 3)
        painter.setPen(self._look.color("bg"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, mark.tag)

    def _paint_caption(self, painter: QPainter) -> None:
        if self._caption:
            painter.setPen(self._look.color("text2"))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
            painter.drawText(self._plot().adjusted(10, 4, -10, -6), flags, self._caption)

    def _paint_numbers(self, painter: QPainter) -> None:
        """Write the bounds beside the plot, and the level of now in bold where it is known."""
        if self._window is None:
            return
        line, taken = self._look.px(Type.AXIS.line_px), -1e9
        last = self._seconds[-1] if self._seconds else None
        if last is not None and last.level is not None:
            taken = self._y(last.level)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("edge" if last.is_grey else "signal"))
            painter.drawEllipse(QPointF(self._x(last.t), taken), _END_PX, _END_PX)
            self._write(painter, taken, level_words(last.level), Type.STRONG, "text")
        for level in (self._window.upper, self._window.lower):
            if abs(self._y(level) - taken) >= line:
                self._write(painter, self._y(level), level_words(level), Type.AXIS, "text3")

    def _write(self, painter: QPainter, y: float, words: str, kind: Type, tone: str) -> None:
        line = self._look.px(kind.line_px)
        top = min(max(y - line / 2, 0.0), self.height() - line)
        place = QRectF(self._plot().right() + 10, top, self._look.px(_RIGHT_PX) - 8, line)
        painter.setFont(self._look.font(kind))
        painter.setPen(self._look.color(tone))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)

    def _x(self, t: float) -> float:
        return self._plot().width() * (1.0 + (t - self._t) / SPAN_S)

    def _y(self, level: float) -> float:
        return (_TOP - min(max(level, _BOTTOM), _TOP)) / (_TOP - _BOTTOM) * self.height()
