# SPDX-License-Identifier: MIT
"""What may be offered to the chosen person now: one thing at a time, the one before and the next one beside it.

Law: nothing starts before the client chooses it; who has no screen of their own is offered nothing.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from dsp.codes import Zone
from resources.words import gettext as _
from ui.arousal.zone_mark import ZoneMark
from ui.clinician.card_head import Aside, card_column
from ui.clinician.words import zone_word
from ui.cue_words import CueWords, OfferWords
from ui.key_table import Act
from ui.keys import Keymap
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
    keymap : Keymap
        Names the keys.
    cues : CueWords
        What may be offered, in words.
    """

    offered = Signal()

    def __init__(self, look: Look, keymap: Keymap, cues: CueWords) -> None:
        super().__init__(look, _("Cue"))
        self._cues = cues
        self._zone = Zone.UNKNOWN
        self._index = 0
        self.whom = Aside(look)
        self._mark = ZoneMark(look, Zone.UNKNOWN, _("unknown"), size=12)
        self.name = safe_label(look, kind=Type.STRONG, wrap=True, align=Qt.AlignmentFlag.AlignHCenter)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._words = safe_label(look, tone="text2", wrap=True)
        self.offer = Button(look, _("Offer"), size=Size.NORMAL, key="C", is_primary=True)
        self.before = Button(look, "", size=Size.NORMAL, icon="chevron-left")
        self.other = Button(look, "", size=Size.NORMAL, icon="chevron-right")
        self.before.setAccessibleName(_("The offer before"))
        self.other.setAccessibleName(_("The next offer"))
        keymap.label(self.offer, Act.OFFER)
        self.offer.clicked.connect(self.offered)
        self.before.clicked.connect(lambda: self.go_on(-1))
        self.other.clicked.connect(lambda: self.go_on(1))
        self._assemble()

    @property
    def chosen(self) -> OfferWords | None:
        """What would be offered now."""
        menu = self._menu()
        return menu[self._index % len(menu)] if menu else None

    def go_on(self, steps: int = 1) -> None:
        """Choose the next one, or one before."""
        self._index += steps
        self._say()

    def show_person(self, code: str, zone: Zone, *, has_screen: bool, offered: str | None) -> None:
        """Show what fits a person's zone."""
        if zone is not self._zone:
            self._zone, self._index = zone, 0
        self._mark.show_zone(zone, zone_word(zone))
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
        self.name.say(_("nothing to offer") if chosen is None else chosen.title)
        self._words.say(_("A choice on the client’s screen; nothing starts by itself."))
        for button in (self.before, self.other):
            button.setEnabled(len(self._menu()) > 1)

    def _assemble(self) -> None:
        column = card_column(self._look, self, _("Cue"), self.whom, self._mark)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.before)
        row.addWidget(self.name, 1)
        row.addWidget(self.other)
        column.addLayout(row)
        column.addWidget(self._words)
        column.addStretch(1)
        column.addWidget(self.offer)
