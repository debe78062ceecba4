# SPDX-License-Identifier: MIT
"""Whose signals are shown: a button for each person, in the order in which they came; nothing while there is one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.theme import Look
from ui.widgets.button import Button, Size
from ui.widgets.wrap import Wrap


class PersonTabs(QWidget):
    """The choice of a person.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._people: tuple[tuple[str, str], ...] = ()
        self._row: Wrap | None = None
        self._group = QButtonGroup(self)
        self.setAccessibleName(_("Whose signals"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_people(self, people: Sequence[tuple[str, str]], selected: str) -> None:
        """Show these, each by name and (safe) code, and the one who is chosen."""
        if tuple(people) != self._people:
            self._people = tuple(people)
            self._make()
        for index, (name, _code) in enumerate(self._people):
            if name == selected:
                self._group.button(index).setChecked(True)
        self.setVisible(len(self._people) > 1)

    def _make(self) -> None:
        """Make the buttons anew: somebody came, or has a code now."""
        if self._row is not None:
            for button in self._group.buttons():
                self._group.removeButton(button)
            self._row.hide()
            self._row.deleteLater()
        buttons: list[QWidget] = []
        for index, (name, code) in enumerate(self._people):
            button = Button(self._look, code, size=Size.NORMAL)
            button.setCheckable(True)
            button.setAccessibleDescription(_("show the signals of this person"))
            button.clicked.connect(lambda _on=False, who=name: self.chosen.emit(who))
            self._group.addButton(button, index)
            buttons.append(button)
        self._row = Wrap(_("Whose signals"), buttons)
        self._layout.addWidget(self._row)
