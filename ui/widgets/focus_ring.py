# SPDX-License-Identifier: MIT
"""The ring around whatever has the keyboard's focus: 2 px in `text`, 3 px outside of the control."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QApplication, QLineEdit, QWidget

from ui.theme import Look

_OUTSIDE = 5  # 3 px of distance and the ring's own 2 px
_RADIUS = 12
_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}


class FocusRing(QWidget):
    """Lies over a window and follows the focused control.

    Parameters
    ----------
    look : Look
        The look it follows.
    window : QWidget
        Where it is drawn; its buttons, handles and fields get the ring.
    """

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._followed: list[QWidget] = []
        self._target: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("")
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
        look.changed.connect(self.update)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Go along when the control or anything that holds it moves."""
        if event.type() in _MOVES:
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.color("text"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        painter.end()

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        for followed in self._followed:
            followed.removeEventFilter(self)
        is_ours = isinstance(new, QAbstractButton | QAbstractSlider | QLineEdit) and self._window.isAncestorOf(new)
        self._target = new if is_ours else None
        self._followed = []
        widget = self._target
        while widget is not None and widget is not self._window:
            widget.installEventFilter(self)
            self._followed.append(widget)
            widget = widget.parentWidget()
        self._place()

    def _place(self) -> None:
        target = self._target
        if target is None or not target.isVisible():
            self.hide()
            return
        corner = target.mapTo(self._window, target.rect().topLeft())
        self.setGeometry(target.rect().translated(corner).adjusted(-_OUTSIDE, -_OUTSIDE, _OUTSIDE, _OUTSIDE))
        self.raise_()
        self.show()
