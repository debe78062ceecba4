# SPDX-License-Identifier: MIT
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensors.ble.bitalino import (
    EdaBoard,
    Frame,
    Framer,
    crc4,
    decode_frame,
    decode_start,
    decode_version,
    encode_frame,
    encode_version,
    frame_bytes,
    microsiemens,
    rate_command,
    readings,
    start_command,
)
from sensors.source import SensorError
from tests.sensors.ble.bad_bytes import READ_OR_REFUSED, mangled, refusal_of

WIDTHS = (10, 10, 10, 10, 6, 6)


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    analog = [draw(st.integers(0, (1 << width) - 1)) for width in WIDTHS[: draw(st.integers(1, 6))]]
    return Frame(draw(st.integers(0, 15)), draw(st.integers(0, 15)), tuple(analog))


def crc4_bit_by_bit(data: bytes) -> int:
    """The register as the device's own documentation draws it."""
    register = 0
    for byte in (*data[:-1], data[-1] & 0xF0):
        for bit in range(7, -1, -1):
            register = register << 1 | byte >> bit & 1
            if register & 0x10:
                register ^= 0x13
    return register


def stream(numbers: range, channels: int = 2) -> list[bytes]:
    return [encode_frame(Frame(k % 16, k % 5, tuple(range(k % 50, k % 50 + channels)))) for k in numbers]


def notifications(data: bytes) -> list[bytes]:
    return [data[i : i + 20] for i in range(0, len(data), 20)]


def received(parts: list[bytes], channels: int = 2) -> list[Frame]:
    framer = Framer(channels)
    return [frame for part in parts for frame in framer.feed(part)]


def test_a_frame_of_six_channels_lies_as_the_data_sheet_draws_it() -> None:
    frame = Frame(sequence=9, digital=0b1010, analog=(0x3FF, 0x000, 0x155, 0x2AA, 0x3F, 0x01))
    data = encode_frame(frame)
    b = data[::-1]  # b[1] is the byte before the last
    assert b[0] >> 4 == 9
    assert b[1] >> 4 == 0b1010
    assert (b[1] & 0x0F) << 6 | b[2] >> 2 == 0x3FF
    assert (b[2] & 0x03) << 8 | b[3] == 0x000
    assert b[4] << 2 | b[5] >> 6 == 0x155
    assert (b[5] & 0x3F) << 4 | b[6] >> 4 == 0x2AA
    assert (b[6] & 0x0F) << 2 | b[7] >> 6 == 0x3F
    assert b[7] & 0x3F == 0x01


def test_a_frame_of_one_channel_written_by_hand_is_read() -> None:
    body = bytes((0b01010100, 0b1100_1011, 0x70))
    data = body[:-1] + bytes((0x70 | crc4_bit_by_bit(body),))
    assert decode_frame(data, 1) == Frame(7, 0b1100, (0b1011_010101,))


@pytest.mark.parametrize(("channels", "size"), [(1, 3), (2, 4), (3, 6), (4, 7), (5, 8), (6, 8)])
def test_a_frame_has_the_length_of_the_data_sheet(channels: int, size: int) -> None:
    assert frame_bytes(channels) == size


@given(frames())
def test_a_frame_comes_back_as_it_was_written(frame: Frame) -> None:
    assert decode_frame(encode_frame(frame), len(frame.analog)) == frame


@given(st.binary(min_size=1, max_size=8))
def test_the_crc_is_the_one_of_the_register_fed_bit_by_bit(data: bytes) -> None:
    assert crc4(data) == crc4_bit_by_bit(data)


