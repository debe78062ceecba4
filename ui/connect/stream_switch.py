# SPDX-License-Identifier: MIT
"""The switch of the search for LSL streams: off until a person switches it on, and it says what it does."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dsp.codes import Reason
from resources.words import gettext as _
from ui.theme import Look
from ui.widgets.button import Button, Size
from ui.widgets.label import safe_label
from ui.words import advice_on


class StreamSwitch(QWidget):
    """One line: on or off, and what that means.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    switched = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._is_on = False
        self.setAccessibleName(_("LSL streams"))
        self.button = Button(look, "", size=Size.NORMAL, icon="stream", others=(_("LSL streams: on"),))
        self.button.setCheckable(True)
        self.button.clicked.connect(lambda: self.switched.emit(not self._is_on))
        self._words = safe_label(look, tone="text2", wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.button)
        layout.addWidget(self._words, 1)
        self.show_state(is_on=False)

    def show_state(self, *, is_on: bool, trouble: Reason | None = None) -> None:
        """Show whether it is on; where the search cannot work, why."""
        self._is_on = is_on
        meaning = _("Asks your network who sends streams.")
        self.button.setChecked(is_on)
        self.button.say(_("LSL streams: on") if is_on else _("LSL streams: off"))
        self.button.setAccessibleDescription(meaning)
        if is_on and trouble is not None:
            advice = advice_on(trouble)
            meaning = f"{advice.sentence} {advice.step}"
        self._words.say(meaning)
