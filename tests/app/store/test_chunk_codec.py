# SPDX-License-Identifier: MIT

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from app.store.bits import pack, read_int, unpack, write_int
from app.store.chunk_codec import decode, encode
from dsp.stream import FloatArray
from sensors.sample_clock import SampleClock

# any 64 bits: also NaN with payloads, infinities, minus zero, the smallest numbers
ANY_BITS = st.integers(0, 2**64 - 1).map(lambda bits: struct.unpack("<d", struct.pack("<Q", bits))[0])
ANY_TIME = st.one_of(st.floats(allow_nan=True), ANY_BITS)


def bits_of(array: FloatArray) -> bytes:
    return np.ascontiguousarray(array).tobytes()


def assert_comes_back(t: FloatArray, values: FloatArray, before: float) -> bytes:
    data = encode(t, values, before)
    t_back, values_back = decode(data)
    assert t_back.shape == t.shape
    assert values_back.shape == values.shape
    assert bits_of(t_back) == bits_of(t)
    assert bits_of(values_back) == bits_of(values)
    return data


@given(st.integers(0, 12), st.sampled_from([0, 1, 3]), ANY_TIME, st.data())
def test_any_chunk_comes_back_bit_for_bit(n: int, columns: int, before: float, data: st.DataObject) -> None:
    bits = hnp.arrays(np.uint64, (n, max(columns, 1)), elements=st.integers(0, 2**64 - 1))
    values = data.draw(bits).view(np.float64)
    t = data.draw(hnp.arrays(np.uint64, n, elements=st.integers(0, 2**64 - 1))).view(np.float64)
    assert_comes_back(t, values if columns else values[:, 0], before)


@given(
    st.lists(st.one_of(st.integers(-(2**23), 2**23), st.none()), min_size=1, max_size=80),
    st.sampled_from([1.0, 0.244140625, 0.9765625, 1 / 1000, 1e-6, 0.1]),
    st.floats(0, 1e6),
    st.booleans(),
)
def test_scaled_integers_with_missing_samples_come_back(
    numbers: list[int | None], scale: float, before: float, divides: bool
) -> None:
    whole = np.array([np.nan if number is None else number for number in numbers], np.float64)
    values = whole / round(1 / scale) if divides and scale < 1 else whole * scale
    t = before + np.cumsum(np.full(len(values), 1 / 130))
    assert_comes_back(t, values, before)


@given(st.integers(1, 120), st.floats(0, 1e6), st.floats(0.9, 1.1))
def test_times_of_a_sensors_clock_need_no_more_than_their_two_ends(n: int, start_s: float, off: float) -> None:
    clock = SampleClock(rate_hz=130, ticks_per_s=1e9)
    step_s = off * n / 130
    placed = [clock.update(arrival=start_s + k * step_s, stamp=round(k * step_s * 1e9), n=n).t for k in range(1, 4)]
    data = assert_comes_back(placed[2], np.zeros(n), float(placed[1][-1]))
    assert len(data) <= 2 + 2 + 17 + 14


@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=40))
def test_any_whole_numbers_come_back(numbers: list[int]) -> None:
    data = bytearray(b"x")
    pack(np.array(numbers, np.int64), data)
    back, end = unpack(bytes(data), 1, len(numbers))
    assert back.tolist() == numbers
    assert end == len(data)


@given(st.integers())
def test_a_whole_number_of_any_size_comes_back(number: int) -> None:
    data = bytearray()
    write_int(number, data)
    assert read_int(bytes(data), 0) == (number, len(data))


@given(st.binary(max_size=60))
def test_any_bytes_are_a_chunk_or_refused(data: bytes) -> None:
    try:
        t, values = decode(data)
    except ValueError:
        return
    assert len(t) == len(values)


def test_a_cut_chunk_is_refused() -> None:
    data = encode(np.arange(5.0), np.array([1.0, 2.0, np.nan, 4.0, 5.0]), -1.0)
    for end in range(len(data)):
        with pytest.raises(ValueError, match=r"break|cannot"):
            decode(data[:end])
