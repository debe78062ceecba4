# SPDX-License-Identifier: MIT
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensors.ble.shimmer import (
    CLOCK_WRAP,
    ENABLE_EDA,
    Framer,
    Inquiry,
    Packet,
    Replies,
    Reply,
    decode_inquiry,
    encode_inquiry,
    encode_packet,
    microsiemens,
    next_resistor,
    range_command,
    rate_command,
    reading,
)
from sensors.source import SensorError
from tests.sensors.ble.bad_bytes import READ_OR_REFUSED, mangled, refusal_of

EDA = 0x1C
AT_51_HZ = Inquiry(640, (EDA,))
inquiries = st.builds(
    Inquiry,
    st.integers(1, 0xFFFF),
    st.lists(st.integers(0, 0x26), max_size=12).map(tuple),
    st.binary(min_size=7, max_size=7),
)


def stream(numbers: range, inquiry: Inquiry = AT_51_HZ, start: int = 0) -> list[bytes]:
    clocks = [(start + k * inquiry.ticks) % CLOCK_WRAP for k in numbers]
    return [encode_packet(Packet(clock, k % 65536), inquiry) for clock, k in zip(clocks, numbers, strict=True)]


def received(parts: list[bytes], inquiry: Inquiry = AT_51_HZ) -> list[Packet]:
    framer = Framer(inquiry)
    return [packet for part in parts for packet in framer.feed(part)]


def test_commands_are_written_as_the_device_takes_them() -> None:
    assert rate_command(51.2).hex() == "058002"
    assert range_command().hex() == "2104"
    assert ENABLE_EDA.hex() == "08040000"


def test_what_cannot_be_asked_is_not_written() -> None:
    for rate_hz in (0, -1, 0.4, 1e6):
        with pytest.raises(ValueError, match=r"rate_hz must be 0\.5 to 32768"):
            rate_command(rate_hz)
    with pytest.raises(ValueError, match="setting must be 0 to 4, not 5"):
        range_command(5)


def test_an_inquiry_written_by_hand_is_read() -> None:
    inquiry = decode_inquiry(bytes.fromhex("02 8002 01020304050607 03 01 0a1c1b"))
    assert inquiry == Inquiry(640, (0x0A, EDA, 0x1B), bytes(range(1, 8)))
    assert inquiry.rate_hz == pytest.approx(51.2)
    assert (inquiry.packet_bytes, inquiry.eda_at) == (4 + 2 + 2 + 3, 6)


@given(inquiries)
def test_an_inquiry_comes_back_as_it_was_written(inquiry: Inquiry) -> None:
    assert decode_inquiry(encode_inquiry(inquiry)) == inquiry


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("", "at least 12 bytes, not 0"),
        ("03 8002 00000000000000 01 01 1c", "starts with 02"),
        ("02 8002 00000000000000 02 01 1c", "lists 2 channels"),
        ("02 0000 00000000000000 01 01 1c", "ticks must be 1 to 65535, not 0"),
        ("02 8002 00000000000000 02 01 1c7f", "channels must be known ones, not 7f"),
    ],
)
def test_an_inquiry_that_cannot_be_used_is_refused_in_a_sentence(data: str, sentence: str) -> None:
    with pytest.raises(SensorError, match=sentence):
        decode_inquiry(bytes.fromhex(data))


def test_an_acknowledgement_and_the_reply_behind_it_are_both_given_however_they_arrive() -> None:
    data = b"\xff" + encode_inquiry(AT_51_HZ) + b"\xfe"
    whole = Replies().feed(data)
    replies = Replies()
    assert whole == (Reply.ACK, AT_51_HZ, Reply.NACK)
    assert tuple(r for k in range(len(data)) for r in replies.feed(data[k : k + 1])) == whole


def test_bytes_that_start_no_reply_are_skipped() -> None:
    announces_99_channels = b"\x02" + bytes(9) + b"\x63\x01"
    assert Replies().feed(b"\x00\x71" + announces_99_channels + b"\xff") == (Reply.ACK,)


