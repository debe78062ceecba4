# SPDX-License-Identifier: MIT
"""Offers and questions: handed over, answered by commands, and gone when they are left alone."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from dsp.baseline import ArousalState
from dsp.codes import Action, CueKind, CueQuestion, Zone
from dsp.plan import PacingPlan, Segment
from dsp.stream import CLIENT, Command, Cue, Frame, Tick
from tests.ui.conftest import Stage, Staging, texts_of
from ui.client.ask import QUESTION
from ui.client.asking import Asking
from ui.cue_words import CueWords, OfferWords

WORDS = CueWords(
    (
        OfferWords("exhale", Zone.ABOVE, "A longer breath out", "Follow the shape.", is_breath=True, leads_breath=True),
        OfferWords("feet", Zone.ABOVE, "Feet and hands", "Press your feet into the floor."),
        OfferWords("five", Zone.BELOW, "Five things", "Name five things.", asks_first=True),
        OfferWords("natural", Zone.BELOW, "A natural breath", "As it comes.", is_breath=True, asks_first=True),
    ),
    "Calm, tired, or far away?",
    "Soft and small, no need to fill up.",
    "More uneasy is common; switch to looking around.",
)


class Session:
    """A session with a menu, and what was decided in it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.asking: Asking = stage.window._asking
        self.asking.use(WORDS)
        stage.window.begin(("demo",))
        stage.live(2.0)
        self.stage.backstage.sent.clear()

    def tell(self, zone: Zone, prompt: Zone | None = None) -> None:
        state = ArousalState(self.stage.backstage.t, CLIENT, zone, why=None, prompt=prompt)
        self.stage.backstage.say(Frame(Tick(self.stage.backstage.t), states=(state,)))
        self.stage.turn()

    def ask(self, question: CueQuestion) -> None:
        t = self.stage.backstage.t
        cue = Cue(t, kind=CueKind.BREATH, plan=PacingPlan((Segment(t, 10.0),)), question=question)
        self.stage.backstage.say(Frame(Tick(t), cues=(cue,)))
        self.stage.turn()

    @property
    def sent(self) -> list[tuple[Action, dict[str, object]]]:
        return [(command.action, dict(command.values)) for command in self.stage.backstage.sent]

    @property
    def heading(self) -> str:
        screen = self.stage.window._screens.session
        assert screen is not None
        screen.refresh(self.stage.backstage.t)
        return screen.ask_panel.ask.heading if screen.ask_panel.ask is not None else ""


@pytest.fixture
def session(staging: Staging) -> Session:
    return Session(staging(reduced_motion=True))


@pytest.fixture
def wanting(staging: Staging) -> Session:
    return Session(staging(reduced_motion=True, offers_wanted=True))


def test_nothing_is_offered_by_itself_unless_it_was_switched_on(session: Session) -> None:
    session.tell(Zone.ABOVE, prompt=Zone.ABOVE)
    session.stage.live(2.0)
    assert (session.sent, session.heading) == ([], "")


def test_a_prompt_becomes_an_offer_for_somebody_who_wanted_that(wanting: Session) -> None:
    wanting.tell(Zone.ABOVE, prompt=Zone.ABOVE)
    wanting.stage.turn()
    assert wanting.sent == [(Action.OFFER, {"offer": "exhale", "is_breath": True})]
    assert wanting.heading == "More activated than your window"


def test_c_hands_over_what_fits_and_yes_and_no_are_equally_large(session: Session) -> None:
    session.tell(Zone.ABOVE)
    session.stage.press(Qt.Key.Key_C)
    session.stage.live(0.5)
    assert session.heading == "More activated than your window"
    screen = session.stage.window._screens.session
    assert screen is not None
    cards = screen.ask_panel.cards
    assert [card.text() for card in cards] == ["A longer breath out", "Feet and hands", "No, thanks"]
    assert len({card.size() for card in cards}) == 1
    foot = "More uneasy is common; switch to looking around. This leaves by itself if you let it be."
    assert foot in texts_of(screen)
    assert not screen.pacer.isVisible()


def test_what_is_unknown_has_no_offer(session: Session) -> None:
    session.tell(Zone.UNKNOWN)
    session.stage.press(Qt.Key.Key_C)
    assert session.sent == []


