# SPDX-License-Identifier: MIT
"""Connecting sensors: how one is worn, which ones are near, whose they are, and ways without any.

Law: it shows what it is told and computes nothing; each wish leaves as a signal.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.connect.aside import Aside
from ui.connect.foot import ConnectFoot
from ui.connect.row import SensorRow
from ui.connect.sensor_list import SensorList
from ui.connect.wearing import WearingPage
from ui.theme import Look
from ui.widgets.button import Button, Size
from ui.widgets.card import Hairline
from ui.widgets.scroll import Scroll
from ui.widgets.top_bar import TopBar

_ASIDE_WIDTH = 432
_NARROW = 1200  # below it the right column goes below the list
_UNBOUND = 16_777_215  # Qt's word for no largest width


class ConnectScreen(QWidget):
    """The list of sensors with all that belongs to it.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    left = Signal()
    wearing_seen = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Connect"))
        self._how = Button(look, _("How to wear it"), size=Size.NORMAL, icon="strap")
        self.sensors = SensorList(look)
        self.aside = Aside(look)
        self.foot = ConnectFoot(look)
        self.wearing = WearingPage(look)
        self._assemble()
        self._how.clicked.connect(self.show_wearing)
        self.wearing.finished.connect(self.show_list)
        for part in (self.wearing, self.foot):
            part.left.connect(self.left)
        self.sensors.row_made.connect(self._follow_row)
        look.changed.connect(self._arrange)

    def begin(self, *, wearing_seen: bool) -> None:
        """Show the list from its top; the page about wearing comes first until it was seen."""
        self._scroll.verticalScrollBar().setValue(0)
        self._pages.setCurrentIndex(1 if wearing_seen else 0)
        self._how.setVisible(wearing_seen)

    def show_list(self) -> None:
        """Turn from the page about wearing to the list."""
        self._pages.setCurrentIndex(1)
        self._how.show()
        self.wearing_seen.emit()

    def show_wearing(self) -> None:
        """Turn to the page about wearing."""
        self._pages.setCurrentIndex(0)
        self._how.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the right column below the list in a narrow window."""
        super().resizeEvent(event)
        self._arrange()

    def _follow_row(self, row: SensorRow) -> None:
        """Bring into view what opens below a row."""
        row.unfolded.connect(lambda: self._scroll.show_grown(row))
        row.unfolded.connect(lambda: QTimer.singleShot(0, row, lambda: self._scroll.show_grown(row)))  # text that wraps

    def _assemble(self) -> None:
        self._pages = QStackedWidget()
        self._pages.setAccessibleName(_("Connect"))
        self._pages.addWidget(self.wearing)
        self._pages.addWidget(self._list_page())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(TopBar(self._look, _("Connect"), self._how))
        layout.addWidget(self._pages, 1)

    def _list_page(self) -> QWidget:
        page, inside = QWidget(), QWidget()
        for widget in (page, inside):
            widget.setAccessibleName(_("Sensors near you"))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(48, 32, 48, 24)
        self._columns.setSpacing(32)
        self._columns.addWidget(self.sensors, 1)
        self._columns.addWidget(self.aside)
        self._scroll = Scroll(self._look, inside)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(Hairline(self._look))
        layout.addWidget(self.foot)
        return page

    def _arrange(self) -> None:
        """Choose one column or two by the width that the text leaves."""
        is_narrow = self.width() < self._look.px(_NARROW)
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)
        self.aside.setMinimumWidth(0 if is_narrow else self._look.px(_ASIDE_WIDTH))
        self.aside.setMaximumWidth(_UNBOUND if is_narrow else self._look.px(_ASIDE_WIDTH))
