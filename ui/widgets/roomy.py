# SPDX-License-Identifier: MIT
"""A window smaller than its screen: the screen keeps the room that its words need, and can be moved about in it.

Law: where there is room there are no bars, and nothing differs.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget

from ui.theme import Look
from ui.widgets.scroll import bar_style

_USUAL = QSize(1120, 720)  # every screen is laid out for this and more; below it, wrapped words may need more height


class Roomy(QScrollArea):
    """Shows screens whole where there is room, and by bars where there is not.

    Parameters
    ----------
    look : Look
        The look it follows.
    screens : QStackedWidget
        What is shown.
    """

    def __init__(self, look: Look, screens: QStackedWidget) -> None:
        super().__init__()
        self._look = look
        self._screens = screens
        self.setAccessibleName(screens.accessibleName())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(screens)
        screens.installEventFilter(self)
        screens.currentChanged.connect(lambda _index: self._fit())
        look.changed.connect(self._dress)
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the room there is."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the screen that needs more room, or less."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Bring the control that gets the focus into view."""
        has_moved = super().focusNextPrevChild(forward)
        focused = self._screens.focusWidget()
        if focused is not None:
            self.ensureWidgetVisible(focused, 16, 16)
        return has_moved

    def _fit(self) -> None:
        room = self.maximumViewportSize()
        needed = self._needed(room.width())
        bar = self.verticalScrollBar().sizeHint().width()
        if needed.height() > room.height():
            needed = self._needed(room.width() - bar)
            room -= QSize(bar, 0)
        if needed.width() > room.width():
            room -= QSize(0, bar)
        self._screens.resize(needed.expandedTo(room))

    def _needed(self, width: int) -> QSize:
        """Give the least size in which the screen's words are whole, in a room of this width."""
        screen = self._screens.currentWidget()
        layout = screen.layout() if screen is not None else None
        least = self._screens.minimumSizeHint()
        is_designed_for = self.width() >= _USUAL.width() and self.height() >= _USUAL.height()
        if is_designed_for or layout is None or not layout.hasHeightForWidth():
            return least
        wide = max(width, least.width())
        return QSize(least.width(), max(least.height(), layout.minimumHeightForWidth(wide)))

    def _dress(self) -> None:
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setStyleSheet(bar_style(self._look))