def test_yes_to_the_breath_lets_the_own_breath_lead(session: Session) -> None:
    session.tell(Zone.ABOVE)
    session.stage.press(Qt.Key.Key_C)
    session.stage.live(0.5)
    session.stage.press(Qt.Key.Key_1)
    assert [action for action, _ in session.sent] == [Action.OFFER, Action.ANSWER, Action.PACE]
    assert session.sent[1][1] == {"offer": "exhale", "answer": "yes"}
    assert session.sent[2][1]["closed_loop"] is True
    session.stage.live(1.0)
    assert session.heading == ""


def test_no_ends_it_and_starts_nothing(session: Session) -> None:
    session.tell(Zone.ABOVE)
    session.stage.press(Qt.Key.Key_C)
    session.stage.live(0.5)
    session.stage.press(Qt.Key.Key_0)
    assert session.sent[-1] == (Action.ANSWER, {"offer": "exhale", "answer": "no"})
    session.stage.live(1.0)
    assert session.heading == ""
    assert not session.stage.window._pacing.is_on


def test_an_offer_leaves_after_30_s(session: Session) -> None:
    session.tell(Zone.ABOVE)
    session.stage.press(Qt.Key.Key_C)
    session.stage.live(25.0)
    assert session.heading
    session.stage.live(8.0)
    assert session.heading == ""
    assert len(session.sent) == 1


def test_another_offer_can_be_taken_up_in_place_of_the_first_and_its_words_stay(session: Session) -> None:
    session.tell(Zone.ABOVE)
    session.stage.press(Qt.Key.Key_C)
    session.stage.live(0.5)
    session.stage.press(Qt.Key.Key_2)
    assert session.sent[-1] == (Action.ANSWER, {"offer": "feet", "answer": "yes", "instead_of": "exhale"})
    session.stage.live(1.0)
    assert session.heading == "Feet and hands"
    session.stage.press(Qt.Key.Key_1)
    assert session.sent[-1] == (Action.ANSWER, {"offer": "feet", "answer": "done"})
    assert session.heading == ""


def test_something_else_goes_on_in_a_long_menu(session: Session) -> None:
    more = tuple(OfferWords(f"more_{n}", Zone.ABOVE, f"More {n}", "") for n in range(3))
    session.asking.use(replace(WORDS, offers=WORDS.offers + more))
    session.tell(Zone.ABOVE)
    session.stage.press(Qt.Key.Key_C)
    session.stage.live(0.5)
    session.stage.press(Qt.Key.Key_4)
    session.stage.live(0.5)
    assert session.sent[-1] == (Action.OFFER, {"offer": "more_1", "is_breath": False})
    screen = session.stage.window._screens.session
    assert screen is not None
    assert [card.text() for card in screen.ask_panel.cards][:2] == ["More 1", "More 2"]


def own(session: Session, kind: str, words: str) -> None:
    session.asking.put_card(kind, words)
    session.stage.turn()


def test_own_cards_come_first_above_and_after_far_away(session: Session) -> None:
    own(session, "place", "the sea")
    session.tell(Zone.ABOVE)
    session.stage.press(Qt.Key.Key_C)
    assert session.sent[-1] == (Action.OFFER, {"offer": "own_1", "is_breath": False})
    session.stage.live(0.5)
    session.stage.press(Qt.Key.Key_0)
    session.tell(Zone.BELOW)
    session.stage.press(Qt.Key.Key_C)
    session.stage.live(0.5)
    session.stage.press(Qt.Key.Key_3)
    assert session.sent[-1] == (Action.OFFER, {"offer": "own_1_below", "is_breath": False})


def test_an_own_card_is_the_persons_words_and_can_be_taken_away(session: Session) -> None:
    own(session, "person", "  Ana  ")
    own(session, "sound", "rain")
    own(session, "sound", "   ")
    (first, second) = session.asking.cards
    assert [(card.kind, card.words) for card in (first, second)] == [("person", "Ana"), ("sound", "rain")]
    session.asking.drop_card(first)
    session.stage.turn()
    assert list(session.asking.cards) == [second]
    session.asking.begin()
    assert not session.asking.cards


