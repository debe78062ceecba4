# SPDX-License-Identifier: MIT
"""What a person agrees to, asked once when it is first needed: kept or live only, who sees it, for how long.

Law: live only holds until something else is chosen; a code needs no question, and a name is asked for by nobody.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.archive.seam import Decision
from ui.archive.shelf import Agreement, Audience, Door, Shelf
from ui.archive.unlock import UnlockCard
from ui.consent.health import HealthCard
from ui.consent.returning import Returning
from ui.consent.words import DAYS, audience_words, days_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button
from ui.widgets.card import Card, Hairline
from ui.widgets.field import Field
from ui.widgets.label import safe_label
from ui.widgets.scroll import Scroll
from ui.widgets.segmented import Segmented
from ui.words import Advice

_ASIDE_WIDTH = 432
_NARROW = 1200
_UNBOUND = 16_777_215
_LONGEST_NAME = 48


class ConsentScreen(QWidget):
    """Asks one person.

    Parameters
    ----------
    look : Look
        The look it follows.
    words_of : callable
        Says in sentences what is agreed to.
    """

    left = Signal()
    decided = Signal(object)  # Decision

    def __init__(self, look: Look, words_of: Callable[[Agreement], Sequence[str]]) -> None:
        super().__init__()
        self._look = look
        self._words_of = words_of
        self._person = ""
        self._shelf = Shelf(Door.UNKNOWN)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Consent"))
        self._title = safe_label(look, kind=Type.PAGE)
        self._stores = Segmented(look, _("What becomes of it"), (_("Live only"), _("Keep sessions")))
        self._audience = Segmented(look, _("Who sees it"), audience_words())
        self._days = Segmented(look, _("For how long"), days_words())
        self._terms = safe_label(look, kind=Type.LABEL, wrap=True)
        self._name = Field(look, _("Name, if there is to be one"), longest=_LONGEST_NAME)
        self._passphrase = Field(look, _("A passphrase for the store"), longest=_LONGEST_NAME, is_secret=True)
        self._trouble = safe_label(look, tone="text2", wrap=True)
        self.returning = Returning(look)
        self.unlock = UnlockCard(look)
        self.health = HealthCard(look)
        self._back = Button(look, _("Back"))
        self._agree = Button(look, _("Agree and start"), is_primary=True, others=(_("Start, live only"),))
        self._assemble()
        self._wire()
        look.changed.connect(self._arrange)

    def ask(self, person: str, who: str) -> None:
        """Ask a person; `who` is what the screens call them."""
        self._person = person
        self._title.say(_("{who}: may this session be kept?").format(who=who))
        self._stores.choose(0)
        self._audience.choose(0)
        self._days.choose(0)
        self._agreed = Agreement()
        self._name.clear()
        self._passphrase.clear()
        self._trouble.say("")
        self.health.begin()
        self._show()

    def show_shelf(self, shelf: Shelf, taken: Sequence[str]) -> None:
        """Show who was here before, but for those who are in this session already; or that the store is locked."""
        self._shelf = shelf
        self.returning.show_clients([one for one in shelf.clients if one.code not in taken])
        self.unlock.settle()
        self._show()

    def refuse(self, advice: Advice) -> None:
        """Say why it could not be put on record."""
        if self._is_locked:
            self.unlock.refuse(advice)
        self._trouble.say("" if self._is_locked else f"{advice.sentence} {advice.step}")

    @property
    def _is_locked(self) -> bool:
        return self._shelf.door is Door.LOCKED

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the right column below in a narrow window."""
        super().resizeEvent(event)
        self._arrange()

    def _choose(self, **changes: object) -> None:
        values = {"stores": self._agreed.stores, "audience": self._agreed.audience, "keep_days": self._agreed.keep_days}
        self._agreed = Agreement(**{**values, **changes})  # type: ignore[arg-type]  # the signals below know the fields
        self._show()

    def _show(self) -> None:
        """Show what can be chosen now, and what it means."""
        stores = self._agreed.stores
        self._more.setVisible(stores)
        needs_passphrase = bool(self._name.text()) and not self._shelf.is_protected
        self._secret.setVisible(needs_passphrase)
        self._terms.say("\n".join(self._words_of(self._agreed)))
        self.unlock.setVisible(self._is_locked)
        self.returning.setVisible(not self._is_locked and self.returning.has_any)
        self._agree.say(_("Agree and start") if stores else _("Start, live only"))
        self._agree.setEnabled(not (stores and self._is_locked))

    def _say_decision(self) -> None:
        stores = self._agreed.stores
        name = self._name.text() if stores else ""
        passphrase = self._passphrase.text() if self._secret.isVisible() else ""
        asked = self.health.conditions
        self.decided.emit(Decision(self._person, self._agreed, name=name, passphrase=passphrase, conditions=asked))

    def _wire(self) -> None:
        for choice in (self._stores, self._audience, self._days):
            choice.chosen.connect(choice.choose)  # Tab reaches what is chosen
        self._stores.chosen.connect(lambda index: self._choose(stores=bool(index)))
        self._audience.chosen.connect(lambda index: self._choose(audience=tuple(Audience)[index]))
        self._days.chosen.connect(lambda index: self._choose(keep_days=DAYS[index]))
        self._name.textChanged.connect(lambda _text: self._show())
        self.returning.chosen.connect(lambda code: self.decided.emit(Decision(self._person, code=code)))
        self._back.clicked.connect(self.left)
        self._agree.clicked.connect(self._say_decision)

    def _assemble(self) -> None:
        self._agreed = Agreement()
        inside = QWidget()
        inside.setAccessibleName(_("Consent"))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(48, 40, 48, 24)
        self._columns.setSpacing(32)
        self._columns.addLayout(self._question(), 1)
        self._aside = QWidget()
        self._aside.setAccessibleName(_("Here before"))
        aside = QVBoxLayout(self._aside)
        aside.setContentsMargins(0, 0, 0, 0)
        aside.setSpacing(16)
        aside.addWidget(self.returning)
        aside.addWidget(self.unlock)
        aside.addWidget(self.health)
        aside.addStretch(1)
        self._columns.addWidget(self._aside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(Scroll(self._look, inside), 1)
        layout.addWidget(Hairline(self._look))
        layout.addLayout(self._foot())

    def _question(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self._title)
        under = _("Nothing is stored until this is chosen. It can be changed at any time.")
        column.addWidget(safe_label(self._look, under, kind=Type.LABEL, tone="text2", wrap=True))
        column.addSpacing(16)
        column.addWidget(self._stores)
        self._more = QWidget()
        self._more.setAccessibleName(_("Keep sessions"))
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 16, 0, 0)
        more.setSpacing(8)
        for words, widget in ((_("Who sees it"), self._audience), (_("For how long"), self._days)):
            more.addWidget(safe_label(self._look, words, tone="text2"))
            more.addWidget(widget)
            more.addSpacing(8)
        more.addWidget(
            safe_label(self._look, _("A random code stands for you. A name, only if you like:"), tone="text2")
        )
        more.addWidget(self._name)
        self._secret = QWidget()
        self._secret.setAccessibleName(_("A passphrase for the store"))
        secret = QVBoxLayout(self._secret)
        secret.setContentsMargins(0, 8, 0, 0)
        secret.addWidget(safe_label(self._look, _("A name needs a passphrase that keeps the store:"), tone="text2"))
        secret.addWidget(self._passphrase)
        more.addWidget(self._secret)
        column.addWidget(self._more)
        column.addSpacing(16)
        column.addWidget(self._terms_card())
        column.addWidget(self._trouble)
        column.addStretch(1)
        return column

    def _terms_card(self) -> Card:
        card = Card(self._look, _("What this means"))
        layout = QVBoxLayout(card)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        layout.addWidget(safe_label(self._look, _("What this means"), kind=Type.TITLE))
        layout.addWidget(self._terms)
        return card

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(48, 24, 48, 28)
        foot.setSpacing(16)
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._agree)
        return foot

    def _arrange(self) -> None:
        is_narrow = self.width() < self._look.px(_NARROW)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if is_narrow else right)
        self._aside.setMinimumWidth(0 if is_narrow else self._look.px(_ASIDE_WIDTH))
        self._aside.setMaximumWidth(_UNBOUND if is_narrow else self._look.px(_ASIDE_WIDTH))
