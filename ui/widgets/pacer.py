# SPDX-License-Identifier: MIT
"""The breathing shape: it follows the clock alone, so it goes on when every signal is gone.

Law (promises.md 19): the depth that is painted is the plan's depth at the instant of painting. Only what shows the
depth moves; the outlines stand still, and with reduced motion nothing but the word changes.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dsp.plan import BreathPart
from ui.breath import Breath
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.breath_shapes import (
    Place,
    disc_radius,
    paint_bar,
    paint_disc,
    paint_wave,
    wave_offsets,
    wave_rect,
)

_FRAME_MS = 25  # 40 frames a second; the disc's edge then moves by less than a pixel a frame
_LEAST_STEP_PX = 0.2  # a smaller change of the radius cannot be seen
_WAVE_S, _WAVE_POINTS = 20.0, 121  # two breaths at the usual pace; a point for each 1/6 s

Ahead = Callable[[Sequence[float]], Sequence[float]]
"""Gives the depths of the breath so many seconds from now, before and after."""


def _level(offsets: Sequence[float]) -> Sequence[float]:
    return [0.0] * len(offsets)


class Pacer(QWidget):
    """The shape that a person breathes with.

    Parameters
    ----------
    look : Look
        The look it follows.
    breath : callable
        Gives the breath of the instant in which it is called.
    style : callable
        Gives the shape of now: one of `ui.preferences.STYLES`, or `rings` where there is nothing to follow.
    ahead : callable
        Gives the breath before and after now, for the wave.
    width_per_radius, height_per_radius : float
        The window's size is divided by these; the smaller result is the outer ring's radius.
    """

    turned = Signal(BreathPart)
    restyled = Signal()

    def __init__(
        self,
        look: Look,
        breath: Callable[[], Breath],
        *,
        style: Callable[[], str] = lambda: "disc",
        ahead: Ahead = _level,
        width_per_radius: float = 7.8,
        height_per_radius: float = 4.9,
    ) -> None:
        super().__init__()
        self._look = look
        self._breath = breath
        self._style = style
        self._ahead = ahead
        self._per_radius = (width_per_radius, height_per_radius)
        self._painted = Breath(BreathPart.REST, 0.0)
        self._painted_style = ""
        self._part: BreathPart | None = None
        self._word = ""
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self.advance)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    @property
    def painted(self) -> Breath:
        """The breath that was painted last."""
        return self._painted

    def outer_radius(self) -> float:
        """Give the radius of the outer ring in px, by the window's size and the room there is."""
        window = self.window().size()
        by_window = min(window.width() / self._per_radius[0], window.height() / self._per_radius[1])
        return max(min(by_window, (min(self.width(), self.height()) - 4) / 2), 1.0)

    def reach(self, *, width_per_radius: float, height_per_radius: float) -> None:
        """Take another share of the window from now on."""
        if (width_per_radius, height_per_radius) != self._per_radius:
            self._per_radius = (width_per_radius, height_per_radius)
            self.update()

    def carry(self, word: str) -> None:
        """Have a word to show, where words are the shape."""
        if word != self._word:
            self._word = word
            if self._style() == "words":
                self.update()

    def sizeHint(self) -> QSize:
        """Ask for room for a shape of comfortable size."""
        return QSize(372, 372)

    def minimumSizeHint(self) -> QSize:
        """Keep a shape that can still be followed."""
        return QSize(160, 132)

    def advance(self) -> None:
        """Look at the breath of now: tell of a turn, and paint when the shape moved."""
        breath, style = self._breath(), self._style()
        if breath.part is not self._part:
            self._part = breath.part
            self.turned.emit(breath.part)
        if style != self._painted_style:
            self._painted_style = style
            self.restyled.emit()
            self.update()
        elif not self._look.is_still and self._has_moved(breath, style):
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shape, as deep as the breath of this very instant."""
        self._painted = self._breath()
        style = self._painted_style = self._style()
        depth = None if self._look.is_still else self._painted.depth
        place = Place(QPointF(self.width() / 2, self.height() / 2), self.outer_radius())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if style == "words":
            self._paint_words(painter)
        elif style == "bar":
            paint_bar(painter, self._look, place, depth)
        elif style == "wave":
            depths = () if depth is None else self._ahead(wave_offsets(_WAVE_S, _WAVE_POINTS))
            paint_wave(painter, self._look, wave_rect(place, QRectF(self.rect())), depths, depth)
        else:
            paint_disc(painter, self._look, place, None if style == "rings" else depth)
        painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        """Move while it can be seen."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw nothing while hidden."""
        super().hideEvent(event)
        self._timer.stop()

    def _has_moved(self, breath: Breath, style: str) -> bool:
        """Tell whether a style would look otherwise by now; the wave travels as long as a breath is paced."""
        if style in ("words", "rings"):
            return False
        if style == "wave" and breath.part is not BreathPart.REST:
            return True
        outer = self.outer_radius()
        return abs(disc_radius(breath.depth, outer) - disc_radius(self._painted.depth, outer)) >= _LEAST_STEP_PX

    def _paint_words(self, painter: QPainter) -> None:
        """Write the breathing word in the middle: it changes at the turn, and nothing else does."""
        painter.setFont(self._look.font(Type.RATE))
        painter.setPen(self._look.color("text"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect(), flags, self._word)
