# SPDX-License-Identifier: MIT
"""Two handles on one scale: where a person's window begins and ends, and where they are now.

Law: what is dragged is a wish; what holds comes back with the frames.
"""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from resources.words import gettext as _
from resources.words import number
from ui.arousal.decisions import LEAST, MOST
from ui.theme import Look
from ui.tokens import Type

_REACH = 3.0  # of the scale to each side
_TENTH = 10
_HANDLE, _TARGET = QSize(12, 24), QSize(24, 32)
_TRACK_TOP, _WORDS_TOP = 28, 52


class BoundsSlider(QWidget):
    """The window on a scale from -3 to 3.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    wanted = Signal(float, float)  # lower, upper: a handle was moved there

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._level: float | None = None
        self._is_settling = False
        self.setAccessibleName(_("The window"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.lower_handle = Handle(look, self, _("Lower bound"), (-MOST, -LEAST))
        self.upper_handle = Handle(look, self, _("Upper bound"), (LEAST, MOST))
        for handle in (self.lower_handle, self.upper_handle):
            handle.valueChanged.connect(self._tell)
        look.changed.connect(self._dress)

    @property
    def bounds(self) -> tuple[float, float]:
        """Where the handles are, lower and upper."""
        return self.lower_handle.value() / _TENTH, self.upper_handle.value() / _TENTH

    def show_bounds(self, lower: float, upper: float) -> None:
        """Put the handles where the bounds are."""
        self._is_settling = True
        self.lower_handle.setValue(round(lower * _TENTH))
        self.upper_handle.setValue(round(upper * _TENTH))
        self._is_settling = False
        self._place()

    def show_level(self, level: float | None) -> None:
        """Point at where the person is; None points nowhere."""
        if level != self._level:
            self._level = level
            self.update()

    def sizeHint(self) -> QSize:
        """Ask for a scale that can be read."""
        return QSize(self._look.px(264), self._look.px(_WORDS_TOP + Type.AXIS.line_px + 4))

    def minimumSizeHint(self) -> QSize:
        """Keep it whole."""
        return QSize(self._look.px(200), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the handles on their places."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track, the window on it, the scale and the pointer."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, (lower, upper) = self._middle(), self.bounds
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("raised"))
        painter.drawRoundedRect(QRectF(self.x_of(-_REACH), middle - 2, self.x_of(_REACH) - self.x_of(-_REACH), 4), 2, 2)
        painter.setBrush(self._look.color("inside"))
        painter.drawRect(QRectF(self.x_of(lower), middle - 2, self.x_of(upper) - self.x_of(lower), 4))
        self._paint_scale(painter)
        if self._level is not None:
            x, top = self.x_of(min(max(self._level, -_REACH), _REACH)), middle - self._look.px(22)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("signal"))
            painter.drawPolygon(QPolygonF([QPointF(x - 5, top), QPointF(x + 5, top), QPointF(x, top + 7)]))
        painter.end()

    def x_of(self, level: float) -> float:
        """Give the place of a level, px from the left."""
        edge = self._look.px(_TARGET.width()) / 2
        return edge + (level + _REACH) / (2 * _REACH) * (self.width() - 2 * edge)

    def level_of(self, x: float) -> float:
        """Give the level at a place, px from the left."""
        edge = self._look.px(_TARGET.width()) / 2
        return (x - edge) / max(self.width() - 2 * edge, 1.0) * 2 * _REACH - _REACH

    def _paint_scale(self, painter: QPainter) -> None:
        painter.setFont(self._look.font(Type.AXIS))
        painter.setPen(QPen(self._look.color("text3")))
        top, height = self._look.px(_WORDS_TOP), self._look.px(Type.AXIS.line_px)
        for level in range(-3, 4):
            words = f"{level:+d}".replace("-", "\N{MINUS SIGN}") if level else "0"
            place = QRectF(self.x_of(level) - 20, top, 40, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _middle(self) -> float:
        return float(self._look.px(_TRACK_TOP + 2))

    def _place(self) -> None:
        for handle in (self.lower_handle, self.upper_handle):
            size = QSize(self._look.px(_TARGET.width()), self._look.px(_TARGET.height()))
            x, y = self.x_of(handle.value() / _TENTH), self._middle()
            handle.setGeometry(round(x - size.width() / 2), round(y - size.height() / 2), size.width(), size.height())
        self.update()

    def _tell(self) -> None:
        self._place()
        if not self._is_settling:
            self.wanted.emit(*self.bounds)

    def _dress(self) -> None:
        self.updateGeometry()
        self._place()


class Handle(QAbstractSlider):
    """One bound: dragged, or moved by a tenth with the arrow keys.

    Parameters
    ----------
    look : Look
        The look it follows.
    parent : BoundsSlider
        Its scale.
    name : str
        Which bound it is.
    reach : tuple of float
        Where it may be.
    """

    def __init__(self, look: Look, parent: BoundsSlider, name: str, reach: tuple[float, float]) -> None:
        super().__init__(parent)
        self._look = look
        self._scale = parent
        self.setRange(round(reach[0] * _TENTH), round(reach[1] * _TENTH))
        self.setSingleStep(1)
        self.setPageStep(5)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.valueChanged.connect(self._describe)
        self._describe()

    def event(self, event: QEvent) -> bool:
        """Claim the arrow keys while it has the focus: they move the bound, not the pace."""
        keys = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in keys:
            event.accept()
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.setValue(round(self._scale.level_of(self.mapToParent(event.position().toPoint()).x()) * _TENTH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = self._look.px(_HANDLE.width()), self._look.px(_HANDLE.height())
        place = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        painter.setPen(QPen(self._look.color("edge"), 1))
        painter.setBrush(self._look.color("text"))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.end()

    def _describe(self) -> None:
        self.setAccessibleDescription(number(self.value() / _TENTH, "+.1f"))
