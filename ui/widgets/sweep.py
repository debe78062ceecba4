# SPDX-License-Identifier: MIT
"""An ECG as a monitor shows it: the line stands still, a bar wipes over it, and behind the bar is what was before.

The part since the bar last started is in `signal`, the older part in `dim`: two tapes hold the same columns in both
inks. The older one is brought up to date when it is painted, which is mostly when the bar starts anew: then a round's
columns are drawn at once, for less than a few at a time. Small ticks at the top mark beats.

Law (screens.md, Drawing): only the new columns and the place of the bar are painted; nothing while hidden.
"""

import math
from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Look
from ui.waveform import Waveform
from ui.widgets.plot import LEAST_HEIGHT_PX, ON_PAGE, Grounds, Plot, Upright
from ui.widgets.tape import Ink, Tape

_BAR_PX = 2
_WIPED_PX = 22  # from the newest column to what is older, with the bar
_TICK = QRect(-1, 4, 2, 6)  # of a beat, about its place at the top


class Sweep(QWidget):
    """One waveform over its span, standing.

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
        self._new = Tape(look, wave, Ink("signal", grounds.plot, grid_s=1.0))
        self._old = Tape(look, wave, Ink("dim", grounds.plot, grid_s=1.0))
        self._now, self._ratio, self._is_placed = 0.0, 1.0, False
        self._marks: tuple[float, ...] = ()
        self._dress()
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        look.changed.connect(self.renew)

    def minimumSizeHint(self) -> QSize:
        """Keep room for a curve that can be read."""
        return QSize(120, LEAST_HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the gutter free."""
        super().resizeEvent(event)
        self._lay_out()

    def follow(self, now: float) -> None:
        """Draw what is new at `now`, seconds on the session clock."""
        if not self.isVisible():
            return
        if self._plot.fit():
            for tape in (self._new, self._old):
                tape.fit(self._plot.scale)
            self.update()
        ratio = self.devicePixelRatioF()
        if ratio != self._ratio or not self._is_placed:
            self._ratio, self._is_placed = ratio, True
            for tape in (self._new, self._old):
                tape.place(self._area.size(), ratio)
        changed, self._now = self._new.advance(now), now
        if changed is not None:
            self.update(self._wiped(*changed))

    def mark(self, times: Sequence[float]) -> None:
        """Put ticks above the beats at these times."""
        before, self._marks = self._marks, tuple(times)
        for t in set(before) ^ set(self._marks):
            x = self._x_of(t)
            if x is not None:
                self.update(_TICK.translated(x, 0))

    def shares(self, start_s: float, end_s: float) -> list[tuple[float, float]]:
        """Give where on the level axis a span of time lies, as shares of its width; two where the bar started anew."""
        head, span_s = self._new.head, self._wave.span_s
        if head is None:
            return []
        head_s = (head + 1) * span_s / self._new.width
        start_s, end_s = max(start_s, head_s - span_s), min(end_s, head_s)
        if end_s <= start_s:
            return []
        left, right = start_s / span_s % 1.0, end_s / span_s % 1.0
        return [(left, right)] if right > left else [(left, 1.0), (0.0, right)]

    def renew(self) -> None:
        """Draw everything anew, in the look of now."""
        self._dress()
        self._plot.dress()
        self._lay_out()
        self._new.renew()
        self._old.renew()
        self.update()

    def clear(self) -> None:
        """Forget the axis and the marks: another session begins."""
        self._plot.clear()
        self._new.fit(None)
        self._old.fit(None)
        self._marks = ()
        self.renew()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is new left of the bar and what is older right of it, the ticks, and what is around."""
        area, head, exposed = self._area, self._new.head, event.rect()
        painter = QPainter(self)
        if exposed.left() < self._left:
            self._plot.paint_gutter(painter, self.rect())
        if head is None:
            painter.fillRect(area, self._ground)
        else:
            self._paint_tapes(painter, head, exposed.left() - self._left, exposed.right() + 1 - self._left)
            self._paint_ticks(painter, head)
        self._plot.paint_frame(painter, area, exposed)
        painter.end()

    def _lay_out(self) -> None:
        """Take the place of the plot; the tapes take it when they are drawn next."""
        self._area = self._plot.area(self.rect())
        self._left, self._top, self._height = self._area.left(), self._area.top(), self._area.height()
        self._is_placed = False

    def _dress(self) -> None:
        """Take the colours of now."""
        self._ground, self._ink = self._look.color(self._plot.grounds.plot), self._look.color("text")
        self._new_tick, self._old_tick = self._look.color("text2"), self._look.color("edge")

    def _paint_tapes(self, painter: QPainter, head: int, left_px: int, right_px: int) -> None:
        """Paint what is exposed of the new columns, the bar with what it wiped, and the older columns."""
        width, ratio, left = self._new.width, self._ratio, self._left
        began = head - head % width
        start, stop = math.floor(left_px * ratio), math.ceil(right_px * ratio)
        first, last = began + max(start, 0), min(began + stop - 1, head)
        if first <= last:
            self._new.show(painter, first, last, left + (first - began) / ratio)
        bar_x, wiped = left + (head + 1 - began) / ratio, round(_WIPED_PX * ratio) - 1
        painter.fillRect(QRectF(bar_x, self._top, wiped / ratio, self._height), self._ground)
        painter.fillRect(QRectF(bar_x, self._top, _BAR_PX, self._height), self._ink)
        before = began - width
        first, last = max(before + start, head - width + 1 + wiped), min(before + stop, began) - 1
        if first <= last:
            self._old.advance(self._now)
            self._old.show(painter, first, last, left + (first - before) / ratio)

    def _paint_ticks(self, painter: QPainter, head: int) -> None:
        for t in self._marks:
            x = self._x_of(t)
            if x is not None:
                is_new = self._new.column(t) >= head - head % self._new.width
                painter.fillRect(_TICK.translated(x, 0), self._new_tick if is_new else self._old_tick)

    def _x_of(self, t: float) -> int | None:
        """Give the place of a moment in px, None where it does not show."""
        head, width, ratio = self._new.head, self._new.width, self._ratio
        column = self._new.column(t)
        if head is None or not head - width + _WIPED_PX * ratio < column <= head:
            return None
        return self._left + round(column % width / ratio)

    def _wiped(self, first: int, last: int) -> QRect:
        """Give the place of changed columns with the bar, as it was and as it is."""
        width, ratio = self._new.width, self._ratio
        if first // width != last // width:
            return self._area
        left, right = math.floor(first % width / ratio), math.ceil((last % width + round(_WIPED_PX * ratio)) / ratio)
        return QRect(self._left + left, self._top, min(right, self._area.width()) - left, self._height)
