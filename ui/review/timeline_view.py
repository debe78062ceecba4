# SPDX-License-Identifier: MIT
"""The session on its axis, and the playhead over all of it: dragged, and zoomed by the wheel.

Law: the figure is drawn anew only when what it shows changes; a playhead that moves costs a line and a disc.
"""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.words import gettext as _
from ui.paper.record import PersonRecord
from ui.paper.shapes import Figure
from ui.paper.timeline import Sheet, timeline
from ui.review.figure_view import drawn
from ui.review.looking import Looking, moment_near
from ui.theme import Look

_HANDLE = 9.0
_NEAR_PX = 10.0
_BELOW_TAG = 22.0
_NOTCH = 120.0  # of a wheel, in eighths of a degree


class TimelineView(QWidget):
    """One person's part of a session over time.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    turned = Signal(object)  # Looking

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._person: PersonRecord | None = None
        self._looking = Looking(1.0, 0.0, 0.0, 1.0)
        self._shows_signals = False
        self._chosen: int | None = None
        self._kept: QPixmap | None = None
        self.figure: Figure | None = None
        self.setAccessibleName(_("The session over time"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self._redraw)

    def show_person(self, person: PersonRecord, looking: Looking, *, shows_signals: bool) -> None:
        """Show a person's part, or another stretch or second of it."""
        before = self._person, self._looking, self._shows_signals, self._chosen
        near_s = _NEAR_PX / max(self.width(), 1) * (looking.end_s - looking.start_s)
        self._person, self._looking, self._shows_signals = person, looking, shows_signals
        self._chosen = moment_near(person.moments, looking.t, near_s)
        is_same_stretch = (before[1].start_s, before[1].end_s) == (looking.start_s, looking.end_s)
        if not is_same_stretch or (person, shows_signals, self._chosen) != (before[0], before[2], before[3]):
            self._redraw()
        self.update()

    @property
    def sheet(self) -> Sheet:
        """What is drawn on now."""
        scale = self._look.px(100) / 100
        looking = self._looking
        return Sheet(
            float(self.width()),
            float(self.height()),
            looking.start_s,
            looking.end_s,
            scale,
            shows_signals=self._shows_signals,
            shows_felt=self._person is not None and bool(self._person.pairs),
        )

    def sizeHint(self) -> QSize:
        """Ask for a plot with its rows."""
        return QSize(self._look.px(800), self._look.px(380))

    def minimumSizeHint(self) -> QSize:
        """Keep the plot readable."""
        return QSize(self._look.px(420), self._look.px(280))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for another size."""
        super().resizeEvent(event)
        self._redraw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the kept figure, and the playhead on it."""
        if self._person is None:
            return
        if self._kept is None:
            self.figure = timeline(self._person, self._person.moments, self.sheet, self._chosen)
            self.setAccessibleDescription(self.figure.summary)
            self._kept = drawn(self.figure, self._look, self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._kept)
        self._paint_playhead(painter)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to where the pointer is."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer while it is held."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer; sideways, or with Shift held, go along."""
        across, along = event.angleDelta().y() / _NOTCH, event.angleDelta().x() / _NOTCH
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            across, along = 0.0, along or across
        if along:
            self.turned.emit(self._looking.moved(-0.1 * along))
        elif across:
            self.turned.emit(self._looking.zoomed(across, self.sheet.axis.t(event.position().x())))
        event.accept()

    def _go_to(self, x: float) -> None:
        axis = self.sheet.axis
        self.turned.emit(self._looking.at(axis.t(min(max(x, axis.left), axis.right))))

    def _paint_playhead(self, painter: QPainter) -> None:
        sheet = self.sheet
        axis = sheet.axis
        if not axis.is_in(self._looking.t):
            return
        x, middle = axis.x(self._looking.t), sheet.lane_top + 10 * sheet.scale
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.color("text"), 2))
        top = 0.0 if self._chosen is None or self._shows_signals else _BELOW_TAG * sheet.scale
        painter.drawLine(QPointF(x, top), QPointF(x, middle))
        painter.setPen(QPen(self._look.color("surface"), 3))
        painter.setBrush(self._look.color("text"))
        painter.drawEllipse(QPointF(x, middle), _HANDLE, _HANDLE)

    def _redraw(self) -> None:
        self._kept = None
        self.update()
