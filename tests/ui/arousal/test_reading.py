# SPDX-License-Identifier: MIT
"""What may be shown of a window and of the state in it."""

import pytest

from dsp.baseline import ArousalState, Baseline, ChannelRest
from dsp.codes import Action, Channel, Reason, Zone
from dsp.stream import CLIENT, Command, Frame, Tick
from ui.arousal.reading import SPAN_S, ArousalReading
from ui.arousal.words import above_words, rests_on, since_words, window_words, zone_words

REST = Baseline(5.0, CLIENT, (ChannelRest(Channel.H, 70.0, 4.0, 9.0),), 1.1, -1.1)


def second(t: float, **known: object) -> Frame:
    given: dict[str, object] = {"zone": Zone.WITHIN, "bounds": (-1.1, 1.1), "why": None, "trace": 0.2, **known}
    state = ArousalState(t, **given)  # type: ignore[arg-type]  # a test knows the fields
    return Frame(Tick(t), states=(state,))


def stored(age_days: int) -> Frame:
    values = tuple((name, age_days if name == "age_days" else value) for name, value in REST.to_values())
    return Frame(Command(1.0, Action.BASELINE, "app", values=values))


def test_before_a_state_there_is_no_window_and_the_zone_is_unknown_for_want_of_a_rest() -> None:
    reading = ArousalReading()
    assert reading.window() is None
    assert (reading.state_at(3.0).zone, reading.state_at(3.0).why) == (Zone.UNKNOWN, Reason.NO_BASELINE)


def test_the_window_carries_its_age_and_where_above_begins() -> None:
    reading = ArousalReading()
    reading.take(stored(12))
    reading.take(second(10.0))
    window = reading.window()
    assert window is not None
    assert (window.lower, window.upper, window.age_days) == (-1.1, 1.1, 12)
    assert window_words(window) == "from 12 days ago"
    assert window.above_from_bpm == pytest.approx(REST.above_from_bpm)
    assert above_words(REST) == "above from about 75 bpm"


def test_a_provisional_window_and_one_set_by_hand_say_so() -> None:
    reading = ArousalReading()
    reading.take(second(10.0, is_provisional=True))
    window = reading.window()
    assert window is not None
    assert window_words(window) == "getting to know you"
    reading.take(
        Frame(Command(11.0, Action.BOUNDS, "clinician", values=(("upper", 1.4), ("lower", -1.0), ("reason", "why"))))
    )
    window = reading.window()
    assert window is not None
    assert window_words(window) == "set by hand"
    reading.take(Frame(Command(12.0, Action.BOUNDS, "clinician", values=(("revert", True),))))
    window = reading.window()
    assert window is not None
    assert not window.is_by_hand


def test_a_state_older_than_3_s_is_unknown_and_never_inside() -> None:
    reading = ArousalReading()
    reading.take(second(10.0))
    assert reading.state_at(13.0).zone is Zone.WITHIN
    assert (reading.state_at(13.1).zone, reading.state_at(13.1).why) == (Zone.UNKNOWN, Reason.STALE)


def test_the_trace_goes_back_five_minutes_and_has_holes_where_nothing_was_read() -> None:
    reading = ArousalReading()
    for t in range(400):
        reading.take(second(float(t), trace=None if t == 390 else 0.1))
    points = reading.trace_at(399.0)
    assert points[0].t == 399.0 - SPAN_S
    assert [point.t for point in points if point.level is None] == [390.0]


def test_another_persons_arousal_is_not_shown() -> None:
    reading = ArousalReading()
    reading.take(second(10.0, person="partner"))
    assert reading.window() is None


@pytest.mark.parametrize(
    ("zone", "word", "line"),
    [
        (Zone.ABOVE, "activated", "above your window"),
        (Zone.WITHIN, "settled", "inside your window"),
        (Zone.BELOW, "quiet", "quieter than your usual"),
    ],
)
def test_each_zone_has_its_word_and_line(zone: Zone, word: str, line: str) -> None:
    words = zone_words(ArousalState(1.0, zone=zone, why=None))
    assert (words.word, words.line) == (word, line)


@pytest.mark.parametrize("why", Reason)
def test_what_is_unknown_says_why_and_never_settled(why: Reason) -> None:
    words = zone_words(ArousalState(1.0, why=why))
    assert words.word not in {"activated", "settled", "quiet"}
    assert words.line


def test_while_the_person_moves_no_zone_is_said() -> None:
    assert zone_words(ArousalState(1.0, zone=Zone.WITHIN, why=None, is_grey=True)).word == "moving"


def test_one_modality_is_said_and_two_are_not() -> None:
    assert rests_on(ArousalState(1.0, channels=("h",))) == "heart only"
    assert rests_on(ArousalState(1.0, channels=("s", "d"))) == "skin only"
    assert rests_on(ArousalState(1.0, channels=("h", "s"))) == ""


def test_a_date_is_told_as_days_and_weeks() -> None:
    assert [since_words(days) for days in (0, 1, 3, 30)] == [
        "from today",
        "from yesterday",
        "from 3 days ago",
        "from 4 weeks ago",
    ]
