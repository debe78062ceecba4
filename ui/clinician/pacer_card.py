# SPDX-License-Identifier: MIT
"""The chosen person's pacer: the coming breaths, its pace, its proportions, whether the breath follows, on or off."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from dsp.codes import Adherence, CueKind
from resources.words import gettext as _
from resources.words import number
from ui.clinician.breath_curve import BreathCurve
from ui.clinician.card_head import Aside, card_column
from ui.clinician.hand import rate_of
from ui.clinician.person import PersonReading
from ui.key_table import Act
from ui.keys import Keymap
from ui.pacing import RATIOS
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.widgets.segmented import Segmented
from ui.words import ratio_words


class PacerCard(Card):
    """What the clinician may change about the breathing.

    Parameters
    ----------
    look : Look
        The look it follows.
    keymap : Keymap
        Names the keys.
    """

    stepped = Signal(int)
    toggled = Signal()
    paused = Signal()
    shaped = Signal(int)

    def __init__(self, look: Look, keymap: Keymap) -> None:
        super().__init__(look, _("Pacer"))
        self.following = Aside(look)
        self.curve = BreathCurve(look)
        self.slower = Button(look, "", size=Size.NORMAL, icon="minus")
        self.rate = safe_label(look, kind=Type.VALUE)
        self._unit = safe_label(look, _("/min"), kind=Type.AXIS, tone="text2")
        self.quicker = Button(look, "", size=Size.NORMAL, icon="plus")
        self._ratio = Segmented(look, _("In to out"), [ratio_words(*ratio) for ratio in RATIOS])
        self.power = Button(look, _("Off"), size=Size.NORMAL, key="P", others=(_("On"),))
        self.pause = Button(look, _("Pause"), size=Size.NORMAL, others=(_("Go on"),))
        keymap.label(self.power, Act.PACER)
        self.slower.setAccessibleName(_("Slower"))
        self.quicker.setAccessibleName(_("Quicker"))
        self.power.setCheckable(True)
        self.power.clicked.connect(self.toggled)
        self.pause.clicked.connect(self.paused)
        self.slower.clicked.connect(lambda: self.stepped.emit(-1))
        self.quicker.clicked.connect(lambda: self.stepped.emit(1))
        self._ratio.chosen.connect(self.shaped)
        self._assemble()

    def show_pacer(self, t: float, reading: PersonReading | None) -> None:
        """Show the pace that holds at `t`."""
        cue = None if reading is None else reading.cue
        is_on = cue is not None and cue.kind is not CueKind.SILENCE
        is_paused = cue is not None and cue.kind is CueKind.PAUSED
        rate = "–" if reading is None else number(rate_of(reading), ".1f")
        self.rate.say(rate)
        self.power.setChecked(is_on)
        self.power.say(_("On") if is_on else _("Off"))
        self.power.setAccessibleDescription(_("breathing pacer on or off"))
        self.pause.setEnabled(is_on)
        self.pause.say(_("Go on") if is_paused else _("Pause"))
        following = _following(cue.adherence) if cue is not None and is_on else ""
        self.following.say(following)
        self.curve.setAccessibleDescription(_("{rate} a minute; {following}").format(rate=rate, following=following))
        shape = None
        if cue is not None and cue.plan is not None:
            shape = cue.plan.segment_at(t).shape
        ratio = None if shape is None else (shape.inhale, shape.exhale)
        self._ratio.choose(RATIOS.index(ratio) if ratio in RATIOS else None)

    def follow(self, t: float, reading: PersonReading) -> None:
        """Let the curve go on; called some 30 times a second."""
        if self.isVisible():
            is_paced = reading.cue.kind is CueKind.BREATH
            self.curve.follow(t, reading.cue.plan if is_paced else None, is_still=self._look.is_still)

    def _assemble(self) -> None:
        column = card_column(self._look, self, _("Pacer"), self.following)
        pace, foot = QHBoxLayout(), QHBoxLayout()
        pace.setSpacing(4)
        pace.addWidget(self.slower)
        pace.addStretch(1)
        pace.addWidget(self.rate, 0, Qt.AlignmentFlag.AlignBaseline)
        pace.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBaseline)
        pace.addStretch(1)
        pace.addWidget(self.quicker)
        foot.setSpacing(8)
        foot.addWidget(self.power, 1)
        foot.addWidget(self.pause, 1)
        column.addWidget(self.curve)
        column.addLayout(pace)
        column.addWidget(self._ratio)
        column.addStretch(1)
        column.addLayout(foot)


def _following(adherence: Adherence | None) -> str:
    return {
        Adherence.FOLLOWING: _("following"),
        Adherence.NOT_FOLLOWING: _("not following"),
        Adherence.CANNOT_SEE: _("cannot be seen"),
        None: "",
    }[adherence]
