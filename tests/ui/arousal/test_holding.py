# SPDX-License-Identifier: MIT
"""What holds of a window, told as the pipeline decides it: the two never disagree."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.arousal.held import Held
from dsp.baseline import Baseline, ChannelRest
from dsp.codes import Action, CalibrationStep, Channel, NoticeCode, Reason
from dsp.stream import CLIENT, Command, Frame, Notice, Tick, Value
from ui.arousal.decisions import WindowDecisions
from ui.arousal.holding import TODAY, USUAL, WindowHolding


def rest(m: float, *, age_days: int = 0, is_unusual: bool = False) -> Baseline:
    channels = (ChannelRest(Channel.H, m, 4.0, 9.0),)
    return Baseline(5.0, CLIENT, channels, 1.1, -1.1, age_days=age_days, is_unusual=is_unusual)


def command(action: Action, **values: Value) -> Command:
    return Command(1.0, action, "clinician", CLIENT, tuple(values.items()))


def back(baseline: Baseline) -> Frame:
    return Frame(command(Action.CALIBRATE, step=CalibrationStep.BACK.value), baselines=(baseline,))


def stored(m: float, age_days: int) -> Frame:
    return Frame(command(Action.BASELINE, **dict(rest(m, age_days=age_days).to_values())))


def told(*frames: Frame) -> WindowHolding:
    holding = WindowHolding()
    for frame in frames:
        holding.take(frame)
    return holding


def found(m: float, **known: bool) -> Frame:
    return Frame(Tick(9.0), baselines=(rest(m, **known),))


def test_a_change_of_bounds_is_logged_with_its_reason_and_its_way_back() -> None:
    sent: list[Command] = []
    decisions = WindowDecisions(lambda: 7.0, sent.append)
    assert not decisions.set_bounds(-1.0, 1.5, "  ")
    assert decisions.set_bounds(-9.0, 1.5, "talking  reads above")
    decisions.revert()
    holding = told(found(66.0), *map(Frame, sent))
    assert [(one.bounds, one.reason) for one in holding.changes] == [((-2.7, 1.5), "talking reads above"), (None, "")]
    assert {one.author for one in holding.changes} == {"clinician"}
    assert not holding.is_by_hand


def test_bounds_without_a_reason_are_not_called_set_by_hand() -> None:
    assert not told(found(66.0), Frame(command(Action.BOUNDS, lower=-1.0, upper=1.0))).is_by_hand


def test_a_new_rest_ends_what_was_set_by_hand_and_a_talk_does_not() -> None:
    by_hand = Frame(command(Action.BOUNDS, lower=-1.0, upper=1.0, reason="why"))
    assert told(found(66.0), by_hand, found(66.0)).is_by_hand
    assert not told(found(66.0), by_hand, found(70.0)).is_by_hand


@pytest.mark.parametrize(("is_unusual", "reference"), [(True, USUAL), (False, TODAY)])
def test_between_the_usual_rest_and_todays_there_is_a_choice(is_unusual: bool, reference: str) -> None:
    assert told(found(66.0)).reference is None
    holding = told(stored(60.0, 3), found(80.0, is_unusual=is_unusual))
    assert holding.reference == reference
    for chosen in (USUAL, TODAY):
        holding.take(Frame(command(Action.CALIBRATE, step=CalibrationStep.AGAINST.value, reference=chosen)))
        assert holding.reference == chosen


def test_the_old_calibration_can_be_had_back_and_the_new_one_again() -> None:
    holding = told(stored(60.0, 3), found(80.0))
    assert holding.can_go_back
    holding.take(back(rest(60.0, age_days=3)))
    assert (holding.is_back, holding.baseline and holding.baseline.age_days) == (True, 3)
    holding.take(back(rest(80.0)))
    assert (holding.is_back, holding.baseline) == (False, rest(80.0))
    assert not told(found(80.0)).can_go_back


def test_why_a_new_rest_would_be_good_is_told_until_there_is_one() -> None:
    notice = Notice(3.0, NoticeCode.REST_WANTED, "arousal", CLIENT, (("why", "rest_old"),))
    holding = told(stored(60.0, 40), Frame(Tick(3.0), notices=(notice,)))
    assert holding.rest_wanted is Reason.REST_OLD
    holding.take(found(61.0))
    assert holding.rest_wanted is None


_STEPS = st.lists(st.sampled_from(["earlier", "rest", "talk", "back"]), max_size=12)


@given(_STEPS)
def test_what_is_told_to_hold_is_what_the_estimate_holds(steps: Sequence[str]) -> None:
    held, holding, m = Held(), WindowHolding(), 60.0
    for step in steps:
        if step == "earlier" and held.window is None:
            held.remember(rest(55.0, age_days=2))
            holding.take(stored(55.0, 2))
        elif step in ("rest", "talk"):
            m += step == "rest"
            holding.take(Frame(Tick(1.0), baselines=(held.calibrate(rest(m)),)))
        elif step == "back":
            before = held.go_back(5.0)
            assert (before is not None) == holding.can_go_back
            if before is not None:
                holding.take(back(before))
        holds = held._today or (held._earlier[-1] if held._earlier else None)
        assert (holds and holds.channels) == (holding.baseline and holding.baseline.channels)
