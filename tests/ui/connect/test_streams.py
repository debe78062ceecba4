# SPDX-License-Identifier: MIT
"""LSL streams: the network is asked only while the switch is on, and a riddle is asked about once, in place."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from dsp.codes import Modality, Reason, SourceState
from dsp.stream import Sighting, Status
from sensors.lsl.units import Unit
from tests.ui.conftest import Stage, Staging, texts_of
from tests.ui.connect.near import (
    EMOTIBIT,
    H10,
    OPEN_SIGNALS,
    RIDDLE,
    STREAM,
    button,
    connect,
    give,
    look,
    press,
    row,
)
from ui.connect.measures import MEASURES, measure_words, unit_words
from ui.connect.row import SensorRow
from ui.words import advice_on


@pytest.fixture
def listening(staging: Staging) -> Stage:
    return staging(looks_for_streams=True)


def asks_the_network(stage: Stage) -> bool:
    return stage.backstage.is_looking_for_streams


def test_the_switch_is_off_at_first_and_says_what_it_does(stage: Stage) -> None:
    look(stage, H10)
    assert not asks_the_network(stage)
    assert {"LSL streams: off", "Asks your network who sends streams."} <= set(texts_of(stage.window))


def test_the_network_is_asked_once_it_is_on_and_no_longer_than_it_is(stage: Stage) -> None:
    look(stage)
    press(stage, stage.window, "LSL streams: off")
    assert asks_the_network(stage)
    assert stage.saved[-1].looks_for_streams
    press(stage, stage.window, "LSL streams: on")
    assert not asks_the_network(stage)
    assert not stage.saved[-1].looks_for_streams


def test_the_switch_is_remembered_and_holds_on_this_screen_alone(listening: Stage) -> None:
    assert not asks_the_network(listening)
    look(listening)
    assert asks_the_network(listening)
    listening.press(Qt.Key.Key_Backspace)
    assert not asks_the_network(listening)


def test_the_search_for_streams_ends_where_the_session_begins(listening: Stage) -> None:
    look(listening, EMOTIBIT)
    connect(listening, STREAM)
    give(listening, STREAM, "client")
    press(listening, listening.window, "Start")
    assert not asks_the_network(listening)


def test_switched_off_the_streams_leave_the_list_but_for_those_in_use(listening: Stage) -> None:
    look(listening, H10, EMOTIBIT, OPEN_SIGNALS)
    connect(listening, STREAM)
    press(listening, listening.window, "LSL streams: on")
    texts = texts_of(listening.window)
    assert "EmotiBit EDA" in texts
    assert "OpenSignals" not in texts
    assert "Polar H10" in texts


def test_a_stream_that_comes_late_is_not_listed_while_the_switch_is_off(stage: Stage) -> None:
    look(stage, EMOTIBIT)
    assert "EmotiBit EDA" not in texts_of(stage.window)


def test_without_lsl_the_switch_says_why(listening: Stage) -> None:
    look(listening)
    status = Status(listening.backstage.t, "lsl", SourceState.FAILED, reason=Reason.LSL_MISSING)
    listening.backstage.say(status)
    listening.live(0.5)
    advice = advice_on(Reason.LSL_MISSING)
    assert f"{advice.sentence} {advice.step}" in texts_of(listening.window)
    assert "Nothing yet" in texts_of(listening.window)  # the search for straps goes on


def asked(stage: Stage, sighting: Sighting = OPEN_SIGNALS) -> SensorRow:
    """Open the question of a stream."""
    look(stage, sighting)
    place = row(stage, sighting.address)
    press(stage, place, "Say what it is")
    return place


def can_answer(place: SensorRow) -> bool:
    return button(place, "Use this channel").isEnabled()


def answer(stage: Stage, place: SensorRow, *choices: str) -> None:
    for choice in choices:
        press(stage, place, choice)
    press(stage, place, "Use this channel")


def test_a_riddle_cannot_be_connected_before_it_is_answered(listening: Stage) -> None:
    texts = set(texts_of(asked(listening)))
    assert {"What is it?", "Which of its 3 channels?", "skin conductance", "Use this channel", "Not now"} <= texts
    assert listening.backstage.joined == []


def test_nothing_is_taken_for_granted_before_channel_signal_and_unit_are_chosen(listening: Stage) -> None:
    place = asked(listening)
    for choice in ("Next channel", "skin conductance"):
        assert not can_answer(place)
        press(listening, place, choice)
    assert not can_answer(place)
    press(listening, place, "µS")
    assert can_answer(place)


def test_the_answer_says_channel_signal_and_unit(listening: Stage) -> None:
    place = asked(listening)
    answer(listening, place, "Next channel", "Next channel", "Next channel", "ECG", "µV")
    assert listening.backstage.answers == [(RIDDLE, 2, Modality.ECG, "microvolt")]


@pytest.mark.parametrize("counter", ["nSeq", "Seq", "counter", "sample index", "timestamp"])
def test_a_running_number_is_never_chosen_by_itself(listening: Stage, counter: str) -> None:
    place = asked(listening, replace(OPEN_SIGNALS, unknown_channels=(counter,)))
    assert "Which of its 1 channels?" in texts_of(place)


def test_the_only_channel_that_can_measure_is_chosen(listening: Stage) -> None:
    place = asked(listening, replace(OPEN_SIGNALS, unknown_channels=("nSeq", "A1")))
    assert "Channel 2 of 2: A1" in texts_of(place)
    answer(listening, place, "heart rate")
    assert listening.backstage.answers == [(RIDDLE, 1, Modality.HR, "bpm")]
    assert not place.is_open  # there is nothing more to say


def test_what_it_seems_to_measure_is_chosen_and_its_unit_is_not(listening: Stage) -> None:
    place = asked(listening, replace(OPEN_SIGNALS, unknown_channels=("GSR",), guess=Modality.EDA))
    assert not can_answer(place)
    answer(listening, place, "kΩ")
    assert listening.backstage.answers == [(RIDDLE, 0, Modality.EDA, "kiloohm")]


def test_one_more_channel_can_be_said_before_that_is_all(listening: Stage) -> None:
    place = asked(listening)
    answer(listening, place, "Next channel", "Next channel", "skin conductance", "µS")
    listening.backstage.say(replace(OPEN_SIGNALS, gives=(Modality.EDA,)))
    listening.live(0.5)
    assert "Kept. One more channel, or is that all?" in texts_of(place)
    assert not can_answer(place)
    answer(listening, place, "Next channel", "Next channel", "Next channel", "breathing")
    assert [said[1:3] for said in listening.backstage.answers] == [(1, Modality.EDA), (2, Modality.RESP)]


def test_that_is_all_folds_the_question_and_it_can_be_connected(listening: Stage) -> None:
    place = asked(listening)
    answer(listening, place, "Next channel", "Next channel", "skin conductance", "µS")
    listening.backstage.say(Sighting(RIDDLE, "OpenSignals", (Modality.EDA,), kind=OPEN_SIGNALS.kind))
    listening.live(0.5)
    press(listening, place, "That is all")
    assert "Use this channel" not in texts_of(place)
    connect(listening, RIDDLE)
    assert listening.backstage.joined == [f"{RIDDLE}@nobody"]


def test_what_was_said_wrongly_can_be_corrected(listening: Stage) -> None:
    look(listening, replace(OPEN_SIGNALS, gives=(Modality.EDA,)))
    connect(listening, RIDDLE)
    place = row(listening, RIDDLE)
    press(listening, place, "It measures something else")
    assert listening.backstage.left == [RIDDLE]  # what is wrong is not used meanwhile
    answer(listening, place, "Next channel", "Next channel", "ECG", "mV")
    press(listening, place, "Connect")
    assert listening.backstage.answers == [(RIDDLE, 1, Modality.ECG, "millivolt")]
    assert listening.backstage.joined[1:] == [f"{RIDDLE}@nobody"]


def test_a_stream_that_says_itself_what_it_measures_is_not_asked(listening: Stage) -> None:
    look(listening, EMOTIBIT)
    connect(listening, STREAM)
    assert "It measures something else" not in texts_of(row(listening, STREAM))


def test_the_question_can_be_put_off(listening: Stage) -> None:
    place = asked(listening)
    press(listening, place, "Not now")
    assert listening.backstage.answers == []
    assert {"Not used", "Say what it measures to use it"} <= set(texts_of(place))
    assert "Use this channel" not in texts_of(place)


def test_the_channels_end_at_both_ends(listening: Stage) -> None:
    place = asked(listening)
    assert not button(place, "Previous channel").isEnabled()
    for _ in range(3):
        press(listening, place, "Next channel")
    assert not button(place, "Next channel").isEnabled()
    assert "Channel 3 of 3: A2" in texts_of(place)


def test_the_units_are_those_of_the_signal_that_is_chosen(listening: Stage) -> None:
    place = asked(listening)
    for choice in ("Next channel", "skin conductance", "kΩ", "time between beats"):
        press(listening, place, choice)
    assert "kΩ" not in texts_of(place)
    assert not can_answer(place)  # the unit of another signal is none of this one


MOTION = replace(OPEN_SIGNALS, unknown_channels=("nSeq", "X", "Y", "Z"))


def test_movement_is_said_of_three_channels_beside_each_other(listening: Stage) -> None:
    place = asked(listening, MOTION)
    for choice in ("Next channel", "Next channel", "movement", "mg", "Use these channels"):
        press(listening, place, choice)
    assert listening.backstage.answers == [(RIDDLE, 1, Modality.ACC, "milli_g")]
    assert not place.is_open  # nothing but a running number is left


def test_the_three_channels_of_movement_are_shown(listening: Stage) -> None:
    place = asked(listening, MOTION)
    for choice in ("Next channel", "Next channel", "movement"):
        press(listening, place, choice)
    assert "Channels 2 to 4 of 4: X, Y, Z" in texts_of(place)
    press(listening, place, "ECG")
    assert "Channel 2 of 4: X" in texts_of(place)


def test_movement_is_not_offered_where_there_are_not_three_channels(listening: Stage) -> None:
    place = asked(listening, MOTION)
    for choice in ("Next channel", "Next channel", "movement", "g"):
        press(listening, place, choice)
    press(listening, place, "Next channel")
    assert "movement" not in texts_of(place)
    assert not can_answer(place)  # what was said of the channel before does not hold for this one


def test_movement_is_not_offered_by_a_stream_of_two_channels(listening: Stage) -> None:
    assert "movement" not in texts_of(asked(listening, replace(OPEN_SIGNALS, unknown_channels=("A1", "A2"))))


@pytest.mark.parametrize(
    ("reason", "state"),
    [(Reason.RATE_TOO_LOW, "Too slow for that"), (Reason.STREAM_UNKNOWN, "That does not fit")],
)
def test_an_answer_that_does_not_fit_is_said_in_its_row_with_what_to_do(
    listening: Stage, reason: Reason, state: str
) -> None:
    place = asked(listening, replace(OPEN_SIGNALS, unknown_channels=("A1",)))
    answer(listening, place, "ECG", "mV")
    refuse(listening, RIDDLE, reason)
    assert {state, "Say again what it measures"} <= set(texts_of(place))
    press(listening, place, "Say what it is")
    answer(listening, place, "skin conductance", "µS")
    assert state not in texts_of(place)
    assert [said[2] for said in listening.backstage.answers] == [Modality.ECG, Modality.EDA]


def test_an_answer_that_does_not_fit_is_not_said_to_be_kept(listening: Stage) -> None:
    place = asked(listening)
    answer(listening, place, "Next channel", "Next channel", "ECG", "mV")
    refuse(listening, RIDDLE, Reason.RATE_TOO_LOW)
    texts = texts_of(place)
    assert "That does not fit this stream. What does it measure?" in texts
    assert "Kept. One more channel, or is that all?" not in texts
    assert "Not now" in texts


def refuse(stage: Stage, source: str, reason: Reason) -> None:
    stage.backstage.say(Status(stage.backstage.t, source, SourceState.FAILED, reason=reason, detail="<b>no"))
    stage.live(0.5)


def test_a_stream_that_cannot_be_used_is_said_in_one_quiet_line(listening: Stage) -> None:
    look(listening, EMOTIBIT)
    sentence = advice_on(Reason.NOT_A_SENSOR).sentence
    refuse(listening, "lsl:<b>EEG", Reason.NOT_A_SENSOR)
    refuse(listening, "lsl:<b>EEG", Reason.NOT_A_SENSOR)
    assert f"1 stream is not used: {sentence}" in texts_of(listening.window)
    refuse(listening, "lsl", Reason.NOT_A_SENSOR)  # one that does not even say its name
    assert f"2 streams are not used: {sentence}" in texts_of(listening.window)
    press(listening, listening.window, "LSL streams: on")
    assert not any("not used" in text for text in texts_of(listening.window))


def test_streams_beyond_the_end_of_the_list_are_counted(listening: Stage) -> None:
    look(listening, *(replace(EMOTIBIT, address=f"lsl:{i}") for i in range(66)))
    assert "And 2 more." in texts_of(listening.window)


def test_a_row_grows_old_goes_and_comes_back(listening: Stage) -> None:
    look(listening, H10, EMOTIBIT)
    connect(listening, STREAM)
    listening.live(16)
    assert "Out of reach" in texts_of(row(listening, H10.address))
    assert "Out of reach" not in texts_of(row(listening, STREAM))
    listening.live(46)
    assert "Polar H10" not in texts_of(listening.window)
    listening.backstage.say(H10)
    listening.live(0.5)
    assert "Ready" in texts_of(row(listening, H10.address))


@pytest.mark.parametrize(("modality", "units"), MEASURES)
def test_every_choice_has_its_words_and_a_unit_that_can_be_read(modality: Modality, units: tuple[str, ...]) -> None:
    assert measure_words(modality)
    for unit in units:
        assert unit_words(unit)
        assert Unit(unit)
