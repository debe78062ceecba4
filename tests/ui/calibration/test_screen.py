# SPDX-License-Identifier: MIT
"""A guided rest on the screen, made by the real pipeline."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt

from dsp.baseline import Calibration
from dsp.codes import Action, CalibrationStep, Reason
from dsp.stream import CLIENT, Frame, Tick
from sensors.made_up.faults import Faults, Span
from tests.ui.conftest import Stage, texts_of
from ui.calibration.progress import RestProgress, Run
from ui.calibration.screen import CalibrationScreen


def begin(stage: Stage, faults: Faults | None = None) -> CalibrationScreen:
    if faults is not None:
        stage.backstage.faults = faults
    stage.window.begin(("demo",))
    stage.live(20.0, step_s=2.0)
    stage.press(Qt.Key.Key_B)
    screen = stage.window._screens.guides.calibration
    assert screen is not None
    return screen


def steps(stage: Stage) -> list[object]:
    return [dict(c.values).get("step") for c in stage.backstage.sent if c.action is Action.CALIBRATE]


def test_b_asks_first_and_begins_nothing(stage: Stage) -> None:
    screen = begin(stage)
    stage.live(3.0)
    assert stage.shown() == "calibration"
    assert steps(stage) == []
    assert "How is it now?" in texts_of(screen)
    screen.done.click()
    assert (stage.shown(), steps(stage)) == ("session", [])


def test_the_felt_rating_comes_first_with_its_number(stage: Stage) -> None:
    screen = begin(stage)
    stage.press(Qt.Key.Key_4)
    screen.felt.cards[2].click()
    felt, settle = [dict(c.values) for c in stage.backstage.sent if c.action is Action.CALIBRATE]
    assert felt == {"step": "felt", "state": "quiet", "level": 4.0}
    assert settle == {"step": "settle"}


def test_rather_not_say_says_nothing(stage: Stage) -> None:
    screen = begin(stage)
    screen.felt.cards[3].click()
    assert dict(stage.backstage.sent[0].values) == {"step": "felt"}


def test_settle_leads_to_rest_and_to_the_window_in_words(stage: Stage) -> None:
    screen = begin(stage)
    screen.felt.cards[1].click()
    stage.live(30.0, step_s=5.0)
    assert "Settle in" in texts_of(screen)
    stage.live(60.0, step_s=5.0)
    assert "Just sit, look anywhere" in texts_of(screen)
    clean, wanted = screen.rest.ring.shown
    assert (0 < clean < 60, wanted) == (True, 180)
    stage.live(180.0, step_s=5.0)
    texts = texts_of(screen)
    assert "This is your window" in texts
    assert [text for text in texts if text.startswith("above from about ")]
    assert "Getting to know you: it is drawn dashed until there were rests on three days." in texts


def test_a_talk_may_follow(stage: Stage) -> None:
    screen = begin(stage)
    screen.felt.cards[1].click()
    stage.live(270.0, step_s=10.0)
    stage.press(Qt.Key.Key_1)
    stage.live(2.0)
    assert steps(stage)[-1] == "talk"
    assert "How did you get here today?" in texts_of(screen)
    stage.live(130.0, step_s=10.0)
    assert screen.progress.baseline is not None
    assert screen.progress.baseline.has_talk


def test_every_step_can_be_skipped_and_begun_anew(stage: Stage) -> None:
    screen = begin(stage)
    screen.felt.cards[1].click()
    stage.live(5.0)
    stage.press(Qt.Key.Key_S)
    stage.live(2.0)
    assert screen.progress.now is not None
    assert screen.progress.now.step is CalibrationStep.REST
    stage.press(Qt.Key.Key_R)
    stage.live(2.0)
    assert steps(stage)[-2:] == ["skip", "repeat"]
    stage.press(Qt.Key.Key_S)
    stage.live(1.0)
    assert "Nothing was measured. It can be done any time." in texts_of(screen)


def test_a_rest_that_is_ended_early_says_why_there_is_no_window(stage: Stage) -> None:
    screen = begin(stage)
    screen.felt.cards[1].click()
    stage.live(5.0)
    stage.press(Qt.Key.Key_S)
    stage.live(20.0)
    screen.done.click()
    stage.live(1.0)
    texts = texts_of(screen)
    assert "No window from this rest" in texts
    assert "There were too few clear seconds to compare with. Rest once more, sitting easy." in texts


def test_a_second_that_does_not_count_waits_with_its_reason_and_the_ring_never_turns_back(stage: Stage) -> None:
    screen = begin(stage, Faults(dropouts=(Span(60, 20),)))
    screen.felt.cards[1].click()
    stage.live(2.0)
    stage.press(Qt.Key.Key_S)
    shown, waited = [], set()
    for _ in range(100):
        stage.live(1.0, step_s=1.0)
        shown.append(screen.rest.ring.shown[0])
        waited |= {text for text in texts_of(screen.rest) if text.startswith("It waits")}
    assert all(a <= b for a, b in pairwise(shown))
    assert waited
    assert [run for run in screen.rest.lane.runs if run.why is not None and run.seconds >= 5]


def test_leaving_ends_what_runs(stage: Stage) -> None:
    screen = begin(stage)
    screen.felt.cards[1].click()
    stage.live(2.0)
    stage.press(Qt.Key.Key_Backspace)
    assert stage.shown() == "session"
    stage.live(3.0)
    assert not screen.progress.is_running


def test_the_breathing_rests_meanwhile(stage: Stage) -> None:
    stage.window.begin(("demo",))
    stage.live(2.0)
    stage.press(Qt.Key.Key_P)
    stage.press(Qt.Key.Key_B)
    screen = stage.window._screens.guides.calibration
    assert screen is not None
    screen.felt.cards[1].click()
    assert not stage.window._pacing.is_on


def test_no_heart_rate_stands_on_the_page(stage: Stage) -> None:
    screen = begin(stage)
    screen.felt.cards[1].click()
    stage.live(10.0)
    assert not [text for text in texts_of(screen) if "bpm" in text or "heart rate" in text]


def tick(t: float, step: CalibrationStep, clean_s: float, why: Reason | None = None) -> Frame:
    return Frame(Tick(t), calibrations=(Calibration(t, CLIENT, step, clean_s, 180.0, why),))


@pytest.mark.parametrize("person", ["partner"])
def test_another_persons_rest_is_not_shown(person: str) -> None:
    progress = RestProgress()
    calibration = Calibration(1.0, person, CalibrationStep.REST, 5.0, 180.0)
    assert not progress.take(Frame(Tick(1.0), calibrations=(calibration,)))


def test_the_lane_has_each_second_once() -> None:
    progress = RestProgress()
    progress.take(tick(1.0, CalibrationStep.REST, 0.0))
    for second in range(1, 11):
        why = Reason.MOVING if 4 <= second < 7 else None
        progress.take(tick(1.0 + second, CalibrationStep.REST, float(second), why))
    assert progress.runs == [Run(0, 3, None), Run(3, 3, Reason.MOVING), Run(6, 4, None)]
