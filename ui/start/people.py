# SPDX-License-Identifier: MIT
"""The people who were here before, each with how it was last time and one button to start like that again.

Law: codes alone, never a name; while the store is locked nobody is shown.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.archive.shelf import ClientRow, Door, Shelf
from ui.archive.unlock import UnlockCard
from ui.start.last_time import LabelOf, LastTimeCard
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.label import safe_label
from ui.widgets.middle import in_middle
from ui.widgets.scroll import Scroll

_SHOWN = 8  # more are found by typing
_LONGEST = 12
_WIDTH = 1120


def people_of(shelf: Shelf) -> Sequence[ClientRow]:
    """Give those who may be stored, whoever was here last first."""
    kept = [one for one in shelf.clients if one.agreement is not None and one.agreement.stores]
    order = [code for session in shelf.sessions for code in session.codes]
    return sorted(kept, key=lambda one: order.index(one.code) if one.code in order else len(order))


class PeopleScreen(QWidget):
    """Everybody who was here before.

    Parameters
    ----------
    look : Look
        The look it follows.
    label_of : callable
        Gives the label printed on a sensor.
    """

    wanted = Signal(object)  # ClientRow
    left = Signal()

    def __init__(self, look: Look, label_of: LabelOf) -> None:
        super().__init__()
        self._look = look
        self._label_of = label_of
        self._people: Sequence[ClientRow] = ()
        self.cards: list[LastTimeCard] = []
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("People"))
        self._said = safe_label(look, kind=Type.LABEL, tone="text2", wrap=True)
        self._find = Field(look, _("Find a code"), longest=_LONGEST)
        self._find.textChanged.connect(lambda _text: self._fill())
        self.unlock = UnlockCard(look)
        self._back = Button(look, _("Back"))
        self._back.clicked.connect(self.left)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self._assemble()
        self.show_shelf(Shelf(Door.UNKNOWN))

    def show_shelf(self, shelf: Shelf) -> None:
        """Show who was here before, as far as it may be seen."""
        self._people = people_of(shelf)
        self.unlock.settle()
        self.unlock.setVisible(shelf.door is Door.LOCKED)
        none = _("Nobody yet. Whoever agrees to have a session kept stands here the next time: connect a strap first.")
        some = _("One press starts as last time: strap, shape, sound, pace and window.")
        self._said.say("" if shelf.door is not Door.OPEN else some if self._people else none)
        self._find.setVisible(len(self._people) > _SHOWN)
        self._fill()

    def _fill(self) -> None:
        asked = "".join(self._find.text().upper().split())
        found = [one for one in self._people if asked in one.code][:_SHOWN]
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._card(one) for one in found]
        for card in self.cards:
            self._list.addWidget(card)
            QWidget.setTabOrder(card.go, self._back)

    def _card(self, row: ClientRow) -> LastTimeCard:
        card = LastTimeCard(self._look)
        card.show_row(row, self._label_of)
        card.wanted.connect(self.wanted)
        return card

    def _assemble(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(safe_label(self._look, _("People"), kind=Type.PAGE))
        for part in (self._said, self._find, self.unlock):
            column.addWidget(part)
        column.addLayout(self._list)
        column.addStretch(1)
        page, inside = QWidget(), QWidget()
        for ground in (page, inside):
            ground.setAccessibleName(_("People"))
        page.setLayout(column)
        inside.setLayout(in_middle(page, _WIDTH))
        foot = QHBoxLayout()
        foot.addWidget(self._back)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 40, 40, 28)
        layout.setSpacing(16)
        layout.addWidget(Scroll(self._look, inside), 1)
        layout.addLayout(foot)
