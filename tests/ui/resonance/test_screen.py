# SPDX-License-Identifier: MIT
"""The resonance assessment on the screen."""

from PySide6.QtCore import Qt

from dsp.codes import Action
from dsp.finding import Assessment, Criteria, RateScore, Resonance
from dsp.stream import CLIENT, Command, Frame, Tick
from tests.ui.conftest import Stage, texts_of
from ui.resonance.screen import ResonanceScreen
from ui.resonance.words import found_words


def score(rate: float, value: float) -> RateScore:
    means = Criteria(12.0 + value, 6.0 + value, 0.2, 0.7)
    return RateScore(rate, 10, means, means, value)


def found(certainty: float = 0.54, locking: float = 0.9) -> Assessment:
    rates = ((6.5, -0.6), (6.0, 0.1), (5.5, 0.7), (5.0, 0.66), (4.5, -0.8))
    return Assessment(tuple(score(*pair) for pair in rates), 5.5, 5.0, certainty, locking)


def begin(stage: Stage) -> ResonanceScreen:
    stage.window.begin(("demo",))
    stage.live(10.0, step_s=2.0)
    stage.press(Qt.Key.Key_R)
    screen = stage.window._screens.guides.resonance
    assert screen is not None
    return screen


def tell(stage: Stage, assessment: Assessment | None) -> None:
    t = stage.backstage.t
    stage.backstage.say(Frame(Tick(t), resonances=(Resonance(t, CLIENT, assessment),)))
    stage.turn()


def test_nothing_begins_before_a_way_is_chosen(stage: Stage) -> None:
    screen = begin(stage)
    stage.live(3.0)
    assert stage.shown() == "resonance"
    assert stage.backstage.sent == []
    assert [card.text() for card in screen.cards] == ["Step by step", "Sliding", "A short check"]


def test_a_chosen_way_is_asked_for_and_its_progress_is_told(stage: Stage) -> None:
    screen = begin(stage)
    stage.press(Qt.Key.Key_1)
    command = stage.backstage.sent[-1]
    assert (command.action, dict(command.values)["way"]) == (Action.RESONANCE, "stepped")
    stage.live(60.0, step_s=5.0)
    assert screen.line.text().startswith("6.5 a minute; about ")
    before = screen.bar.value()
    stage.live(60.0, step_s=5.0)
    assert screen.bar.value() > before
    assert stage.saved == []  # the paces that are tried out are not the person's own


def test_stopping_ends_the_paces_and_leads_back(stage: Stage) -> None:
    screen = begin(stage)
    stage.press(Qt.Key.Key_1)
    stage.live(5.0)
    screen.back.click()
    assert stage.backstage.sent[-1].action is Action.STOP_CUES
    assert stage.shown() == "session"


def test_too_slow_ends_the_assessment_and_not_the_breathing(stage: Stage) -> None:
    screen = begin(stage)
    stage.press(Qt.Key.Key_1)
    stage.live(20.0)
    stage.press(Qt.Key.Key_S)
    stage.live(2.0)
    assert not screen.reading.is_running
    assert stage.window._pacing.is_on


def test_two_that_cannot_be_told_apart_are_equally_good_and_the_person_chooses(stage: Stage) -> None:
    screen = begin(stage)
    tell(stage, found())
    texts = texts_of(screen)
    assert "5.5 and 5.0 are equally good" in texts
    assert "The difference between them is within chance. Take the more comfortable one." in texts
    assert {"Use 5.5", "Use 5.0", "in 4.8, out 7.2", "Try each for a minute", "54 % of draws"} <= set(texts)
    stage.press(Qt.Key.Key_2)
    assert stage.shown() == "session"
    command = stage.backstage.sent[-1]
    assert (command.action, dict(command.values)["breaths_per_min"]) == (Action.PACE, 5.0)
    assert stage.saved[-1].breaths_per_min == 5.0


def test_a_clear_best_is_the_only_one_offered(stage: Stage) -> None:
    screen = begin(stage)
    tell(stage, found(certainty=0.93))
    texts = texts_of(screen)
    assert "5.5 a minute fits best" in texts
    assert "Use 5.0 a minute" not in texts


def test_every_score_is_told_in_words(stage: Stage) -> None:
    screen = begin(stage)
    tell(stage, found())
    said = screen.result.table.accessibleDescription()
    assert [part.split(" ")[0] for part in said.split("; ")] == ["6.5", "6.0", "5.5", "5.0", "4.5"]
    assert not screen.result.table.grab().toImage().isNull()


def test_what_was_not_seen_is_said_so(stage: Stage) -> None:
    screen = begin(stage)
    tell(stage, None)
    assert "Too little was clear to compare" in texts_of(screen)
    unseen = found_words(Resonance(1.0, CLIENT, found(locking=0.2)))
    assert unseen[0] == "The answer to the breath cannot be seen"


def paces(stage: Stage) -> list[object]:
    return [dict(c.values)["breaths_per_min"] for c in stage.backstage.sent if c.action is Action.PACE]


def test_each_of_two_can_be_tried_for_a_minute_before_one_is_chosen(stage: Stage) -> None:
    screen = begin(stage)
    tell(stage, found())
    before = stage.window._keeper.now.breaths_per_min
    stage.press(Qt.Key.Key_3)
    stage.live(30.0, step_s=5.0)
    assert screen.line.text() == "trying 5.5 a minute; 0:30 to go"
    stage.live(60.0, step_s=5.0)
    assert paces(stage) == [5.5, 5.0]
    stage.live(40.0, step_s=5.0)
    assert stage.backstage.sent[-1].action is Action.STOP_CUES
    assert "Which felt easier?" in texts_of(screen)
    assert stage.window._keeper.now.breaths_per_min == before
    assert not [c for c in stage.backstage.sent if dict(c.values).get("way") == "chosen"]


def test_a_trial_that_is_left_leads_back_to_what_was_found(stage: Stage) -> None:
    screen = begin(stage)
    tell(stage, found())
    stage.press(Qt.Key.Key_3)
    stage.live(10.0, step_s=5.0)
    screen.back.click()
    assert stage.shown() == "resonance"
    assert "Which felt easier?" in texts_of(screen)


def test_the_chosen_pace_is_told_as_the_persons_own(stage: Stage) -> None:
    begin(stage)
    tell(stage, found())
    stage.press(Qt.Key.Key_1)
    told, pace = stage.backstage.sent[-2:]
    assert dict(told.values) == {"way": "chosen", "best": 5.5}
    assert (pace.action, dict(pace.values)["breaths_per_min"]) == (Action.PACE, 5.5)


def test_the_pace_of_an_earlier_session_is_the_one_to_start_with_and_to_look_at_again(stage: Stage) -> None:
    stage.window.begin(("demo",))
    stage.live(2.0)
    known = (("way", "known"), ("best", 5.0), ("age_days", 12))
    stage.backstage.send(Command(stage.backstage.t, Action.RESONANCE, "store", values=known))
    stage.turn()
    assert stage.window._keeper.now.breaths_per_min == 5.0
    stage.press(Qt.Key.Key_R)
    screen = stage.window._screens.guides.resonance
    assert screen is not None
    said = "Your pace from 12 days ago: 5.0 a minute. A short check at the start of a session keeps it right."
    assert said in texts_of(screen)
    assert not screen.reading.is_running
    stage.press(Qt.Key.Key_3)
    assert dict(stage.backstage.sent[-1].values)["about"] == 5.0
