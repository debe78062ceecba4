# SPDX-License-Identifier: MIT
"""The middle of the session: the breathing shape with its word and line, and the cards beside it."""

from gettext import gettext as _

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsp.plan import BreathPart
from ui.choices import PreferenceKeeper
from ui.client.controls import PacerControls
from ui.client.sights import SightsCard
from ui.client.view_choice import ViewChoice
from ui.pacing import Pacing
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.label import safe_label
from ui.widgets.pacer import Pacer
from ui.words import breath_words

_SIDE_PX = 264
_CARDS_PX = 424  # below this, times the text's size, the cards keep what is needed
_ALONE, _WITH_VIEWS = (6.0, 3.75), (7.8, 4.9)  # the window's size by the shape's radius, mocks/README.md


class BreathPage(QWidget):
    """Shape, word, line, and what may be chosen beside them.

    Parameters
    ----------
    look : Look
        The look it follows.
    pacing : Pacing
        The breathing.
    keeper : PreferenceKeeper
        Remembers what the person wished to see.
    choice : ViewChoice
        The choice of what stands below; it has its place beside the word.
    """

    def __init__(self, look: Look, pacing: Pacing, keeper: PreferenceKeeper, choice: ViewChoice) -> None:
        super().__init__()
        self._look = look
        self._pacing = pacing
        self._choice = choice
        self._part = BreathPart.REST
        self.setAccessibleName("")
        self.pacer = Pacer(look, pacing.breath)
        self.pacer.setAccessibleName(_("Breathing shape"))
        self.controls = PacerControls(look, pacing)
        self.sights = SightsCard(look, keeper)
        self.sights.hide()
        self.see = Button(look, _("What I see"), size=Size.NORMAL, key="W", is_quiet=True)
        self._word = safe_label(look, kind=Type.PAGE, align=Qt.AlignmentFlag.AlignHCenter)
        self.line = safe_label(look, kind=Type.LABEL, tone="text2", wrap=True, align=Qt.AlignmentFlag.AlignHCenter)
        self._left, self._right, self._balance, self._side = _part(), _part(), _part(), _part()
        self._assemble()
        self.pacer.turned.connect(self._turn)
        pacing.changed.connect(self._say)

    def begin(self) -> None:
        """Start anew with a session."""
        self._part = BreathPart.REST

    def see_these(self, sees: tuple[str, ...]) -> None:
        """Show the pace where it was switched on, and the shape as large as there is room."""
        is_choosing = not self.sights.isHidden()
        self.controls.setVisible("pace" in sees and not is_choosing)
        for part in (self._side, self._balance):
            part.setVisible("pace" in sees or is_choosing)
        width, height = _WITH_VIEWS if "window" in sees or "traces" in sees else _ALONE
        self.pacer.reach(width_per_radius=width, height_per_radius=height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the cards where they have too little room."""
        super().resizeEvent(event)
        self._fold_cards()

    def fold(self, *, is_low: bool, is_narrow: bool) -> None:
        """Leave out what explains, where there is little room."""
        self._fold_cards()
        self._choice.fold(is_tight=is_low or is_narrow)
        beside = max(self._choice.needed().width(), self.see.sizeHint().width())
        for part in (self._left, self._right):
            part.setFixedWidth(beside)
        for part in (self._balance, self._side):
            part.setFixedWidth(self._look.px(_SIDE_PX))

    def _fold_cards(self) -> None:
        is_tight = self.height() < self._look.px(_CARDS_PX)
        self.controls.fold(is_tight=is_tight)
        self.sights.fold(is_tight=is_tight)

    def _turn(self, part: BreathPart) -> None:
        self._part = part
        self._say()

    def _say(self) -> None:
        """Say the breathing word of now."""
        if not self._pacing.is_on:
            words = _("your own pace")
        elif self._part is BreathPart.REST and not self._pacing.is_paused:
            words = ""
        else:
            words = breath_words(self._part)
        self._word.say(words)

    def _assemble(self) -> None:
        middle, words = _row(), _row()
        _column(self._side, self.controls, self.sights)
        _row(self._left).addWidget(self._choice, 0, Qt.AlignmentFlag.AlignLeft)
        _row(self._right).addWidget(self.see, 0, Qt.AlignmentFlag.AlignRight)
        middle.addWidget(self._balance)
        middle.addWidget(self.pacer, 1)
        middle.addWidget(self._side)
        words.addWidget(self._left)
        words.addWidget(self._word, 1)
        words.addWidget(self._right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(middle, 1)
        layout.addSpacing(12)
        layout.addLayout(words)
        layout.addWidget(self.line)


def _part() -> QWidget:
    part = QWidget()
    part.setAccessibleName("")
    return part


def _row(parent: QWidget | None = None) -> QHBoxLayout:
    """Make a row of things 32 px apart."""
    row = QHBoxLayout() if parent is None else QHBoxLayout(parent)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(32)
    return row


def _column(parent: QWidget, *widgets: QWidget) -> None:
    """Put these below each other, in the middle of the height."""
    column = QVBoxLayout(parent)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch(1)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
