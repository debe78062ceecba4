# SPDX-License-Identifier: MIT
"""The middle of the session: the breathing shape with its word and line, and the cards beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from dsp.plan import BreathPart
from resources.words import gettext as _
from ui.choices import PreferenceKeeper
from ui.client.controls import PacerControls
from ui.client.noticing import noticing_words
from ui.client.sights import SightsCard
from ui.client.view_choice import ViewChoice
from ui.client.ways_card import WaysCard
from ui.pacing import Pacing
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.label import safe_label
from ui.widgets.pacer import Pacer
from ui.words import breath_words

_SIDE_PX = 284
_UNBOUND = 16_777_215
_WORD_PX, _MARGINS = 264, 48  # room for the word, times the text's size; left and right of a narrow page
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

    words_wanted = Signal()
    side_turned = Signal()  # something beside the shape opened or closed

    def __init__(self, look: Look, pacing: Pacing, keeper: PreferenceKeeper, choice: ViewChoice) -> None:
        super().__init__()
        self._look = look
        self._pacing = pacing
        self._choice = choice
        self._part = BreathPart.REST
        self._t = 0.0
        self.setAccessibleName("")
        self.pacer = Pacer(look, pacing.breath, style=pacing.style, ahead=pacing.depths_around)
        self.pacer.setAccessibleName(_("Breathing shape"))
        self.controls = PacerControls(look, pacing)
        self.sights = SightsCard(look, keeper)
        self.sights.hide()
        self.ways = WaysCard(look, pacing)
        self.ways.hide()
        self.see = Button(look, _("What I see"), size=Size.NORMAL, key="W", is_quiet=True)
        self.say = Button(look, _("In a word"), size=Size.NORMAL, key="L", is_quiet=True)
        self.say.clicked.connect(self.words_wanted)
        self._word = safe_label(look, kind=Type.PAGE, align=Qt.AlignmentFlag.AlignHCenter)
        self.line = safe_label(look, kind=Type.LABEL, tone="text2", wrap=True, align=Qt.AlignmentFlag.AlignHCenter)
        self._left, self._right, self._balance, self._side = _part(), _part(), _part(), _part()
        self._words = _row()
        self._is_stacked = self._is_cramped = self._has_side = False
        self._assemble()
        self.pacer.turned.connect(self._turn)
        self.pacer.restyled.connect(self._say)
        pacing.changed.connect(self._say)
        self.sights.left.connect(self.turn_sights)
        self.sights.ways_wanted.connect(self.turn_ways)
        self.ways.left.connect(self.turn_ways)

    def begin(self) -> None:
        """Start anew with a session."""
        self._part = BreathPart.REST

    def hush(self, *, is_hushed: bool) -> None:
        """Leave the shape and its word alone."""
        for part in (self.see, self.say):
            part.setVisible(not is_hushed)
        self._fold_words()

    def choose_view(self, *, is_possible: bool) -> None:
        """Offer the choice of what stands below, where there is room for it."""
        self._left.setVisible(is_possible or not self._is_stacked)

    def see_these(self, sees: tuple[str, ...]) -> None:
        """Show the pace where it was switched on, and the shape as large as there is room."""
        is_choosing = not (self.sights.isHidden() and self.ways.isHidden())
        self.controls.setVisible("pace" in sees and not is_choosing)
        for part in (self._side, self._balance):
            part.setVisible("pace" in sees or is_choosing)
        self._has_side = "pace" in sees or is_choosing
        width, height = _WITH_VIEWS if "window" in sees or "traces" in sees else _ALONE
        self.pacer.reach(width_per_radius=width, height_per_radius=height)

    def turn_sights(self) -> None:
        """Open what the person wishes to see, or close whatever is open."""
        self.sights.refresh()
        is_open = not (self.sights.isHidden() and self.ways.isHidden())
        self.sights.setVisible(not is_open)
        self.ways.hide()
        self.side_turned.emit()

    def turn_ways(self) -> None:
        """Open how the person breathes along in place of what they see, or close it."""
        self.ways.setVisible(self.ways.isHidden())
        self.sights.hide()
        self.side_turned.emit()

    def refresh(self, t: float) -> None:
        """Go on to the next invitation, where somebody only notices; `t` is the session clock's."""
        if self._pacing.is_noticing and noticing_words(t) != noticing_words(self._t):
            self._t = t
            self._say()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the cards where they have too little room."""
        super().resizeEvent(event)
        self._fold_cards()

    def fold(self, *, is_low: bool, is_narrow: bool, is_cramped: bool) -> None:
        """Leave out what explains, where there is little room; cramped, the screen is higher than its window."""
        self._is_cramped = is_cramped
        self._fold_cards()
        self._choice.fold(is_tight=is_low or is_narrow)
        self._fold_words()
        for part in (self._balance, self._side):
            part.setFixedWidth(self._look.px(_SIDE_PX))
        self._balance.setVisible(self._has_side and not is_narrow)  # the shape need not stand in the very middle there

    def _fold_words(self) -> None:
        """Let the word stand in the middle: between what is beside it, or above that in a narrow window."""
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        shown = [part.sizeHint().width() for part in (self.say, self.see) if not part.isHidden()]
        beside = max(self._choice.needed().width(), sum(shown) + 8)
        self._is_stacked = 2 * beside + self._look.px(_WORD_PX) > min(self.width(), self.window().width() - _MARGINS)
        self._words.setDirection(down if self._is_stacked else right)
        for part in (self._left, self._right):
            part.setMinimumWidth(0 if self._is_stacked else beside)
            part.setMaximumWidth(_UNBOUND if self._is_stacked else beside)

    def _fold_cards(self) -> None:
        is_tight = self._is_cramped or self.height() < self._look.px(_CARDS_PX)
        self.controls.fold(is_tight=is_tight)
        self.sights.fold(is_tight=is_tight)

    def _turn(self, part: BreathPart) -> None:
        self._part = part
        self._say()

    def _say(self) -> None:
        """Say the breathing word of now."""
        if self._pacing.is_noticing:
            words = noticing_words(self._t)
        elif not self._pacing.is_on:
            words = _("your own pace")
        elif self._part is BreathPart.REST and not self._pacing.is_paused:
            words = ""
        else:
            words = breath_words(self._part)
        self.pacer.carry(words)
        self._word.say("" if self._pacing.style() == "words" else words)

    def _assemble(self) -> None:
        middle, words = _row(), self._words
        _column(self._side, self.controls, self.sights, self.ways)
        _row(self._left).addWidget(self._choice, 0, Qt.AlignmentFlag.AlignLeft)
        right = _row(self._right)
        right.setSpacing(8)
        right.addStretch(1)
        right.addWidget(self.say)
        right.addWidget(self.see)
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
