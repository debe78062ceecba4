# SPDX-License-Identifier: MIT
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensors.ble.polar_pmd import (
    Answers,
    Command,
    Measurement,
    Op,
    Response,
    Status,
    Stopped,
    decode_command,
    decode_features,
    decode_indication,
    encode_command,
    encode_features,
    encode_response,
    encode_stopped,
)
from sensors.ble.polar_settings import Settings
from sensors.source import SensorError
from tests.sensors.ble.bad_bytes import READ_OR_REFUSED, mangled, refusal_of

measurements = st.sampled_from(Measurement)
successes = st.builds(
    Response, st.sampled_from(Op), measurements, st.just(Status.SUCCESS), st.binary(max_size=200), st.just(False)
)
failures = st.builds(Response, st.sampled_from(Op), measurements, st.sampled_from(list(Status)[1:]))

START_ECG = bytes.fromhex("02000001820001010e00")
START_ACC = bytes.fromhex("0202020108000001c80001011000")
ECG_OFFER = bytes.fromhex("f00100000000018200 01010e00")
KNOWN = [
    START_ECG,
    START_ACC,
    ECG_OFFER,
    b"\x01\x00\x02",
    b"\xf0\x02\x02\x06\x00",
    b"\xf0\x01\x02\x00\x01\x00\x01",
    b"\x0f\x05",
]


def answer_to(indications: Sequence[bytes]) -> Response | Stopped | None:
    answers = Answers()
    return [answers.feed(indication) for indication in indications][-1]


def test_the_start_of_ecg_and_acc_is_written_as_the_h10_takes_it() -> None:
    ecg = Command(Op.START, Measurement.ECG, Settings(rate_hz=(130,), resolution_bits=(14,)))
    acc = Command(Op.START, Measurement.ACC, Settings(rate_hz=(200,), resolution_bits=(16,), range_units=(8,)))
    assert (encode_command(ecg), encode_command(acc)) == (START_ECG, START_ACC)


def test_asking_for_settings_and_stopping_take_two_bytes() -> None:
    assert encode_command(Command(Op.GET_SETTINGS, Measurement.PPI)) == b"\x01\x03"
    assert encode_command(Command(Op.STOP, Measurement.ACC)) == b"\x03\x02"


@given(measurements, st.lists(st.integers(0, 0xFFFF), max_size=3).map(tuple))
def test_a_command_comes_back_as_it_was_written(measurement: Measurement, rates: tuple[int, ...]) -> None:
    command = Command(Op.START, measurement, Settings(rate_hz=rates))
    assert decode_command(encode_command(command)) == command


def test_the_answer_with_the_settings_of_ecg_is_read() -> None:
    answer = answer_to([ECG_OFFER])
    assert isinstance(answer, Response)
    assert (answer.op, answer.measurement, answer.status) == (Op.GET_SETTINGS, Measurement.ECG, Status.SUCCESS)
    assert answer.settings == Settings(rate_hz=(130,), resolution_bits=(14,))


def test_the_factor_comes_with_the_answer_to_a_start() -> None:
    answer = answer_to([bytes.fromhex("f0020200 00 0501 00008039")])
    assert isinstance(answer, Response)
    assert answer.settings.factor == (2.0**-12,)


def test_an_error_is_an_answer_with_its_name() -> None:
    answer = answer_to([b"\xf0\x02\x00\x06"])
    assert answer == Response(Op.START, Measurement.ECG, Status.ALREADY_IN_STATE)


def test_the_start_answer_of_an_old_firmware_without_a_more_byte_is_an_answer() -> None:
    assert answer_to([b"\xf0\x03\x02\x00"]) == Response(Op.STOP, Measurement.ACC, Status.SUCCESS)


@given(successes | failures, st.integers(6, 60))
def test_an_answer_in_parts_is_the_answer_in_one(response: Response, max_bytes: int) -> None:
    parts = encode_response(response, max_bytes=max_bytes)
    assert all(len(part) <= max_bytes for part in parts)
    answers = Answers()
    given_back = [answers.feed(part) for part in parts]
    assert given_back == [None] * (len(parts) - 1) + [response]


def test_a_stop_by_the_device_between_two_parts_of_an_answer_harms_neither() -> None:
    response = Response(Op.GET_SETTINGS, Measurement.ACC, Status.SUCCESS, bytes(9))
    first, second = encode_response(response, max_bytes=11)
    answers = Answers()
    stop = encode_stopped(Stopped((Measurement.ECG,)))
    assert [answers.feed(part) for part in (first, stop, second)] == [None, Stopped((Measurement.ECG,)), response]


def test_an_error_in_place_of_the_next_part_is_the_answer() -> None:
    answer = answer_to([b"\xf0\x01\x02\x00\x01\x00", b"\xf0\x01\x02\x0c"])
    assert answer == Response(Op.GET_SETTINGS, Measurement.ACC, Status.INVALID_STATE)


def test_another_answer_in_place_of_the_next_part_is_refused_and_forgotten() -> None:
    answers = Answers()
    assert answers.feed(b"\xf0\x01\x02\x00\x01\x00") is None
    with pytest.raises(SensorError, match="an answer to GET_SETTINGS goes on with an answer to STOP"):
        answers.feed(b"\xf0\x03\x02\x00\x00")
    assert answers.feed(ECG_OFFER) is not None


def test_an_answer_that_never_ends_is_refused() -> None:
    with pytest.raises(SensorError, match="beyond 1024 bytes"):
        answer_to([b"\xf0\x01\x02\x00\x01" + bytes(200)] * 10)


def test_a_stop_by_the_device_names_its_streams_and_leaves_out_unknown_ones() -> None:
    assert decode_indication(b"\x01\x00\x02\x0b") == Stopped((Measurement.ECG, Measurement.ACC))


def test_an_h10_gives_ecg_and_motion_and_a_verity_sense_optical_pulses() -> None:
    assert decode_features(bytes.fromhex("0f05")) == {Measurement.ECG, Measurement.ACC}
    assert {Measurement.PPG, Measurement.PPI} <= decode_features(bytes.fromhex("0f6e0200"))


@given(st.frozensets(measurements))
def test_features_come_back_as_they_were_written(features: frozenset[Measurement]) -> None:
    assert decode_features(encode_features(features)) == features


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("", "at least 1 byte, not 0"),
        ("f00100", "an answer starts with f0"),
        ("00010000", "an answer starts with f0"),
        ("f0070000", "7 is no op of the control point"),
        ("f0010400", "4 is no measurement of the control point"),
        ("f001000f", "15 is no status of the control point"),
    ],
)
def test_an_indication_that_makes_no_sense_is_refused_in_a_sentence(data: str, sentence: str) -> None:
    with pytest.raises(SensorError, match=sentence):
        decode_indication(bytes.fromhex(data))


def test_an_answer_cannot_be_written_into_less_than_its_head() -> None:
    with pytest.raises(ValueError, match="max_bytes must be at least 6, not 5"):
        encode_response(Response(Op.STOP, Measurement.ECG, Status.SUCCESS), max_bytes=5)


@given(st.integers(0))
def test_any_bytes_are_values_or_the_one_error(seed: int) -> None:
    for data in mangled(seed, KNOWN):
        for decode in (decode_indication, decode_command, decode_features):
            assert refusal_of(decode, data) in READ_OR_REFUSED


@given(st.lists(st.sampled_from(KNOWN) | st.binary(max_size=12), max_size=8))
def test_any_row_of_indications_is_answers_or_the_one_error(indications: list[bytes]) -> None:
    answers = Answers()
    for indication in indications:
        assert refusal_of(answers.feed, indication) in READ_OR_REFUSED