def test_somebody_can_say_themselves_that_they_want_nothing_about_breathing(session: Session) -> None:
    session.asking.let_breathe(takes_breath=False)
    session.stage.turn()
    assert not session.asking.takes_breath
    session.tell(Zone.ABOVE)
    session.stage.press(Qt.Key.Key_C)
    assert session.sent[-1] == (Action.OFFER, {"offer": "feet", "is_breath": False})


def test_below_the_question_comes_first_and_only_far_away_leads_on(session: Session) -> None:
    session.tell(Zone.BELOW)
    session.stage.press(Qt.Key.Key_C)
    session.stage.live(0.5)
    assert session.heading == "Quieter than your usual"
    session.stage.press(Qt.Key.Key_3)
    assert session.sent[1:] == [
        (Action.ANSWER, {"offer": QUESTION, "answer": "done"}),
        (Action.FELT, {"rating": "far_away"}),
        (Action.OFFER, {"offer": "five", "is_breath": False}),
    ]


def test_calm_is_noted_and_leads_to_nothing(session: Session) -> None:
    session.tell(Zone.BELOW)
    session.stage.press(Qt.Key.Key_C)
    session.stage.live(0.5)
    session.stage.press(Qt.Key.Key_1)
    assert session.sent[-1] == (Action.FELT, {"rating": "calm"})


def test_somebody_without_breath_cues_is_offered_none(session: Session) -> None:
    values = (("name", "no_breath_cues"), ("on", True))
    session.stage.backstage.send(Command(session.stage.backstage.t, Action.CONDITION, "clinician", values=values))
    session.stage.turn()
    session.tell(Zone.ABOVE)
    session.stage.press(Qt.Key.Key_C)
    assert session.sent[-1] == (Action.OFFER, {"offer": "feet", "is_breath": False})


@pytest.mark.parametrize(("key", "rating"), [(Qt.Key.Key_0, 0.0), (Qt.Key.Key_7, 7.0), (Qt.Key.Key_T, 10.0)])
def test_f_and_a_digit_are_a_felt_rating(session: Session, key: Qt.Key, rating: float) -> None:
    session.stage.press(key)
    assert session.sent == []  # without F a digit means nothing here
    session.stage.press(Qt.Key.Key_F)
    assert session.heading == "How is it now?"
    session.stage.press(key)
    assert session.sent == [(Action.FELT, {"rating": rating})]
    assert session.heading == ""


def test_a_felt_rating_may_be_a_word_or_put_away(session: Session) -> None:
    session.stage.press(Qt.Key.Key_F)
    assert session.heading
    screen = session.stage.window._screens.session
    assert screen is not None
    screen.ask_panel.cards[1].click()
    assert session.sent == [(Action.FELT, {"rating": "nearly_too_much"})]
    session.stage.press(Qt.Key.Key_F)
    session.stage.press(Qt.Key.Key_F)
    assert session.heading == ""


@pytest.mark.parametrize("question", CueQuestion)
def test_a_cues_question_is_asked_once_and_leaves(session: Session, question: CueQuestion) -> None:
    session.ask(question)
    assert session.heading in {"Shall we stay here?", "Shall we drop the shape?"}
    session.stage.press(Qt.Key.Key_1)
    assert session.sent[0] == (Action.ANSWER, {"offer": question.value, "answer": "yes"})
    session.ask(question)
    assert session.heading == ""


def test_dropping_the_shape_stops_the_cues(session: Session) -> None:
    session.ask(CueQuestion.DROP_IT)
    session.stage.press(Qt.Key.Key_1)
    assert [action for action, _ in session.sent] == [Action.ANSWER, Action.STOP_CUES]


def test_esc_takes_away_what_is_asked(session: Session) -> None:
    session.stage.press(Qt.Key.Key_F)
    session.stage.press(Qt.Key.Key_Escape)
    session.stage.turn()
    assert session.asking.now() is None


def test_an_offer_fades_in_over_2_s_and_at_once_with_reduced_motion(staging: Staging) -> None:
    moving = Session(staging())
    moving.stage.press(Qt.Key.Key_F)
    assert moving.heading
    screen = moving.stage.window._screens.session
    assert screen is not None
    assert screen.ask_panel.mist.share > 0.5
    assert screen.ask_panel.mist._fade.duration() == 2000
