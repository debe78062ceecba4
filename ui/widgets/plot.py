# SPDX-License-Identifier: MIT
"""What a strip and a sweep have in common: their upright axis, the labels beside it, and the rounded frame.

Law: no axis before the first value; it moves only when values leave it, or when they fill too little of it to be read.
"""

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from dsp.stream import FloatArray
from resources.words import number
from ui.theme import Look
from ui.tokens import Type
from ui.waveform import Waveform
from ui.widgets.scale import Scale

PLOT_GUTTER_PX = 36
"""Width of the labels left of a strip, before the person's text size: all share their edges."""

LEAST_HEIGHT_PX = 56
"""Below this a waveform cannot be read."""

_LABEL_GAP_PX = 8
_RADIUS = 6


@dataclass(frozen=True, slots=True)
class Upright:
    """An upright axis: its steps and least height; without steps they follow the values, and nothing is labelled."""

    step: float = 0.0
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Grounds:
    """The tones that a plot stands on, and that it has."""

    page: str = "bg"
    plot: str = "surface"


ON_PAGE = Grounds()
"""A plot that stands on the page itself."""


class Plot:
    """Axis and frame of one plot.

    Parameters
    ----------
    look : Look
        The look of now.
    wave : Waveform
        What is plotted.
    upright : Upright
        Its upright axis.
    grounds : Grounds
        What it stands on.
    """

    def __init__(self, look: Look, wave: Waveform, upright: Upright, grounds: Grounds) -> None:
        self._look = look
        self._wave = wave
        self._upright = upright
        self.grounds = grounds
        self.dress()
        self.clear()

    def clear(self) -> None:
        """Forget the axis."""
        self.scale: Scale | None = None
        self._fitted_t: float | None = None

    def dress(self) -> None:
        """Take the look of now."""
        self._corners: QPixmap | None = None
        self._is_light = self._look.color("surface").lightness() > 128
        self._line = self._look.color("line")

    def fit(self) -> bool:
        """Fit the axis to what is new; tell whether it changed."""
        newest_t = self._wave.newest_t
        if newest_t is None or newest_t == self._fitted_t:
            return False
        self._fitted_t = newest_t
        before, values = self.scale, self._wave.between(newest_t - self._wave.span_s, newest_t).values
        step = self._upright.step or _step_of(values)
        least = self._upright.least or step
        if before is None:
            self.scale = Scale.around(values, step=step, least=least)
        else:
            self.scale = before.fitted(values, step=step, least=least)
        return self.scale != before

    def area(self, rect: QRect) -> QRect:
        """Give the place of the plot in a widget."""
        return rect.adjusted(self._look.px(PLOT_GUTTER_PX), 0, 0, 0)

    def paint_gutter(self, painter: QPainter, rect: QRect) -> None:
        """Paint the labels left of the plot."""
        area = self.area(rect)
        gutter = QRect(rect.topLeft(), area.bottomLeft()).adjusted(0, 0, -1, 0)
        painter.fillRect(gutter, self._look.color(self.grounds.page))
        if self.scale is None or not self._upright.step:
            return
        painter.setFont(self._look.font(Type.AXIS))
        painter.setPen(self._look.color("text3"))
        labels, line = self.scale.labels(), self._look.px(Type.AXIS.line_px)
        heights = self.scale.heights(np.array(labels), area.height()).tolist()
        free = area.height()  # above the label before: in a low plot some have no room
        for text, y in zip(_written(labels), heights, strict=True):
            top = round(min(max(y - line / 2, 0), area.height() - line))
            if top + line > free:
                continue
            free = top
            place = QRect(0, top, gutter.width() - _LABEL_GAP_PX, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def paint_frame(self, painter: QPainter, area: QRect, exposed: QRect) -> None:
        """Round the corners of the plot where they are exposed; in the light theme a hairline closes it."""
        if self._is_light:
            painter.setPen(self._line)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        if area.adjusted(_RADIUS, 0, -_RADIUS, 0).contains(exposed):
            return
        ratio = painter.device().devicePixelRatioF()
        if self._corners is None or self._corners.devicePixelRatio() != ratio:
            self._corners = self._draw_corners(ratio)
        for right, low in ((0, 0), (0, 1), (1, 0), (1, 1)):
            x = area.left() + right * (area.width() - _RADIUS)
            y = area.top() + low * (area.height() - _RADIUS)
            side = _RADIUS * ratio
            source = QRectF(right * side, low * side, side, side)
            painter.drawPixmap(QRectF(x, y, _RADIUS, _RADIUS), self._corners, source)

    def _draw_corners(self, ratio: float) -> QPixmap:
        """Draw all four corners beside each other, once for a look."""
        pixmap = QPixmap(round(2 * _RADIUS * ratio), round(2 * _RADIUS * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRect(QRectF(0, 0, 2 * _RADIUS, 2 * _RADIUS))
        inside.addRoundedRect(QRectF(0.5, 0.5, 2 * _RADIUS - 1, 2 * _RADIUS - 1), _RADIUS, _RADIUS)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(outside.subtracted(inside), self._look.color(self.grounds.page))
        painter.setPen(QPen(self._line if self._is_light else self._look.color(self.grounds.plot), 1))
        painter.drawPath(inside)
        painter.end()
        return pixmap


def _step_of(values: FloatArray) -> float:
    """Give a step for values in an unknown unit: a power of ten, 4 to 40 of which span them."""
    spread = float(values.max() - values.min())
    return 10.0 ** math.floor(math.log10(spread / 4.0)) if spread > 0 else 1.0


def _written(labels: list[float]) -> list[str]:
    """Write labels with as many digits as the longest one needs."""
    digits = max(len(f"{value:g}".partition(".")[2]) for value in labels)
    return [number(value + 0.0, f".{digits}f").replace("-", "\N{MINUS SIGN}") for value in labels]
