# SPDX-License-Identifier: MIT
"""Ten minutes of one person's level over their window: band, 90 % range, line, hatch, markers and cues.

Law: the upright axis is that of the level itself, -3 to 3, and never moves; the line never joins across what is
unknown; words are our own, and drawn plainly.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.words import gettext as _
from ui.arousal.reading import WindowHeld
from ui.arousal.trace_paint import TracePaint, clip_to_ground, runs
from ui.arousal.words import signed
from ui.clinician.trajectory import SPAN_S, Hole, Mark, MarkKind, Second, holes
from ui.clinician.words import short_reason
from ui.theme import Look
from ui.tokens import Type
from ui.words import clock_words

_TOP, _BOTTOM = 3.0, -3.0  # c(z) = 3 tanh(z/3), signals.md section 3
_RIGHT_PX = 48  # for the numbers beside the plot, before the person's text size
_LINE_PX, _END_PX = 2.0, 5.0
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
        """Ask for little: it takes what is left over."""
        return QSize(360, self._look.px(84))

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
        clip_to_ground(painter, self._look, self._plot(), "bg")
        if self._window is not None:
            self._paint_trace(painter, self._window)
        for mark in self._marks:
            self._paint_mark(painter, mark)
        self._paint_caption(painter)
        painter.restore()
        self._paint_numbers(painter)
        painter.end()

    def _plot(self) -> QRectF:
        return QRectF(0, 0, self.width() - self._look.px(_RIGHT_PX), self.height())

    def _paint_trace(self, painter: QPainter, window: WindowHeld) -> None:
        size = self._plot().size().toSize()
        paint = TracePaint(painter, self._look, x=self._x, y=self._y, size=size, ground="bg")
        parts = list(runs(self._seconds))
        paint.window(window)
        for part in parts:
            paint.range(part)
        paint.edges(window)
        found = holes(self._seconds, self._t)
        places = [paint.hole(hole.start_s, hole.end_s) for hole in found]
        for part in parts:
            paint.line(part, _LINE_PX)
        if not self._caption:
            self._paint_reasons(painter, found, places)

    def _paint_reasons(self, painter: QPainter, found: Sequence[Hole], places: Sequence[QRect]) -> None:
        """Say beside each hole why it is there, where the words find room before the next one."""
        ends = [place.left() for place in places[1:]] + [round(self._plot().width())]
        top, line = self.height() - self._look.px(22), self._look.px(18)
        painter.setPen(self._look.color("text2"))
        for hole, place, end in zip(found, places, ends, strict=False):  # without a hole there is one end too many
            words = f"{short_reason(hole.why)}, {clock_words(hole.end_s - hole.start_s)}"
            room = painter.fontMetrics().horizontalAdvance(words) + 8
            if place.width() >= _SPOKEN_HOLE_PX and place.right() + 6 + room <= end:
                spoken = QRect(place.right() + 6, top, room, line)
                painter.drawText(spoken, Qt.AlignmentFlag.AlignVCenter, words)

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
            self._write(painter, taken, signed(last.level), Type.STRONG, "text")
        for level in (self._window.upper, self._window.lower):
            if abs(self._y(level) - taken) >= line:
                self._write(painter, self._y(level), signed(level), Type.AXIS, "text3")

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
