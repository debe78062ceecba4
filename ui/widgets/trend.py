# SPDX-License-Identifier: MIT
"""A slow trend over the last minute, drawn by pyqtgraph on an axis that never moves.

Law (screens.md, Drawing): no mouse, no menu, opaque pens, no OpenGL; nothing is drawn while hidden; the axes only ever
widen, and there are none before the first value.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy

from dsp.codes import Verdict
from dsp.stream import FloatArray
from resources.words import number
from ui.tachogram import SPAN_S, Beats, Points
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.backdrop import Backdrop
from ui.widgets.marks import Marks, Places
from ui.widgets.scale import Scale

_RIGHT_S = 0.9  # beyond now, so that the newest point is not cut in half
GUTTER_PX = 44
"""Width of the labels of the upright axis, before the person's text size."""

_NONE = Points(np.empty(0), np.empty(0))


@dataclass(frozen=True, slots=True)
class Axis:
    """The upright axis: its steps, its least height, and the width of the line drawn against it."""

    step: float
    least: float
    width: float


class Trend(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """The last minute of one quantity.

    Parameters
    ----------
    look : Look
        The look it follows.
    axis : Axis
        Steps of the upright axis.
    """

    def __init__(self, look: Look, axis: Axis) -> None:
        super().__init__(background=None)
        self._look = look
        self._axis = axis
        self._scale: Scale | None = None
        self._gaps: tuple[tuple[float, float], ...] = ()
        self._page = ""
        self._is_live = True
        self._stand_still()
        self._backdrop = Backdrop(look)
        self._backdrop.setParentItem(self.getViewBox())
        self._marks = Marks(look)
        self._marks.setParentItem(self.getViewBox())
        self._dots = self._rings = self._aside = _NONE
        self._verdicts: tuple[Verdict, ...] = ()
        self._curve = pg.PlotCurveItem(antialias=True, connect="finite")
        self._curve.setSegmentedLineMode("on")  # a thick line as a path costs three times more
        self.addItem(self._curve)
        self.getViewBox().sigResized.connect(self._lay)
        look.changed.connect(self._dress)
        self._dress()

    @property
    def scale(self) -> Scale | None:
        """The upright axis, None before the first value."""
        return self._scale

    def stand_on(self, *, page: str, plot: str) -> None:
        """Take other grounds than those of a page: around the plot, and in it."""
        self._page, self._backdrop.ground = page, plot
        self._dress()

    def show_live(self, *, is_live: bool) -> None:
        """Draw in grey, with an open end, while no fresh data come."""
        if is_live != self._is_live:
            self._is_live = is_live
            self._dress()

    def show_beats(self, beats: Beats, gaps: Sequence[tuple[float, float]]) -> None:
        """Draw a tachogram: dots count, rings wait for the next, other shapes are kept and not counted."""
        self._widen(beats.counted.y)
        if self._scale is None:
            return
        self._curve.setData(beats.line.x, np.clip(beats.line.y, self._scale.low, self._scale.high))
        self._dots, self._rings, self._aside = beats.counted, beats.waiting, beats.set_aside
        self._verdicts = beats.verdicts
        self._gaps = tuple(gaps)
        self._lay_marks()

    def show_line(self, points: Points, gaps: Sequence[tuple[float, float]]) -> None:
        """Draw a line with its newest point."""
        self._widen(points.y[np.isfinite(points.y)])
        self._curve.setData(points.x, points.y)
        newest = Points(points.x[-1:], points.y[-1:])
        self._dots, self._rings = (newest, _NONE) if self._is_live else (_NONE, newest)
        self._gaps = tuple(gaps)
        self._lay_marks()

    def clear_values(self) -> None:
        """Forget everything, the axis too."""
        self._scale = None
        self._gaps = ()
        self._curve.setData(_NONE.x, _NONE.y)
        self._dots = self._rings = self._aside = _NONE
        self._verdicts = ()
        self._lay()

    def _stand_still(self) -> None:
        """No mouse, no menu, no button: the axes belong to the data."""
        self.setMouseEnabled(x=False, y=False)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setInteractive(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(72)
        self.plotItem.setContentsMargins(0, 0, 0, 0)
        self.hideAxis("bottom")
        self.getViewBox().disableAutoRange()
        self.getViewBox().setXRange(-SPAN_S, _RIGHT_S, padding=0)

    def _dress(self) -> None:
        """Take the colours and the type of now."""
        tone = "signal" if self._is_live else "text3"
        self._curve.setPen(_pen(self._look.color(tone), self._axis.width))
        self._marks.dress(tone)
        left = self.getAxis("left")
        left.setWidth(self._look.px(GUTTER_PX))
        left.setStyle(tickLength=0, tickTextOffset=8, tickFont=self._look.font(Type.AXIS))
        left.setPen(pg.mkPen(None))
        left.setTickPen(self._look.color("line"))
        left.setTextPen(self._look.color("text3"))
        if self._page:
            self.setBackground(self._look.color(self._page))
        self._backdrop.dress()
        self._lay()

    def _widen(self, values: FloatArray) -> None:
        """Let the axis hold these values."""
        if not len(values):
            return
        before = self._scale
        if before is None:
            self._scale = Scale.around(values, step=self._axis.step, least=self._axis.least)
        else:
            self._scale = before.widened(values)
        if self._scale != before:
            self._lay()

    def _lay(self) -> None:
        """Put the labels where the axis says, and all that is drawn in px."""
        labels: list[float] = []
        if self._scale is not None:
            self.getViewBox().setYRange(*self._scale.with_margin(), padding=0)
            labels = self._scale.labels()
        self.getAxis("left").setTicks([[(value, number(value, "g")) for value in labels]])
        self._lay_marks()

    def _lay_marks(self) -> None:
        """Put grid, hatch and marks where the axes say."""
        box = self.getViewBox()
        size = QRectF(0, 0, box.width(), box.height())
        if self._scale is None:
            self._backdrop.lay(size, (), ())
            self._marks.lay(size, Places())
            return
        wide = size.width() / (SPAN_S + _RIGHT_S)
        gaps = [((a + SPAN_S) * wide, (b + SPAN_S) * wide if b < 0 else size.width()) for a, b in self._gaps]
        rows = self._scale.heights(np.array(self._scale.labels()), size.height())
        self._backdrop.lay(size, rows.tolist(), gaps)
        kinds = (self._dots, self._rings, self._aside)
        dots, rings, aside = (_places(points, self._scale, size) for points in kinds)
        self._marks.lay(size, Places(dots, rings, aside, self._verdicts))


def _places(points: Points, scale: Scale, size: QRectF) -> list[QPointF]:
    """Give the places of points in px."""
    x = (points.x + SPAN_S) * (size.width() / (SPAN_S + _RIGHT_S))
    return [QPointF(*pair) for pair in zip(x.tolist(), scale.heights(points.y, size.height()).tolist(), strict=True)]


def _pen(color: QColor, width: float) -> QPen:
    """Give a pen whose width is in px, whatever the axes are."""
    pen = QPen(color, width)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
