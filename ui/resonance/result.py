# SPDX-License-Identifier: MIT
"""What an assessment found: the paces compared, how sure that is, and the pace to use, which the person chooses."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from dsp.finding import Assessment, Resonance
from dsp.plan import BreathShape
from resources.words import gettext as _
from ui.resonance.rate_card import RateCard
from ui.resonance.rate_table import RateTable
from ui.resonance.run import Wave
from ui.resonance.words import found_words, sure_rows
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.widgets.rows import Rows
from ui.widgets.scroll import Scroll

_ASIDE_PX = 300
_NARROW_PX = 980  # below it, times the text's size, the table needs the whole width


class ResultPage(QWidget):
    """The table and the choice.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    used = Signal(float)
    tried = Signal()
    again = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.rates: tuple[float, ...] = ()
        self.setAccessibleName(_("What was found"))
        self.heading = safe_label(look, kind=Type.PAGE, wrap=True)
        self.line = safe_label(look, kind=Type.LABEL, tone="text2", wrap=True)
        self.table = RateTable(look)
        self._ground = Card(look, _("The paces compared"))
        self._choice = Card(look, _("Which felt easier?"))
        self._title = safe_label(look, _("Which felt easier?"), kind=Type.TITLE, wrap=True)
        self.cards = [RateCard(look, key=str(number + 1)) for number in range(2)]
        self.try_each = Button(look, _("Try each for a minute"), size=Size.LIST, key="3")
        self._sure = Card(look, _("How sure"))
        kinds = ((Type.BODY, "text2"), (Type.STRONG, "text"))
        self._rows = Rows(look, _("How sure"), kinds, is_spread=True)
        self._again = Button(look, _("Once more"), size=Size.LIST)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)  # the table and what stands beside or below it
        self._aside = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._again.clicked.connect(self.again)
        self.try_each.clicked.connect(self.tried)
        for index, card in enumerate(self.cards):
            card.use.clicked.connect(lambda _checked=False, i=index: self.used.emit(self.rates[i]))
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
        self._sure.setVisible(assessment is not None and assessment.is_seen)
        self.rates = ()
        if assessment is not None:
            self._compare(assessment, waves)
        self._offer(shape)

    def press(self, key: str) -> None:
        """Use a pace, or try them, by its key."""
        buttons = (*(card.use for card in self.cards), self.try_each)
        for number, button in enumerate(buttons):
            if key == str(number + 1) and button.isVisible():
                button.click()

    def _compare(self, assessment: Assessment, waves: Sequence[Wave]) -> None:
        self.table.show_assessment(assessment, waves)
        has_two = assessment.is_equally_good or not assessment.is_seen
        self.rates = (assessment.best, assessment.second) if has_two else (assessment.best,)
        self._rows.show_rows(sure_rows(assessment))

    def _offer(self, shape: BreathShape) -> None:
        for index, card in enumerate(self.cards):
            card.setVisible(index < len(self.rates))
            if index < len(self.rates):
                card.show_rate(self.rates[index], shape)
        has_two = len(self.rates) > 1
        self._title.say(_("Which felt easier?") if has_two else _("Your pace"))
        self._title.setVisible(bool(self.rates))
        self.try_each.setVisible(has_two)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the choice below the table, in a window that is narrow for its text."""
        super().resizeEvent(event)
        self._dress()

    def _dress(self) -> None:
        is_narrow = self.width() < self._look.px(_NARROW_PX)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if is_narrow else across)
        self._aside.setDirection(across if is_narrow else down)
        for card in (self._choice, self._sure):
            card.setMinimumWidth(self._look.px(_ASIDE_PX))

    def _assemble(self) -> None:
        ground = QVBoxLayout(self._ground)
        ground.setContentsMargins(24, 20, 24, 20)
        ground.addWidget(self.table)
        aside = self._aside
        aside.setSpacing(16)
        aside.addWidget(self._filled_choice(), 0, Qt.AlignmentFlag.AlignTop)
        aside.addWidget(self._filled_sure(), 0, Qt.AlignmentFlag.AlignTop)
        aside.addStretch(1)
        self._row.setSpacing(16)
        self._row.addWidget(self._ground, 1)
        self._row.addLayout(aside)
        inside = QWidget()
        inside.setAccessibleName(_("What was found"))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.line)
        column.addSpacing(20)
        column.addLayout(self._row, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scroll(self._look, inside))

    def _filled_choice(self) -> Card:
        choice = QVBoxLayout(self._choice)
        choice.setContentsMargins(20, 16, 20, 20)
        choice.setSpacing(12)
        choice.addWidget(self._title)
        for card in self.cards:
            choice.addWidget(card)
        choice.addWidget(self.try_each)
        choice.addWidget(self._again)
        return self._choice

    def _filled_sure(self) -> Card:
        sure = QVBoxLayout(self._sure)
        sure.setContentsMargins(20, 16, 20, 16)
        sure.setSpacing(8)
        sure.addWidget(safe_label(self._look, _("How sure"), kind=Type.TITLE))
        sure.addWidget(self._rows)
        return self._sure
