# SPDX-License-Identifier: MIT
"""The question before the graph: how was this session for you? A number, or not; then it is shown.

Law: what a person felt is asked before they see what was measured, so that neither colours the other; it is asked once,
and may be left.
"""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from resources.words import gettext as _
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.widgets.wrap import Wrap

_NUMBERS = range(11)


class BeforeCard(Card):
    """The question that stands in the graph's place.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    answered = Signal(object)  # float, or None where it was left

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Before you look"))
        self._look = look
        self._skip = Button(look, _("Show it without an answer"), size=Size.LIST)
        self._skip.clicked.connect(lambda: self.answered.emit(None))
        self._assemble()

    def press(self, key: str) -> None:
        """Answer by a digit, or T for ten."""
        self.answered.emit(10.0 if key == "T" else float(key))

    def _number(self, n: int) -> Button:
        button = Button(self._look, str(n), size=Size.LARGE)
        button.clicked.connect(partial(self.answered.emit, float(n)))
        return button

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 32)
        column.setSpacing(12)
        column.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        look = self._look
        column.addWidget(safe_label(look, _("Before you look"), kind=Type.LABEL, tone="text2", align=middle))
        question = _("How was this session for you, all in all?")
        column.addWidget(safe_label(look, question, kind=Type.PAGE, align=middle, wrap=True))
        line = _("0 is settled, 10 is as activated as you know it. What you felt counts as much as what was measured.")
        column.addWidget(safe_label(look, line, kind=Type.LABEL, tone="text2", align=middle, wrap=True))
        column.addSpacing(16)
        column.addWidget(Wrap(question, [self._number(n) for n in _NUMBERS]), 0, middle)
        column.addSpacing(24)
        column.addWidget(self._skip, 0, middle)
        column.addStretch(3)
