# SPDX-License-Identifier: MIT
"""A page to take with you: the comfortable pace and what helped, without a graph; written where the person chooses."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from resources.words import gettext as _
from ui.foreign import safe_text
from ui.review.report_card import ChooseFile, ask_for_file
from ui.review.seam import ReportWish
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.words import Advice

_ENDING = ".pdf"


class HandOutCard(Card):
    """The hand-out of one person's session.

    Parameters
    ----------
    look : Look
        The look it follows.
    choose_file : callable
        Asks where it goes.
    """

    wanted = Signal(object)  # ReportWish

    def __init__(self, look: Look, choose_file: ChooseFile = ask_for_file) -> None:
        super().__init__(look, _("A page to take with you"))
        self.choose_file = choose_file
        self._session = self._person = ""
        self._usual = _("Your comfortable pace, what you chose, and your window in plain words. No graph.")
        self._words = safe_label(look, self._usual, tone="text2", wrap=True)
        self.go = Button(look, _("Write the page"), size=Size.LIST)
        self.go.clicked.connect(self._start)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(safe_label(look, _("A page to take with you"), kind=Type.TITLE, wrap=True))
        words.addWidget(self._words)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(self.go)

    def begin(self, session: str, person: str) -> None:
        """Offer the page of this session."""
        self._session, self._person = session, person
        self._words.say(self._usual)
        self.go.setEnabled(True)

    def show_end(self, path: str) -> None:
        """Say what was written."""
        self._words.say(_("Written: {name}").format(name=safe_text(path.replace("\\", "/").split("/")[-1])))
        self.go.setEnabled(True)

    def refuse(self, advice: Advice) -> None:
        """Say why it was not written."""
        self._words.say(f"{advice.sentence} {advice.step}")
        self.go.setEnabled(True)

    def _start(self) -> None:
        path = self.choose_file(self.window(), f"{self._session}{_ENDING}")
        if not path:
            return
        is_named = path.lower().endswith(_ENDING)  # then the dialog has asked about what stands there
        self.go.setEnabled(False)
        self._words.say(_("The page is being written."))
        whole = path if is_named else f"{path}{_ENDING}"
        self.wanted.emit(ReportWish(self._session, whole, "handout", self._person, is_replacing=is_named))
