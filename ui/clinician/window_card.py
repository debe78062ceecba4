# SPDX-License-Identifier: MIT
"""The chosen person’s window on a card: its bounds by drag, which rest they are held against, and a new rest.

Law: a moved handle sets nothing until a reason is given (`asked`); Revert brings back what was measured.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from dsp.baseline import ArousalState
from resources.words import gettext as _
from ui.arousal.bounds_slider import BoundsSlider
from ui.arousal.holding import TODAY, USUAL
from ui.arousal.reading import ArousalReading
from ui.arousal.words import bounds_words, measured_words, rest_wanted_words, window_words
from ui.clinician.card_head import Aside, card_column
from ui.key_table import Act
from ui.keys import Keymap
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.widgets.segmented import Segmented

_REFERENCES = (USUAL, TODAY)


class WindowCard(Card):
    """The bounds of the chosen person's window.

    Parameters
    ----------
    look : Look
        The look it follows.
    keymap : Keymap
        Names the keys.
    """

    moved = Signal(float, float)  # a wish: a reason is asked for
    reverted = Signal()
    against = Signal(str)
    rest_wanted = Signal()

    def __init__(self, look: Look, keymap: Keymap) -> None:
        super().__init__(look, _("Window"))
        self.since = Aside(look)
        self.slider = BoundsSlider(look)
        self.slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.slider.setMinimumWidth(look.px(160))
        self._lower = safe_label(look, kind=Type.FIGURES)
        self._upper = safe_label(look, kind=Type.FIGURES, align=Qt.AlignmentFlag.AlignRight)
        self.note = safe_label(look, kind=Type.AXIS, tone="text2", wrap=True)
        self.which = Segmented(look, _("The level is held against"), (_("usual rest"), _("today’s")))
        self.revert = Button(look, _("Revert"), size=Size.NORMAL)
        self.rest = Button(look, _("New rest"), size=Size.NORMAL, key="B")
        keymap.label(self.rest, Act.REST)
        self._is_moved = False
        self._assemble()
        self.slider.wanted.connect(self._move)
        self.which.chosen.connect(lambda index: self.against.emit(_REFERENCES[index]))
        self.revert.clicked.connect(self.reverted)
        self.rest.clicked.connect(self.rest_wanted)
        self.show_window(None, ArousalState(0.0))

    def show_window(self, reading: ArousalReading | None, state: ArousalState) -> None:
        """Show what holds; without a window there is nothing to move."""
        window = None if reading is None else reading.window()
        holding = None if reading is None else reading.holding
        self.slider.setEnabled(window is not None)
        self.slider.show_level(state.level if window is not None else None)
        self.revert.setEnabled(window is not None and window.is_by_hand)
        self.since.say(_since(reading))
        if window is not None and holding is not None and not self._is_moved:
            self._show_bounds(*(holding.bounds or (window.lower, window.upper)))
        if window is None:
            self._lower.say("")
            self._upper.say("")
        self.note.say(_note(reading))
        self.note.setVisible(bool(self.note.text()))
        reference = None if holding is None else holding.reference
        self.which.setVisible(reference is not None)
        if reference is not None:
            self.which.choose(_REFERENCES.index(reference))

    def release(self) -> None:
        """Go back to the bounds that hold: nothing was moved, or it is set."""
        self._is_moved = False

    def _show_bounds(self, lower: float, upper: float) -> None:
        self.slider.show_bounds(lower, upper)
        self._say(lower, upper)

    def _move(self, lower: float, upper: float) -> None:
        self._is_moved = True
        self._say(lower, upper)
        self.moved.emit(lower, upper)

    def _say(self, lower: float, upper: float) -> None:
        below, above = bounds_words(lower, upper)
        self._lower.say(below)
        self._upper.say(above)

    def _assemble(self) -> None:
        column = card_column(self._look, self, _("Window"), self.since)
        ends, foot = QHBoxLayout(), QHBoxLayout()
        ends.addWidget(self._lower)
        ends.addStretch(1)
        ends.addWidget(self._upper)
        foot.setSpacing(8)
        foot.addWidget(self.revert)
        foot.addWidget(self.rest, 1)
        column.addWidget(self.slider)
        column.addLayout(ends)
        column.addWidget(self.note)
        column.addWidget(self.which)
        column.addStretch(1)
        column.addLayout(foot)


def _since(reading: ArousalReading | None) -> str:
    """Say since when the window holds, and what it was measured with."""
    window = None if reading is None else reading.window()
    if reading is None or window is None:
        return ""
    if window.is_by_hand or window.is_provisional:
        return window_words(window)
    return measured_words(reading.holding.baseline) or window_words(window)


def _note(reading: ArousalReading | None) -> str:
    if reading is None or reading.window() is None:
        return _("There is no window yet: it comes with a rest.")
    return rest_wanted_words(reading.holding.rest_wanted)
