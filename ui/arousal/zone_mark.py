# SPDX-License-Identifier: MIT
"""The shape of a zone: triangle up, disc, triangle down, hatched square; always beside its word."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from dsp.codes import Zone
from ui.theme import Look
from ui.widgets.backdrop import hatch_tile

_TILE_SCALE = 0.55  # of the hatch in plots: 4 px apart in icons
_TONES = {Zone.ABOVE: "above", Zone.WITHIN: "inside", Zone.BELOW: "below"}


class ZoneMark(QWidget):
    """A zone's shape.

    Parameters
    ----------
    look : Look
        The look it follows.
    zone : Zone
        Which one at first.
    words : str
        What it means, for those who do not see it.
    size : int
        Its side in px before the person's text size.
    """

    def __init__(self, look: Look, zone: Zone, words: str, *, size: int = 16) -> None:
        super().__init__()
        self._look = look
        self._zone = zone
        self._size = size
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._dress)

    @property
    def zone(self) -> Zone:
        """The zone that is shown."""
        return self._zone

    def show_zone(self, zone: Zone, words: str) -> None:
        """Show another zone."""
        if words != self.accessibleName():
            self.setAccessibleName(words)
        if zone is not self._zone:
            self._zone = zone
            self.update()

    def sizeHint(self) -> QSize:
        """Give its side, growing with the text."""
        return QSize(self._look.px(self._size), self._look.px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shape."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_zone(painter, self._look, self._zone, QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()


def paint_zone(painter: QPainter, look: Look, zone: Zone, place: QRectF) -> None:
    """Paint a zone's shape into a place."""
    if zone is Zone.UNKNOWN:
        tile = hatch_tile(look, "bg")
        painter.setPen(QPen(look.color("edge"), 1))
        width = round(tile.width() * _TILE_SCALE)
        painter.setBrush(QBrush(tile.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)))
        painter.drawRect(place)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color(_TONES[zone]))
    if zone is Zone.WITHIN:
        painter.drawEllipse(place)
        return
    base, tip = (place.bottom(), place.top()) if zone is Zone.ABOVE else (place.top(), place.bottom())
    corners = QPointF(place.left(), base), QPointF(place.right(), base), QPointF(place.center().x(), tip)
    painter.drawPolygon(corners)
