# SPDX-License-Identifier: MIT
"""The window's bounds on a card: moved with a reason, logged, and taken back.

Law: a moved handle sets nothing until a reason is given; one press takes back what was set.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dsp.baseline import ArousalState
from resources.words import gettext as _
from ui.arousal.bounds_slider import BoundsSlider
from ui.arousal.decisions import LONGEST_REASON, WindowDecisions
from ui.arousal.holding import BoundsChange
from ui.arousal.reading import ArousalReading
from ui.arousal.words import bounds_words, change_words, measured_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import safe_label

_SHOWN = 3  # changes


class BoundsCard(Card):
    """The window's bounds.

    Parameters
    ----------
    look : Look
        The look it follows.
    decisions : WindowDecisions
        Makes what is decided here into commands.
    """

    def __init__(self, look: Look, decisions: WindowDecisions) -> None:
        super().__init__(look, _("The window’s bounds"))
        self._decisions = decisions
        self._started_t = 0.0
        self._held: tuple[float, float] | None = None
        self._title = safe_label(look, _("Window"), kind=Type.TITLE)
        self._measured = safe_label(look, kind=Type.AXIS, tone="text2", align=Qt.AlignmentFlag.AlignRight)
        self.slider = BoundsSlider(look)
        self.slider.setSizePolicy(self.sizePolicy().horizontalPolicy(), self.slider.sizePolicy().verticalPolicy())
        self._lower, self._upper = safe_label(look, kind=Type.FIGURES), safe_label(look, kind=Type.FIGURES)
        self._upper.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._asked = QWidget()
        self._asked.setAccessibleName(_("Why?"))
        why = _("Why? The reason is kept with the change: one of these, or another one and Enter.")
        self._why = safe_label(look, why, tone="text2", wrap=True)
        self.reason = Field(look, _("Reason"), longest=LONGEST_REASON)
        self.reason.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # it takes what the row leaves
        self.reasons = [Button(look, words, size=Size.NORMAL) for words in usual_reasons()]
        self._leave = Button(look, _("Not now"), size=Size.NORMAL, is_quiet=True)
        self.revert = Button(look, _("Revert"), size=Size.NORMAL)
        self._log = safe_label(look, kind=Type.AXIS, tone="text2", wrap=True)
        self._assemble()
        self._wire()
        self._ask(is_asked=False)

    def begin(self, t: float) -> None:
        """Begin anew at `t`, seconds on the session clock."""
        self._started_t = t
        self._held = None
        self._ask(is_asked=False)

    def refresh(self, reading: ArousalReading, state: ArousalState) -> None:
        """Show what holds."""
        held = reading.holding.bounds
        self.setEnabled(held is not None)
        self._measured.say(measured_words(reading.holding.baseline))
        self.slider.show_level(state.level)
        self.revert.setEnabled(reading.holding.is_by_hand)
        self._say_log(reading.holding.changes)
        if held is not None and held != self._held and self._asked.isHidden():
            self._held = held
            self.slider.show_bounds(*held)
            self._say_bounds(*held)

    def _say_bounds(self, lower: float, upper: float) -> None:
        lower_words, upper_words = bounds_words(lower, upper)
        self._lower.say(lower_words)
        self._upper.say(upper_words)

    def _say_log(self, changes: Sequence[BoundsChange]) -> None:
        shown = [change_words(change, self._started_t) for change in changes[-_SHOWN:]]
        self._log.say("\n".join(reversed(shown)))
        self._log.setVisible(bool(shown))

    def _move(self, lower: float, upper: float) -> None:
        self._say_bounds(lower, upper)
        self._ask(is_asked=True)

    def _set(self, reason: str) -> None:
        if not self._asked.isHidden() and self._decisions.set_bounds(*self.slider.bounds, reason):
            self._ask(is_asked=False)

    def _go_back(self) -> None:
        if self._held is not None:
            self.slider.show_bounds(*self._held)
            self._say_bounds(*self._held)
        self._ask(is_asked=False)

    def _ask(self, *, is_asked: bool) -> None:
        self._asked.setVisible(is_asked)
        if not is_asked:
            self.reason.clear()
            self._held = None  # what holds by then is shown with the next second

    def _wire(self) -> None:
        self.slider.wanted.connect(self._move)
        self.reason.returnPressed.connect(lambda: self._set(self.reason.text()))
        for words, button in zip(usual_reasons(), self.reasons, strict=True):
            button.clicked.connect(lambda _checked=False, reason=words: self._set(reason))
        self._leave.clicked.connect(self._go_back)
        self.revert.clicked.connect(self._decisions.revert)

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._measured, 1)
        ends = QHBoxLayout()
        ends.addWidget(self._lower, 1)
        ends.addWidget(self._upper, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.slider)
        layout.addLayout(ends)
        layout.addWidget(self._asked)
        layout.addWidget(self.revert, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._log)
        asked = QVBoxLayout(self._asked)
        asked.setContentsMargins(0, 4, 0, 4)
        asked.setSpacing(8)
        asked.addWidget(self._why)
        for pair in (self.reasons[:2], self.reasons[2:]):
            row = QHBoxLayout()
            row.setSpacing(8)
            for button in pair:
                row.addWidget(button, 1)
            asked.addLayout(row)
        typed = QHBoxLayout()
        typed.setSpacing(8)
        typed.addWidget(self.reason, 1)
        typed.addWidget(self._leave)
        asked.addLayout(typed)


def usual_reasons() -> tuple[str, str, str, str]:
    """Give the reasons that bounds are moved for most."""
    return _("talking reads above"), _("the rest was restless"), _("the felt edge"), _("medicine or illness")
