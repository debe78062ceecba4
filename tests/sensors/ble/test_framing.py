# SPDX-License-Identifier: MIT
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensors.ble.framing import FrameFinder


def finder() -> FrameFinder:
    """Frames of three bytes: a mark, a number, its complement."""
    return FrameFinder(
        3,
        in_a_row=3,
        is_frame=lambda f: f[0] == 0xAA and f[1] ^ f[2] == 0xFF,
        is_next=lambda a, b: (a[1] + 1) % 256 == b[1],
        can_follow=lambda a, b: a[1] != b[1],
    )


def frame(number: int) -> bytes:
    return bytes((0xAA, number, 0xFF - number))


def stream(numbers: range) -> bytes:
    return b"".join(map(frame, numbers))


def test_a_frame_that_follows_is_given_at_once_and_the_first_only_in_a_row() -> None:
    framer = finder()
    given_back = [len(framer.feed(frame(k))) for k in range(6)]
    assert given_back == [0, 0, 3, 1, 1, 1]


def test_frames_are_found_behind_bytes_that_belong_to_none() -> None:
    assert finder().feed(b"BITalino" + stream(range(5))) == tuple(map(frame, range(5)))


def test_a_frame_that_lost_a_byte_costs_no_other() -> None:
    data = stream(range(5)) + frame(5)[1:] + stream(range(6, 12))
    assert finder().feed(data) == tuple(frame(k) for k in range(12) if k != 5)


def test_frames_lost_on_the_way_cost_no_other() -> None:
    assert finder().feed(stream(range(5)) + stream(range(8, 12))) == (*map(frame, range(5)), *map(frame, range(8, 12)))


@given(st.lists(st.binary(max_size=7) | st.integers(0, 9).map(frame), max_size=30), st.data())
def test_cutting_the_stream_otherwise_gives_the_same_frames(parts: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=10)))
    framer = finder()
    cut = [f for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True) for f in framer.feed(stream[a:b])]
    assert tuple(cut) == finder().feed(stream)


def test_only_a_few_frames_are_held_back_however_much_nonsense_comes() -> None:
    framer = finder()
    assert framer.feed(bytes(100_000)) == ()
    assert len(framer.feed(stream(range(3)))) == 3


def test_a_frame_has_at_least_a_byte() -> None:
    with pytest.raises(ValueError, match="must be at least 1, not 0 and 3"):
        FrameFinder(0, in_a_row=3, is_frame=bool, is_next=lambda a, b: a == b, can_follow=lambda a, b: a == b)
