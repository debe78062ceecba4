# SPDX-License-Identifier: MIT
"""The researcher's window: streams, delays, recorder, what is sent, and the log.

Law: it shows what the session says of itself; nothing in it is computed, and nothing is drawn while nobody sees it.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.research.banner import SharingBanner
from ui.research.delay_card import DelayCard
from ui.research.log_card import LogCard
from ui.research.recorder_card import RecorderCard
from ui.research.sending_card import SendingCard
from ui.research.streams_card import StreamsCard
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Bar, Card, Hairline
from ui.widgets.focus_ring import FocusRing
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label
from ui.widgets.scroll import Scroll
from ui.words import clock_words

_SIZE, _LEAST_SIZE = QSize(1440, 900), QSize(640, 480)
_WIDE_PX, _HALF_PX, _NARROW_PX = 1180, 760, 900
_PLOTS_HIGH_PX = 360


class ResearchWindow(QWidget):
    """The window.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setWindowTitle("Attune 3")
        self.setAccessibleName(_("Attune for the researcher"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(_LEAST_SIZE)
        self.resize(_SIZE)
        self.banner = SharingBanner(look)
        self.bar = _TopBar(look)
        self.streams = StreamsCard(look)
        self.delays = DelayCard(look)
        self.recorder = RecorderCard(look)
        self.sending = SendingCard(look)
        self.log = LogCard(look)
        self.quiet = safe_label(
            look,
            _("No session runs. Begin one in the other window: what it says of itself appears here."),
            kind=Type.LABEL,
            tone="text2",
            wrap=True,
            align=Qt.AlignmentFlag.AlignHCenter,
        )
        self._body = QWidget()
        self._body.setAccessibleName(_("Session"))
        self._assemble()
        self._ring = FocusRing(look, self)
        self.show_running(is_running=False)
        look.changed.connect(self._fold)

    def show_running(self, *, is_running: bool) -> None:
        """Show what a session says of itself, or that there is none."""
        self._scroll.setVisible(is_running)
        self.quiet.setVisible(not is_running)
        self.bar.show_running(is_running=is_running)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many columns as have room."""
        super().resizeEvent(event)
        self._fold()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that somebody closed it."""
        super().closeEvent(event)
        self.closed.emit()

    def _fold(self) -> None:
        self.bar.fold(self.width())
        wide, half = self._look.px(_WIDE_PX), self._look.px(_HALF_PX)
        columns = 3 if self.width() >= wide else 2 if self.width() >= half else 1
        places = {
            3: ((0, 0, 2), (0, 1, 1), (1, 1, 1), (0, 2, 2)),
            2: ((0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 1, 1)),
            1: ((0, 0, 1), (1, 0, 1), (2, 0, 1), (3, 0, 1)),
        }[columns]
        cards: tuple[Card, ...] = (self.delays, self.recorder, self.sending, self.log)
        for card in cards:
            self._grid.removeWidget(card)
        for card, (row, column, rows) in zip(cards, places, strict=True):
            self._grid.addWidget(card, row, column, rows, 1)
        for column in range(3):
            self._grid.setColumnStretch(column, int(column < columns))
        for row in range(4):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(0, 1)
        self.delays.setMinimumHeight(self._look.px(_PLOTS_HIGH_PX) if columns == 1 else 0)

    def _assemble(self) -> None:
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(16, 16, 16, 16)
        body.setSpacing(16)
        body.addWidget(self.streams)
        body.addLayout(self._grid, 1)
        self._scroll = Scroll(self._look, self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self.bar)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.quiet, 1)


class _TopBar(Bar):
    """How long the session runs, whether it is stored; a marker, and the bump test."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Research"))
        self._name = safe_label(look, "Attune", kind=Type.TITLE)
        self._rule = Hairline(look, is_upright=True)
        self.clock = safe_label(look, clock_words(0), kind=Type.VALUE)
        self.storing = safe_label(look, tone="text2")
        self.bump = Button(look, _("Bump test"), size=Size.NORMAL, icon="tap")
        self.mark = Button(look, _("Marker"), size=Size.NORMAL, key="M")
        self.hide_button = Button(look, _("Hide"), size=Size.NORMAL, key=_("Ctrl+3"), is_quiet=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(Icon(look, "logo", "", size=22, tone="signal"))
        for left in (
            self._name,
            self._rule,
            safe_label(look, _("Research"), kind=Type.LABEL),
            self.clock,
            self.storing,
        ):
            row.addWidget(left)
        row.addStretch(1)
        for right in (self.bump, self.mark, self.hide_button):
            row.addWidget(right)

    def show_running(self, *, is_running: bool) -> None:
        """Offer what needs a session."""
        for part in (self.bump, self.mark, self.clock, self.storing):
            part.setEnabled(is_running)

    def fold(self, width: int) -> None:
        """Leave out what explains, where there is little room."""
        is_narrow = width < self._look.px(_NARROW_PX)
        for part in (self._name, self._rule, self.storing):
            part.setVisible(not is_narrow)
