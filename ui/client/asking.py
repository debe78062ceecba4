# SPDX-License-Identifier: MIT
"""Decides what a person is asked at any instant, and turns the answer into commands.

Law: nothing is offered by itself unless the person switched it on; nothing starts before it is chosen; what is left
alone goes away. Every offer and every answer is a command, so that a replay is the session again.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from dsp.codes import Action, CueQuestion, Zone
from dsp.stream import CLIENT, Command, Cue, Frame, Value
from resources.words import gettext as _
from ui.backstage import Backstage
from ui.choices import PreferenceKeeper
from ui.client.ask import FELT, MORE, NO, QUESTION, Ask, ask_below, ask_cue, ask_felt, ask_offers, show_taken
from ui.client.ask_own import LONGEST, MOST, OwnCard, card_of, free_id, with_card, with_own
from ui.cue_words import CueWords, OfferWords
from ui.pacing import Pacing

_STANDS_S = 30.0  # a question that nobody answers
_TAKEN_S = 120.0  # the words of something taken up
_MOST_FELT = 10.0
_SHOWN = 3  # offers at once
_NO_BREATH = "no_breath_cues"


class Asking(QObject):
    """What stands in the shape's place, if anything.

    Parameters
    ----------
    backstage : Backstage
        Takes the commands and has the clock.
    keeper : PreferenceKeeper
        Knows whether offers are wanted.
    pacing : Pacing
        The breathing.
    words : CueWords
        What may be offered, in words.
    parent : QObject
        Its owner.
    """

    changed = Signal()
    told = Signal(str)  # a quiet sentence
    unasked = Signal(str)  # a digit or T, while nothing is asked

    def __init__(
        self,
        backstage: Backstage,
        keeper: PreferenceKeeper,
        pacing: Pacing,
        words: CueWords,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._backstage = backstage
        self._keeper = keeper
        self._pacing = pacing
        self._usual = words
        self.begin()

    def begin(self) -> None:
        """Start anew with a session."""
        self._zone = Zone.UNKNOWN
        self._cue = Cue(float("-inf"))
        self._sent_t = self._backstage.clock()
        self._felt_since: float | None = None
        self._taken: tuple[OfferWords, float] | None = None
        self._question_since: tuple[CueQuestion, float] | None = None
        self._settled: CueQuestion | None = None  # answered, or left alone
        self._takes_breath = True
        self._keep_cards(())
        self._is_far_away = False
        self._last_offer = ""

    def use(self, words: CueWords) -> None:
        """Let this be the menu from now on."""
        self._usual = words
        self._keep_cards(self._cards)

    @property
    def cards(self) -> Sequence[OwnCard]:
        """The person's own cards."""
        return self._cards

    @property
    def takes_breath(self) -> bool:
        """Whether anything about breathing may be offered."""
        return self._takes_breath

    def title_of(self, name: str) -> str:
        """Give the title of an offer; empty where it is not on the menu."""
        offer = self.words.find(name)
        return "" if offer is None else offer.title

    def put_card(self, kind: str, words: str, **more: Value) -> None:
        """Put one of the person's own cards to the others; `picture` may be more of it."""
        if words.strip() and len(self._cards) < MOST:
            self._decide(Action.CARD, card=free_id(self._cards), kind=kind, words=words.strip()[:LONGEST], **more)

    def drop_card(self, card: OwnCard) -> None:
        """Take a card away."""
        self._decide(Action.CARD, card=card.id)

    def let_breathe(self, *, takes_breath: bool) -> None:
        """Say whether anything about breathing may be offered."""
        self._decide(Action.CONDITION, name=_NO_BREATH, on=not takes_breath)

    def take(self, frame: Frame) -> None:
        """Read what is offered, what is asked, and where the person is."""
        if isinstance(frame.item, Command) and frame.item.person == CLIENT:
            self._hear(frame.item)
        for cue in frame.cues:
            if cue.person == CLIENT and cue.t >= self._sent_t:
                self._follow(cue)
        for state in frame.states:
            if state.person == CLIENT:
                self._zone = state.zone
                if state.prompt is not None and self._keeper.now.offers_wanted:
                    self._offer_in(state.prompt)

    def now(self) -> Ask | None:
        """Give what is asked at this instant."""
        t = self._backstage.clock()
        if self._felt_since is not None and t - self._felt_since < _STANDS_S:
            return ask_felt()
        if self._taken is not None and t - self._taken[1] < _TAKEN_S:
            return show_taken(self._taken[0])
        return self._offered() or self._questioned(t)

    def offer(self) -> None:
        """Hand over something that fits the state of now; nothing where that is unknown."""
        self._offer_in(self._zone)

    def feel(self) -> None:
        """Ask how it is now, or put the question away."""
        self._felt_since = None if self._felt_since is not None else self._backstage.clock()
        self.changed.emit()

    def press(self, key: str) -> None:
        """Answer by a key: the one of an answer, a digit or T of a felt rating, 4 for something else."""
        ask = self.now()
        if ask is None:
            self.unasked.emit(key)
            return
        if ask.about == FELT:
            self._rate(_MOST_FELT if key == "T" else float(key))
            return
        name = next((answer.name for answer in ask.answers if answer.key == key), None)
        if name is not None:
            self.answer(name)
        elif key == "4" and ask.has_more:
            self.answer(MORE)

    def answer(self, name: str) -> None:
        """Answer what is asked now."""
        ask = self.now()
        if ask is None:
            return
        if ask.about == FELT:
            self._rate(name)
        elif self._taken is not None:
            self._finish(self._taken[0])
        elif ask.about == QUESTION:
            self._answer_question(name)
        elif (offer := self.words.find(ask.about)) is not None:
            self._answer_offer(offer, name)
        else:
            self._answer_cue(CueQuestion(ask.about), name)
        self.changed.emit()

    def _offered(self) -> Ask | None:
        if self._cue.offer == QUESTION:
            return ask_below(self.words)
        offer = self.words.find(self._cue.offer or "")
        if offer is None:
            return None
        menu = self._menu(offer.zone)
        start = menu.index(offer) if offer in menu else 0
        shown = [menu[(start + n) % len(menu)] for n in range(min(_SHOWN, len(menu)))] or [offer]
        return ask_offers(shown, self.words, zone=self._zone, has_more=len(menu) > _SHOWN)

    def _questioned(self, t: float) -> Ask | None:
        if self._question_since is None:
            return None
        question, since = self._question_since
        if question is self._settled or t - since >= _STANDS_S:
            return None
        return ask_cue(question, self.words)

    def _follow(self, cue: Cue) -> None:
        before = self._cue
        self._cue = cue
        if cue.question is None:
            self._question_since = self._settled = None
        elif self._question_since is None or self._question_since[0] is not cue.question:
            self._question_since = cue.question, cue.t
        if (cue.offer, cue.question) != (before.offer, before.question):
            self.changed.emit()

    def _hear(self, command: Command) -> None:
        values = dict(command.values)
        if command.action is Action.CONDITION and values.get("name") == _NO_BREATH:
            self._takes_breath = values.get("on") is not True
            self.changed.emit()
        elif (card := card_of(command)) is not None:
            self._keep_cards(with_card(self._cards, card))
            self.changed.emit()
        elif command.action is Action.STOP_CUES:
            self._taken = self._felt_since = None
            self.changed.emit()

    def _keep_cards(self, cards: Sequence[OwnCard]) -> None:
        self._cards = tuple(cards)
        self.words = with_own(self._usual, self._cards)

    def _offer_in(self, zone: Zone) -> None:
        """Hand over the next thing of a state's menu; below the window the question comes first."""
        self._is_far_away = False
        if zone is Zone.BELOW:
            self._send(Action.OFFER, offer=QUESTION, is_breath=False)
            return
        self._hand_over_next(zone)

    def _menu(self, zone: Zone) -> list[OfferWords]:
        """Give what may be offered in a state just now."""
        menu = self.words.menu(zone, is_far_away=self._is_far_away)
        return [offer for offer in menu if self._takes_breath or not offer.is_breath]

    def _hand_over_next(self, zone: Zone) -> None:
        """Hand over what follows on the menu what was shown last, from its beginning where all is shown at once."""
        menu = self._menu(zone)
        last = next((i for i, offer in enumerate(menu) if offer.id == self._last_offer), -_SHOWN)
        if menu:
            self._hand_over(menu[(last + _SHOWN) % len(menu) if len(menu) > _SHOWN else 0])

    def _hand_over(self, offer: OfferWords) -> None:
        self._last_offer = offer.id
        self._send(Action.OFFER, offer=offer.id, is_breath=offer.is_breath)

    def _answer_offer(self, offer: OfferWords, name: str) -> None:
        """Take up one of the offers that are shown with the one that was handed over, or another few of them."""
        if name == MORE:
            self._hand_over_next(offer.zone)
            return
        chosen = self.words.find(name)
        if name == NO or chosen is None:
            self._send(Action.ANSWER, offer=offer.id, answer=NO)
            return
        instead: dict[str, Value] = {} if chosen is offer else {"instead_of": offer.id}
        self._send(Action.ANSWER, offer=chosen.id, answer="yes", **instead)
        if chosen.leads_breath:
            self._pacing.lead()
        else:
            self._taken = chosen, self._backstage.clock()

    def _answer_question(self, name: str) -> None:
        self._send(Action.ANSWER, offer=QUESTION, answer=NO if name == NO else "done")
        if name == NO:
            return
        self._send(Action.FELT, rating=name)
        if name == "far_away":
            self._help_from_afar()

    def _answer_cue(self, question: CueQuestion, name: str) -> None:
        self._settled = question
        self._send(Action.ANSWER, offer=question.value, answer=name)
        ends = "yes" if question is CueQuestion.DROP_IT else NO
        if name == ends:
            self._pacing.toggle()

    def _help_from_afar(self) -> None:
        """Offer what helps to be here again, once somebody said that they are far away."""
        self._is_far_away = True
        self._last_offer = ""
        self._hand_over_next(Zone.BELOW)

    def _finish(self, offer: OfferWords) -> None:
        self._taken = None
        self._send(Action.ANSWER, offer=offer.id, answer="done")

    def _rate(self, rating: str | float) -> None:
        self._felt_since = None
        self._send(Action.FELT, rating=rating)
        self.told.emit(_("noted, thank you"))
        if rating == "far_away":
            self._help_from_afar()
        self.changed.emit()

    def _send(self, action: Action, **values: Value) -> None:
        """Put a decision into the session; what still comes from before it is old."""
        self._sent_t = self._backstage.clock()
        self._cue = Cue(self._sent_t, question=self._cue.question)
        self._decide(action, **values)

    def _decide(self, action: Action, **values: Value) -> None:
        self._backstage.send(Command(self._backstage.clock(), action, CLIENT, values=tuple(values.items())))
