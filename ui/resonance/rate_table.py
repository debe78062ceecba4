# SPDX-License-Identifier: MIT
"""Paces side by side: the heart rate of each, its score, and each criterion; longer bars are better in every row."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from dsp.finding import Assessment, RateScore
from resources.words import gettext as _
from resources.words import number
from ui.resonance.run import Wave
from ui.resonance.words import criteria_names, criteria_words, rate_words, summary
from ui.theme import Look
from ui.tokens import Type

_GUTTER_PX, _HEAD_PX, _ROW_PX, _LEAST_PX = 148, 40, 36, 112
_WAVE_SHARE = 0.38  # of what is left between head and rows; the scores take the rest
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RateTable(QWidget):
    """The paces of one assessment.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._assessment: Assessment | None = None
        self._waves: tuple[Wave, ...] = ()
        self.setAccessibleName(_("The paces compared"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Ask for room for five paces."""
        return QSize(880, 480)

    def minimumSizeHint(self) -> QSize:
        """Keep the rows readable."""
        rates = len(self._assessment.scores) if self._assessment is not None else 5
        return QSize(self._look.px(_GUTTER_PX + rates * _LEAST_PX), self._look.px(_HEAD_PX + 4 * _ROW_PX + 200))

    def show_assessment(self, assessment: Assessment, waves: Sequence[Wave]) -> None:
        """Show what was found, with the heart rate at each pace."""
        self._assessment, self._waves = assessment, tuple(waves)
        self.setAccessibleDescription(summary(assessment))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chosen frame, the waves, the scores and the rows."""
        if self._assessment is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = [i for i, score in enumerate(self._assessment.scores) if self._is_chosen(score)]
        self._paint_frame(painter, chosen)
        self._paint_gutter(painter)
        for index, score in enumerate(self._assessment.scores):
            self._paint_rate(painter, index, score, is_chosen=index in chosen)
        painter.end()

    def _is_chosen(self, score: RateScore) -> bool:
        found = self._assessment
        if found is None or not found.is_seen:
            return False
        chosen = (found.best, found.second) if found.is_equally_good else (found.best,)
        return score.breaths_per_min in chosen

    def _column(self, index: int) -> QRectF:
        gutter = self._look.px(_GUTTER_PX)
        width = (self.width() - gutter) / max(len(self._assessment.scores) if self._assessment else 1, 1)
        return QRectF(gutter + index * width, 0, width, self.height())

    def _rows_top(self) -> float:
        return self.height() - 4 * self._look.px(_ROW_PX) - 8

    def _paint_frame(self, painter: QPainter, chosen: Sequence[int]) -> None:
        """Put what shares a verdict into one frame, where it stands side by side."""
        groups = [chosen] if chosen and chosen[-1] - chosen[0] == len(chosen) - 1 else [[i] for i in chosen]
        painter.setPen(QPen(self._look.color("signal"), 1.5))
        painter.setBrush(self._look.color("sel"))
        for group in groups:
            place = self._column(group[0]).united(self._column(group[-1]))
            painter.drawRoundedRect(place.adjusted(2, 1, -2, -1), 8, 8)

    def _paint_gutter(self, painter: QPainter) -> None:
        gutter, head, row = self._look.px(_GUTTER_PX), self._look.px(_HEAD_PX), self._look.px(_ROW_PX)
        painter.setFont(self._look.font(Type.AXIS))
        painter.setPen(self._look.color("text2"))
        painter.drawText(QRectF(0, 0, gutter, head), _LEFT, _("breaths a minute"))
        wave, score = self._wave_place(0), self._score_place(0)
        painter.drawText(QRectF(0, wave.top(), gutter, wave.height()), _LEFT, _("heart rate,\n30 s of it"))
        self._paint_score_names(painter, score, gutter)
        for index, name in enumerate(criteria_names()):
            top = self._rows_top() + index * row
            painter.setPen(QPen(self._look.color("line"), 1))
            painter.drawLine(QPointF(0, top), QPointF(self.width(), top))
            painter.setPen(self._look.color("text2"))
            painter.drawText(QRectF(0, top, gutter, row), _LEFT, name)

    def _paint_score_names(self, painter: QPainter, place: QRectF, gutter: float) -> None:
        """Name the scores' axis: better is higher."""
        line = self._look.px(Type.AXIS.line_px)
        painter.drawText(QRectF(0, place.top() - line, gutter, line), _LEFT, _("score, 90 % range"))
        painter.setPen(self._look.color("text3"))
        for share, words in ((0.25, _("stronger")), (0.5, _("own average")), (0.75, _("weaker"))):
            middle = place.top() + share * place.height()
            painter.drawText(QRectF(0, middle - line / 2, gutter, line), _LEFT, words)

    def _paint_rate(self, painter: QPainter, index: int, score: RateScore, *, is_chosen: bool) -> None:
        column = self._column(index)
        painter.setFont(self._look.font(Type.VALUE if is_chosen else Type.CHOICE))
        painter.setPen(self._look.color("text" if is_chosen else "text2"))
        head = QRectF(column.left(), 0, column.width(), self._look.px(_HEAD_PX))
        painter.drawText(head, Qt.AlignmentFlag.AlignCenter, rate_words(score.breaths_per_min))
        self._paint_wave(painter, index, is_chosen=is_chosen)
        self._paint_score(painter, index, score, is_chosen=is_chosen)
        self._paint_rows(painter, column, score, is_chosen=is_chosen)

    def _wave_place(self, index: int) -> QRectF:
        top, bottom = self._look.px(_HEAD_PX), self._rows_top()
        column = self._column(index)
        return QRectF(column.left() + 16, top + 4, column.width() - 32, (bottom - top) * _WAVE_SHARE - 12)

    def _score_place(self, index: int) -> QRectF:
        wave, column = self._wave_place(index), self._column(index)
        top = wave.bottom() + 20
        return QRectF(column.left(), top, column.width(), self._rows_top() - top - 16)

    def _paint_wave(self, painter: QPainter, index: int, *, is_chosen: bool) -> None:
        wave = self._waves[index] if index < len(self._waves) else Wave((), ())
        bpm = [value for other in self._waves for value in other.bpm]
        if len(wave.t) < 2 or not bpm:
            return
        place, low, high = self._wave_place(index), min(bpm), max(*bpm, min(bpm) + 1.0)
        points = [
            QPointF(
                place.left() + t / 30.0 * place.width(),
                place.bottom() - (value - low) / (high - low) * place.height(),
            )
            for t, value in zip(wave.t, wave.bpm, strict=True)
        ]
        painter.setPen(QPen(self._look.color("signal" if is_chosen else "dim"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))

    def _paint_score(self, painter: QPainter, index: int, score: RateScore, *, is_chosen: bool) -> None:
        others = self._assessment.scores if self._assessment else (score,)
        reach = max(*(abs(value) for one in others for value in (one.score, one.low, one.high)), 0.5) * 1.1
        place = self._score_place(index)
        middle = place.center().y()
        painter.setPen(QPen(self._look.color("edge"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(place.left(), middle), QPointF(place.right(), middle))
        tone = self._look.color("signal" if is_chosen else "dim")
        scale = place.height() / 2 / reach
        at = QPointF(place.center().x() - 16, middle - score.score * scale)
        painter.setPen(QPen(tone, 2))
        self._paint_range(painter, at.x(), middle - score.high * scale, middle - score.low * scale)
        painter.setBrush(tone if is_chosen else self._look.color("surface"))
        painter.drawEllipse(at, 7, 7)
        painter.setFont(self._look.font(Type.STRONG if is_chosen else Type.FIGURES))
        painter.setPen(self._look.color("text" if is_chosen else "text2"))
        words = QRectF(at.x() + 14, at.y() - 12, place.right() - at.x() - 14, 24)
        painter.drawText(words, _LEFT, number(score.score, "+.2f").replace("-", "\N{MINUS SIGN}"))

    def _paint_range(self, painter: QPainter, x: float, top: float, bottom: float) -> None:
        """Draw the score's 90 % range with its ends."""
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        for y in (top, bottom):
            painter.drawLine(QPointF(x - 6, y), QPointF(x + 6, y))

    def _paint_rows(self, painter: QPainter, column: QRectF, score: RateScore, *, is_chosen: bool) -> None:
        row, width = self._look.px(_ROW_PX), column.width()
        bar, font = width * 0.4, self._look.font(Type.STRONG if is_chosen else Type.FIGURES)
        words = criteria_words(score.means)
        for index, share in enumerate(self._shares(score)):
            middle = self._rows_top() + (index + 0.5) * row
            track = QRectF(column.left() + 16, middle - 3, bar, 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("raised"))
            painter.drawRoundedRect(track, 2, 2)
            painter.setBrush(self._look.color("signal" if is_chosen else "dim"))
            painter.drawRoundedRect(QRectF(track.left(), track.top(), max(bar * share, 3.0), 6), 2, 2)
            painter.setFont(font)
            painter.setPen(self._look.color("text" if is_chosen else "text2"))
            left = track.right() + 10
            painter.drawText(QRectF(left, middle - row / 2, column.right() - left, row), _LEFT, words[index])

    def _shares(self, score: RateScore) -> tuple[float, float, float, float]:
        """Give how long each bar is, 0 to 1."""
        means = [other.means for other in self._assessment.scores] if self._assessment else [score.means]
        swing = max(*(m.swing_bpm for m in means), 1e-9)
        amplitude = max(*(m.amplitude_bpm for m in means), 1e-9)
        mine = score.means
        near = max(1.0 - abs(mine.lag_rad) / (math.pi / 2), 0.0)
        share = min(max(mine.power_share, 0.0), 1.0)
        return mine.swing_bpm / swing, mine.amplitude_bpm / amplitude, near, share
