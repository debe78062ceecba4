# SPDX-License-Identifier: MIT
"""What every drawing of the level over the window has in common: band, edges, range, hatch and line.

Law: the line never joins across what is unknown; a provisional window has dashed edges; grey is where the person moves.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from ui.arousal.reading import WindowHeld
from ui.theme import Look
from ui.widgets.backdrop import hatch_tile

APART_S = 1.5
"""Two seconds further apart than this have a hole between them."""

_RADIUS = 6.0
_EDGE_PX = 1.5


class Point(Protocol):
    """One second: the level and its 90 % range, None where nothing can be read; grey while the person moves."""

    @property
    def t(self) -> float:
        """When it is, seconds on the session clock."""

    @property
    def level(self) -> float | None:
        """The level."""

    @property
    def band(self) -> tuple[float, float] | None:
        """Its range."""

    @property
    def is_grey(self) -> bool:
        """Whether the person moves."""


P = TypeVar("P", bound=Point)


def runs(points: Sequence[P]) -> Iterator[list[P]]:
    """Part the seconds where one cannot be read: each run holds levels alone."""
    run: list[P] = []
    for point in points:
        if run and (point.level is None or point.t - run[-1].t > APART_S):
            yield run
            run = []
        if point.level is not None:
            run.append(point)
    if run:
        yield run


def clip_to_ground(painter: QPainter, look: Look, place: QRectF, ground: str) -> None:
    """Paint the rounded ground, in the light theme with its hairline, and paint nothing beyond it from now on."""
    is_light = look.color("surface").lightness() > 128
    frame = QPainterPath()
    frame.addRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
    painter.setPen(QPen(look.color("line" if is_light else ground), 1))
    painter.setBrush(look.color(ground))
    painter.drawPath(frame)
    painter.setClipPath(frame)


class TracePaint:
    """Paints the parts of one trace.

    Parameters
    ----------
    painter : QPainter
        Where.
    look : Look
        The look of now.
    x, y : callable
        The places of a time and of a level, px.
    size : QSize
        Of the plot.
    ground : str
        The tone of its ground.
    """

    def __init__(
        self,
        painter: QPainter,
        look: Look,
        *,
        x: Callable[[float], float],
        y: Callable[[float], float],
        size: QSize,
        ground: str,
    ) -> None:
        self._painter = painter
        self._look = look
        self._x = x
        self._y = y
        self._size = size
        self._ground = ground

    def window(self, window: WindowHeld) -> None:
        """Fill the window."""
        top, bottom = self._y(window.upper), self._y(window.lower)
        self._painter.fillRect(QRectF(0, top, self._size.width(), bottom - top), self._look.color("band_fill"))

    def edges(self, window: WindowHeld) -> None:
        """Draw both edges of the window."""
        pen = QPen(self._look.color("band"), _EDGE_PX)
        if window.is_provisional:
            pen.setDashPattern([5.0, 4.0])
        self._painter.setPen(pen)
        for level in (window.upper, window.lower):
            y = round(self._y(level)) + 0.5
            self._painter.drawLine(QPointF(0, y), QPointF(self._size.width(), y))

    def range(self, run: Sequence[Point]) -> None:
        """Fill the 90 % range."""
        known = [(self._x(point.t), point.band) for point in run if point.band is not None]
        upper = [QPointF(x, self._y(band[1])) for x, band in known]
        lower = [QPointF(x, self._y(band[0])) for x, band in known]
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._look.color("ribbon"))
        self._painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))

    def hole(self, start_s: float, end_s: float) -> QRect:
        """Hatch what could not be read; give its place."""
        left, right = round(self._x(start_s)), round(self._x(end_s))
        place = QRect(left, 0, max(right - left, 2), self._size.height())
        self._painter.drawTiledPixmap(place, hatch_tile(self._look, self._ground))
        self._painter.setPen(QPen(self._look.color("edge"), 1))
        for x in (place.left(), place.right()):
            self._painter.drawLine(x, 0, x, self._size.height())
        return place

    def line(self, run: Sequence[Point], width: float) -> None:
        """Draw the line, grey where the person moves."""
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        part: list[QPointF] = []
        is_grey = run[0].is_grey
        for point in run:
            place = QPointF(self._x(point.t), self._y(point.level or 0.0))
            part.append(place)
            if point.is_grey is not is_grey:
                self._piece(part, width, is_grey=is_grey)
                part, is_grey = [place], point.is_grey
        self._piece(part, width, is_grey=is_grey)

    def _piece(self, part: list[QPointF], width: float, *, is_grey: bool) -> None:
        pen = QPen(self._look.color("edge" if is_grey else "signal"), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._painter.setPen(pen)
        self._painter.drawPolyline(QPolygonF(part))
