# SPDX-License-Identifier: MIT
"""The words of the lane as buttons that flow into rows; a press says one, or takes it off while the list is changed."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from resources.words import gettext as _
from ui.theme import Look
from ui.widgets.button import Button, Size

_GAP = 8
_MOST_COLUMNS = 6


class WordChips(QWidget):
    """Some words, equally large.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._chips: list[Button] = []
        self._columns = 0
        self._is_changing = False
        self.setAccessibleName(_("Words for what is noticed"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)

    @property
    def buttons(self) -> Sequence[Button]:
        """The words' buttons."""
        return tuple(self._chips)

    def show_words(self, words: Sequence[str], *, is_changing: bool = False) -> None:
        """Show these; while they are changed each carries the mark of being taken off."""
        if [chip.text() for chip in self._chips] == list(words) and is_changing is self._is_changing:
            return
        self._is_changing = is_changing
        for chip in self._chips:
            self._grid.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(word) for word in words]
        self._columns = 0
        self._lay()

    def mark(self, word: str) -> None:
        """Show that a word was said."""
        for chip in self._chips:
            chip.setChecked(chip.text() == word)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Flow anew."""
        super().resizeEvent(event)
        self._lay()

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as two words side by side, and as high as the rows."""
        widest = max((chip.sizeHint().width() for chip in self._chips), default=0)
        return QSize(2 * widest + _GAP, self._grid.minimumSize().height())

    def _lay(self) -> None:
        if not self._chips:
            return
        widest = max(chip.sizeHint().width() for chip in self._chips)
        columns = max(min((self.width() + _GAP) // (widest + _GAP), _MOST_COLUMNS, len(self._chips)), 2)
        if columns != self._columns:
            self._columns = columns
            for n, chip in enumerate(self._chips):
                self._grid.addWidget(chip, n // columns, n % columns)

    def _chip(self, word: str) -> Button:
        chip = Button(self._look, word, size=Size.LIST, icon="cross" if self._is_changing else "")
        chip.setCheckable(not self._is_changing)
        if self._is_changing:
            chip.setAccessibleDescription(_("take this word off the list"))
        chip.clicked.connect(partial(self._say, word))
        return chip

    def _say(self, word: str) -> None:
        self.chosen.emit(word)