@given(frames(), st.integers(0))
def test_a_flipped_bit_is_refused(frame: Frame, where: int) -> None:
    data = bytearray(encode_frame(frame))
    data[where // 8 % len(data)] ^= 1 << where % 8
    with pytest.raises(SensorError, match="the CRC of the frame"):
        decode_frame(bytes(data), len(frame.analog))


def test_a_frame_of_another_length_is_refused() -> None:
    with pytest.raises(SensorError, match="a frame of 2 channels has 4 bytes, not 3"):
        decode_frame(bytes(3), 2)


@pytest.mark.parametrize("frame", [Frame(16, 0, (0,)), Frame(0, 16, (0,)), Frame(0, 0, (1024,)), Frame(0, 0, (-1,))])
def test_a_value_that_does_not_fit_is_not_written(frame: Frame) -> None:
    with pytest.raises(ValueError, match="must fit in their bits"):
        encode_frame(frame)


def test_channels_are_one_to_six() -> None:
    for channels in (0, 7):
        with pytest.raises(ValueError, match=f"channels must be 1 to 6, not {channels}"):
            encode_frame(Frame(0, 0, (0,) * channels))


def test_frames_are_found_across_notifications_of_20_bytes() -> None:
    for channels in range(1, 7):
        frames = received(notifications(b"".join(stream(range(100), channels))), channels)
        assert [frame.sequence for frame in frames] == [k % 16 for k in range(100)]
        assert {frame.lost for frame in frames} == {0}


def test_a_lost_notification_is_counted_by_the_numbers_and_costs_no_other_frame() -> None:
    parts = notifications(b"".join(stream(range(100), 3)))
    frames = received(parts[:5] + parts[6:], 3)
    lost = [frame.lost for frame in frames if frame.lost]
    assert len(lost) == 1
    assert len(frames) + sum(lost) == 100
    assert [f.analog for f in frames] == [
        decode_frame(data, 3).analog for k, data in enumerate(stream(range(100), 3)) if k not in (16, 17, 18, 19)
    ]


def test_frames_are_found_after_the_answer_to_version_and_after_nonsense() -> None:
    data = encode_version(5, 1) + bytes(7) + b"".join(stream(range(20)))
    assert [frame.sequence for frame in received([data])] == [k % 16 for k in range(20)]


def test_a_run_of_zeros_is_no_row_of_frames() -> None:
    assert received([bytes(400)]) == []


@given(st.lists(st.binary(max_size=9) | st.integers(0, 99).map(lambda k: stream(range(k, k + 5))[0]), max_size=40))
def test_cutting_the_stream_otherwise_gives_the_same_frames(parts: list[bytes]) -> None:
    data = b"".join(parts)
    assert received(parts) == received([data]) == received([data[i : i + 1] for i in range(len(data))])


@given(st.integers(0))
def test_any_bytes_are_frames_or_the_one_error(seed: int) -> None:
    known = [encode_frame(Frame(3, 1, (5,) * n)) for n in range(1, 7)]
    framer = Framer(1 + seed % 6)
    for data in mangled(seed, known):
        assert refusal_of(lambda d: decode_frame(d, 1 + seed % 6), data) in READ_OR_REFUSED
        assert refusal_of(decode_version, data) in READ_OR_REFUSED
        framer.feed(data)


def test_commands_are_written_as_the_device_takes_them() -> None:
    assert [rate_command(rate).hex() for rate in (1, 10, 100, 1000)] == ["03", "43", "83", "c3"]
    assert start_command([3]) == bytes((0b0001_0001,))
    assert start_command(range(1, 7)) == b"\xfd"
    assert start_command([1, 6], is_simulated=True) == bytes((0b1000_0110,))


@given(st.frozensets(st.integers(1, 6), min_size=1), st.booleans())
def test_a_device_reads_which_ports_it_starts(ports: frozenset[int], is_simulated: bool) -> None:
    assert decode_start(start_command(ports, is_simulated=is_simulated)) == tuple(sorted(ports))


@pytest.mark.parametrize("command", [b"", b"\x00", b"\x07", b"\x83", b"\x11\x11"])
def test_a_command_of_another_kind_starts_no_port(command: bytes) -> None:
    assert decode_start(command) == ()


def test_what_cannot_be_asked_is_not_written() -> None:
    with pytest.raises(ValueError, match="rate_hz must be one of"):
        rate_command(50)
    for ports in ([], [0], [7]):
        with pytest.raises(ValueError, match="ports must be some of 1 to 6"):
            start_command(ports)


def test_the_version_is_read_with_what_stands_before_it() -> None:
    assert decode_version(b"\x00\xffBITalino_v5.2\n") == (5, 2)
    assert decode_version(encode_version(4, 10)) == (4, 10)
    with pytest.raises(SensorError, match=r"a version reads 'BITalino_v5\.1', not '68690a'"):
        decode_version(b"hi\n")


def test_conductance_follows_the_data_sheet_of_each_board() -> None:
    assert microsiemens([0, 512, 1023]) == pytest.approx([0, 12.5, 25 * 1023 / 1024])
    assert microsiemens([0, 32], bits=6) == pytest.approx([0, 12.5])
    assert microsiemens([0, 512, 768], board=EdaBoard.Y2015) == pytest.approx([1, 2, 4])


@pytest.mark.parametrize("board", EdaBoard)
@pytest.mark.parametrize("bits", [6, 10])
def test_a_reading_comes_back_from_its_conductance(board: EdaBoard, bits: int) -> None:
    adc = np.arange(1 << bits)
    assert readings(microsiemens(adc, bits=bits, board=board), bits=bits, board=board).tolist() == adc.tolist()


def test_a_conductance_beyond_the_range_gives_the_last_reading() -> None:
    assert readings([-1.0, 40.0]).tolist() == [0, 1023]


def test_frames_lost_are_counted_from_the_second_frame_on() -> None:
    frames = received(stream(range(3, 9)) + stream(range(11, 20)))
    assert [frame.lost for frame in frames] == [0] * 6 + [2] + [0] * 8
    assert replace(frames[6], lost=0) == decode_frame(stream(range(11, 12))[0], 2)
