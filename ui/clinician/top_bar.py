# SPDX-License-Identifier: MIT
"""The top bar: how long the session runs, whether it is stored, where the client's screen is, veil and stop."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from dsp.stream import Recording
from resources.words import gettext as _
from ui.clinician.card_head import Aside
from ui.consent.words import storing_words
from ui.key_table import Act
from ui.keys import Keymap, key_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Bar, Hairline
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label
from ui.widgets.wrap import Wrap
from ui.words import age_words, clock_words

_NARROW_PX, _SMALL_PX = 1120, 640


class TopBar(Bar):
    """What holds for the whole session.

    Parameters
    ----------
    look : Look
        The look it follows.
    keymap : Keymap
        Names the keys.
    """

    veil_wanted = Signal()
    stop_wanted = Signal()
    hide_wanted = Signal()
    other_display_wanted = Signal()

    def __init__(self, look: Look, keymap: Keymap) -> None:
        super().__init__(look, _("Session"))
        self._brand = Icon(look, "logo", "Attune", size=22, tone="signal")
        self._name = safe_label(look, "Attune", kind=Type.TITLE)
        self.clock = safe_label(look, clock_words(0), kind=Type.VALUE)
        self.storing = Aside(look, Type.BODY, "text2", Qt.AlignmentFlag.AlignLeading)
        self.place = Button(look, "", size=Size.NORMAL, icon="display", is_quiet=True)
        self.place.setAccessibleDescription(_("put this window on the next display"))
        self.hide_button = Button(look, _("Hide"), size=Size.NORMAL, is_quiet=True)
        self.veil = Button(look, _("Veil"), size=Size.NORMAL, icon="veil")
        self.stop = Button(look, _("Stop all cues"), size=Size.NORMAL, key=key_words("Esc"), icon="stop")
        self.veil.setCheckable(True)
        keymap.label(self.hide_button, Act.HIDE)
        keymap.label(self.veil, Act.VEIL)
        self.place.clicked.connect(self.other_display_wanted)
        self.hide_button.clicked.connect(self.hide_wanted)
        self.veil.clicked.connect(self.veil_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self._rule = Hairline(look, is_upright=True)
        self._is_narrow = False
        self._acts = Wrap(_("What can be done"), (self.place, self.hide_button, self.veil, self.stop))
        self._assemble()
        self._show_parts()

    def show_session(self, seconds: float, t: float, recording: Recording, *, is_held: bool) -> None:
        """Show how long the session runs, and how it is stored at `t`."""
        self.clock.say(clock_words(max(seconds, 0.0)))
        is_stored = recording.on_disk_t is not None and recording.reason is None and bool(recording.persons)
        if is_stored and is_held:
            self.storing.say(_("storing rests until you keep it"))
        elif is_stored and recording.on_disk_t is not None:
            self.storing.say(_("stored, {age} ago").format(age=age_words(max(t - recording.on_disk_t, 0.0))))
        else:
            self.storing.say(storing_words(recording).sentence)

    def show_place(self, words: str) -> None:
        """Say where the client's screen is."""
        if words != self.place.text():
            self.place.say(words)
            self._show_parts()

    def fold(self, width: int) -> None:
        """Leave out what explains, where there is little room."""
        self._is_narrow = width < self._look.px(_NARROW_PX)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if width < self._look.px(_SMALL_PX) else right)
        self._show_parts()

    def _show_parts(self) -> None:
        for part in (self._name, self._rule):
            part.setVisible(not self._is_narrow)
        self.place.setVisible(bool(self.place.text()) and not self._is_narrow)
        self._acts.renew()

    def _assemble(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(12)
        said = (self._brand, self._name, self._rule, self.clock, self.storing)
        self._row.addLayout(_line(*said), 1)
        self._row.addWidget(self._acts)


def _line(*parts: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(12)
    for part in parts:
        line.addWidget(part, 1 if isinstance(part, Aside) else 0)
    return line
