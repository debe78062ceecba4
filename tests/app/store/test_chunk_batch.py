# SPDX-License-Identifier: MIT

import struct
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from app.store.chunk_batch import decode_all
from app.store.chunk_codec import decode, encode
from dsp.stream import FloatArray
from sensors.sample_clock import SampleClock

# any 64 bits: also NaN with payloads, infinities, minus zero, the smallest numbers
ANY_BITS = st.integers(0, 2**64 - 1).map(lambda bits: struct.unpack("<d", struct.pack("<Q", bits))[0])
SAMPLE = st.one_of(
    st.integers(-(2**23), 2**23).map(float), st.integers(-(2**15), 2**15).map(lambda k: k / 1000), st.just(np.nan)
)


def samples(n: int, columns: int, data: st.DataObject) -> FloatArray:
    element = data.draw(st.sampled_from([SAMPLE, SAMPLE, ANY_BITS]))
    return np.array(data.draw(st.lists(element, min_size=n * columns, max_size=n * columns)), np.float64)


def times(n: int, before: float, data: st.DataObject) -> FloatArray:
    kind = data.draw(st.sampled_from(["even", "nearly even", "any"]))
    if kind == "any":
        return data.draw(hnp.arrays(np.uint64, n, elements=st.integers(0, 2**64 - 1))).view(np.float64)
    t = before + (n / 130) * np.arange(1, n + 1) / max(n, 1)
    if kind == "nearly even":
        t.view(np.int64)[:] += data.draw(hnp.arrays(np.int64, n, elements=st.integers(-50, 50)))
    return t


def assert_as_one_by_one(chunks: Sequence[bytes]) -> None:
    t, values = decode_all(chunks)
    alone = [decode(chunk) for chunk in chunks]
    assert t.tobytes() == np.concatenate([one[0] for one in alone]).tobytes()
    expected = np.concatenate([one[1] for one in alone])
    assert values.shape == expected.shape
    assert np.ascontiguousarray(values).tobytes() == expected.tobytes()
    times_alone, unread = decode_all(chunks, with_values=False)
    assert times_alone.tobytes() == t.tobytes()
    assert unread.shape == values.shape
    assert np.isnan(unread).all()


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.sampled_from([0, 1, 3]), st.data())
def test_chunks_decoded_together_are_those_decoded_one_by_one(
    lengths: list[int], columns: int, data: st.DataObject
) -> None:
    chunks, before = [], 1000.0
    for n in lengths:
        values = samples(n, max(columns, 1), data)
        chunks.append(encode(times(n, before, data), values.reshape(n, columns) if columns else values, before))
        before += n / 130
    assert_as_one_by_one(chunks)


@given(
    st.lists(hnp.arrays(np.int64, st.integers(1, 20), elements=st.integers(-(2**62), 2**62)), min_size=1, max_size=4)
)
def test_numbers_of_any_width_come_back(numbers: list[FloatArray]) -> None:
    t = 1.0 + np.arange(20) / 130
    assert_as_one_by_one([encode(t[: len(one)], one.astype(np.float64), 0.9) for one in numbers])


def test_frames_of_a_strap_come_back() -> None:
    clock, rng = SampleClock(rate_hz=200, ticks_per_s=1e9), np.random.Generator(np.random.PCG64(1))
    chunks, before = [], np.nan
    for k in range(1, 30):
        t = clock.update(arrival=k * 0.18 + rng.uniform(0, 0.02), stamp=round(k * 0.18e9), n=36).t
        chunks.append(encode(t, np.rint(rng.normal(0, 5, (36, 3))), before))
        before = float(t[-1])
    assert_as_one_by_one(chunks)


@given(st.lists(st.binary(max_size=60), min_size=1, max_size=3))
def test_any_bytes_are_chunks_or_refused(chunks: list[bytes]) -> None:
    try:
        t, values = decode_all(chunks)
    except ValueError:
        return
    assert len(t) == len(values)


def test_a_cut_chunk_is_refused() -> None:
    whole = encode(np.arange(5.0), np.array([1.0, 2.0, 7.0, 4.0, 5.0]), -1.0)
    for end in range(len(whole)):
        with pytest.raises(ValueError, match=r"break|cannot"):
            decode_all([whole, whole[:end], whole])


def test_chunks_of_different_width_are_refused() -> None:
    t = np.arange(1, 6) / 4
    with pytest.raises(ValueError, match="different width"):
        decode_all([encode(t, t, 0.0), encode(t, np.column_stack([t] * 3), 1.25)])
