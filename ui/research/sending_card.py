# SPDX-License-Identifier: MIT
"""Sending the session by LSL: off, to this computer, or to the network; asked of everybody in it, each time.

Law: off until everybody agreed in this very session; made-up people need not be asked; off again at once by one press.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.foreign import safe_text
from ui.research.seam import Reach, SendWish, Sent
from ui.research.words import person_words, reach_words, refusal_to_send, sent_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.widgets.segmented import Segmented

_REACHES = tuple(Reach)


class SendingCard(Card):
    """Who may read the session.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    wished = Signal(object)  # SendWish

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Send by LSL"))
        self._asked = Reach.OFF
        self._persons: tuple[tuple[str, bool], ...] = ()
        self._sent = Sent()
        words = (_("Off"), _("This computer"), _("This network"))
        self.reach = Segmented(look, _("Who can read this session"), words)
        self.state = safe_label(look, sent_words(self._sent), wrap=True, tone="text2")
        self.meaning = safe_label(look, wrap=True)
        self.ticks: dict[str, Button] = {}
        self._agree = QHBoxLayout()
        self._agree.setSpacing(8)
        self.send = Button(look, _("Send"), size=Size.NORMAL)
        self.leave = Button(look, _("Not now"), size=Size.NORMAL, is_quiet=True)
        self._question = QWidget()
        self._question.setAccessibleName(_("Who agrees"))
        self.reach.chosen.connect(lambda index: self._choose(_REACHES[index]))
        self.send.clicked.connect(self._wish)
        self.leave.clicked.connect(lambda: self._choose(self._sent.reach))
        self._assemble()
        self.reach.choose(0)

    def show_persons(self, persons: Sequence[tuple[str, bool]]) -> None:
        """Know who is in the session, and who of them is made up; somebody new is asked anew."""
        if tuple(persons) != self._persons:
            self._persons = tuple(persons)
            self._renew_ticks()

    def show_sent(self, sent: Sent) -> None:
        """Show what is sent, and to whom."""
        is_answer = sent.reach is not self._sent.reach or sent.fault != self._sent.fault
        self._sent = sent
        advice = refusal_to_send(sent.fault) if sent.fault else None
        self.state.say(sent_words(sent) if advice is None else f"{advice.sentence} {advice.step}")
        if is_answer:
            self._choose(sent.reach)

    def _choose(self, reach: Reach) -> None:
        """Ask who agrees to what was chosen; off needs nobody's leave."""
        if reach is Reach.OFF and self._sent.reach is not Reach.OFF:
            self.wished.emit(SendWish(Reach.OFF))
        self._asked = reach
        self.reach.choose(_REACHES.index(reach))
        self.meaning.say(reach_words(reach))
        self._question.setVisible(reach not in (Reach.OFF, self._sent.reach))
        self._renew_ticks()

    def _renew_ticks(self) -> None:
        for tick in self.ticks.values():
            self._agree.removeWidget(tick)
            tick.hide()
            tick.deleteLater()
        self.ticks = {person: self._tick(person) for person, is_made_up in self._persons if not is_made_up}
        for index, tick in enumerate(self.ticks.values()):
            self._agree.insertWidget(index, tick)
        self._look_at_ticks()

    def _tick(self, person: str) -> Button:
        words = _("{person} agrees").format(person=person_words(safe_text(person)))
        tick = Button(self._look, words, size=Size.NORMAL, others=(words,))
        tick.setCheckable(True)
        tick.toggled.connect(lambda is_on: tick.wear("tick" if is_on else "", ""))
        tick.toggled.connect(self._look_at_ticks)
        return tick

    def _look_at_ticks(self) -> None:
        has_all = all(tick.isChecked() for tick in self.ticks.values())
        self.send.setEnabled(has_all and bool(self._persons))

    def _wish(self) -> None:
        self.wished.emit(SendWish(self._asked, tuple(person for person, _is_made_up in self._persons)))

    def _assemble(self) -> None:
        question = QVBoxLayout(self._question)
        question.setContentsMargins(0, 0, 0, 0)
        question.setSpacing(8)
        question.addWidget(self.meaning)
        question.addLayout(self._agree)
        self._agree.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.send)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        question.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(safe_label(self._look, _("Send by LSL"), kind=Type.TITLE))
        layout.addWidget(self.reach)
        layout.addWidget(self.state)
        layout.addWidget(self._question)
        self._question.hide()
