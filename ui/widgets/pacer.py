# SPDX-License-Identifier: MIT
"""The breathing disc: it follows the clock alone, so it goes on when every signal is gone.

Law (promises.md 19): the depth that is painted is the plan's depth at the instant of painting. Only the radius of the
disc moves; the rings stand still, and with reduced motion nothing but the word changes.
"""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dsp.plan import BreathPart
from ui.breath import Breath
from ui.theme import Look

_FRAME_MS = 25  # 40 frames a second; the disc's edge then moves by less than a pixel a frame
_INNER_SHARE = 88 / 184  # of the outer ring's radius; 112 / 240 in the larger one is nearly the same
_RIM_PX = 2.5  # of the disc around the inner ring when it is smallest
_LEAST_STEP_PX = 0.2  # a smaller change of the radius cannot be seen


class Pacer(QWidget):
    """The shape that a person breathes with.

    Parameters
    ----------
    look : Look
        The look it follows.
    breath : callable
        Gives the breath of the instant in which it is called.
    width_per_radius, height_per_radius : float
        The window's size is divided by these; the smaller result is the outer ring's radius.
    """

    turned = Signal(BreathPart)

    def __init__(
        self,
        look: Look,
        breath: Callable[[], Breath],
        *,
        width_per_radius: float = 7.8,
        height_per_radius: float = 4.9,
    ) -> None:
        super().__init__()
        self._look = look
        self._breath = breath
        self._per_radius = (width_per_radius, height_per_radius)
        self._painted = Breath(BreathPart.REST, 0.0)
        self._part: BreathPart | None = None
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

    def sizeHint(self) -> QSize:
        """Ask for room for a shape of comfortable size."""
        return QSize(372, 372)

    def minimumSizeHint(self) -> QSize:
        """Keep a shape that can still be followed."""
        return QSize(160, 160)

    def advance(self) -> None:
        """Look at the breath of now: tell of a turn, and paint when the shape moved."""
        breath = self._breath()
        if breath.part is not self._part:
            self._part = breath.part
            self.turned.emit(breath.part)
        if self._look.is_still:
            return
        outer = self.outer_radius()
        if abs(self._radius(breath.depth, outer) - self._radius(self._painted.depth, outer)) >= _LEAST_STEP_PX:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the rings, and the disc as deep as the breath of this very instant."""
        self._painted = self._breath()
        outer = self.outer_radius()
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.color("ring"), 1))
        painter.drawEllipse(middle, outer, outer)
        if not self._look.is_still:
            radius = self._radius(self._painted.depth, outer)
            painter.setPen(QPen(self._look.color("signal"), 2))
            painter.setBrush(self._look.color("disc"))
            painter.drawEllipse(middle, radius, radius)
        painter.setPen(QPen(self._look.color("ring" if self._look.is_still else "bg"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, outer * _INNER_SHARE, outer * _INNER_SHARE)
        painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        """Move while it can be seen."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw nothing while hidden."""
        super().hideEvent(event)
        self._timer.stop()

    @staticmethod
    def _radius(depth: float, outer: float) -> float:
        """Give the disc's radius: just outside of the inner ring when empty, the outer ring when full."""
        inner = outer * _INNER_SHARE + _RIM_PX
        return inner + depth * (outer - inner)
