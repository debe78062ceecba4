# SPDX-License-Identifier: MIT
"""How well a signal could be read, under its plot: full height is clear, half height faint, hatched none.

Quality has no colour of its own, only shape (mocks/README.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.heart import Signal
from ui.theme import Look
from ui.widgets.backdrop import hatch_tile

_HEIGHT_PX = 8
_HATCH_SHARE = 0.6  # of the hatch in plots: 4 px apart in bars


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the lane, as shares of its width, and how the signal is in it."""

    left: float
    right: float
    signal: Signal


class QualityLane(QWidget):
    """A lane of stretches.

    Parameters
    ----------
    look : Look
        The look it follows.
    ground : str
        The tone under the hatch.
    """

    def __init__(self, look: Look, ground: str = "bg") -> None:
        super().__init__()
        self._look = look
        self._ground = ground
        self._stretches: tuple[Stretch, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._dress)
        self._dress()

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """What is shown."""
        return self._stretches

    def sizeHint(self) -> QSize:
        """Give 8 px of height."""
        return QSize(120, _HEIGHT_PX)

    def show_stretches(self, stretches: Sequence[Stretch]) -> None:
        """Show these from now on."""
        if tuple(stretches) != self._stretches:
            self._stretches = tuple(stretches)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the stretches."""
        painter = QPainter(self)
        for stretch in self._stretches:
            left, right = round(stretch.left * self.width()), round(stretch.right * self.width())
            self._paint(painter, QRect(left, 0, max(right - left, 1), self.height()), stretch.signal)
        painter.end()

    def _paint(self, painter: QPainter, place: QRect, signal: Signal) -> None:
        if signal is Signal.CLEAR:
            painter.fillRect(place, self._look.color("inside"))
        elif signal is Signal.FAINT:
            painter.fillRect(place.adjusted(0, place.height() // 2, 0, 0), self._look.color("text"))
        else:
            painter.drawTiledPixmap(place, self._tile)
            painter.setPen(self._look.color("edge"))
            painter.drawRect(place.adjusted(0, 0, -1, -1))

    def _dress(self) -> None:
        tile = hatch_tile(self._look, self._ground)
        width = round(tile.width() * _HATCH_SHARE)
        self._tile = tile.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        self.update()
