# SPDX-License-Identifier: MIT
"""A picture of a waveform that is drawn once and kept: each column is a moment, and only new columns are drawn.

The picture is as wide as the plot and goes round: the column of a moment is where the one of a whole width ago was. A
sweep shows it as it lies, a strip in two parts; so neither ever moves or redraws what is there.

Law: at any time the picture is the one that drawing everything anew would give.
"""

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from dsp.stream import FloatArray
from ui.theme import Look
from ui.waveform import HOLE_STEPS, Waveform
from ui.widgets.backdrop import hatch_tile
from ui.widgets.scale import Scale

_UNSURE = 2  # newest columns that the next sample may still change
_LONG_AGO = -(1 << 40)  # before any column


@dataclass(frozen=True, slots=True)
class Ink:
    """How a tape is drawn: tones of curve and ground, width of the curve in px, seconds between upright lines or 0."""

    curve: str = "signal"
    ground: str = "surface"
    width: float = 1.25
    grid_s: float = 0.0


class Tape:
    """The columns of one waveform, in the pixels of the screen.

    Parameters
    ----------
    look : Look
        The look of now; after a change of it, `renew`.
    wave : Waveform
        What is drawn.
    ink : Ink
        How.
    """

    def __init__(self, look: Look, wave: Waveform, ink: Ink) -> None:
        self._look = look
        self._wave = wave
        self._ink = ink
        self.width = 1  # how many columns there are
        self._pixmap = QPixmap(1, 1)
        self._size = QSize()
        self._ratio = 1.0
        self._scale: Scale | None = None
        self.renew()

    @property
    def head(self) -> int | None:
        """The newest column, counted from time 0; None before anything was drawn."""
        return self._head

    def column(self, t: float) -> int:
        """Give the column of a moment, counted from time 0."""
        return math.floor(t * self.width / self._wave.span_s)

    def place(self, size: QSize, ratio: float) -> None:
        """Take a size in px, on a screen with this many pixels to a px."""
        if (size, ratio) != (self._size, self._ratio):
            self._size, self._ratio = size, ratio
            self.width = max(round(size.width() * ratio), 1)
            self._pixmap = QPixmap(self.width, max(round(size.height() * ratio), 1))
            self.renew()

    def fit(self, scale: Scale | None) -> None:
        """Take an upright axis; without one no curve is drawn."""
        if scale != self._scale:
            self._scale = scale
            self.renew()

    def renew(self) -> None:
        """Draw everything anew the next time, in the look of then."""
        self._head: int | None = None  # up to here the columns are there,
        self._sure = _LONG_AGO  # up to here they stay as they are,
        self._is_hatched = False  # and what is between is hatched, or empty
        tile = hatch_tile(self._look, self._ink.ground)
        self._tile = tile.scaledToWidth(round(tile.width() * self._ratio), Qt.TransformationMode.SmoothTransformation)
        self._ground, self._line, self._edge = (self._look.color(tone) for tone in (self._ink.ground, "line", "edge"))
        self._pen = QPen(self._look.color(self._ink.curve), self._ink.width * self._ratio)
        self._pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        labels = [] if self._scale is None or self._ink.grid_s else self._scale.labels()
        self._rows = [round(y) for y in self._heights(np.array(labels))]

    def advance(self, now: float) -> tuple[int, int] | None:
        """Draw what is new at `now`.

        Parameters
        ----------
        now : float
            Seconds on the session clock; the tape ends as far before as the waveform asks for.

        Returns
        -------
        tuple of int or None
            The first and the last column that changed, counted from time 0; None where nothing did.
        """
        head = self.column(now - self._wave.lag_s)
        if self._head is None:
            self._head = head - self.width
        head = max(head, self._head)
        newest_t = self._wave.newest_t
        known = self._sure if newest_t is None else min(self.column(newest_t) - _UNSURE, head)
        sure = max(self._sure, known)
        is_hatched = self._wave.is_silent(now)
        first = self._head + 1 if (sure, is_hatched) == (self._sure, self._is_hatched) else self._sure + 1
        first = max(first, head - self.width + 1)
        if first > head:
            return None
        self._head, self._sure, self._is_hatched = head, sure, is_hatched
        self._draw(first, head + 1)
        return first, head

    def show(self, painter: QPainter, first: int, last: int, x: float) -> None:
        """Paint the columns from `first` to `last` with the first of them at `x` px, from the painter's top."""
        height, ratio = self._pixmap.height(), self._ratio
        for start, end in self._pieces(first, last + 1):
            place = QRectF(x + (start - first) / ratio, 0.0, (end - start) / ratio, height / ratio)
            painter.drawPixmap(place, self._pixmap, QRectF(start % self.width, 0.0, end - start, height))

    def _pieces(self, first: int, end: int) -> list[tuple[int, int]]:
        """Split columns from `first` to before `end` where the picture begins again."""
        seam = end - end % self.width
        return [(first, seam), (seam, end)] if first < seam < end else [(first, end)]

    def _draw(self, first: int, end: int) -> None:
        """Draw the columns from `first` to before `end`."""
        painter = QPainter(self._pixmap)
        for start, stop in self._pieces(first, end):
            shift = start % self.width - start  # from a column to its place in the picture
            painter.setClipRect(start + shift, 0, stop - start, self._pixmap.height())
            self._draw_ground(painter, start, stop, shift)
            if self._scale is not None:
                self._draw_holes(painter, start, stop, shift)
                self._draw_curve(painter, start, min(stop, self._sure + 1), shift)
        painter.end()

    def _draw_ground(self, painter: QPainter, first: int, end: int, shift: int) -> None:
        """Draw the ground and its lines: upright ones at whole steps of time, or level ones at the labels."""
        height, thick = self._pixmap.height(), max(round(self._ratio), 1)
        painter.fillRect(first + shift, 0, end - first, height, self._ground)
        for y in self._rows:
            painter.fillRect(first + shift, y, end - first, thick, self._line)
        if self._ink.grid_s:
            apart = self._ink.grid_s * self.width / self._wave.span_s
            for step in range(math.ceil((first - thick) / apart), math.ceil(end / apart)):
                painter.fillRect(math.floor(step * apart) + shift, 0, thick, height, self._line)

    def _draw_holes(self, painter: QPainter, first: int, end: int, shift: int) -> None:
        """Hatch what is missing, and what has not come for a while."""
        holes = self._wave.holes(first * self._wave.span_s / self.width, math.inf)
        columns = [(self.column(start_s), self.column(end_s)) for start_s, end_s in holes]
        if self._is_hatched:
            columns.append((self._sure + 1, end + 1))
        for left, right in columns:
            if left < end and right >= first:
                area = QRect(left + shift, 0, max(right - left, 2), self._pixmap.height())
                painter.drawTiledPixmap(area, self._tile, QPoint(left % self._tile.width(), 0))
                for x in (area.left(), area.right()):
                    painter.fillRect(x, 0, 1, area.height(), self._edge)

    def _draw_curve(self, painter: QPainter, first: int, end: int, shift: int) -> None:
        """Draw the curve through the columns from `first` to before `end`."""
        if end <= first:
            return
        wave, per_s = self._wave, self.width / self._wave.span_s
        beside = self._pen.widthF() / 2.0 + 0.5  # columns whose samples reach into these
        reach_s = HOLE_STEPS * wave.step_s + beside / per_s
        after_s, until_s = first / per_s - reach_s, end / per_s + reach_s
        view = wave.between(after_s, until_s)
        painter.setClipRect(first + shift, 0, end - first, self._pixmap.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        points = list(map(QPointF, (view.t * per_s + shift).tolist(), self._heights(view.values)))
        holes = wave.holes(after_s, until_s)
        if holes:
            starts = np.searchsorted(view.t, [start_s for start_s, _ in holes], side="right").tolist()
            for start, stop in zip([0, *starts], [*starts, len(points)], strict=True):
                painter.drawPolyline(points[start:stop])
        else:
            painter.drawPolyline(points)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _heights(self, values: FloatArray) -> list[float]:
        """Give the places of values from the top, in the pixels of the screen; none without an axis."""
        return [] if self._scale is None else self._scale.heights(values, self._pixmap.height()).tolist()
