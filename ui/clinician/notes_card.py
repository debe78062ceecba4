# SPDX-License-Identifier: MIT
"""Notes, markers by one key, felt ratings, and the newest lines of the log.

Law: a note is not a marker: its words go to the notes' file of the session and to nothing else; a marker is a type.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from resources.words import gettext as _
from ui.clinician.card_head import Aside, card_column
from ui.clinician.log_lines import LogLines
from ui.clinician.marker_words import BADLY, MARK, MarkerWords
from ui.key_table import Act
from ui.keys import Keymap
from ui.theme import Look
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.wrap import Wrap

LONGEST_NOTE = 2000
_RATINGS = (*"0123456789", "T")  # T is ten


class NotesCard(Card):
    """What the clinician writes down.

    Parameters
    ----------
    look : Look
        The look it follows.
    keymap : Keymap
        Names the keys.
    markers : MarkerWords
        The types of markers.
    """

    noted = Signal(str)
    marked = Signal(str)
    felt_wanted = Signal()
    rated = Signal(str)  # 0 to 9, or T for ten

    def __init__(self, look: Look, keymap: Keymap, markers: MarkerWords) -> None:
        super().__init__(look, _("Notes and markers"))
        self._keymap = keymap
        self.whose = Aside(look)
        self.field = Field(look, _("A note, for your eyes alone"), longest=LONGEST_NOTE, key="N")
        self.field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.field.setMinimumWidth(look.px(160))
        self.buttons = {
            kind: Button(look, markers.words_of(kind), size=Size.NORMAL) for kind in (MARK, *markers.types, BADLY)
        }
        self.felt = Button(look, _("felt"), size=Size.NORMAL)
        self.ratings = [Button(look, "10" if key == "T" else key, size=Size.NORMAL) for key in _RATINGS]
        self._tags = Wrap(_("Markers"), (*self.buttons.values(), self.felt), spacing=6)
        self.scale = Wrap(_("How is it now? 0 to 10"), self.ratings, spacing=6)
        self.log = LogLines(look)
        self._name_keys(markers)
        self._wire()
        self._assemble()
        self.await_rating(is_awaited=False)

    def write(self) -> None:
        """Begin a note."""
        self.field.setFocus()

    def await_rating(self, *, is_awaited: bool) -> None:
        """Show the numbers of a felt rating in the place of the markers, or the markers again."""
        if is_awaited is self.scale.isHidden():
            self._tags.setVisible(not is_awaited)
            self.scale.setVisible(is_awaited)

    def hint(self, words: str) -> None:
        """Say what becomes of a note, or what is awaited."""
        self.field.hint(words)

    def _keep(self, text: str) -> None:
        self.field.show_text("")
        self.field.clear()
        if text:
            self.noted.emit(text)

    def _name_keys(self, markers: MarkerWords) -> None:
        keymap = self._keymap
        for kind, button in self.buttons.items():
            if kind in (MARK, BADLY):
                keymap.label(button, Act.MARK if kind == MARK else Act.BADLY)
            else:
                keymap.label_fixed(button, markers.tag_of(kind))
        keymap.label(self.felt, Act.FELT)
        keymap.label(self.field, Act.NOTE)

    def _wire(self) -> None:
        self.field.kept.connect(self._keep)
        self.felt.clicked.connect(self.felt_wanted)
        for kind, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, name=kind: self.marked.emit(name))
        for key, button in zip(_RATINGS, self.ratings, strict=True):
            button.setAccessibleDescription(_("how is it now, of 10"))
            button.clicked.connect(lambda _on=False, rating=key: self.rated.emit(rating))

    def _assemble(self) -> None:
        column = card_column(self._look, self, _("Notes and markers"), self.whose)
        for part in (self.field, self._tags, self.scale):
            column.addWidget(part)
        column.addWidget(self.log, 1)
