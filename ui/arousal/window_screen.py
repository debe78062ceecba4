# SPDX-License-Identifier: MIT
"""A person's window for the clinician: where it lies and why, what it rests on, where the person is, what moved.

Law: what is shown comes from frames, and from the store only when somebody asks; every decision can be taken back here.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from dsp.stream import Frame
from resources.words import gettext as _
from ui.archive.growth import Grown
from ui.arousal.bounds_card import BoundsCard
from ui.arousal.decisions import WindowDecisions
from ui.arousal.growth_card import GrowthCard
from ui.arousal.now_card import NowCard
from ui.arousal.reading import ArousalReading
from ui.arousal.rest_card import RestCard
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button
from ui.widgets.label import safe_label
from ui.widgets.scroll import Scroll

_NARROW_PX = 1000  # below it, times the text's size, the columns stand below each other


class WindowScreen(QWidget):
    """A person's window.

    Parameters
    ----------
    look : Look
        The look it follows.
    decisions : WindowDecisions
        Makes what is decided here into commands.
    name_offer : callable
        Gives the title of an offer by its name.
    """

    left = Signal()
    rest_wanted = Signal()
    growth_wanted = Signal()

    def __init__(self, look: Look, decisions: WindowDecisions, name_offer: Callable[[str], str]) -> None:
        super().__init__()
        self._look = look
        self._decisions = decisions
        self._reading = ArousalReading()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("The window"))
        self.bounds, self.rest = BoundsCard(look, decisions), RestCard(look, decisions)
        self.now, self.growth = NowCard(look), GrowthCard(look, name_offer)
        self.back = Button(look, _("Back"), key="K")
        self._inside = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._assemble()
        self._wire()

    @property
    def reading(self) -> ArousalReading:
        """What the frames say of the person."""
        return self._reading

    def begin(self, t: float) -> None:
        """Begin anew with a session at `t`, seconds on the session clock."""
        self._reading = ArousalReading()
        self.bounds.begin(t)
        self.growth.forget()

    def take(self, frame: Frame) -> None:
        """Take in what a frame says of the client; nothing is painted here."""
        self._reading.take(frame)

    def refresh(self, t: float) -> None:
        """Show what may be shown at `t`, seconds on the session clock."""
        state = self._reading.state_at(t)
        self.bounds.refresh(self._reading, state)
        self.rest.refresh(self._reading.holding)
        self.now.refresh(state)

    def show_grown(self, grown: Grown) -> None:
        """Show what moved over the sessions."""
        self.growth.show_grown(grown, self._reading.baseline)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the columns below each other, in a window that is narrow for its text."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        is_narrow = self.width() < self._look.px(_NARROW_PX)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def _hold_edge(self, level: float) -> None:  # a slot of Qt's
        """Let the felt edge be the upper bound; the lower one stays."""
        held = self._reading.holding.bounds
        if held is not None:
            self._decisions.set_bounds(held[0], level, _("the felt edge"))

    def _wire(self) -> None:
        self.rest.rest_wanted.connect(self.rest_wanted)
        self.growth.wanted.connect(self.growth_wanted)
        self.growth.edge_chosen.connect(self._hold_edge)
        self.back.clicked.connect(self.left)
        self._look.changed.connect(self._fold)

    def _assemble(self) -> None:
        self._inside.setAccessibleName(_("The window"))
        for cards in ((self.bounds, self.now), (self.rest, self.growth)):
            column = QVBoxLayout()
            column.setSpacing(16)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        self._columns.setSpacing(16)
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addLayout(self._columns)
        inside.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 8, 0)
        foot.addStretch(1)
        foot.addWidget(self.back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 32, 40, 28)
        layout.setSpacing(4)
        layout.addWidget(safe_label(self._look, _("The window"), kind=Type.PAGE))
        about = _("For the clinician: numbers here are estimates against this person’s own rest, and no diagnosis.")
        layout.addWidget(safe_label(self._look, about, tone="text2", wrap=True))
        layout.addSpacing(16)
        layout.addWidget(Scroll(self._look, self._inside), 1)
        layout.addSpacing(16)
        layout.addLayout(foot)
