# SPDX-License-Identifier: MIT
"""Settings that belong together: a heading, and rows on one card."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.settings.row import SettingRow
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.card import Card, Hairline
from ui.widgets.label import safe_label


class Section(QWidget):
    """A heading and its rows; hidden as a whole where none of them is looked for.

    Parameters
    ----------
    look : Look
        The look it follows.
    title : str
        The heading; found by searching, with all of its rows.
    rows : sequence of SettingRow
        Its settings.
    """

    def __init__(self, look: Look, title: str, rows: Sequence[SettingRow]) -> None:
        super().__init__()
        self.rows = tuple(rows)
        self._title = title
        self.setAccessibleName(title)
        self._lines = [Hairline(look) for _row in rows[1:]]
        card = Card(look, title)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(0, 4, 0, 4)
        inside.setSpacing(0)
        for index, row in enumerate(rows):
            if index:
                inside.addWidget(self._lines[index - 1])
            inside.addWidget(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(safe_label(look, title, kind=Type.TITLE))
        layout.addWidget(card)

    def show_found(self, words: str, *, is_open: bool) -> int:
        """Show the rows in which these words stand, and give how many they are; none while it is hidden."""
        is_mine = all(word in self._title.casefold() for word in words.casefold().split())
        found = [is_open and (is_mine or row.is_found(words)) for row in self.rows]
        for row, is_found in zip(self.rows, found, strict=True):
            row.setVisible(is_found)
        for line, index in zip(self._lines, range(1, len(found)), strict=True):
            line.setVisible(found[index] and any(found[:index]))
        self.setVisible(any(found))
        return sum(found)
