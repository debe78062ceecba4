# SPDX-License-Identifier: MIT
"""The rest behind a window on a card: what it was, which one holds, and the one before it, to be had back.

Law: nothing is chosen by itself; every choice can be taken back here.
"""

from PySide6.QtCore import Signal

from resources.words import gettext as _
from ui.arousal.card_parts import fill
from ui.arousal.decisions import WindowDecisions
from ui.arousal.holding import TODAY, USUAL, WindowHolding
from ui.arousal.words import rest_rows, rest_wanted_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.widgets.rows import Rows
from ui.widgets.segmented import Segmented

_REFERENCES = (USUAL, TODAY)


class RestCard(Card):
    """The rest that a window comes from.

    Parameters
    ----------
    look : Look
        The look it follows.
    decisions : WindowDecisions
        Makes what is decided here into commands.
    """

    rest_wanted = Signal()

    def __init__(self, look: Look, decisions: WindowDecisions) -> None:
        super().__init__(look, _("The rest behind it"))
        self._title = safe_label(look, _("The rest behind it"), kind=Type.TITLE)
        kinds = ((Type.BODY, "text2"), (Type.FIGURES, "text"))
        self._rows = Rows(look, _("The rest behind it"), kinds)
        self._wanted = safe_label(look, tone="text2", wrap=True)
        self._which = safe_label(look, _("The level is held against"), tone="text2", wrap=True)
        self.choice = Segmented(look, _("The level is held against"), (_("the usual rest"), _("today’s rest")))
        self._unusual = safe_label(look, kind=Type.AXIS, tone="text2", wrap=True)
        self.back = Button(
            look, _("Have the old one back"), size=Size.NORMAL, others=(_("Take the new one after all"),)
        )
        self.anew = Button(look, _("Calibrate again"), size=Size.NORMAL, key="B")
        self.choice.chosen.connect(lambda index: decisions.hold_against(_REFERENCES[index]))
        self.back.clicked.connect(decisions.go_back)
        self.anew.clicked.connect(self.rest_wanted)
        fill(
            self,
            (self._title, self._rows, self._wanted, self._which, self.choice, self._unusual),
            (self.back, self.anew),
        )

    def refresh(self, holding: WindowHolding) -> None:
        """Show what holds."""
        self._rows.show_rows(rest_rows(holding.baseline))
        self._wanted.say(rest_wanted_words(holding.rest_wanted))
        self._wanted.setVisible(holding.rest_wanted is not None)
        reference = holding.reference
        for widget in (self._which, self.choice, self._unusual):
            widget.setVisible(reference is not None)
        if reference is not None:
            self.choice.choose(_REFERENCES.index(reference))
            is_unusual = holding.baseline is not None and holding.baseline.is_unusual
            self._unusual.say(_("today’s rest differs from the usual") if is_unusual else _("both are much alike"))
        self.back.setVisible(holding.can_go_back)
        self.back.say(_("Take the new one after all") if holding.is_back else _("Have the old one back"))
