# SPDX-License-Identifier: MIT
"""What an assessment found: the paces compared, and the pace to use, which the person chooses."""

from collections.abc import Sequence
from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsp.finding import Resonance
from dsp.plan import BreathShape
from ui.resonance.rate_table import RateTable
from ui.resonance.run import Wave
from ui.resonance.words import found_words, rate_words, shape_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label

_ASIDE_PX = 300


class ResultPage(QWidget):
    """The table and the choice.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    used = Signal(float)
    again = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rates: tuple[float, ...] = ()
        self.setAccessibleName(_("What was found"))
        self.heading = safe_label(look, kind=Type.PAGE, wrap=True)
        self.line = safe_label(look, kind=Type.LABEL, tone="text2", wrap=True)
        self.table = RateTable(look)
        self._ground = Card(look, _("The paces compared"))
        self._choice = Card(look, _("Which felt easier?"))
        self._title = safe_label(look, _("Which felt easier?"), kind=Type.TITLE, wrap=True)
        self._shapes = [safe_label(look, tone="text2", wrap=True) for _number in range(2)]
        self.uses = [Button(look, "", size=Size.LIST, key=str(number + 1)) for number in range(2)]
        self._sure = safe_label(look, tone="text2", wrap=True)
        self._again = Button(look, _("Once more"), size=Size.LIST)
        self._again.clicked.connect(self.again)
        for index, button in enumerate(self.uses):
            button.clicked.connect(lambda _checked=False, i=index: self.used.emit(self._rates[i]))
        self._assemble()
        look.changed.connect(self._dress)
        self._dress()

    def show_found(self, found: Resonance, waves: Sequence[Wave], shape: BreathShape) -> None:
        """Show what was found."""
        heading, line = found_words(found)
        self.heading.say(heading)
        self.line.say(line)
        assessment = found.assessment
        self._ground.setVisible(assessment is not None)
        self._rates = ()
        if assessment is not None:
            self.table.show_assessment(assessment, waves)
            has_two = assessment.is_equally_good or not assessment.is_seen
            self._rates = (assessment.best, assessment.second) if has_two else (assessment.best,)
            self._title.say(_("Which felt easier?") if has_two else _("Your pace"))
            ahead = _("{best} ahead of {second}: {share:.0f} % of draws; 80 % are needed to choose.")
            best, second = rate_words(assessment.best), rate_words(assessment.second)
            share = 100 * assessment.certainty
            self._sure.say(ahead.format(best=best, second=second, share=share) if assessment.is_seen else "")
        self._offer(shape)

    def press(self, key: str) -> None:
        """Use a pace by its key."""
        for number, button in enumerate(self.uses):
            if key == str(number + 1) and button.isVisible():
                button.click()

    def _offer(self, shape: BreathShape) -> None:
        for index, (button, words) in enumerate(zip(self.uses, self._shapes, strict=True)):
            is_offered = index < len(self._rates)
            button.setVisible(is_offered)
            words.setVisible(is_offered)
            if is_offered:
                rate = self._rates[index]
                button.say(_("Use {rate} a minute").format(rate=rate_words(rate)))
                words.say(shape_words(rate, shape))
        self._title.setVisible(bool(self._rates))
        self._sure.setVisible(bool(self._sure.text()) and bool(self._rates))

    def _dress(self) -> None:
        self._choice.setFixedWidth(self._look.px(_ASIDE_PX))

    def _assemble(self) -> None:
        ground = QVBoxLayout(self._ground)
        ground.setContentsMargins(24, 20, 24, 20)
        ground.addWidget(self.table)
        choice = QVBoxLayout(self._choice)
        choice.setContentsMargins(20, 20, 20, 20)
        choice.setSpacing(8)
        choice.addWidget(self._title)
        for button, words in zip(self.uses, self._shapes, strict=True):
            choice.addSpacing(8)
            choice.addWidget(words)
            choice.addWidget(button)
        choice.addSpacing(8)
        choice.addWidget(self._sure)
        choice.addStretch(1)
        choice.addWidget(self._again)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._ground, 1)
        row.addWidget(self._choice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.heading)
        layout.addWidget(self.line)
        layout.addSpacing(20)
        layout.addLayout(row, 1)
