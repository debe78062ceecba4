# SPDX-License-Identifier: MIT
"""LSL streams: the network is asked only while the switch is on, and a riddle is asked about once, in place."""

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


def test_a_riddle_cannot_be_connected_before_it_is_answered(listening: Stage) -> None:
    look(listening, OPEN_SIGNALS)
    press(listening, row(listening, RIDDLE), "Say what it is")
    texts = set(texts_of(row(listening, RIDDLE)))
    assert {"What is it?", "Channel 1 of 3: nSeq", "skin conductance", "µS", "Use this channel", "Not now"} <= texts
    assert listening.backstage.joined == []


def test_the_answer_says_channel_signal_and_unit(listening: Stage) -> None:
    look(listening, OPEN_SIGNALS)
    place = row(listening, RIDDLE)
    press(listening, place, "Say what it is")
    press(listening, place, "Next channel")
    press(listening, place, "Next channel")
    press(listening, place, "ECG")
    press(listening, place, "µV")
    press(listening, place, "Use this channel")
    assert listening.backstage.answers == [(RIDDLE, 2, Modality.ECG, "microvolt")]


def test_an_answered_riddle_can_be_connected(listening: Stage) -> None:
    look(listening, OPEN_SIGNALS)
    place = row(listening, RIDDLE)
    press(listening, place, "Say what it is")
    press(listening, place, "Use this channel")
    listening.backstage.say(Sighting(RIDDLE, "OpenSignals", (Modality.EDA,), kind=OPEN_SIGNALS.kind))
    listening.live(0.5)
    assert "Use this channel" not in texts_of(place)
    connect(listening, RIDDLE)
    assert listening.backstage.joined == [f"{RIDDLE}@nobody"]


def test_the_question_can_be_put_off(listening: Stage) -> None:
    look(listening, OPEN_SIGNALS)
    place = row(listening, RIDDLE)
    press(listening, place, "Say what it is")
    press(listening, place, "Not now")
    assert listening.backstage.answers == []
    assert {"Not used", "Say what it measures to use it"} <= set(texts_of(place))
    assert "Use this channel" not in texts_of(place)


def test_the_channels_end_at_both_ends(listening: Stage) -> None:
    look(listening, OPEN_SIGNALS)
    place = row(listening, RIDDLE)
    press(listening, place, "Say what it is")
    assert not button(place, "Previous channel").isEnabled()
    for _ in range(2):
        press(listening, place, "Next channel")
    assert not button(place, "Next channel").isEnabled()
    assert "Channel 3 of 3: A2" in texts_of(place)


def test_another_signal_begins_with_its_usual_unit(listening: Stage) -> None:
    look(listening, OPEN_SIGNALS)
    place = row(listening, RIDDLE)
    press(listening, place, "Say what it is")
    press(listening, place, "kΩ")
    press(listening, place, "time between beats")
    assert "kΩ" not in texts_of(place)
    press(listening, place, "Use this channel")
    assert listening.backstage.answers == [(RIDDLE, 0, Modality.RR, "millisecond")]


@pytest.mark.parametrize(("modality", "units"), MEASURES)
def test_every_choice_has_its_words_and_a_unit_that_can_be_read(modality: Modality, units: tuple[str, ...]) -> None:
    assert measure_words(modality)
    for unit in units:
        assert unit_words(unit)
        assert Unit(unit)
