# SPDX-License-Identifier: MIT
"""What moved over a person's sessions, on a card for the clinician: the felt edge, the way back, and what helped.

Law: a trend is named only where it is more than chance and more than wavering; the spread at rest is never growth.
"""

from collections.abc import Callable

from PySide6.QtCore import Signal

from dsp.baseline import Baseline
from resources.words import gettext as _
from ui.archive.growth import Grown
from ui.arousal.card_parts import fill
from ui.arousal.growth_words import edge_words, help_lines, session_rows, trend_lines
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.widgets.rows import Rows


class GrowthCard(Card):
    """What moved over the sessions.

    Parameters
    ----------
    look : Look
        The look it follows.
    name_offer : callable
        Gives the title of an offer by its name; empty where it is not on the menu any more.
    """

    wanted = Signal()
    edge_chosen = Signal(float)

    def __init__(self, look: Look, name_offer: Callable[[str], str]) -> None:
        super().__init__(look, _("Over the sessions"))
        self._name_offer = name_offer
        self._grown: Grown | None = None
        self._title = safe_label(look, _("Over the sessions"), kind=Type.TITLE)
        self._edge = safe_label(look, wrap=True)
        self.hold = Button(look, _("Let the felt edge hold"), size=Size.NORMAL)
        kinds = ((Type.FIGURES, "text2"), *[(Type.FIGURES, "text")] * 4)
        self._sessions = Rows(look, _("The sessions"), kinds, has_heading=True)
        self._lines = safe_label(look, tone="text2", wrap=True)
        self.look_up = Button(look, _("Look at the sessions"), size=Size.NORMAL)
        self.hold.clicked.connect(self._choose)
        self.look_up.clicked.connect(self.wanted)
        fill(self, (self._title, self._edge, self._sessions, self._lines), (self.look_up, self.hold))
        self.forget()

    def forget(self) -> None:
        """Show nothing of anybody."""
        self._grown = None
        self._show(_("What moved over the sessions is read when you ask for it."))

    def await_answer(self, *, is_asked: bool) -> None:
        """Say that it is being read, or that there is nothing to read."""
        if self._grown is None:
            self._show(
                _("Reading the sessions ...")
                if is_asked
                else _("This session is not stored: there is nothing to read.")
            )

    def show_grown(self, grown: Grown, baseline: Baseline | None) -> None:
        """Show what was found; the edge in beats a minute by the rest that holds."""
        self._grown = grown
        self._show(edge_words(grown, baseline))
        self._sessions.show_rows(session_rows(grown))
        self._sessions.setVisible(bool(grown.sessions))
        self._lines.say("\n".join((*trend_lines(grown), *help_lines(grown, self._name_offer))))
        self._lines.setVisible(True)
        self.hold.setVisible(grown.edge is not None)

    def _show(self, edge: str) -> None:
        self._edge.say(edge)
        for widget in (self._sessions, self._lines, self.hold):
            widget.setVisible(False)
        self.look_up.setVisible(self._grown is None)

    def _choose(self) -> None:
        if self._grown is not None and self._grown.edge is not None:
            self.edge_chosen.emit(self._grown.edge.level)
