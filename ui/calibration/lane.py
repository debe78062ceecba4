# SPDX-License-Identifier: MIT
"""Each second of a step once, in its place: counted, or hatched with its reason."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.words import gettext as _
from ui.calibration.progress import Run
from ui.calibration.words import why_short
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.backdrop import hatch_tile

_BAR_PX, _GAP_PX = 40, 8
_ROOM = 1.6  # of the wanted seconds: room for more, if needed
_SPOKEN_S = 5  # shorter waits are hatched without words


class Lane(QWidget):
    """The seconds of one step.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._runs: tuple[Run, ...] = ()
        self._wanted = 180
        self.setAccessibleName(_("The seconds so far"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._dress)

    @property
    def runs(self) -> tuple[Run, ...]:
        """What is shown."""
        return self._runs

    def sizeHint(self) -> QSize:
        """Give the bar with its words."""
        return QSize(480, _BAR_PX + _GAP_PX + self._look.px(Type.AXIS.line_px))

    def show_runs(self, runs: Sequence[Run], wanted_s: float) -> None:
        """Show these from now on."""
        if (tuple(runs), round(wanted_s)) != (self._runs, self._wanted):
            self._runs, self._wanted = tuple(runs), max(round(wanted_s), 1)
            self.setAccessibleDescription(self._summary())
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track, the seconds, the present and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("surface"))
        painter.drawRoundedRect(QRectF(0, 4, self.width(), _BAR_PX - 4), 4, 4)
        for run in self._runs:
            self._paint_run(painter, run)
        now = self._x(sum(run.seconds for run in self._runs))
        painter.fillRect(QRect(round(now) - 1, 0, 2, _BAR_PX + 4), self._look.color("text"))
        self._paint_words(painter, now)
        painter.end()

    def _paint_run(self, painter: QPainter, run: Run) -> None:
        left, right = round(self._x(run.start)), round(self._x(run.start + run.seconds))
        place = QRect(left, 4, max(right - left, 1), _BAR_PX - 4)
        if run.why is None:
            painter.fillRect(place, self._look.color("disc"))
            return
        painter.drawTiledPixmap(place, hatch_tile(self._look, "bg"))
        painter.setPen(QPen(self._look.color("edge"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(0, 0, -1, -1))

    def _paint_words(self, painter: QPainter, now: float) -> None:
        """Put words under the present, and under the longer waits where there is room between others."""
        font = self._look.font(Type.AXIS)
        painter.setFont(font)
        painter.setPen(self._look.color("text3"))
        metrics = QFontMetrics(font)
        taken: list[tuple[float, float]] = []
        for middle, text in self._labels(now):
            width = metrics.horizontalAdvance(text)
            left = min(max(middle - width / 2, 0.0), self.width() - width)
            if all(left > right + 8 or left + width < start - 8 for start, right in taken):
                taken.append((left, left + width))
                place = QRectF(left, _BAR_PX + _GAP_PX, width + 2, metrics.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignLeft, text)

    def _labels(self, now: float) -> list[tuple[float, str]]:
        waits = sorted((run for run in self._runs if run.why is not None), key=lambda run: -run.seconds)
        labels = [(now, _("now")), (0.0, _("start")), (float(self.width()), _("room for more, if needed"))]
        return (
            labels[:1]
            + [
                (self._x(run.start + run.seconds / 2), f"{why_short(run.why)}, {run.seconds} s")
                for run in waits
                if run.why is not None and run.seconds >= _SPOKEN_S
            ]
            + labels[1:]
        )

    def _x(self, second: float) -> float:
        total = sum(run.seconds for run in self._runs)
        return second / max(self._wanted * _ROOM, total * 1.1) * self.width()

    def _summary(self) -> str:
        clean = sum(run.seconds for run in self._runs if run.why is None)
        waited = sum(run.seconds for run in self._runs if run.why is not None)
        return _("{clean} seconds count, {waited} do not").format(clean=clean, waited=waited)

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
