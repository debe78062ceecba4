# SPDX-License-Identifier: MIT
"""What may be offered to the chosen person now: one thing at a time, and the next one by a button.

Law: nothing starts before the client chooses it; who has no screen of their own is offered nothing.
"""

from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from dsp.codes import Zone
from ui.clinician.words import zone_word
from ui.cue_words import CueWords, OfferWords
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label


class CueCard(Card):
    """The offer.

    Parameters
    ----------
    look : Look
        The look it follows.
    cues : CueWords
        What may be offered, in words.
    """

    offered = Signal()

    def __init__(self, look: Look, cues: CueWords) -> None:
        super().__init__(look, _("Cue"))
        self._cues = cues
        self._zone = Zone.UNKNOWN
        self._index = 0
        self._title = safe_label(look, _("Cue"), kind=Type.TITLE)
        self.whom = safe_label(look, kind=Type.AXIS, tone="text2")
        self.name = safe_label(look, kind=Type.STRONG, wrap=True)
        self._words = safe_label(look, tone="text2", wrap=True)
        self.offer = Button(look, _("Offer"), size=Size.NORMAL, key="C", is_primary=True)
        self.other = Button(look, _("Another"), size=Size.NORMAL)
        self.offer.clicked.connect(self.offered)
        self.other.clicked.connect(self.go_on)
        self._assemble()

    @property
    def chosen(self) -> OfferWords | None:
        """What would be offered now."""
        menu = self._menu()
        return menu[self._index % len(menu)] if menu else None

    def go_on(self) -> None:
        """Choose the next one."""
        self._index += 1
        self._say()

    def show_person(self, code: str, zone: Zone, *, has_screen: bool, offered: str | None) -> None:
        """Show what fits a person's zone."""
        if zone is not self._zone:
            self._zone, self._index = zone, 0
        self.whom.say(_("{code}, {zone}").format(code=code, zone=zone_word(zone)))
        self.offer.setEnabled(has_screen and self.chosen is not None and offered is None)
        self._say()
        if not has_screen:
            self._words.say(_("Offers appear on the client’s screen alone."))
        elif offered is not None:
            self._words.say(_("On the client’s screen now; it leaves after 30 s untouched."))

    def _menu(self) -> list[OfferWords]:
        """Give what fits; where the zone is not known, what fits above it."""
        zone = self._zone if self._zone in (Zone.ABOVE, Zone.BELOW) else Zone.ABOVE
        return list(self._cues.menu(zone))

    def _say(self) -> None:
        chosen = self.chosen
        self.name.say("" if chosen is None else chosen.title)
        self._words.say(_("A choice on the client’s screen; nothing starts by itself."))
        self.other.setEnabled(len(self._menu()) > 1)

    def _assemble(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.whom)
        foot.setSpacing(8)
        foot.addWidget(self.offer, 1)
        foot.addWidget(self.other, 1)
        layout.addLayout(head)
        layout.addWidget(self.name)
        layout.addWidget(self._words)
        layout.addStretch(1)
        layout.addLayout(foot)
