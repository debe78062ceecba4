# SPDX-License-Identifier: MIT
"""The top bar: how long the session runs, whether it is stored, whose signals are shown, veil and stop."""

from collections.abc import Sequence
from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from dsp.stream import Recording
from ui.consent.words import storing_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Bar, Hairline
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label
from ui.words import age_words, clock_words

_NARROW_PX = 1000


class TopBar(Bar):
    """What holds for the whole session.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    veil_wanted = Signal()
    stop_wanted = Signal()
    hide_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Session"))
        self._brand = Icon(look, "logo", "Attune", size=22, tone="signal")
        self._name = safe_label(look, "Attune", kind=Type.TITLE)
        self.clock = safe_label(look, clock_words(0), kind=Type.VALUE)
        self.storing = safe_label(look, tone="text2")
        self.place = safe_label(look, tone="text2")
        self.hide_button = Button(look, _("Hide"), size=Size.NORMAL, key=_("Ctrl+L"), is_quiet=True)
        self.veil = Button(look, _("Veil"), size=Size.NORMAL, key="V")
        self.stop = Button(look, _("Stop all cues"), size=Size.NORMAL, key=_("Esc"))
        self.veil.setCheckable(True)
        self.hide_button.clicked.connect(self.hide_wanted)
        self.veil.clicked.connect(self.veil_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self._rule = Hairline(look, is_upright=True)
        self._assemble()

    def show_session(self, seconds: float, t: float, recording: Recording) -> None:
        """Show how long the session runs, and how it is stored at `t`."""
        self.clock.say(clock_words(seconds))
        words = storing_words(recording)
        if recording.on_disk_t is not None and recording.reason is None and recording.persons:
            age_s = max(t - recording.on_disk_t, 0.0)
            self.storing.say(_("stored, {age} ago").format(age=age_words(age_s)))
        else:
            self.storing.say(words.sentence)

    def show_place(self, words: str) -> None:
        """Say what is to be known of the displays."""
        self.place.say(words)

    def fold(self, width: int) -> None:
        """Leave out what explains, where there is little room."""
        is_narrow = width < self._look.px(_NARROW_PX)
        for part in (self._name, self.place, self._rule):
            part.setVisible(not is_narrow)
        direction = QBoxLayout.Direction.TopToBottom if width < self._look.px(640) else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(direction)

    def _assemble(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(12)
        said: Sequence[QWidget] = (self._brand, self._name, self._rule, self.clock, self.storing)
        self._row.addLayout(_line(said, is_left=True))
        self._row.addStretch(1)
        self._row.addLayout(_line((self.place, self.hide_button, self.veil, self.stop), is_left=False))


def _line(parts: Sequence[QWidget], *, is_left: bool) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(12)
    for part in parts:
        line.addWidget(part)
    if is_left:
        line.addStretch(1)
    return line
