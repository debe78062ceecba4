# SPDX-License-Identifier: MIT
"""The end of a session that was stored: keep it, delete it, or it and all before it; left untouched it is kept."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.archive.seam import Closed, Keep, Refused
from ui.consent.handout import HandOutCard
from ui.consent.words import refusal
from ui.foreign import safe_text
from ui.review.seam import Reported
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label

_WIDTH = 1120


class EndScreen(QWidget):
    """A card for each person whose part of the session is stored.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    left = Signal()
    chosen = Signal(str, str, object)  # session, code, Keep
    review_wanted = Signal(str)  # a session
    report_wanted = Signal(object)  # ReportWish

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("End of the session"))
        self._said = safe_label(look, kind=Type.LABEL, tone="text2", wrap=True)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(16)
        self._session = ""
        self.handout = HandOutCard(look)
        self.handout.wanted.connect(self.report_wanted)
        later = _("The session can be seen now, later under Sessions, or not at all.")
        self._later = safe_label(look, later, kind=Type.LABEL, tone="text2", wrap=True)
        self._see = Button(look, _("See the session now"))
        self._see.clicked.connect(lambda: self.review_wanted.emit(self._session))
        self._go = Button(look, _("Done"))
        self._go.clicked.connect(self.left)
        self._assemble()

    def show_end(self, closed: Closed) -> None:
        """Show who may decide about what."""
        self._session = closed.session
        self._later.setVisible(not closed.elsewhere)
        self._see.setVisible(not closed.elsewhere)
        self.handout.setVisible(not closed.elsewhere)
        self.handout.begin(closed.session, closed.codes[0][0])
        self._said.say(_end_words(closed.elsewhere))
        while (item := self._cards.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for _person, code in closed.codes:
            card = _PersonCard(self._look, safe_text(code))
            card.chosen.connect(lambda keep, code=code: self._decide(code, keep))
            self._cards.addWidget(card)
            QWidget.setTabOrder(card.last, self.handout.go)
        QWidget.setTabOrder(self.handout.go, self._see)
        QWidget.setTabOrder(self._see, self._go)

    def take(self, message: Reported | Refused) -> None:
        """Say what became of the page."""
        if isinstance(message, Reported):
            self.handout.show_end(message.path)
        else:
            self.handout.refuse(refusal(message.fault))

    def _decide(self, code: str, keep: Keep) -> None:
        """Hand on what was decided; of what is deleted there is nothing to see, and no page."""
        is_kept = keep is Keep.KEEP
        for part in (self._see, self._later, self.handout):
            part.setVisible(is_kept)
        self.chosen.emit(self._session, code, keep)

    def _assemble(self) -> None:
        column = QVBoxLayout()
        column.addStretch(30)
        column.addWidget(safe_label(self._look, _("The session is over"), kind=Type.PAGE))
        column.addWidget(self._said)
        column.addSpacing(24)
        column.addLayout(self._cards)
        column.addSpacing(16)
        column.addWidget(self.handout)
        column.addSpacing(16)
        column.addWidget(self._later)
        column.addStretch(70)
        foot = QHBoxLayout()
        foot.addWidget(self._see)
        foot.addStretch(1)
        foot.addWidget(self._go)
        column.addLayout(foot)
        frame = QWidget()
        frame.setAccessibleName(_("End of the session"))
        frame.setMaximumWidth(_WIDTH)
        frame.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(48, 40, 48, 28)
        layout.addWidget(frame)


def _end_words(elsewhere: str) -> str:
    """Say that it is kept, and where, if that is not in the store."""
    kept = _("It is kept as you agreed. You may also decide otherwise, now or later.")
    if not elsewhere:
        return kept
    there = _("It lies in {folder}, because the disk took nothing. When it does again: attune bring-back")
    return f"{kept}\n{there.format(folder=safe_text(elsewhere))}"


class _PersonCard(Card):
    """One person's choice; what deletes asks once more in the same place."""

    chosen = Signal(object)  # Keep

    def __init__(self, look: Look, code: str) -> None:
        super().__init__(look, code)
        self._pending = Keep.KEEP
        self._words = safe_label(look, _("kept as agreed"), tone="text2", wrap=True)
        self._keep = Button(look, _("Keep"), size=Size.LIST)
        self._delete = Button(look, _("Delete this session"), size=Size.LIST)
        self._back = Button(look, _("Delete from here on back"), size=Size.LIST)
        self._sure = Button(look, _("Yes, delete"), size=Size.LIST)
        self._stay = Button(look, _("No, keep"), size=Size.LIST)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(safe_label(look, code, kind=Type.TITLE))
        layout.addWidget(self._words)
        row = QHBoxLayout()
        row.setSpacing(12)
        for button in (self._keep, self._delete, self._back, self._sure, self._stay):
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        self._keep.clicked.connect(lambda: self._decide(Keep.KEEP))
        self._delete.clicked.connect(lambda: self._ask(Keep.DELETE))
        self._back.clicked.connect(lambda: self._ask(Keep.DELETE_BACK))
        self._sure.clicked.connect(lambda: self._decide(self._pending))
        self._stay.clicked.connect(lambda: self._decide(Keep.KEEP))
        self.last = self._stay  # in the order of Tab
        self._show_choices(is_asking=False)

    def _ask(self, keep: Keep) -> None:
        self._pending = keep
        session = _("This session is erased for ever.")
        back = _("This session and every earlier one of this person are erased for ever.")
        self._words.say(session if keep is Keep.DELETE else back)
        self._show_choices(is_asking=True)
        self._stay.setFocus()

    def _decide(self, keep: Keep) -> None:
        words = {
            Keep.KEEP: _("kept as agreed"),
            Keep.DELETE: _("this session is being deleted"),
            Keep.DELETE_BACK: _("this session and all before it are being deleted"),
        }
        self._words.say(words[keep])
        self._show_choices(is_asking=False)
        for button in (self._keep, self._delete, self._back):
            button.setEnabled(keep is Keep.KEEP)
        self.chosen.emit(keep)

    def _show_choices(self, *, is_asking: bool) -> None:
        for button in (self._keep, self._delete, self._back):
            button.setVisible(not is_asking)
        for button in (self._sure, self._stay):
            button.setVisible(is_asking)
