# SPDX-License-Identifier: MIT
"""What lies under a trend: its ground, the grid and the hatch over times without data.

Drawn in the plot's own pixels, so that the hatch keeps its 45 degrees and 7 px whatever the axes are.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ui.theme import Look

_HATCH_PX = 10  # across a tile: 7 px apart along its diagonal
_HATCH_LINE = 1.4
_RADIUS = 6


def hatch_tile(look: Look, ground: str) -> QPixmap:
    """Draw the hatch, lines of `edge` on the ground, as one small tile."""
    tile = QPixmap(_HATCH_PX, _HATCH_PX)
    tile.fill(look.color(ground))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("edge"), _HATCH_LINE))
    for shift in (-_HATCH_PX, 0, _HATCH_PX):
        painter.drawLine(QPointF(shift - 1, _HATCH_PX + 1), QPointF(shift + _HATCH_PX + 1, -1))
    painter.end()
    return tile


class Backdrop(QGraphicsItem):
    """Ground, grid and hatch of one plot; ground and grid are drawn once and kept as a picture.

    Parameters
    ----------
    look : Look
        The look of now.
    ground : str
        The tone of its ground.
    """

    def __init__(self, look: Look, ground: str = "surface") -> None:
        super().__init__()
        self._look = look
        self.ground = ground
        self._size = QRectF()
        self._rows: tuple[float, ...] = ()
        self._gaps: tuple[tuple[float, float], ...] = ()
        self._ground: QPixmap | None = None
        self.setZValue(-100)
        self.dress()

    def dress(self) -> None:
        """Take the colours of now."""
        self._tile = hatch_tile(self._look, self.ground)
        self._ground = None
        self.update()

    def lay(self, size: QRectF, rows: Sequence[float], gaps: Sequence[tuple[float, float]]) -> None:
        """Draw grid lines at these heights and hatch between these pairs of places, all in px."""
        if size != self._size:
            self.prepareGeometryChange()
        if (size, tuple(rows)) != (self._size, self._rows):
            self._ground = None
        if (size, tuple(rows), tuple(gaps)) != (self._size, self._rows, self._gaps):
            self._size, self._rows, self._gaps = size, tuple(rows), tuple(gaps)
            self.update()

    def boundingRect(self) -> QRectF:
        """Cover the plot."""
        return self._size

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the kept ground, and the hatch with its edges on it."""
        ratio = 1.0 if widget is None else widget.devicePixelRatioF()
        if self._ground is None or self._ground.devicePixelRatio() != ratio:
            self._ground = self._draw_ground(ratio)
        painter.drawPixmap(0, 0, self._ground)
        painter.setPen(QPen(self._look.color("edge"), 1))
        for left, right in self._gaps:
            place = QRect(round(left), 0, max(round(right) - round(left), 2), round(self._size.height()))
            painter.drawTiledPixmap(place, self._tile)
            for x in (place.left(), place.right()):
                painter.drawLine(x, place.top(), x, place.bottom())

    def _draw_ground(self, ratio: float) -> QPixmap:
        """Draw the rounded ground and the grid; in the light theme a hairline closes it."""
        pixmap = QPixmap(round(self._size.width() * ratio), round(self._size.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        frame = self._size.adjusted(0.5, 0.5, -0.5, -0.5)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_light = self._look.color("surface").lightness() > 128
        painter.setPen(QPen(self._look.color("line" if is_light else self.ground), 1))
        painter.setBrush(self._look.color(self.ground))
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        painter.setPen(QPen(self._look.color("line"), 1))
        for y in self._rows:
            painter.drawLine(QPointF(0.5, round(y) + 0.5), QPointF(self._size.width() - 0.5, round(y) + 0.5))
        painter.end()
        return pixmap
