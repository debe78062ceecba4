# SPDX-License-Identifier: MIT
"""The clinician's window: people, signals, and what the clinician writes and offers.

Law: on a display that the client's window owns nothing of it is seen, but while Tab is held; a field that has the focus
keeps its letters.
"""

from gettext import gettext as _

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.clinician.cue_card import CueCard
from ui.clinician.marker_words import MarkerWords
from ui.clinician.notes_card import NotesCard
from ui.clinician.pacer_card import PacerCard
from ui.clinician.person_grid import PersonGrid
from ui.clinician.question import Question
from ui.clinician.signals_card import SignalsCard
from ui.clinician.top_bar import TopBar
from ui.clinician.window_card import WindowCard
from ui.cue_words import CueWords
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.card import Card
from ui.widgets.focus_ring import FocusRing
from ui.widgets.label import safe_label
from ui.widgets.scroll import Scroll

_SIZE, _LEAST_SIZE = QSize(1440, 900), QSize(640, 480)
_WIDE_PX, _HALF_PX = 1280, 720


class ClinicianWindow(QWidget):
    """The second window.

    Parameters
    ----------
    look : Look
        The look it follows.
    markers : MarkerWords
        The types of markers.
    cues : CueWords
        What may be offered.
    """

    placed = Signal()
    stilled = Signal()
    closed = Signal()

    def __init__(self, look: Look, markers: MarkerWords, cues: CueWords) -> None:
        super().__init__()
        self._look = look
        self._is_private = True
        self._is_tab_held = False
        self.setWindowTitle("Attune 2")
        self.setAccessibleName(_("Attune for the clinician"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(_LEAST_SIZE)
        self.resize(_SIZE)
        self.bar = TopBar(look)
        self.question = Question(look)
        self.people = PersonGrid(look)
        self.signals = SignalsCard(look)
        self.sensors = safe_label(look, kind=Type.AXIS, tone="text2", wrap=True)
        self.notes = NotesCard(look, markers)
        self.window_card = WindowCard(look)
        self.pacer = PacerCard(look)
        self.cue = CueCard(look, cues)
        self.whose = safe_label(look, kind=Type.TITLE)
        self.cover = safe_label(
            look,
            _("This display shows the client’s window. Hold Tab to see the readings here."),
            kind=Type.LABEL,
            tone="text2",
            wrap=True,
            align=Qt.AlignmentFlag.AlignHCenter,
        )
        self._body = QWidget()
        self._body.setAccessibleName(_("Session"))
        self._assemble()
        self._ring = FocusRing(look, self)
        for field in (self.notes.field, self.window_card.reason):
            field.installEventFilter(self)
        look.changed.connect(self._fold)

    @property
    def is_seen(self) -> bool:
        """Whether the readings can be seen now."""
        return not self._scroll.isHidden()

    def guard(self, *, is_private: bool) -> None:
        """Show the readings, or cover them because the display is the client's."""
        self._is_private = is_private
        self._show_body()
        if not is_private:
            self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Show the readings while Tab is held on the client's display."""
        if not self._is_private and isinstance(event, QKeyEvent) and self._is_tab(event):
            if not event.isAutoRepeat():
                self._is_tab_held = event.type() is QEvent.Type.KeyPress
                self._show_body()
            return True
        if event.type() is QEvent.Type.WindowDeactivate:
            self._is_tab_held = False
            self._show_body()
        return super().event(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stop all cues by Esc from within a field too, which it leaves."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.stilled.emit()
        return False

    def moveEvent(self, event: QMoveEvent) -> None:
        """Tell that it may lie on another display now."""
        super().moveEvent(event)
        self.placed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many columns as have room."""
        super().resizeEvent(event)
        self._fold()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that somebody closed it."""
        super().closeEvent(event)
        self.closed.emit()

    @staticmethod
    def _is_tab(event: QKeyEvent) -> bool:
        """Whether Tab is pressed or let go."""
        return event.key() == Qt.Key.Key_Tab and event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)

    def _show_body(self) -> None:
        is_seen = self._is_private or self._is_tab_held
        self._scroll.setVisible(is_seen)
        self.bar.setVisible(is_seen)
        self.cover.setVisible(not is_seen)

    def _fold(self) -> None:
        self.bar.fold(self.width())
        cards: tuple[Card, ...] = (self.notes, self.window_card, self.pacer, self.cue)
        wide, half = self._look.px(_WIDE_PX), self._look.px(_HALF_PX)
        columns = 4 if self.width() >= wide else 2 if self.width() >= half else 1
        for card in cards:
            self._controls.removeWidget(card)
        for index, card in enumerate(cards):
            self._controls.addWidget(card, index // columns, index % columns)
        for column in range(4):
            self._controls.setColumnStretch(column, 0 if column >= columns else 5 if column == 0 else 4)

    def _assemble(self) -> None:
        strips = Card(self._look, _("Raw signals"))
        inside = QVBoxLayout(strips)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(6)
        inside.addWidget(self.whose)
        inside.addWidget(self.sensors)
        inside.addWidget(self.signals, 1)
        self._controls = QGridLayout()
        self._controls.setSpacing(16)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(16, 16, 16, 16)
        body.setSpacing(16)
        body.addWidget(self.question)
        body.addWidget(self.people, 8)
        body.addWidget(strips, 5)
        body.addLayout(self._controls)
        self._scroll = Scroll(self._look, self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.cover, 1)
        self.cover.hide()
