# SPDX-License-Identifier: MIT
"""The choice of what is shown below the shape: side by side, or one button where there is little room."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from resources.words import gettext as _
from ui.theme import Look
from ui.widgets.button import Button, Size
from ui.widgets.segmented import Segmented

_KEY = "G"


class ViewChoice(QWidget):
    """One view out of few.

    Parameters
    ----------
    look : Look
        The look it follows.
    words : sequence of str
        The names of the views.
    """

    chosen = Signal(int)

    def __init__(self, look: Look, words: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName("")
        self._words = tuple(words)
        self._offered: tuple[int, ...] = tuple(range(len(words)))
        self._index = 0
        self._is_tight = False
        self.all = Segmented(look, _("What is shown below"), words, key=_KEY)
        self.one = Button(look, words[0], size=Size.NORMAL, key=_KEY, others=tuple(words[1:]))
        self.one.setAccessibleDescription(_("what is shown below; press for the next"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.all)
        layout.addWidget(self.one)
        self.all.chosen.connect(self.chosen)
        self.one.clicked.connect(self.go_on)
        self.choose(0)

    def offer(self, indices: Sequence[int]) -> None:
        """Offer these alone."""
        self._offered = tuple(indices)
        self.all.offer(indices)
        self._show()

    def choose(self, index: int) -> None:
        """Mark the one that holds."""
        self._index = index
        self.all.choose(index)
        self.one.say(self._words[index])

    def go_on(self) -> None:
        """Choose the next one."""
        if self._offered:
            at = self._offered.index(self._index) if self._index in self._offered else -1
            self.chosen.emit(self._offered[(at + 1) % len(self._offered)])

    def fold(self, *, is_tight: bool) -> None:
        """Become one button, where there is little room."""
        self._is_tight = is_tight
        self._show()

    def needed(self) -> QSize:
        """Give the size of the one that shows."""
        return self.one.sizeHint() if self._is_tight else self.all.sizeHint()

    def _show(self) -> None:
        has_choice = len(self._offered) > 1
        self.all.setVisible(has_choice and not self._is_tight)
        self.one.setVisible(has_choice and self._is_tight)
