# SPDX-License-Identifier: MIT
"""The pacer's own card: its pace, its proportions, and on or off."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from resources.words import number
from ui.pacing import RATIOS, Pacing
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.widgets.segmented import Segmented
from ui.words import following_words, ratio_words


class PacerControls(Card):
    """What a person may change about the breathing.

    Parameters
    ----------
    look : Look
        The look it follows.
    pacing : Pacing
        What it steers.
    """

    pace_wanted = Signal()

    def __init__(self, look: Look, pacing: Pacing) -> None:
        super().__init__(look, _("Breathing pace"))
        self._pacing = pacing
        self._title = safe_label(look, _("Breathing pace"), kind=Type.TITLE)
        self._slower = Button(look, "", size=Size.NORMAL, icon="minus")
        self._rate = safe_label(look, kind=Type.VALUE)
        self._unit = safe_label(look, _("a minute"), tone="text2")
        self._quicker = Button(look, "", size=Size.NORMAL, icon="plus")
        self._ratio = Segmented(look, _("In to out"), [ratio_words(*ratio) for ratio in RATIOS])
        self._ratio_name = safe_label(look, _("in : out"), kind=Type.AXIS, tone="text2")
        self._own = Button(look, _("At my own pace"), size=Size.NORMAL)
        self._find = Button(look, _("Find my pace"), size=Size.NORMAL, key="R", is_quiet=True)
        self._find.clicked.connect(self.pace_wanted)
        self._following = safe_label(look, kind=Type.AXIS, tone="text2", wrap=True)
        self._power = Button(look, _("Off"), size=Size.NORMAL, key="P", others=(_("On"),))
        self._name_parts()
        self._assemble()
        self._slower.clicked.connect(pacing.slower)
        self._quicker.clicked.connect(pacing.quicker)
        self._ratio.chosen.connect(self._choose_ratio)
        self._own.clicked.connect(self._choose_own)
        self._power.clicked.connect(pacing.toggle)
        pacing.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the pace that holds."""
        self._rate.say(number(self._pacing.breaths_per_min, ".1f"))
        ratio = self._pacing.ratio
        self._ratio.choose(RATIOS.index(ratio) if ratio in RATIOS else None)
        self._own.setChecked(self._pacing.is_at_own_pace)
        self._following.say(following_words(self._pacing.adherence) if self._pacing.is_at_own_pace else "")
        self._following.setVisible(self._pacing.is_at_own_pace)
        self._power.setChecked(self._pacing.is_on)
        self._power.say(_("On") if self._pacing.is_on else _("Off"))

    def fold(self, *, is_tight: bool) -> None:
        """Keep the pace and the switch, where there is little room."""
        for widget in (self._title, self._ratio_name, self._ratio, self._find):
            widget.setVisible(not is_tight)
        self._column.setSpacing(8 if is_tight else 16)
        self._column.setContentsMargins(20, 12 if is_tight else 16, 20, 12 if is_tight else 20)

    def _name_parts(self) -> None:
        self._slower.setAccessibleName(_("Slower"))
        self._slower.setAccessibleDescription(_("half a breath a minute less, key Down"))
        self._quicker.setAccessibleName(_("Quicker"))
        self._quicker.setAccessibleDescription(_("half a breath a minute more, key Up"))
        self._own.setCheckable(True)
        self._own.setAccessibleDescription(_("starts where your breath is, and slows no faster than you follow"))
        self._power.setCheckable(True)
        self._power.setAccessibleDescription(_("breathing pacer on or off, key P"))

    def _assemble(self) -> None:
        rate = QHBoxLayout()
        rate.setSpacing(4)
        rate.addWidget(self._slower)
        rate.addStretch(1)
        rate.addWidget(self._rate, alignment=Qt.AlignmentFlag.AlignBaseline)
        rate.addWidget(self._unit, alignment=Qt.AlignmentFlag.AlignBaseline)
        rate.addStretch(1)
        rate.addWidget(self._quicker)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 20)
        layout.setSpacing(16)
        layout.addWidget(self._title)
        layout.addLayout(rate)
        layout.addLayout(_belonging(self._ratio_name, self._ratio))
        layout.addLayout(_belonging(self._own, self._following))
        layout.addWidget(self._power)
        layout.addWidget(self._find)

    def _choose_own(self) -> None:
        """Let the own breath lead; once more leaves the pace where it is."""
        if self._pacing.is_at_own_pace:
            self._pacing.start_at(self._pacing.breaths_per_min)
        else:
            self._pacing.lead()
        self.refresh()

    def _choose_ratio(self, index: int) -> None:
        self._pacing.choose_ratio(*RATIOS[index])


def _belonging(*widgets: QWidget) -> QVBoxLayout:
    """Put these close below each other: they say one thing."""
    column = QVBoxLayout()
    column.setSpacing(8)
    for widget in widgets:
        column.addWidget(widget)
    return column
