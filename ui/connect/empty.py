# SPDX-License-Identifier: MIT
"""What stands in place of the list: a hint while nothing is near, or why the radio cannot be used and the one fix."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from dsp.codes import Reason
from resources.words import gettext as _
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.card import Card
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label
from ui.words import advice_on


class EmptyCard(Card):
    """A calm card with two lines.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Nothing yet"))
        self._icon = Icon(look, "strap", "", size=24, tone="signal", is_round=True)
        self._sentence = safe_label(look, kind=Type.TITLE, wrap=True)
        self._step = safe_label(look, tone="text2", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._sentence)
        words.addWidget(self._step)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 24, 24, 24)
        layout.setSpacing(16)
        layout.addWidget(self._icon)
        layout.addLayout(words, 1)
        self.wait()

    def wait(self) -> None:
        """Say that nothing is near yet, and what usually helps."""
        self._show("strap", _("Nothing yet"), _("Damp skin? Another phone or watch holding it? It wakes on the skin."))

    def explain(self, reason: Reason) -> None:
        """Say why the radio cannot be used, and what to do."""
        advice = advice_on(reason)
        self._show("bluetooth", advice.sentence, advice.step)

    def _show(self, icon: str, sentence: str, step: str) -> None:
        self._icon.show_icon(icon, sentence, "signal")
        self._sentence.say(sentence)
        self._step.say(step)
        self.setAccessibleName(sentence)
