# SPDX-License-Identifier: MIT
"""When a new rest is offered beside a window that holds, and an old calibration that comes back."""

from collections.abc import Sequence

import pytest

from benchmarks.arousal import laws
from benchmarks.arousal.made_up import Life, bounds, command, items, rest
from dsp.baseline import Baseline
from dsp.codes import Action, CalibrationStep, NoticeCode
from dsp.pipeline import Pipeline
from dsp.stream import CLIENT, Command, Frame, Item, Notice, Value

_AS_USUAL = Life(bpm=laws.still(65.0), motion_mg=laws.still(5.0))


def told(frames: Sequence[Frame]) -> list[tuple[float, Value]]:
    """Give what was told of a new rest: when, and why."""
    return [
        (notice.t, dict(notice.values)["why"])
        for frame in frames
        for notice in frame.notices
        if notice.code is NoticeCode.REST_WANTED
    ]


def lived(life: Life, seconds: int, before: Sequence[Item]) -> list[Frame]:
    pipeline = Pipeline((CLIENT,))
    return [pipeline.update(item) for item in (*before, *items(life, seconds))]


def stored(m_bpm: float, age_days: int, **more: Value) -> Command:
    values = {**dict(laws.usual(m_bpm, age_days).values), **more}
    return command(0.0, Action.BASELINE, **values)


def device(model: str) -> Notice:
    return Notice(0.5, NoticeCode.DEVICE, "strap", CLIENT, (("maker", "Polar"), ("model", model)))


@pytest.mark.parametrize(("age_days", "is_offered"), [(30, False), (31, True), (90, True)])
def test_a_rest_of_more_than_30_days_ago_is_offered_anew_once(age_days: int, *, is_offered: bool) -> None:
    assert told(lived(_AS_USUAL, 60, [stored(65.0, age_days)])) == ([(1.0, "rest_old")] if is_offered else [])


def test_other_sensors_than_at_the_last_rest_are_told_after_a_clean_minute() -> None:
    before: list[Item] = [stored(65.0, 3, sensors="H9"), device("H10")]
    ((t, why),) = told(lived(_AS_USUAL, 150, before))
    assert why == "other_sensors"
    assert 60.0 <= t <= 120.0
    assert told(lived(_AS_USUAL, 150, [stored(65.0, 3, sensors="H10"), device("H10")])) == []
    assert told(lived(_AS_USUAL, 150, [stored(65.0, 3), device("H10")])) == []  # not known what it was


def test_an_arrival_far_from_the_usual_rest_is_told_after_three_clean_minutes() -> None:
    usual = [stored(65.0, age) for age in (9, 6, 3)]
    other_day = Life(bpm=laws.still(78.0), motion_mg=laws.still(5.0))
    ((t, why),) = told(lived(other_day, 300, usual))
    assert why == "rest_differs"
    assert 180.0 <= t <= 240.0
    assert told(lived(_AS_USUAL, 300, usual)) == []


def test_a_person_who_moves_is_not_taken_for_one_who_differs() -> None:
    walking = Life(bpm=laws.still(95.0), motion_mg=laws.still(250.0))
    assert told(lived(walking, 300, [stored(65.0, 3)])) == []


def test_a_calibration_names_the_sensors_that_it_was_measured_with() -> None:
    frames = lived(_AS_USUAL, 10, [device("H10")])
    assert told(frames) == []
    pipeline = Pipeline((CLIENT,))
    session = [device("H10"), *items(_AS_USUAL, 210, rest(0.0, 200.0))]
    (found,) = [one for item in session for one in pipeline.update(item).baselines]
    assert found.sensors == "H10"
    assert Baseline.from_values(found.t, CLIENT, found.to_values()) == found


def test_the_bounds_are_told_when_others_hold_and_not_again() -> None:
    pipeline = Pipeline((CLIENT,))
    decided = [*rest(0.0, 100.0), bounds(120.0, 2.5), command(140.0, Action.BOUNDS, revert=True)]
    frames = [pipeline.update(item) for item in items(_AS_USUAL, 160, decided)]
    told = [(n.t, dict(n.values)["upper"]) for f in frames for n in f.notices if n.code is NoticeCode.WINDOW]
    assert [round(t) for t, _ in told] == [101, 121, 141]
    assert told[1][1] == 2.5
    assert told[0][1] == told[2][1]


def back(t: float) -> Command:
    return command(t, Action.CALIBRATE, step=CalibrationStep.BACK.value)


def baselines(seconds: int, *commands: Command) -> list[Baseline]:
    pipeline = Pipeline((CLIENT,))
    ordered = sorted(commands, key=lambda one: one.t)
    return [one for item in items(_AS_USUAL, seconds, ordered) for one in pipeline.update(item).baselines]


def test_the_calibration_before_can_be_had_back_and_the_new_one_again() -> None:
    first, second, before, after = baselines(350, *rest(0.0, 100.0), *rest(150.0, 300.0), back(310.0), back(320.0))
    assert before.channels == first.channels != second.channels
    assert after.channels == second.channels
    assert (before.t, after.t) == (310.0, 320.0)


def test_what_held_before_todays_first_rest_can_be_had_back() -> None:
    _, before = baselines(150, stored(60.0, 3), *rest(0.0, 100.0), back(120.0))
    assert (before.age_days, [one.m for one in before.channels]) == (3, [60.0])


def test_without_another_calibration_there_is_nothing_to_go_back_to() -> None:
    assert len(baselines(150, *rest(0.0, 100.0), back(120.0))) == 1
    assert baselines(20, stored(60.0, 3), back(10.0)) == []


def test_a_new_rest_takes_bounds_set_by_hand_with_it() -> None:
    def upper(*commands: Command) -> float:
        pipeline = Pipeline((CLIENT,))
        ordered = sorted(commands, key=lambda one: one.t)
        state = [one for item in items(_AS_USUAL, 330, ordered) for one in pipeline.update(item).states][-1]
        assert state.bounds is not None
        return state.bounds[1]

    by_hand = bounds(120.0, 2.5)
    assert upper(*rest(0.0, 100.0), by_hand) == 2.5
    assert upper(*rest(0.0, 100.0), by_hand, *rest(150.0, 300.0)) < 2.0
