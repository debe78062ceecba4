# SPDX-License-Identifier: MIT
"""One live number: its name, its value with the unit on the same line, and how clear and how old it is."""

from gettext import gettext as _

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.clinician.measures import LiveValue
from ui.clinician.words import quality_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.label import safe_label


class ValueCell(QWidget):
    """A number with its name and its quality.

    Parameters
    ----------
    look : Look
        The look it follows.
    name, unit : str
        What it is, and its unit.
    digits : int
        Digits behind the point.
    """

    def __init__(self, look: Look, name: str, unit: str, *, digits: int = 0) -> None:
        super().__init__()
        self._digits = digits
        self.setAccessibleName(name)
        self._name = safe_label(look, name, kind=Type.AXIS, tone="text2")
        self.value = safe_label(look, "–", kind=Type.VALUE)
        self._unit = safe_label(look, unit, kind=Type.AXIS, tone="text2")
        self.quality = safe_label(look, _("no sensor"), kind=Type.AXIS, tone="text3")
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.value, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._name)
        layout.addLayout(row)
        layout.addWidget(self.quality)

    def show_value(self, shown: LiveValue) -> None:
        """Show what may be shown; a dash where there is nothing."""
        self.value.say("–" if shown.value is None else f"{shown.value:.{self._digits}f}")
        self.value.recolor("text3" if shown.is_dim or shown.value is None else "text")
        self.quality.say(quality_words(shown))

    def fold(self, *, is_tight: bool) -> None:
        """Keep name and number, where there is little room."""
        self.quality.setVisible(not is_tight)
