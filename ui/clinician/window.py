# SPDX-License-Identifier: MIT
"""The clinician's window: people, signals, and what the clinician writes and offers.

Law: on a display that the client's window owns nothing of it is seen, but while Tab is held; a field that has the focus
keeps its letters.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.clinician.control_row import ControlRow
from ui.clinician.cue_card import CueCard
from ui.clinician.decisions import Decisions
from ui.clinician.marker_words import MarkerWords
from ui.clinician.notes_card import NotesCard
from ui.clinician.pacer_card import PacerCard
from ui.clinician.person_grid import PersonGrid
from ui.clinician.question import Question
from ui.clinician.strips_card import StripsCard
from ui.clinician.top_bar import TopBar
from ui.clinician.window_card import WindowCard
from ui.cue_words import CueWords
from ui.keys import Keymap
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.focus_ring import FocusRing
from ui.widgets.label import safe_label
from ui.widgets.scroll import Scroll

_SIZE, _LEAST_SIZE = QSize(1440, 900), QSize(640, 480)
_TABBED_PX, _FOLDED_PX = 1280, 800  # mocks/README.md, On resize


class ClinicianWindow(QWidget):
    """The second window.

    Parameters
    ----------
    look : Look
        The look it follows.
    keymap : Keymap
        Names the keys.
    markers : MarkerWords
        The types of markers.
    cues : CueWords
        What may be offered.
    """

    placed = Signal()
    stilled = Signal()
    closed = Signal()

    def __init__(self, look: Look, keymap: Keymap, markers: MarkerWords, cues: CueWords) -> None:
        super().__init__()
        self._look = look
        self._is_private = True
        self._is_tab_held = False
        self.setWindowTitle("Attune 2")
        self.setAccessibleName(_("Attune for the clinician"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(_LEAST_SIZE)
        self.resize(_SIZE)
        self.bar = TopBar(look, keymap)
        self.question = Question(look)
        self.people = PersonGrid(look)
        self.strips = StripsCard(look)
        self.notes = NotesCard(look, keymap, markers)
        self.window_card = WindowCard(look, keymap)
        self.pacer = PacerCard(look, keymap)
        self.cue = CueCard(look, keymap, cues)
        self.controls = ControlRow(look, (self.notes, self.window_card, self.pacer, self.cue))
        self.empty = safe_label(
            look,
            _("Nobody is here yet. Connect a strap in the other window: readings come as soon as it streams."),
            kind=Type.LABEL,
            tone="text2",
            wrap=True,
            align=Qt.AlignmentFlag.AlignHCenter,
        )
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
        for field in (self.notes.field, self.question.own):
            field.installEventFilter(self)
        look.changed.connect(self._fold)

    @property
    def is_seen(self) -> bool:
        """Whether the readings can be seen now."""
        return not self._scroll.isHidden()

    def show_anybody(self, *, is_anybody: bool) -> None:
        """Show the people, or what to do while there is nobody."""
        self.empty.setVisible(not is_anybody)
        for part in (self.people, self.strips):
            part.setVisible(is_anybody)

    def write(self) -> None:
        """Begin a note."""
        self.controls.reveal(self.notes)
        self.notes.write()

    def obey(self, decisions: Decisions) -> None:
        """Hand on what is pressed here, and show what is asked."""
        decisions.asked.connect(self.question.ask)
        decisions.write_wanted.connect(self.write)
        self.stilled.connect(decisions.still)
        self.people.chosen.connect(decisions.choose)
        self.strips.tabs.chosen.connect(decisions.choose)
        self.notes.noted.connect(decisions.note)
        self.notes.marked.connect(decisions.mark)
        self.notes.felt_wanted.connect(decisions.feel)
        self.notes.rated.connect(decisions.press)
        self.window_card.moved.connect(decisions.ask_reason)
        self.window_card.reverted.connect(decisions.revert)
        self.window_card.against.connect(decisions.hold_against)
        self.window_card.rest_wanted.connect(decisions.ask_rest)
        self.pacer.stepped.connect(lambda steps: decisions.pace("quicker" if steps > 0 else "slower"))
        self.pacer.toggled.connect(lambda: decisions.pace("toggle"))
        self.pacer.paused.connect(lambda: decisions.pace("pause"))
        self.pacer.shaped.connect(decisions.shape)
        self.cue.offered.connect(lambda: decisions.offer(self.cue.chosen))
        self.bar.veil_wanted.connect(decisions.veil)
        self.bar.stop_wanted.connect(decisions.still)

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
        is_low = self.height() < self._look.px(_FOLDED_PX)
        self.bar.fold(self.width())
        self.people.fold(is_low=is_low)
        self.strips.signals.fold(is_tabbed=self.width() < self._look.px(_TABBED_PX))
        self.controls.fold(self.width(), is_folded=is_low)

    def _assemble(self) -> None:
        body = QVBoxLayout(self._body)
        body.setContentsMargins(16, 16, 16, 16)
        body.setSpacing(16)
        body.addWidget(self.question)
        body.addWidget(self.empty, 8)
        body.addWidget(self.people, 8)
        body.addWidget(self.strips, 5)
        body.addWidget(self.controls)
        self._scroll = Scroll(self._look, self._body)
        self.controls.opened.connect(self._scroll.show_grown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.cover, 1)
        self.cover.hide()
        self.show_anybody(is_anybody=False)
