# SPDX-License-Identifier: MIT
"""The breaths that come: the plan's own depth over the next seconds, with the present as a point.

Law: it reads the plan against the clock as the client's shape does, so both turn at the same moment.
"""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from dsp.plan import PacingPlan
from resources.words import gettext as _
from ui.theme import Look

_BEFORE_S, _AFTER_S = 5.0, 15.0
_STEP_PX = 6
_POINT_PX, _MARGIN_PX, _LINE_PX = 5.0, 6, 1.8
_EVERY_S, _STILL_EVERY_S = 0.1, 1.0


class BreathCurve(QWidget):
    """The curve of the coming breaths.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._t = 0.0
        self._plan: PacingPlan | None = None
        self._drawn_t = float("-inf")
        self.setAccessibleName(_("The coming breaths"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Give 40 px of height."""
        return QSize(160, 40)

    def follow(self, t: float, plan: PacingPlan | None, *, is_still: bool) -> None:
        """Show the breaths around `t`, without a plan a level line; with reduced motion only once a second."""
        every_s = _STILL_EVERY_S if is_still else _EVERY_S
        if plan is not self._plan or t < self._drawn_t or t - self._drawn_t >= every_s:
            self._t, self._plan, self._drawn_t = t, plan, t
            self.update()

    def depth_at(self, t: float) -> float:
        """Give the depth that is drawn for a time, 0 to 1."""
        return 0.0 if self._plan is None else self._plan.phase_at(t).depth

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line, what is over in grey, and the present."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        points = [QPointF(x, self._y(self._time_at(x))) for x in range(0, self.width() + 1, _STEP_PX)]
        now = round(self.width() * _BEFORE_S / (_BEFORE_S + _AFTER_S) / _STEP_PX)
        for part, tone in ((points[: now + 1], "edge"), (points[now:], "signal" if self._plan is not None else "edge")):
            painter.setPen(QPen(self._look.color(tone), _LINE_PX))
            painter.drawPolyline(QPolygonF(part))
        if self._plan is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("signal"))
            x = self.width() * _BEFORE_S / (_BEFORE_S + _AFTER_S)
            painter.drawEllipse(QPointF(x, self._y(self._t)), _POINT_PX, _POINT_PX)
        painter.end()

    def _time_at(self, x: float) -> float:
        return self._t - _BEFORE_S + x / max(self.width(), 1) * (_BEFORE_S + _AFTER_S)

    def _y(self, t: float) -> float:
        return _MARGIN_PX + (1.0 - self.depth_at(t)) * (self.height() - 2 * _MARGIN_PX)
