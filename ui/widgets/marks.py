# SPDX-License-Identifier: MIT
"""The beats of a trend as marks, drawn in the plot's own pixels: a dot counts, a ring waits.

What is set aside has strokes that tell its verdict: a cross came early, a plus is one too many, a dash hides a missed
one, an upright follows a gap, a triangle is no heartbeat's interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from dsp.codes import Verdict
from ui.theme import Look

_DOT_PX, _RING_PX, _CROSS_PX = 5.5, 8.0, 9.0
_RING_LINE, _CROSS_LINE = 1.5, 1.8
_ASIDE = {
    Verdict.ECTOPIC: ((-1, -1, 1, 1), (-1, 1, 1, -1)),
    Verdict.EXTRA: ((-1, 0, 1, 0), (0, -1, 0, 1)),
    Verdict.MISSED: ((-1, 0, 1, 0),),
    Verdict.AFTER_GAP: ((0, -1, 0, 1),),
    Verdict.IMPLAUSIBLE: ((-1, 1, 1, 1), (1, 1, 0, -1), (0, -1, -1, 1)),
}
ASIDE = tuple(_ASIDE)
"""The verdicts of beats that are set aside, each of which has a shape."""


def strokes(verdict: Verdict, middle: QPointF) -> list[QLineF]:
    """Give the lines, in px, that mark a beat that is set aside."""
    x, y, arm = middle.x(), middle.y(), _CROSS_PX / 2
    return [QLineF(x + a * arm, y + b * arm, x + c * arm, y + d * arm) for a, b, c, d in _ASIDE[verdict]]


@dataclass(frozen=True, slots=True)
class Places:
    """Where marks of each kind stand, in px."""

    dots: Sequence[QPointF] = ()
    rings: Sequence[QPointF] = ()
    aside: Sequence[QPointF] = ()
    verdicts: Sequence[Verdict] = ()  # of those set aside


class Marks(QGraphicsItem):
    """The marks of one plot.

    Parameters
    ----------
    look : Look
        The look of now.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._size = QRectF()
        self._places = Places()
        self._tone = "signal"
        self.setZValue(100)

    def dress(self, tone: str) -> None:
        """Draw dots and rings in this tone from now on."""
        self._tone = tone
        self.update()

    def lay(self, size: QRectF, places: Places) -> None:
        """Draw marks at these places of a plot of this size."""
        if size != self._size:
            self.prepareGeometryChange()
            self._size = size
        self._places = places
        self.update()

    def boundingRect(self) -> QRectF:
        """Cover the plot."""
        return self._size

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint the marks."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._look.color(self._tone)
        painter.setPen(QPen(color, _DOT_PX, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(list(self._places.dots))
        painter.setPen(QPen(color, _RING_LINE))
        painter.setBrush(self._look.color("surface"))
        for middle in self._places.rings:
            painter.drawEllipse(middle, _RING_PX / 2, _RING_PX / 2)
        painter.setPen(QPen(self._look.color("text"), _CROSS_LINE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for middle, verdict in zip(self._places.aside, self._places.verdicts, strict=True):
            painter.drawLines(strokes(verdict, middle))
