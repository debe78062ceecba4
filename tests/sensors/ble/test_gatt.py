# SPDX-License-Identifier: MIT
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Reason
from sensors.ble.gatt import (
    HEART_RATE_MEASUREMENT,
    BodyLocation,
    HeartRateMeasurement,
    decode_battery,
    decode_body_location,
    decode_heart_rate,
    decode_text,
    encode_heart_rate,
)
from sensors.source import SensorError
from tests.sensors.ble.bad_bytes import READ_OR_REFUSED, refusal_of

u16 = st.integers(0, 0xFFFF)
measurements = st.builds(
    HeartRateMeasurement,
    hr_bpm=u16,
    contact=st.none() | st.booleans(),
    energy_kj=st.none() | u16,
    rr_1024=st.lists(u16, max_size=9).map(tuple),
)

# Frames whose values a published library gives; `163c0004fe03` is a chest strap at 60 bpm.
KNOWN_FRAMES = {
    "00ff": HeartRateMeasurement(255),
    "017f7f": HeartRateMeasurement(32639),
    "0600": HeartRateMeasurement(0, contact=True),
    "0400": HeartRateMeasurement(0, contact=False),
    "0200": HeartRateMeasurement(0),
    "090000ffff": HeartRateMeasurement(0, energy_kj=65535),
    "08007f80": HeartRateMeasurement(0, energy_kj=32895),
    "1000ffff": HeartRateMeasurement(0, rr_1024=(65535,)),
    "110000ffff7f80": HeartRateMeasurement(0, rr_1024=(65535, 32895)),
    "163c0004fe03": HeartRateMeasurement(60, contact=True, rr_1024=(1024, 1022)),
}


@pytest.mark.parametrize(("frame", "values"), KNOWN_FRAMES.items())
def test_known_frames_have_their_published_values(frame: str, values: HeartRateMeasurement) -> None:
    assert decode_heart_rate(bytes.fromhex(frame)) == values


@given(st.lists(st.binary(max_size=24), min_size=100, max_size=100))  # by 100 examples: 10,000 packets
def test_any_bytes_are_values_or_the_one_error(packets: list[bytes]) -> None:
    for data in packets:
        for decode in (decode_heart_rate, decode_battery, decode_body_location, decode_text):
            assert refusal_of(decode, data) in READ_OR_REFUSED


@given(measurements)
def test_decoding_gives_back_what_was_encoded(measurement: HeartRateMeasurement) -> None:
    assert decode_heart_rate(encode_heart_rate(measurement)) == measurement


@given(measurements, st.binary(min_size=1, max_size=1))
def test_an_odd_trailing_byte_is_ignored(measurement: HeartRateMeasurement, odd: bytes) -> None:
    assert decode_heart_rate(encode_heart_rate(measurement) + odd) == measurement


@pytest.mark.parametrize("frame", ["", "00", "013c", "083c", "083c01", "0b3c"])
def test_a_field_that_the_flags_promise_and_that_is_cut_off_is_the_error(frame: str) -> None:
    with pytest.raises(SensorError) as caught:
        decode_heart_rate(bytes.fromhex(frame))
    assert caught.value.reason is Reason.BAD_PACKET


def test_the_rr_flag_without_an_interval_is_a_packet_without_rr() -> None:
    assert decode_heart_rate(bytes.fromhex("103c")) == HeartRateMeasurement(60)


@pytest.mark.parametrize("numbers", [{"hr_bpm": 65536}, {"hr_bpm": -1}, {"hr_bpm": 60, "rr_1024": (70000,)}])
def test_numbers_that_do_not_fit_the_wire_are_refused(numbers: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="every number must be 0 to 65535"):
        HeartRateMeasurement(**numbers)  # type: ignore[arg-type]  # the tuple is what one of the cases is about


def test_battery_above_100_percent_is_the_error() -> None:
    assert decode_battery(b"\x64") == 100
    with pytest.raises(SensorError, match="0 to 100, not 101"):
        decode_battery(b"\x65")


def test_an_unknown_place_on_the_body_is_other() -> None:
    assert decode_body_location(b"\x01") is BodyLocation.CHEST
    assert decode_body_location(b"\x63") is BodyLocation.OTHER


def test_device_text_is_made_safe() -> None:
    assert decode_text("H10\x00\u202e\n<b>".encode() + b"\xff" * 1000)[:6] == "H10 <b"


def test_short_uuids_are_written_out() -> None:
    assert HEART_RATE_MEASUREMENT == "00002a37-0000-1000-8000-00805f9b34fb"
