# SPDX-License-Identifier: MIT
"""The word lane in the shape's place: a tap says a word and the shape is back; the list itself can be changed here.

Law: two taps from anywhere in a session; what was taken off the list by a slip is put back by one press.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.client.word_chips import WordChips
from ui.client.word_lane import LONGEST, MOST, WordLane
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.field import Field
from ui.widgets.label import safe_label
from ui.widgets.middle import in_middle
from ui.widgets.scroll import Scroll

_WIDTH = 820
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class WordPanel(QWidget):
    """What a person notices, in a word.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    sensed = Signal(str)
    changed = Signal(object)  # tuple of str: the words from now on
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lane = WordLane()
        self._gone = ""
        self.setAccessibleName(_("What do you notice?"))
        self._line = safe_label(look, kind=Type.LABEL, tone="text2", wrap=True, align=_MIDDLE)
        self.chips = WordChips(look)
        names = _("Change the words"), _("That is the list")
        self.change = Button(look, names[0], size=Size.LIST, is_quiet=True, others=names[1:])
        self.change.setCheckable(True)
        self.field = Field(look, _("A word of your own"), longest=LONGEST)
        self.add = Button(look, _("Add"), size=Size.NORMAL, icon="plus")
        self.undo = Button(look, _("Put it back"), size=Size.NORMAL)
        self.close_it = Button(look, _("Close"), size=Size.LIST, key="L", is_quiet=True)
        self._typed = QWidget()
        self._typed.setAccessibleName(_("A word of your own"))
        self._assemble()
        self._wire()
        self.refresh()

    def begin(self, lane: WordLane) -> None:
        """Show these words, ready to be said."""
        self._lane = lane
        self._gone = ""
        self.change.setChecked(False)
        self.refresh()
        self.chips.mark("")

    def refresh(self) -> None:
        """Show the words of now."""
        is_changing = self.change.isChecked()
        say = _("Tap a word. It is noted, and the breathing is back.")
        alter = _("Tap a word to take it off the list, or add one of your own.")
        self._line.say(alter if is_changing else say)
        self.change.say(_("That is the list") if is_changing else _("Change the words"))
        self.chips.show_words(self._lane.words, is_changing=is_changing)
        self._typed.setVisible(is_changing)
        self.undo.setVisible(bool(self._gone))
        self.add.setEnabled(len(self._lane.words) < MOST)

    def _choose(self, word: str) -> None:
        if self.change.isChecked():
            self._gone = word
            self.changed.emit(self._lane.without(word))
        else:
            self.sensed.emit(word)
            self.left.emit()

    def _put(self) -> None:
        word = self.field.text()
        self.field.show_text("")
        self.field.clear()
        if word.strip():
            self._gone = ""
            self.changed.emit(self._lane.with_word(word))

    def _put_back(self) -> None:
        word, self._gone = self._gone, ""
        self.changed.emit(self._lane.with_word(word))

    def _wire(self) -> None:
        self.chips.chosen.connect(self._choose)
        self.change.clicked.connect(self.refresh)
        self.field.returnPressed.connect(self._put)
        self.add.clicked.connect(self._put)
        self.undo.clicked.connect(self._put_back)
        self.close_it.clicked.connect(self.left)

    def _assemble(self) -> None:
        typed = QHBoxLayout(self._typed)
        typed.setContentsMargins(0, 0, 0, 0)
        typed.setSpacing(8)
        typed.addStretch(1)
        for control in (self.field, self.add, self.undo):
            typed.addWidget(control)
        typed.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addStretch(1)
        foot.addWidget(self.change)
        foot.addWidget(self.close_it)
        foot.addStretch(1)
        inside = QWidget()
        inside.setAccessibleName(_("What do you notice?"))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(safe_label(self._look, _("What do you notice?"), kind=Type.PAGE, wrap=True, align=_MIDDLE))
        column.addWidget(self._line)
        column.addLayout(in_middle(self.chips, _WIDTH))
        column.addWidget(self._typed)
        column.addLayout(foot)
        column.addStretch(3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scroll(self._look, inside))
