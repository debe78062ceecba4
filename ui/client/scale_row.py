# SPDX-License-Identifier: MIT
"""How it is now, from 0 to 10: eleven equal buttons, none preselected; in a narrow room they stand in two rows."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.theme import Look
from ui.widgets.button import Button, Size
from ui.widgets.label import safe_label

MOST = 10
_GAP, _FOLDED = 6, 6  # px between buttons; buttons in the first of two rows


class ScaleRow(QWidget):
    """The eleven numbers, with a word at each end.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    chosen = Signal(float)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(_("How is it now?"))
        self._group = QButtonGroup(self)
        self.buttons = [self._button(n) for n in range(MOST + 1)]
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP)
        self._columns = 0
        self._assemble()

    def clear(self) -> None:
        """Choose none."""
        self._group.setExclusive(False)
        for button in self.buttons:
            button.setChecked(False)
        self._group.setExclusive(True)

    def choose(self, number: int) -> None:
        """Choose a number, as a press of it does."""
        self.buttons[number].click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in one row where there is room."""
        super().resizeEvent(event)
        self._lay(MOST + 1 if self._whole_width() <= self.width() else _FOLDED)

    def minimumSizeHint(self) -> QSize:
        """Fit six buttons, and two rows of them."""
        side = self.buttons[MOST].sizeHint()
        return QSize(_FOLDED * (side.width() + _GAP), super().minimumSizeHint().height())

    def _whole_width(self) -> int:
        return (MOST + 1) * (self.buttons[MOST].sizeHint().width() + _GAP) - _GAP

    def _lay(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for n, button in enumerate(self.buttons):
            self._grid.addWidget(button, n // columns, n % columns)

    def _button(self, n: int) -> Button:
        button = Button(self._look, str(n), size=Size.LIST, others=(str(MOST),))
        button.setCheckable(True)
        button.setAccessibleDescription(_("0 is settled, 10 as activated as you know it"))
        button.clicked.connect(partial(self._say, n))
        self._group.addButton(button)
        return button

    def _say(self, n: int) -> None:
        self.chosen.emit(float(n))

    def _assemble(self) -> None:
        ends = QHBoxLayout()
        ends.addWidget(safe_label(self._look, _("settled"), tone="text2"))
        ends.addStretch(1)
        ends.addWidget(safe_label(self._look, _("very activated"), tone="text2", align=Qt.AlignmentFlag.AlignRight))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._grid)
        layout.addLayout(ends)
        self._lay(MOST + 1)