def test_packets_are_found_across_notifications() -> None:
    inquiry = Inquiry(640, (0x0A, 0x1E, EDA))
    data = b"".join(stream(range(200), inquiry, start=CLOCK_WRAP - 5000))
    packets = received([data[i : i + 20] for i in range(0, len(data), 20)], inquiry)
    assert [packet.eda_raw for packet in packets] == list(range(200))
    assert {packet.lost for packet in packets} == {0}


def test_an_acknowledgement_amid_the_stream_costs_no_packet() -> None:
    parts = stream(range(30))
    assert [p.eda_raw for p in received([*parts[:9], b"\xff", *parts[9:]])] == list(range(30))


def test_lost_packets_are_counted_by_the_clock() -> None:
    parts = stream(range(60))
    packets = received(parts[:20] + parts[23:30] + parts[45:])
    assert {packet.eda_raw: packet.lost for packet in packets if packet.lost} == {23: 3, 45: 15}
    assert len(packets) == 60 - 18


def test_a_channel_resting_at_zero_does_not_shift_the_packets() -> None:
    inquiry = Inquiry(256, (0x0A, 0x0B, EDA))
    packets = received([b"\x00\x00", *stream(range(40), inquiry, start=70)], inquiry)
    assert [packet.eda_raw for packet in packets] == list(range(40))


@given(st.lists(st.binary(max_size=9) | st.integers(0, 99).map(lambda k: stream(range(k, k + 1))[0]), max_size=40))
def test_cutting_the_stream_otherwise_gives_the_same_packets(parts: list[bytes]) -> None:
    data = b"".join(parts)
    assert received(parts) == received([data]) == received([data[i : i + 1] for i in range(len(data))])


def test_a_stream_without_skin_conductance_is_not_framed() -> None:
    with pytest.raises(ValueError, match="skin conductance"):
        Framer(Inquiry(640, (0x0A,)))


@given(st.integers(0))
def test_any_bytes_are_replies_and_packets_or_the_one_error(seed: int) -> None:
    replies, framer = Replies(), Framer(AT_51_HZ)
    for data in mangled(seed, [encode_inquiry(AT_51_HZ), b"\xff", *stream(range(9))]):
        assert refusal_of(replies.feed, data) in READ_OR_REFUSED
        assert refusal_of(decode_inquiry, data) in READ_OR_REFUSED
        framer.feed(data)


def test_conductance_follows_the_amplifier() -> None:
    count = 1365  # 1 V: twice the reference, so the skin is as large as the resistor
    raw = [resistor << 14 | count for resistor in range(4)]
    assert microsiemens(raw) == pytest.approx([1000 / 40.2, 1000 / 287, 1, 1000 / 3300])


def test_the_two_bits_between_range_and_reading_do_not_count() -> None:
    assert microsiemens([0x7555 | 0x3000]) == microsiemens([0x4555])


def test_an_open_circuit_is_the_least_conductance_on_whatever_range() -> None:
    least = microsiemens(0xC000 | 683)
    assert 0 < least < 0.001
    assert microsiemens([0, 682, 0x4000, 0x8001, 0xC000 | 500]) == pytest.approx([float(least)] * 5)


def test_every_reading_is_a_finite_conductance() -> None:
    values = microsiemens(np.arange(65536))
    assert np.all(np.isfinite(values))
    assert values.min() > 0


@given(st.floats(0.2, 100))
def test_the_automatic_range_settles_where_the_conductance_can_be_read(conductance: float) -> None:
    resistor = 0
    for _ in range(6):
        raw = reading(conductance, resistor)
        resistor = next_resistor(raw)
    assert next_resistor(reading(conductance, resistor)) == resistor
    assert microsiemens(reading(conductance, resistor)) == pytest.approx(conductance, rel=0.005)
