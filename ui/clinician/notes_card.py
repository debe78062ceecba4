# SPDX-License-Identifier: MIT
"""Notes, markers by one key, felt ratings, and the newest lines of the log.

Law: a note is not a marker: its words go to the notes' file of the session and to nothing else; a marker is a type.
"""

from collections.abc import Sequence
from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout

from ui.clinician.marker_words import BADLY, MARK, MarkerWords
from ui.clinician.person import Event
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import safe_label
from ui.words import clock_words

LONGEST_NOTE = 2000
_LINES, _COLUMNS = 3, 4


class NotesCard(Card):
    """What the clinician writes down.

    Parameters
    ----------
    look : Look
        The look it follows.
    markers : MarkerWords
        The types of markers.
    """

    noted = Signal(str)
    marked = Signal(str)
    felt_wanted = Signal()

    def __init__(self, look: Look, markers: MarkerWords) -> None:
        super().__init__(look, _("Notes and markers"))
        self.whose = safe_label(look, kind=Type.AXIS, tone="text2")
        self._title = safe_label(look, _("Notes and markers"), kind=Type.TITLE)
        self.field = Field(look, _("A note, for your eyes alone; key N"), longest=LONGEST_NOTE)
        self.field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.field.setMinimumWidth(look.px(160))
        self.hint = safe_label(look, kind=Type.AXIS, tone="text2", wrap=True)
        self.buttons = {
            kind: Button(look, markers.words_of(kind), size=Size.NORMAL, key=markers.tag_of(kind))
            for kind in (MARK, *markers.types, BADLY)
        }
        self.felt = Button(look, _("felt"), size=Size.NORMAL, key="F")
        self.lines = [
            (safe_label(look, kind=Type.FIGURES, tone="text2"), safe_label(look, kind=Type.STRONG), safe_label(look))
            for _line in range(_LINES)
        ]
        for _time, _sign, words in self.lines:
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            words.setWordWrap(True)
        self.field.kept.connect(self._keep)
        self.felt.clicked.connect(self.felt_wanted)
        for kind, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, name=kind: self.marked.emit(name))
        self._assemble()

    def show_log(self, events: Sequence[Event], started_t: float) -> None:
        """Show the newest lines, the newest first."""
        newest = [*reversed(events)][:_LINES]
        for index, (time, sign, words) in enumerate(self.lines):
            event = newest[index] if index < len(newest) else None
            time.say("" if event is None else clock_words(event.t - started_t))
            sign.say("" if event is None else event.sign)
            words.say("" if event is None else event.words)

    def write(self) -> None:
        """Begin a note."""
        self.field.setFocus()

    def _keep(self, text: str) -> None:
        self.field.show_text("")
        self.field.clear()
        if text:
            self.noted.emit(text)

    def _assemble(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.whose)
        layout.addLayout(head)
        layout.addWidget(self.field)
        layout.addWidget(self.hint)
        grid = QGridLayout()
        grid.setSpacing(6)
        for index, button in enumerate([*self.buttons.values(), self.felt]):
            grid.addWidget(button, index // _COLUMNS, index % _COLUMNS)
        layout.addLayout(grid)
        log = QGridLayout()
        log.setSpacing(4)
        log.setColumnStretch(2, 1)
        for row, line in enumerate(self.lines):
            for column, label in enumerate(line):
                log.addWidget(label, row, column)
        layout.addLayout(log)
        layout.addStretch(1)
