# SPDX-License-Identifier: MIT
"""The first line of a person's card: code, zone with its word, what it rests on, the signal and the battery."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dsp.codes import Zone
from dsp.stream import ArousalState
from resources.words import gettext as _
from ui.arousal.zone_mark import ZoneMark
from ui.clinician.card_head import Aside
from ui.clinician.measures import LiveValue
from ui.clinician.words import basis_words, signal_words, zone_line, zone_word
from ui.heart import HeartShown
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.bars import Battery
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label


class PersonHead(QWidget):
    """What is said of a person at a glance.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(_("Person"))
        self.code = safe_label(look, kind=Type.VALUE)
        self._mark = ZoneMark(look, Zone.UNKNOWN, _("unknown"), size=14)
        self.zone = safe_label(look, kind=Type.TITLE)
        self.line = Aside(look, Type.BODY, "text2", Qt.AlignmentFlag.AlignLeading)
        self.rate = safe_label(look, kind=Type.STRONG)
        self._unit = safe_label(look, _("bpm"), kind=Type.AXIS, tone="text2")
        self.basis = safe_label(look, tone="text2")
        self._icon = Icon(look, "resting", _("signal"), size=18)
        self.signal = safe_label(look, tone="text2")
        self._battery = Battery(look)
        self.charge = safe_label(look, kind=Type.FIGURES, tone="text2")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for left in (self.code, self._mark, self.zone):
            layout.addWidget(left)
        layout.addWidget(self.line, 1)
        for widget in (self.rate, self._unit, self.basis, self._icon, self.signal, self._battery, self.charge):
            layout.addWidget(widget)

    def show_state(self, state: ArousalState, seconds: float, asked: str) -> None:
        """Show where the person is, for how long, and what they asked for just now."""
        zone = Zone.UNKNOWN if state.is_grey else state.zone
        self._mark.show_zone(zone, zone_word(zone))
        self.zone.say(zone_word(zone))
        self.line.say(asked or zone_line(state, seconds))
        self.line.recolor("text" if asked else "text2")
        self.basis.say("" if asked else basis_words(state))

    def show_rate(self, shown: LiveValue) -> None:
        """Show the heart rate, where the card has no room for the numbers."""
        self.rate.say("–" if shown.value is None else f"{shown.value:.0f}")
        self.rate.recolor("text3" if shown.is_dim or shown.value is None else "text")

    def show_signal(self, heart: HeartShown, battery: int | None) -> None:
        """Show how the heart is read, and the lowest battery; nothing where none says."""
        words = signal_words(heart)
        self._icon.show_icon(heart.signal.value, words, "text2")
        self.signal.say(words)
        self._battery.setVisible(battery is not None)
        self.charge.setVisible(battery is not None)
        if battery is not None:
            self._battery.show_charge(battery, _("battery {n} %").format(n=battery))
            self.charge.say(_("{n} %").format(n=battery))

    def fold(self, *, is_tight: bool, is_compact: bool) -> None:
        """Leave out what explains, where there is little room; where there are no numbers below, say the heart rate."""
        self.basis.setVisible(not is_tight)
        self.signal.setVisible(not is_tight)
        for part in (self.rate, self._unit):
            part.setVisible(is_compact)
