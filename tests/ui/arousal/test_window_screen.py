# SPDX-License-Identifier: MIT
"""The window's page for the clinician: bounds with their reason, which rest holds, what each channel gives, growth."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from dsp.baseline import Baseline, ChannelRest
from dsp.codes import Action, CalibrationStep, Channel, Zone
from dsp.stream import CLIENT, Command, Frame, Tick
from tests.ui.conftest import Stage, texts_of
from ui.archive.growth import EdgeRow, Grown, HelpRow, PastRow, TrendRow
from ui.arousal.window_screen import WindowScreen

REST = Baseline(0.0, CLIENT, (ChannelRest(Channel.H, 66.0, 4.0, 9.0),), 1.1, -1.1, felt_state="settled", age_days=40)


def begin(stage: Stage, rest: Baseline | None = REST) -> WindowScreen:
    stage.window.begin(("demo",))
    stage.live(2.0)
    if rest is not None:
        stage.backstage.send(Command(stage.backstage.t, Action.BASELINE, "app", values=rest.to_values()))
    stage.press(Qt.Key.Key_K)
    stage.live(40.0, step_s=5.0)
    assert stage.shown() == "window"
    return stage.window._screens.guides.window


def sent(stage: Stage, action: Action) -> list[dict[str, object]]:
    return [dict(command.values) for command in stage.backstage.sent if command.action is action]


def test_k_opens_it_and_leads_back(stage: Stage) -> None:
    begin(stage)
    stage.press(Qt.Key.Key_K)
    assert stage.shown() == "session"


def test_a_moved_bound_sets_nothing_until_there_is_a_reason_and_can_be_reverted(stage: Stage) -> None:
    screen = begin(stage)
    screen.bounds.slider.upper_handle.setValue(16)
    stage.live(2.0)
    assert sent(stage, Action.BOUNDS) == []
    assert screen.bounds.slider.bounds == (-1.1, 1.6)  # what comes meanwhile does not move the hand's wish
    screen.bounds.reasons[0].click()
    stage.live(2.0)
    assert sent(stage, Action.BOUNDS) == [{"upper": 1.6, "lower": -1.1, "reason": "talking reads above"}]
    assert [text for text in texts_of(screen) if "\N{MINUS SIGN}1.1 to +1.6: talking reads above" in text]
    held = screen.reading.window()
    assert held is not None
    assert (held.upper, held.is_by_hand) == (1.6, True)
    screen.bounds.revert.click()
    stage.live(2.0)
    assert sent(stage, Action.BOUNDS)[-1] == {"revert": True}
    assert screen.bounds.slider.bounds == (-1.1, 1.1)
    assert not screen.bounds.revert.isEnabled()


def test_another_reason_is_typed_and_not_now_moves_the_handle_back(stage: Stage) -> None:
    screen = begin(stage)
    screen.bounds.slider.lower_handle.setValue(-20)
    screen.bounds._leave.click()
    assert (sent(stage, Action.BOUNDS), screen.bounds.slider.bounds) == ([], (-1.1, 1.1))
    screen.bounds.slider.lower_handle.setValue(-20)
    QTest.keyClicks(screen.bounds.reason, "seen in the room")
    QTest.keyClick(screen.bounds.reason, Qt.Key.Key_Return)
    assert sent(stage, Action.BOUNDS) == [{"upper": 1.1, "lower": -2.0, "reason": "seen in the room"}]


def test_a_handle_follows_the_mouse_and_the_arrow_keys(stage: Stage) -> None:
    screen = begin(stage)
    slider, handle = screen.bounds.slider, screen.bounds.slider.upper_handle
    QTest.mousePress(handle, Qt.MouseButton.LeftButton)
    target = handle.mapFromParent(QPointF(slider.x_of(2.0), 10.0).toPoint())
    QTest.mouseMove(handle, target)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=target)
    handle.setFocus()
    before = handle.value()
    QTest.keyClick(handle, Qt.Key.Key_Right)
    assert handle.value() == before + 1
    assert sent(stage, Action.PACE) == []  # an arrow key here is no pace


def test_why_a_new_rest_would_be_good_is_said_and_b_leads_there(stage: Stage) -> None:
    screen = begin(stage)
    assert "The last rest was more than a month ago. A new one would fit better." in texts_of(screen)
    stage.press(Qt.Key.Key_B)
    assert stage.shown() == "calibration"


def test_the_rest_behind_it_is_told_in_its_own_units(stage: Stage) -> None:
    texts = texts_of(begin(stage))
    assert {"66.0 bpm, spread 4.0", "180 s clean, 100 % of it", "settled", "rest only, from 6 weeks ago"} <= set(texts)


def test_each_channels_part_is_told_and_what_does_not_count_is_a_dash(stage: Stage) -> None:
    screen = begin(stage)
    state = screen.reading.state_at(stage.backstage.t)
    assert [channel for channel, _ in state.parts] == [Channel.H]
    said = screen.now.parts.accessibleDescription()
    assert said.startswith("heart rate ")
    assert said.endswith("skin responses \N{EN DASH}")


@pytest.mark.parametrize(("index", "reference"), [(0, "usual"), (1, "today")])
def test_the_rest_that_holds_can_be_chosen(stage: Stage, index: int, reference: str) -> None:
    screen = begin(stage)
    today = Baseline(stage.backstage.t, CLIENT, (ChannelRest(Channel.H, 80.0, 4.0, 9.0),), 1.2, -1.2, is_unusual=True)
    stage.backstage.say(Frame(Tick(stage.backstage.t), baselines=(today,)))
    stage.live(1.0)
    assert "today’s rest differs from the usual" in texts_of(screen)
    screen.rest.choice.chosen.emit(index)
    assert sent(stage, Action.CALIBRATE)[-1] == {"step": CalibrationStep.AGAINST, "reference": reference}
    screen.rest.back.click()
    assert sent(stage, Action.CALIBRATE)[-1] == {"step": CalibrationStep.BACK}


def grown(edge: EdgeRow | None = None, why: str = "") -> Grown:
    row = PastRow(1_790_000_000.0, 3600.0, 0.6, 0.72, 5.0, True, None, 66.0, 13.0)
    trends = (TrendRow("edge_bpm", 6, 5.2, 4.0, 0.02, True), TrendRow("return_s"))
    helps = (HelpRow(Zone.ABOVE, "nothing", 4, 3, 120.0), HelpRow(Zone.ABOVE, "own_7", 2, 2, None))
    return Grown("C-7F3K", (row,), 2, edge, why, trends, helps)


def test_growth_is_read_when_it_is_asked_for_of_somebody_who_is_stored(stage: Stage) -> None:
    screen = begin(stage)
    screen.growth.look_up.click()
    assert "This session is not stored: there is nothing to read." in texts_of(screen)


def test_what_moved_is_told_with_the_felt_edge_beside_the_measured_bound(stage: Stage) -> None:
    screen = begin(stage)
    stage.backstage.say(grown(EdgeRow(1.42, 1.2, 1.6, 23)))
    stage.turn()
    told = "\n".join(texts_of(screen))
    assert "“too much” from +1.4 on (90 %: +1.2 to +1.6, 23 ratings)" in told
    assert "By the heart alone that is about 72 bpm; the measured bound is +1.1." in told
    assert "The felt edge moved by +5 bpm over 6 sessions (p = 0.020)." in told
    assert "it takes five, and seven to see most of what is there" in told
    assert "above, something of their own: back inside 2 of 2 times" in told
    assert "not reached" in told
    screen.growth.hold.click()
    assert sent(stage, Action.BOUNDS) == [{"upper": 1.42, "lower": -1.1, "reason": "the felt edge"}]


@pytest.mark.parametrize("why", ["too_few_ratings", "too_few_sessions", "one_sided", "no_edge_found"])
def test_without_a_felt_edge_it_says_why_and_offers_none(stage: Stage, why: str) -> None:
    screen = begin(stage)
    stage.backstage.say(grown(why=why))
    stage.turn()
    assert any("felt edge" in text for text in texts_of(screen))
    assert screen.growth.hold.isHidden()
