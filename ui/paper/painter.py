# SPDX-License-Identifier: MIT
"""Figures by QPainter: on the screen, and on the pages of a PDF."""

from typing import Protocol

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from dsp.stream import FloatArray
from ui.paper.shapes import Anchor, Area, Disc, Figure, Hatch, Line, Rect, Shape, Text
from ui.tokens import Type

_HATCH_LINE = 1.4


class Ink(Protocol):
    """Colours and type of now (`ui.theme.Look`, or a page's own)."""

    def color(self, tone: str) -> QColor:
        """Give a tone as a colour."""

    def font(self, kind: Type) -> QFont:
        """Give the font of a kind of text."""


def paint_figure(painter: QPainter, figure: Figure, ink: Ink) -> None:
    """Draw a figure from where the painter stands."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for shape in figure.shapes:
        paint_shape(painter, shape, ink)


def paint_shape(painter: QPainter, shape: Shape, ink: Ink) -> None:
    """Draw one shape."""
    match shape:
        case Rect():
            _frame(painter, ink, shape.fill, shape.edge)
            inset = 0.5 if shape.edge else 0.0
            place = QRectF(shape.x, shape.y, shape.width, shape.height).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(place, shape.radius, shape.radius)
        case Hatch():
            _paint_hatch(painter, ink, shape)
        case Line():
            painter.setPen(_pen(ink, shape))
            painter.drawPolyline(_polygon(shape.points))
        case Area():
            _frame(painter, ink, shape.tone, "")
            painter.drawPolygon(_polygon(shape.points))
        case Disc():
            _frame(painter, ink, shape.fill, shape.edge, shape.width)
            painter.drawEllipse(QPointF(shape.x, shape.y), shape.radius, shape.radius)
        case Text():
            _paint_text(painter, ink, shape)


def _frame(painter: QPainter, ink: Ink, fill: str, edge: str, width: float = 1.0) -> None:
    painter.setPen(QPen(ink.color(edge), width) if edge else Qt.PenStyle.NoPen)
    if fill:
        painter.setBrush(ink.color(fill))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _pen(ink: Ink, shape: Line) -> QPen:
    pen = QPen(ink.color(shape.tone), shape.width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if shape.dash else Qt.PenCapStyle.RoundCap)
    if shape.dash:
        pen.setDashPattern([length / shape.width for length in shape.dash])
    return pen


def _paint_hatch(painter: QPainter, ink: Ink, shape: Hatch) -> None:
    place = QRectF(shape.x, shape.y, shape.width, shape.height)
    painter.save()
    painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(ink.color("edge"), _HATCH_LINE))
    step = shape.step * np.sqrt(2.0)  # along the edge: `step` is across the lines
    first = np.floor((shape.x - shape.height) / step) * step  # lines of neighbours meet
    starts = np.arange(first, shape.x + shape.width, step)
    bottom = shape.y + shape.height
    painter.drawLines([QLineF(x, bottom, x + shape.height, shape.y) for x in starts.tolist()])
    painter.restore()
    _frame(painter, ink, "", "edge")
    painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))


def _paint_text(painter: QPainter, ink: Ink, shape: Text) -> None:
    font = ink.font(shape.kind)
    painter.setFont(font)
    painter.setPen(ink.color(shape.tone))
    back = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}[shape.anchor]
    left = shape.x - back * QFontMetricsF(font).horizontalAdvance(shape.words) if back else shape.x
    painter.drawText(QPointF(left, shape.y), shape.words)


def _polygon(points: FloatArray) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points.tolist()])
