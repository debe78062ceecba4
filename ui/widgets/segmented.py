# SPDX-License-Identifier: MIT
"""One choice out of few, side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from ui.theme import Look
from ui.widgets.button import Button, Size


class Segmented(QWidget):
    """Buttons of which exactly one is chosen.

    Parameters
    ----------
    look : Look
        The look it follows.
    name : str
        What is chosen.
    words : sequence of str
        The choices.
    key : str
        The key that goes on to the next choice, shown in the last one.
    """

    chosen = Signal(int)

    def __init__(self, look: Look, name: str, words: Sequence[str], *, key: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for index, word in enumerate(words):
            button = Button(look, word, size=Size.NORMAL, key=key if index == len(words) - 1 else "")
            button.setCheckable(True)
            button.setAccessibleDescription(name)
            self._group.addButton(button, index)
            layout.addWidget(button, 1)
        self._group.idClicked.connect(self.chosen)

    def button_at(self, index: int) -> QAbstractButton:
        """Give the button of a choice."""
        return self._group.button(index)

    def offer(self, indices: Sequence[int]) -> None:
        """Show these choices alone."""
        for button in self._group.buttons():
            button.setVisible(self._group.id(button) in indices)

    def choose(self, index: int | None) -> None:
        """Mark a choice as the one that holds; None marks none."""
        if index is None:
            self._group.setExclusive(False)
            for button in self._group.buttons():
                button.setChecked(False)
            self._group.setExclusive(True)
        else:
            self._group.button(index).setChecked(True)
        for button in self._group.buttons():  # Tab reaches what is chosen; Qt sees to that for clicks alone
            is_reached = index is None or button.isChecked()
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_reached else Qt.FocusPolicy.NoFocus)
