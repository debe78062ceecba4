# SPDX-License-Identifier: MIT
"""Two handles for the bounds of a window, and a pointer for the level of now; by mouse or by the arrow keys.

Law: letting go asks, and changes nothing by itself; the lower bound stays below 0 and the upper one above.
"""

from gettext import gettext as _

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.clinician.words import level_words
from ui.theme import Look

_LOW, _HIGH = -3.0, 3.0
_LEAST, _MOST = 0.3, 2.5  # how far a bound may lie from 0, set by hand
_HANDLE_WIDE, _HANDLE_HIGH, _MARGIN = 12, 24, 8
_STEP = 0.1


class WindowSlider(QWidget):
    """The bounds of a window.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    moved = Signal(float, float)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._bounds = (-1.0, 1.0)
        self._level: float | None = None
        self._held: int | None = None
        self._chosen = 1
        self.is_moved = False
        self.setAccessibleName(_("Window"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    @property
    def bounds(self) -> tuple[float, float]:
        """The bounds as the handles stand."""
        return self._bounds

    def sizeHint(self) -> QSize:
        """Give 44 px of height."""
        return QSize(160, 44)

    def show_window(self, lower: float, upper: float, level: float | None) -> None:
        """Show the bounds that hold, unless they are being moved, and the level of now."""
        bounds = self._bounds if self.is_moved else (lower, upper)
        if (bounds, level) != (self._bounds, self._level):
            self._bounds, self._level = bounds, level
            self._tell()

    def release(self) -> None:
        """Go back to the bounds that hold."""
        self.is_moved = False

    def move_to(self, handle: int, level: float) -> None:
        """Put the lower (0) or the upper (1) handle at a level."""
        far = min(max(abs(level) if (level > 0) is bool(handle) else 0.0, _LEAST), _MOST)
        level = round(far if handle else -far, 1)
        self._bounds = (self._bounds[0], level) if handle else (level, self._bounds[1])
        self.is_moved = True
        self._tell()
        self.moved.emit(*self._bounds)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the nearer handle."""
        at = self._level_at(event.position().x())
        self._held = self._chosen = int(abs(at - self._bounds[1]) <= abs(at - self._bounds[0]))
        self.move_to(self._held, at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it along."""
        if self._held is not None:
            self.move_to(self._held, self._level_at(event.position().x()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let it go."""
        self._held = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the chosen handle by the arrows to the side; Home and End choose the lower and the upper one."""
        steps = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}
        chooses = {Qt.Key.Key_Home.value: 0, Qt.Key.Key_End.value: 1}
        if event.key() in steps:
            self.move_to(self._chosen, self._bounds[self._chosen] + steps[event.key()] * _STEP)
        elif event.key() in chooses:
            self._chosen = chooses[event.key()]
            self.update()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint track, window, handles and pointer."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.height() - _HANDLE_HIGH / 2 - 2
        painter.setBrush(self._look.color("line"))
        painter.drawRect(QRectF(_MARGIN, middle - 2, self.width() - 2 * _MARGIN, 4))
        left, right = (self._x(bound) for bound in self._bounds)
        painter.setBrush(self._look.color("band"))
        painter.drawRect(QRectF(left, middle - 2, right - left, 4))
        for index, x in enumerate((left, right)):
            place = QRectF(x - _HANDLE_WIDE / 2, middle - _HANDLE_HIGH / 2, _HANDLE_WIDE, _HANDLE_HIGH)
            is_ringed = self.hasFocus() and index == self._chosen
            painter.setPen(QPen(self._look.color("signal"), 3) if is_ringed else Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("text"))
            painter.drawRoundedRect(place, 4, 4)
        if self._level is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("signal"))
            x, top = self._x(self._level), middle - _HANDLE_HIGH / 2 - 8
            painter.drawPolygon([QPointF(x - 6, top), QPointF(x + 6, top), QPointF(x, top + 7)])
        painter.end()

    def _tell(self) -> None:
        lower, upper = (level_words(bound) for bound in self._bounds)
        words = _("lower {lower}, upper {upper}").format(lower=lower, upper=upper)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
        self.update()

    def _x(self, level: float) -> float:
        share = (min(max(level, _LOW), _HIGH) - _LOW) / (_HIGH - _LOW)
        return _MARGIN + share * (self.width() - 2 * _MARGIN)

    def _level_at(self, x: float) -> float:
        return _LOW + (x - _MARGIN) / max(self.width() - 2 * _MARGIN, 1) * (_HIGH - _LOW)
