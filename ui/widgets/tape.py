# SPDX-License-Identifier: MIT
"""A picture of a waveform that is drawn once and kept: each column is a moment, and only new columns are drawn.

The picture goes round: the column of a moment is where the one of a whole round ago was, so nothing that is there is
ever moved. It is wider than the plot, for what has come and is not due yet is drawn at once, before it shows: each part
of a curve has its costs, whatever its length, and so most frames only show.

Law: at any time the columns that show are those that drawing everything anew would give.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from dsp.stream import FloatArray
from ui.theme import Look
from ui.waveform import HOLE_STEPS, Waveform
from ui.widgets.backdrop import hatch_tile
from ui.widgets.scale import Scale

_UNSURE = 2  # newest columns that the next sample may still change
_AHEAD_S = 2.0  # drawn before it shows, at most: as far as a waveform lags behind now
_POINTS_AT_ONCE = 64  # of a curve: Qt's time to draw a smooth wide line grows faster than its points
_TWICE_PX = 1.25  # pixels: up to here a curve is two smooth lines of one, which Qt draws in a twentieth of the time
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
        self.width = 1  # how many columns show
        self._ahead = 0  # how many more there may be that do not show yet
        self._pixmap = QPixmap(1, 1)
        self._size = QSize()
        self._ratio = 1.0
        self._scale: Scale | None = None
        self.renew()

    @property
    def head(self) -> int | None:
        """The newest column that shows, counted from time 0; None before anything was drawn."""
        return self._head

    def column(self, t: float) -> int:
        """Give the column of a moment, counted from time 0."""
        return math.floor(t * self.width / self._wave.span_s)

    def place(self, size: QSize, ratio: float) -> None:
        """Take a size in px, on a screen with this many pixels to a px."""
        if (size, ratio) != (self._size, self._ratio):
            self._size, self._ratio = size, ratio
            self.width = max(round(size.width() * ratio), 1)
            self._ahead = math.ceil(_AHEAD_S / self._wave.span_s * self.width)
            self._pixmap = QPixmap(self.width + self._ahead, max(round(size.height() * ratio), 1))
            self.renew()

    def fit(self, scale: Scale | None) -> None:
        """Take an upright axis; without one no curve is drawn."""
        if scale != self._scale:
            self._scale = scale
            self.renew()

    def renew(self) -> None:
        """Draw everything anew the next time, in the look of then."""
        self._head: int | None = None  # up to here the columns show,
        self._sure = _LONG_AGO  # up to here they are there and stay as they are,
        self._is_hatched = False  # and what shows beyond is hatched, or empty
        tile = hatch_tile(self._look, self._ink.ground)
        self._tile = tile.scaledToWidth(round(tile.width() * self._ratio), Qt.TransformationMode.SmoothTransformation)
        self._ground, self._line, self._edge = (self._look.color(tone) for tone in (self._ink.ground, "line", "edge"))
        width = self._ink.width * self._ratio
        apart = (width - 1.0) / 2.0 if 1.0 < width <= _TWICE_PX else 0.0
        self._shifts = (-apart, apart) if apart else (0.0,)
        self._pen = QPen(self._look.color(self._ink.curve), 1.0 if apart else width)
        self._pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        labels = [] if self._scale is None or self._ink.grid_s else self._scale.labels()
        self._rows = [round(y) for y in self._heights(np.array(labels)).tolist()]

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
        before = head - self.width if self._head is None else self._head
        self._head = head = max(head, before)
        first = before + 1
        if head > self._sure:
            first = min(first, self._draw_due(now, before, head))
        first = max(first, head - self.width + 1)
        return None if first > head else (first, head)

    def _draw_due(self, now: float, before: int, head: int) -> int:
        """Draw up to `head`, and beyond it what has come; give the first column drawn."""
        newest_t, is_hatched = self._wave.newest_t, self._wave.is_silent(now)
        known = self._sure if newest_t is None else min(self.column(newest_t) - _UNSURE, head + self._ahead)
        sure = max(self._sure, known)
        is_as_it_was = (sure, is_hatched) == (self._sure, self._is_hatched)
        first = max(self._sure, before if is_as_it_was else _LONG_AGO, head - self.width) + 1
        self._sure, self._is_hatched = sure, is_hatched
        if first <= max(head, sure):
            self._draw(first, max(head, sure) + 1)
        return first

    def show(self, painter: QPainter, first: int, last: int, x: float) -> None:
        """Paint the columns from `first` to `last` with the first of them at `x` px, from the painter's top."""
        height, ratio = self._pixmap.height(), self._ratio
        for start, end in self._pieces(first, last + 1):
            place = QRectF(x + (start - first) / ratio, 0.0, (end - start) / ratio, height / ratio)
            painter.drawPixmap(place, self._pixmap, QRectF(start % self._pixmap.width(), 0.0, end - start, height))

    def _pieces(self, first: int, end: int) -> list[tuple[int, int]]:
        """Split columns from `first` to before `end` where the picture begins again."""
        seam = end - end % self._pixmap.width()
        return [(first, seam), (seam, end)] if first < seam < end else [(first, end)]

    def _draw(self, first: int, end: int) -> None:
        """Draw the columns from `first` to before `end`."""
        painter = QPainter(self._pixmap)
        for start, stop in self._pieces(first, end):
            shift = start % self._pixmap.width() - start  # from a column to its place in the picture
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
        """Draw the curve through the columns from `first` to before `end`, some at once."""
        if end <= first:
            return
        wave, per_s = self._wave, self.width / self._wave.span_s
        step, beside = wave.step_s * per_s, self._ink.width * self._ratio / 2.0 + 0.5
        reach = HOLE_STEPS * step + beside  # columns whose samples reach into others
        after_s, until_s = (first - reach) / per_s, (end + reach) / per_s
        view = wave.between(after_s, until_s)
        x = view.t * per_s
        points = np.empty((len(x), 2))
        points[:, 0], points[:, 1] = x + shift, self._heights(view.values)
        cuts = x.searchsorted([start_s * per_s for start_s, _ in wave.holes(after_s, until_s)], side="right").tolist()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        at_once = math.ceil(_POINTS_AT_ONCE * step) or self.width
        for start in range(first, end, at_once):
            stop = min(start + at_once, end)
            painter.setClipRect(start + shift, 0, stop - start, self._pixmap.height())
            low, high = x.searchsorted((start - reach, stop + reach)).tolist()
            for part in pairwise([low, *(cut for cut in cuts if low < cut < high), high]):
                curve = _polygon(points[slice(*part)])
                for shift_px in self._shifts:
                    painter.drawPolyline(curve.translated(shift_px, shift_px))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _heights(self, values: FloatArray) -> FloatArray:
        """Give the places of values from the top, in the pixels of the screen; none without an axis."""
        return np.empty(0) if self._scale is None else self._scale.heights(values, self._pixmap.height())


def _polygon(points: FloatArray) -> QPolygonF:
    """Take points, (n, 2), as Qt's own in one go: one by one they would cost more than to draw them."""
    polygon = QPolygonF()
    data = QByteArray(len(points).to_bytes(4, "big") + points.astype(">f8").tobytes())
    QDataStream(data) >> polygon
    return polygon
