# SPDX-License-Identifier: MIT
"""Connecting a sensor: how it is worn, which ones are near, and ways without any.

Law: sightings renew rows in place; the order stays. The search runs while this screen shows and no longer.
"""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from dsp.codes import Reason, SourceState
from dsp.stream import Sighting, Status
from ui.connect.aside import Aside
from ui.connect.empty import EmptyCard
from ui.connect.row import SensorRow
from ui.connect.sensors import NearbySensors
from ui.connect.wearing import WearingPage
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Bar, Hairline
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label
from ui.widgets.scroll import Scroll
from ui.words import clock_words

_ASIDE_WIDTH = 432
_BAR_HEIGHT = 48
_NARROW = 1200  # below it the right column goes below the list
_UNBOUND = 16_777_215  # Qt's word for no largest width
_SEARCH = "scan"  # source of the search's own states


class ConnectScreen(QWidget):
    """The list of sensors with all that belongs to it.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    left = Signal()
    wearing_seen = Signal()
    search_again = Signal()
    sensor_wanted = Signal(str)
    sensor_stopped = Signal(str)
    made_up_wanted = Signal()
    pacer_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Connect"))
        self._sensors = NearbySensors()
        self._rows: dict[str, SensorRow] = {}
        self._since_t = 0.0
        self._trouble: Reason | None = None
        self._said: tuple[Reason | None, int] | None = None
        self._how = Button(look, _("How to wear it"), size=Size.NORMAL, icon="strap")
        self._looking = safe_label(look, kind=Type.FIGURES, tone="text2")
        self._again = Button(look, _("Look again"), size=Size.NORMAL)
        self._empty = EmptyCard(look)
        self._aside = Aside(look)
        self._wearing = WearingPage(look)
        self._back = Button(look, _("Back"))
        self._assemble()
        self._wire()
        look.changed.connect(self._arrange)

    def begin(self, t: float, *, wearing_seen: bool) -> None:
        """Look for sensors from `t` on; the page about wearing comes first until it was seen."""
        self._since_t = t
        self._trouble = None
        self._pages.setCurrentIndex(1 if wearing_seen else 0)
        self._how.setVisible(wearing_seen)
        self._show_trouble()
        self.refresh(t)

    def see(self, sighting: Sighting) -> None:
        """Add a sensor at the end of the list, or renew it where it is."""
        self._renew(self._sensors.see(sighting))

    def hear(self, status: Status) -> None:
        """Take a state of the search or of a sensor in the list."""
        if status.source == _SEARCH:
            has_trouble = status.state is SourceState.FAILED or status.reason is not None
            self._trouble = (status.reason or Reason.BLUETOOTH_FAULT) if has_trouble else None
            self._show_trouble()
        else:
            self._renew(self._sensors.hear(status))

    def rest(self, address: str) -> None:
        """Forget a sensor's state: it can be connected again."""
        self._sensors.rest(address)
        self._renew(address if address in self._rows else None)

    def name_of(self, address: str) -> str:
        """Give the safe name of a sensor in the list."""
        words = self._sensors.words(address)
        return f"{words.name} {words.suffix}"

    def refresh(self, t: float) -> None:
        """Say for how long the search goes on."""
        known = (self._trouble, int(t - self._since_t))
        if known != self._said:
            self._said = known
            words = _("waiting for Bluetooth, {time}") if self._trouble is not None else _("looking, {time}")
            self._looking.say(words.format(time=clock_words(t - self._since_t)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the right column below the list in a narrow window."""
        super().resizeEvent(event)
        self._arrange()

    def show_list(self) -> None:
        """Turn from the page about wearing to the list."""
        self._pages.setCurrentIndex(1)
        self._how.show()
        self.wearing_seen.emit()

    def show_wearing(self) -> None:
        """Turn to the page about wearing."""
        self._pages.setCurrentIndex(0)
        self._how.hide()

    def _renew(self, address: str | None) -> None:
        if address is None:
            return
        words = self._sensors.words(address)
        if address in self._rows:
            self._rows[address].renew(words)
            return
        row = SensorRow(self._look, words)
        row.wanted.connect(self.sensor_wanted)
        row.stopped.connect(self.sensor_stopped)
        self._rows[address] = row
        self._list.addWidget(row)
        self._show_trouble()

    def _show_trouble(self) -> None:
        """Show the card in place of the list: a hint, or what keeps the radio from working."""
        self._empty.setVisible(self._trouble is not None or not self._rows)
        if self._trouble is None:
            self._empty.wait()
        else:
            self._empty.explain(self._trouble)

    def _wire(self) -> None:
        self._how.clicked.connect(self.show_wearing)
        self._again.clicked.connect(self.search_again)
        self._back.clicked.connect(self.left)
        self._wearing.finished.connect(self.show_list)
        self._wearing.left.connect(self.left)
        self._wearing.pacer_wanted.connect(self.pacer_wanted)
        self._aside.made_up_wanted.connect(self.made_up_wanted)
        self._aside.pacer_wanted.connect(self.pacer_wanted)

    def _assemble(self) -> None:
        self._pages = QStackedWidget()
        self._pages.setAccessibleName(_("Connect"))
        self._pages.addWidget(self._wearing)
        self._pages.addWidget(self._list_page())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._top_bar())
        layout.addWidget(self._pages, 1)

    def _top_bar(self) -> Bar:
        bar = Bar(self._look, _("Connect"))
        self._bar = bar
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(Icon(self._look, "logo", "", size=20, tone="signal"))
        row.addWidget(safe_label(self._look, "Attune", kind=Type.TITLE))
        row.addSpacing(8)
        row.addWidget(Hairline(self._look, is_upright=True))
        row.addSpacing(8)
        row.addWidget(safe_label(self._look, _("Connect"), kind=Type.LABEL))
        row.addStretch(1)
        row.addWidget(self._how)
        return bar

    def _list_page(self) -> QWidget:
        page = QWidget()
        page.setAccessibleName(_("Sensors near you"))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setContentsMargins(48, 32, 48, 24)
        self._columns.setSpacing(32)
        self._columns.addLayout(self._left_column(), 1)
        self._columns.addWidget(self._aside)
        inside = QWidget()
        inside.setAccessibleName(_("Sensors near you"))
        inside.setLayout(self._columns)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(Scroll(self._look, inside), 1)
        layout.addWidget(Hairline(self._look))
        layout.addLayout(self._foot())
        return page

    def _left_column(self) -> QVBoxLayout:
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(safe_label(self._look, _("Sensors near you"), kind=Type.PAGE))
        words = _("Put the strap on first: it wakes on the skin.")
        titles.addWidget(safe_label(self._look, words, kind=Type.LABEL, tone="text2"))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(titles)
        head.addStretch(1)
        head.addWidget(Icon(self._look, "refresh", "", size=18))
        head.addWidget(self._looking)
        head.addSpacing(8)
        head.addWidget(self._again)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._list.addWidget(self._empty)
        tip = _("Looking stores nothing, and gives a sensor to nobody.")
        column = QVBoxLayout()
        column.setSpacing(24)
        column.addLayout(head)
        column.addLayout(self._list)
        column.addWidget(safe_label(self._look, tip, tone="text2", wrap=True))
        column.addStretch(1)
        return column

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(48, 24, 48, 28)
        foot.addWidget(self._back)
        foot.addStretch(1)
        return foot

    def _arrange(self) -> None:
        """Choose one column or two by the width that the text leaves."""
        self._bar.setFixedHeight(self._look.px(_BAR_HEIGHT))
        is_narrow = self.width() < self._look.px(_NARROW)
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)
        self._aside.setMinimumWidth(0 if is_narrow else self._look.px(_ASIDE_WIDTH))
        self._aside.setMaximumWidth(_UNBOUND if is_narrow else self._look.px(_ASIDE_WIDTH))
