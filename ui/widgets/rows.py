# SPDX-License-Identifier: MIT
"""Short words in rows and columns, each in its own label: names beside values, or a small table with a heading."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import Look
from ui.tokens import Type
from ui.widgets.label import Label, safe_label


class Rows(QWidget):
    """A grid of words.

    Parameters
    ----------
    look : Look
        The look it follows.
    name : str
        What the rows are, for those who do not see them.
    kinds : sequence of (Type, str)
        The type and the tone of each column.
    has_heading : bool
        Whether the first row names the columns.
    is_spread : bool
        Whether the last column stands at the right edge.
    """

    def __init__(
        self,
        look: Look,
        name: str,
        kinds: Sequence[tuple[Type, str]],
        *,
        has_heading: bool = False,
        is_spread: bool = False,
    ) -> None:
        super().__init__()
        self._look = look
        self._kinds = tuple(kinds)
        self._has_heading = has_heading
        self._is_spread = is_spread
        self._cells: list[list[Label]] = []
        self.setAccessibleName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0 if is_spread else len(kinds) - 1, 1)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows; those of before that are more are hidden."""
        while len(self._cells) < len(rows):
            self._add()
        for index, cells in enumerate(self._cells):
            for column, label in enumerate(cells):
                label.setVisible(index < len(rows))
                label.say(rows[index][column] if index < len(rows) else "")

    def _add(self) -> None:
        """Make one more row."""
        is_heading = self._has_heading and not self._cells
        cells = []
        for column, (kind, tone) in enumerate(self._kinds):
            is_wrapped = self._is_spread and column == 0  # the name gives way, the value stands
            label = safe_label(self._look, kind=kind, tone="text2" if is_heading else tone, wrap=is_wrapped)
            is_right = self._is_spread and column == len(self._kinds) - 1
            side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
            label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(label, len(self._cells), column)
            cells.append(label)
        self._cells.append(cells)
