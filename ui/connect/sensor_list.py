# SPDX-License-Identifier: MIT
"""The list of what is near, with its heading, the switch for streams, and what stands in its place while it is empty.

Law: rows are renewed in place and keep their order; new ones come last.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsp.codes import Reason
from resources.words import gettext as _
from ui.connect.empty import EmptyCard
from ui.connect.row import SensorRow
from ui.connect.row_words import SensorWords
from ui.connect.stream_switch import StreamSwitch
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label
from ui.widgets.tab_order import chain
from ui.words import clock_words


class SensorList(QWidget):
    """The left column of the connect screen.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    search_again = Signal()
    row_made = Signal(object)  # SensorRow

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(_("Sensors near you"))
        self.streams = StreamSwitch(look)
        self._rows: dict[str, SensorRow] = {}
        self._trouble: Reason | None = None
        self._looking = safe_label(look, kind=Type.FIGURES, tone="text2")
        self._again = Button(look, _("Look again"), size=Size.NORMAL)
        self._again.clicked.connect(self.search_again)
        self._empty = EmptyCard(look)
        self._beyond = safe_label(look, tone="text2", wrap=True)
        self._beyond.hide()
        self._assemble()

    def show_sensor(self, words: SensorWords) -> None:
        """Renew a sensor's row, or add it at the end."""
        row = self._rows.get(words.address)
        if row is not None:
            row.renew(words)
            return
        before = [control for row in self._rows.values() for control in row.controls()]
        row = self._rows[words.address] = SensorRow(self._look, words)
        self._list.addWidget(row)
        chain([before[-1] if before else self.streams.button, *row.controls()])
        self._place_empty()
        self.row_made.emit(row)

    def strike(self, address: str) -> None:
        """Take a sensor out of the list."""
        row = self._rows.pop(address, None)
        if row is not None:
            row.hide()
            row.deleteLater()
            self._place_empty()

    def fold(self) -> None:
        """Close what is open below the rows."""
        for row in self._rows.values():
            row.fold()

    def show_search(self, seconds: float, trouble: Reason | None) -> None:
        """Say for how long the search goes on, or what keeps the radio from working."""
        words = _("looking, {time}") if trouble is None else _("waiting for Bluetooth, {time}")
        self._looking.say(words.format(time=clock_words(seconds)))
        if trouble is not self._trouble:
            self._trouble = trouble
            self._place_empty()

    def show_beyond(self, words: str) -> None:
        """Say what is near and has no row; empty where there is nothing to say."""
        self._beyond.say(words)
        self._beyond.setVisible(bool(words))

    def _place_empty(self) -> None:
        """Show the card above the list: a hint, or what keeps the radio from working."""
        self._empty.setVisible(self._trouble is not None or not self._rows)
        if self._trouble is None:
            self._empty.wait()
        else:
            self._empty.explain(self._trouble)

    def _assemble(self) -> None:
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._list.addWidget(self._empty)
        tip = _("Looking stores nothing, and gives a sensor to nobody.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addSpacing(16)
        column.addWidget(self.streams)
        column.addSpacing(20)
        column.addLayout(self._list)
        column.addSpacing(12)
        column.addWidget(self._beyond)
        column.addSpacing(12)
        column.addWidget(safe_label(self._look, tip, tone="text2", wrap=True))
        column.addStretch(1)

    def _head(self) -> QHBoxLayout:
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
        return head
