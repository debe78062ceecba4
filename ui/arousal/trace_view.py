# SPDX-License-Identifier: MIT
"""Five minutes of the trace over a person's own window: band, 90 % range, line, and hatch where nothing can be read.

Law: the upright axis stays for the session (the window takes the middle 44 % of it) and the last second stands 24 px
from the right edge; the line never joins across what is unknown, and before there is a window nothing is drawn.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.arousal.reading import SPAN_S, TracePoint, WindowHeld
from ui.arousal.trace_paint import APART_S, TracePaint, clip_to_ground, runs
from ui.theme import Look

_WINDOW_SHARE = 0.44
_NOW_PX = 24
_LINE_PX, _END_PX = 2.5, 7.5
_MARGIN_PX = 6.0  # what lies beyond the axis is drawn at its end


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
        clip_to_ground(painter, self._look, QRectF(self.rect()), "surface")
        if self._window is not None and self._axis is not None:
            self._paint_trace(painter, self._window)
            self._paint_end(painter)
        painter.end()

    def _paint_trace(self, painter: QPainter, window: WindowHeld) -> None:
        paint = TracePaint(painter, self._look, x=self._x, y=self._y, size=self.size(), ground="surface")
        parts = list(runs(self._points))
        paint.window(window)
        for part in parts:
            paint.range(part)
        if self._points:  # from the first second that was told on
            for hole in _holes(self._points[0].t - 0.5, parts, self._t):
                paint.hole(*hole)
        paint.edges(window)
        for part in parts:
            paint.line(part, _LINE_PX)

    def _paint_end(self, painter: QPainter) -> None:
        """Put the present as a disc; open and grey where it is not read just now."""
        known = [point for point in self._points if point.level is not None]
        if not known:
            return
        last = known[-1]
        is_live = not last.is_grey and self._t - last.t < APART_S
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


def _holes(start: float, runs: Sequence[Sequence[TracePoint]], now: float) -> Iterator[tuple[float, float]]:
    """Give what lies between the runs, and after the last one once a second is overdue."""
    at = start
    for run in runs:
        if run[0].t - at > APART_S:
            yield at, run[0].t
        at = run[-1].t
    if now - at > APART_S:
        yield at, now
