# SPDX-License-Identifier: MIT
"""One question to the clinician, in one quiet line above the cards: what would happen, and its answers.

Law: nothing happens unless it is answered; a field is there only where an own answer can be written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from resources.words import gettext as _
from ui.arousal.decisions import LONGEST_REASON
from ui.theme import Look
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import safe_label
from ui.widgets.wrap import Wrap

_OWN_PX = 220
_MOST = 4  # answers beside "not now"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, and what it does."""

    words: str
    then: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its answers, and what an own answer does (None: there is none)."""

    words: str
    answers: Sequence[Answer]
    own: Callable[[str], None] | None = None
    leave: Callable[[], None] | None = None


class Question(Card):
    """A question that waits, or none.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("A question"))
        self._asked: Asked | None = None
        self.words = safe_label(look, wrap=True)
        self.answers = [Button(look, "", size=Size.NORMAL) for _answer in range(_MOST)]
        self.own = Field(look, _("In your own words"), longest=LONGEST_REASON)
        self.own.hint(_("in your own words"))
        self.own.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # a long answer scrolls
        self.own.setMinimumWidth(look.px(_OWN_PX))
        self.own.setMaximumWidth(look.px(_OWN_PX) * 2)
        self.no = Button(look, _("Not now"), size=Size.NORMAL, is_quiet=True)
        self._row = Wrap(_("Answers"), (*self.answers, self.own, self.no))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 10)
        layout.setSpacing(8)
        layout.addWidget(self.words)
        layout.addWidget(self._row)
        for index, button in enumerate(self.answers):
            button.clicked.connect(lambda _on=False, at=index: self._answer(at))
        self.own.returnPressed.connect(self._write)
        self.no.clicked.connect(self.leave)
        self.hide()

    @property
    def yes(self) -> Button:
        """The first answer."""
        return self.answers[0]

    def ask(self, asked: Asked) -> None:
        """Ask this, in place of what waits."""
        self._asked = asked
        self.words.say(asked.words)
        for index, button in enumerate(self.answers):
            button.setVisible(index < len(asked.answers))
            button.say(asked.answers[index].words if index < len(asked.answers) else "")
        self.own.clear()
        self.own.setVisible(asked.own is not None)
        self._row.renew()
        self.show()

    def leave(self) -> None:
        """Do nothing of what was asked."""
        asked, self._asked = self._asked, None
        self.hide()
        if asked is not None and asked.leave is not None:
            asked.leave()

    def _answer(self, index: int) -> None:
        asked, self._asked = self._asked, None
        self.hide()
        if asked is not None:
            asked.answers[index].then()

    def _write(self) -> None:
        """Take an own answer; an empty one is none."""
        asked, text = self._asked, self.own.text().strip()
        if asked is not None and asked.own is not None and text:
            self._asked = None
            self.hide()
            asked.own(text)
