# SPDX-License-Identifier: MIT
"""A waveform that moves left, its newest part at the right; small triangles stand above what is marked.

Law (screens.md, Drawing): only new columns are drawn, nothing before a column's width of time has passed, and nothing
while hidden.
"""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Look
from ui.waveform import Waveform
from ui.widgets.plot import LEAST_HEIGHT_PX, ON_PAGE, Grounds, Plot, Upright
from ui.widgets.tape import Ink, Tape

_LINE_PX = 1.5
_MARK_PX = 8.0  # wide; three quarters as high
_MARK_ABOVE_PX = 6.0


class Strip(QWidget):
    """One waveform over its span, scrolling.

    Parameters
    ----------
    look : Look
        The look it follows.
    wave : Waveform
        What it shows.
    upright : Upright
        Its upright axis.
    grounds : Grounds
        What it stands on.
    """

    def __init__(self, look: Look, wave: Waveform, upright: Upright, grounds: Grounds = ON_PAGE) -> None:
        super().__init__()
        self._look = look
        self._wave = wave
        self._plot = Plot(look, wave, upright, grounds)
        self._tape = Tape(look, wave, Ink(ground=grounds.plot, width=_LINE_PX))
        self._marks: tuple[float, ...] = ()
        self._area = QRect()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        look.changed.connect(self.renew)

    def minimumSizeHint(self) -> QSize:
        """Keep room for a curve that can be read."""
        return QSize(120, LEAST_HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the gutter free."""
        super().resizeEvent(event)
        self._area = self._plot.area(self.rect())

    def follow(self, now: float) -> None:
        """Draw what is new at `now`, seconds on the session clock."""
        if not self.isVisible():
            return
        if self._plot.fit():
            self._tape.fit(self._plot.scale)
            self.update()
        self._tape.place(self._area.size(), self.devicePixelRatioF())
        if self._tape.advance(now) is not None:
            self.update(self._area)

    def mark(self, times: Sequence[float]) -> None:
        """Put triangles above the curve at these times."""
        if tuple(times) != self._marks:
            self._marks = tuple(times)
            self.update()

    def shares(self, start_s: float, end_s: float) -> list[tuple[float, float]]:
        """Give where on the level axis a span of time lies, as shares of its width."""
        head = self._tape.head
        if head is None:
            return []
        per_s = self._tape.width / self._wave.span_s
        left, right = (min(max((t * per_s - head) / self._tape.width + 1.0, 0.0), 1.0) for t in (start_s, end_s))
        return [(left, right)] if right > left else []

    def renew(self) -> None:
        """Draw everything anew, in the look of now."""
        self._plot.dress()
        self._area = self._plot.area(self.rect())
        self._tape.renew()
        self.update()

    def clear(self) -> None:
        """Forget the axis and the marks: another session begins."""
        self._plot.clear()
        self._tape.fit(None)
        self._marks = ()
        self.renew()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tape from its oldest column on, the marks, and what is around."""
        area, head = self._area, self._tape.head
        painter = QPainter(self)
        if event.rect().left() < area.left():
            self._plot.paint_gutter(painter, self.rect())
        if head is None:
            painter.fillRect(area, self._look.color(self._plot.grounds.plot))
        else:
            self._tape.show(painter, head - self._tape.width + 1, head, area.left())
        if self._marks:
            self._paint_marks(painter)
        self._plot.paint_frame(painter, area, event.rect())
        painter.end()

    def _paint_marks(self, painter: QPainter) -> None:
        area, scale = self._area, self._plot.scale
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("text2"))
        for t in self._marks:
            value, places = self._wave.value_at(t), self.shares(t, math.inf)
            if scale is None or value is None or not places or places[0][0] == 0.0:
                continue
            x = area.left() + places[0][0] * area.width()
            height = float(scale.heights(np.array([value]), area.height())[0])
            y = max(height - _MARK_ABOVE_PX, _MARK_PX)
            top, half = y - 0.75 * _MARK_PX, _MARK_PX / 2
            painter.drawPolygon([QPointF(x - half, top), QPointF(x + half, top), QPointF(x, y)])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
