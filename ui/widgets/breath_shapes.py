# SPDX-License-Identifier: MIT
"""The shapes that a person may breathe with, painted flat: disc, wave, bar; and words alone, which are the screen's.

Law: what moves is the depth of the plan and nothing else; with less motion each shape is its own still outline.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from ui.theme import Look

INNER_SHARE = 88 / 184  # of the outer ring's radius; 112 / 240 in the larger one is nearly the same
_RIM_PX = 2.5  # of the disc around the inner ring when it is smallest
_NOW_SHARE = 0.32  # of the wave's width: what comes has more room than what was
_BAR_SHARE = 0.3  # of the radius: half of the width
_WAVE_WIDTH, _WAVE_HEIGHT = 1.9, 0.62  # of the radius, to each side of the middle


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shape stands, and how large it is: the middle, and the radius of the outer ring, px."""

    middle: QPointF
    radius: float


def disc_radius(depth: float, outer: float) -> float:
    """Give the disc's radius: just outside of the inner ring when empty, the outer ring when full."""
    inner = outer * INNER_SHARE + _RIM_PX
    return inner + depth * (outer - inner)


def paint_disc(painter: QPainter, look: Look, place: Place, depth: float | None) -> None:
    """Paint the rings, and the disc in them; without a depth the rings alone."""
    painter.setPen(QPen(look.color("ring"), 1))
    painter.drawEllipse(place.middle, place.radius, place.radius)
    if depth is not None:
        radius = disc_radius(depth, place.radius)
        painter.setPen(QPen(look.color("signal"), 2))
        painter.setBrush(look.color("disc"))
        painter.drawEllipse(place.middle, radius, radius)
    painter.setPen(QPen(look.color("ring" if depth is None else "bg"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(place.middle, place.radius * INNER_SHARE, place.radius * INNER_SHARE)


def paint_bar(painter: QPainter, look: Look, place: Place, depth: float | None) -> None:
    """Paint an upright bar that fills with the breath."""
    half = place.radius * _BAR_SHARE
    track = QRectF(place.middle.x() - half, place.middle.y() - place.radius, 2 * half, 2 * place.radius)
    painter.setPen(QPen(look.color("ring"), 1))
    painter.drawRoundedRect(track, half, half)
    if depth is None:
        return
    room = track.adjusted(4, 4, -4, -4)
    least = room.width()  # a full circle stays: the bar is never a sliver
    height = least + depth * (room.height() - least)
    painter.setPen(QPen(look.color("signal"), 2))
    painter.setBrush(look.color("disc"))
    painter.drawRoundedRect(QRectF(room.left(), room.bottom() - height, room.width(), height), least / 2, least / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def wave_rect(place: Place, room: QRectF) -> QRectF:
    """Give the ground of the wave: broad and low, inside the room there is."""
    width = min(2 * _WAVE_WIDTH * place.radius, room.width() - 16)
    height = min(2 * _WAVE_HEIGHT * place.radius, room.height() - 16)
    return QRectF(place.middle.x() - width / 2, place.middle.y() - height / 2, width, height)


def paint_wave(painter: QPainter, look: Look, ground: QRectF, depths: Sequence[float], depth: float | None) -> None:
    """Paint the breath as a hill that comes from the right, and the point that rides on it.

    Parameters
    ----------
    ground : QRectF
        From `wave_rect`.
    depths : sequence of float
        The breath over the whole width, from left to right, 0 to 1.
    depth : float or None
        The breath of now; None paints the two lines alone.
    """
    painter.setPen(QPen(look.color("ring"), 1))
    painter.drawLine(ground.topLeft(), ground.topRight())
    painter.drawLine(ground.bottomLeft(), ground.bottomRight())
    if depth is None:
        return
    step = ground.width() / max(len(depths) - 1, 1)
    line = [QPointF(ground.left() + n * step, _height_at(ground, one)) for n, one in enumerate(depths)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("disc"))
    painter.drawPolygon(QPolygonF([ground.bottomLeft(), *line, ground.bottomRight()]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.color("signal"), 2))
    painter.drawPolyline(QPolygonF(line))
    point = QPointF(ground.left() + _NOW_SHARE * ground.width(), _height_at(ground, depth))
    painter.setPen(QPen(look.color("bg"), 3))
    painter.setBrush(look.color("text"))
    painter.drawEllipse(point, 11, 11)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def wave_offsets(seconds: float, count: int) -> tuple[float, ...]:
    """Give the times of the wave's points against now, seconds, from left to right."""
    return tuple((n / (count - 1) - _NOW_SHARE) * seconds for n in range(count))


def _height_at(ground: QRectF, depth: float) -> float:
    return ground.bottom() - depth * ground.height()
