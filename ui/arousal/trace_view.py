# SPDX-License-Identifier: MIT
"""Five minutes of the trace over a person's own window: band, 90 % range, line, and hatch where nothing can be read.

Law: the upright axis stays for the session (the window takes the middle 44 % of it) and the last second stands 24 px
from the right edge; the line never joins across what is unknown, and before there is a window nothing is drawn.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.arousal.reading import SPAN_S, TracePoint, WindowHeld
from ui.theme import Look
from ui.widgets.backdrop import hatch_tile

_WINDOW_SHARE = 0.44
_NOW_PX = 24
_RADIUS = 6.0
_LINE_PX, _EDGE_PX, _END_PX = 2.5, 1.5, 7.5
_MARGIN_PX = 6.0  # what lies beyond the axis is drawn at its end
_APART_S = 1.5  # two seconds further apart than this have a hole between them


class TraceView(QWidget):
    """The trace over the window.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._points: tuple[TracePoint, ...] = ()
        self._window: WindowHeld | None = None
        self._axis: tuple[float, float] | None = None
        self._t = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    @property
    def axis(self) -> tuple[float, float] | None:
        """The lowest and the highest level of the axis; None before there is a window."""
        return self._axis

    @property
    def window_held(self) -> WindowHeld | None:
        """The window that is drawn."""
        return self._window

    def sizeHint(self) -> QSize:
        """Ask for 168 px of height."""
        return QSize(480, 168)

    def minimumSizeHint(self) -> QSize:
        """Keep a trace that can be read."""
        return QSize(160, 88)

    def clear(self) -> None:
        """Forget everything that was shown."""
        self._points, self._window, self._axis = (), None, None
        self.update()

    def refit(self) -> None:
        """Let the axis follow the next window: there is a new one."""
        self._axis = None

    def show_trace(self, t: float, points: Sequence[TracePoint], window: WindowHeld) -> None:
        """Show these seconds up to `t` over this window."""
        if self._axis is None:
            middle, half = (window.upper + window.lower) / 2, (window.upper - window.lower) / 2 / _WINDOW_SHARE
            self._axis = middle - half, middle + half
        if (t, window) != (self._t, self._window) or tuple(points) != self._points:
            self._t, self._points, self._window = t, tuple(points), window
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, window, range, hatch and line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        if self._window is not None and self._axis is not None:
            self._paint_window(painter, self._window)
            runs = list(_runs(self._points))
            for run in runs:
                self._paint_range(painter, run)
            self._paint_holes(painter, runs)
            self._paint_edges(painter, self._window)
            for run in runs:
                self._paint_line(painter, run)
            self._paint_end(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        is_light = self._look.color("surface").lightness() > 128
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.setPen(QPen(self._look.color("line" if is_light else "surface"), 1))
        painter.setBrush(self._look.color("surface"))
        painter.drawPath(frame)
        painter.setClipPath(frame)

    def _paint_window(self, painter: QPainter, window: WindowHeld) -> None:
        top, bottom = self._y(window.upper), self._y(window.lower)
        painter.fillRect(QRectF(0, top, self.width(), bottom - top), self._look.color("band_fill"))

    def _paint_edges(self, painter: QPainter, window: WindowHeld) -> None:
        pen = QPen(self._look.color("band"), _EDGE_PX)
        if window.is_provisional:
            pen.setDashPattern([5.0, 4.0])
        painter.setPen(pen)
        for level in (window.upper, window.lower):
            y = round(self._y(level)) + 0.5
            painter.drawLine(QPointF(0, y), QPointF(self.width(), y))

    def _paint_range(self, painter: QPainter, run: Sequence[TracePoint]) -> None:
        known = [(self._x(point.t), point.band) for point in run if point.band is not None]
        upper = [QPointF(x, self._y(band[1])) for x, band in known]
        lower = [QPointF(x, self._y(band[0])) for x, band in known]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("ribbon"))
        painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))

    def _paint_holes(self, painter: QPainter, runs: Sequence[Sequence[TracePoint]]) -> None:
        """Hatch what could not be read, from the first second that was told on."""
        if not self._points:
            return
        tile, start = hatch_tile(self._look, "surface"), self._points[0].t - 0.5
        painter.setPen(QPen(self._look.color("edge"), 1))
        for left_s, right_s in _holes(start, runs, self._t):
            left, right = round(self._x(left_s)), round(self._x(right_s))
            place = QRect(left, 0, max(right - left, 2), self.height())
            painter.drawTiledPixmap(place, tile)
            for x in (place.left(), place.right()):
                painter.drawLine(x, 0, x, self.height())

    def _paint_line(self, painter: QPainter, run: Sequence[TracePoint]) -> None:
        """Draw the line, grey where the person moves."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        part: list[QPointF] = []
        is_grey = run[0].is_grey
        for point in run:
            place = QPointF(self._x(point.t), self._y(point.level or 0.0))
            part.append(place)
            if point.is_grey is not is_grey:
                self._paint_part(painter, part, is_grey=is_grey)
                part, is_grey = [place], point.is_grey
        self._paint_part(painter, part, is_grey=is_grey)

    def _paint_part(self, painter: QPainter, part: list[QPointF], *, is_grey: bool) -> None:
        pen = QPen(self._color(is_grey=is_grey), _LINE_PX)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(part))

    def _paint_end(self, painter: QPainter) -> None:
        """Put the present as a disc; open and grey where it is not read just now."""
        known = [point for point in self._points if point.level is not None]
        if not known:
            return
        last = known[-1]
        is_live = not last.is_grey and self._t - last.t < _APART_S
        painter.setBrush(self._color(is_grey=False) if is_live else self._look.color("surface"))
        ground = self._look.color("band_fill" if self._is_inside(last) else "surface")
        painter.setPen(QPen(ground if is_live else self._look.color("edge"), 2.5 if is_live else 2))
        painter.drawEllipse(QPointF(self._x(last.t), self._y(last.level or 0.0)), _END_PX, _END_PX)

    def _is_inside(self, point: TracePoint) -> bool:
        window, level = self._window, point.level
        return window is not None and level is not None and window.lower < level < window.upper

    def _color(self, *, is_grey: bool) -> QColor:
        return self._look.color("edge" if is_grey else "signal")

    def _x(self, t: float) -> float:
        return (t - self._t) * (self.width() - _NOW_PX) / SPAN_S + self.width() - _NOW_PX

    def _y(self, level: float) -> float:
        low, high = self._axis or (-1.0, 1.0)
        y = (high - level) / (high - low) * self.height()
        return min(max(y, _MARGIN_PX), self.height() - _MARGIN_PX)


def _runs(points: Sequence[TracePoint]) -> Iterator[list[TracePoint]]:
    """Part the seconds where one cannot be read."""
    run: list[TracePoint] = []
    for point in points:
        if run and (point.level is None or point.t - run[-1].t > _APART_S):
            yield run
            run = []
        if point.level is not None:
            run.append(point)
    if run:
        yield run


def _holes(start: float, runs: Sequence[Sequence[TracePoint]], now: float) -> Iterator[tuple[float, float]]:
    """Give what lies between the runs, and after the last one once a second is overdue."""
    at = start
    for run in runs:
        if run[0].t - at > _APART_S:
            yield at, run[0].t
        at = run[-1].t
    if now - at > _APART_S:
        yield at, now
