# SPDX-License-Identifier: MIT

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from app.store.sent_codec import decode_sent, encode_sent
from dsp.stream import FloatArray

ANY = st.integers(0, 2**64 - 1)


def bits_of(array: FloatArray | None) -> tuple[tuple[int, ...], bytes] | None:
    return None if array is None else (array.shape, np.ascontiguousarray(array).tobytes())


def floats(data: st.DataObject, *shape: int) -> FloatArray:
    return data.draw(hnp.arrays(np.uint64, shape, elements=ANY)).view(np.float64)


@given(st.integers(0, 9), st.sampled_from([None, 0, 1, 3]), st.booleans(), st.data())
def test_whatever_was_sent_comes_back_bit_for_bit(
    n: int, columns: int | None, has_stamps: bool, data: st.DataObject
) -> None:
    raw = None if columns is None else floats(data, n, *((columns,) if columns else ()))
    stamps, t = floats(data, n) if has_stamps else None, floats(data, n)
    raw_back, stamps_back = decode_sent(encode_sent(raw, stamps, t), t)
    assert (bits_of(raw_back), bits_of(stamps_back)) == (bits_of(raw), bits_of(stamps))


@given(st.integers(2, 64), st.floats(0, 1e6), st.floats(-1e6, 1e6), st.integers(0, 99))
def test_jittered_stamps_a_constant_before_the_times_need_a_few_bits_each(
    n: int, start_s: float, offset_s: float, seed: int
) -> None:
    stamps = start_s + np.cumsum(np.random.default_rng(seed).uniform(0.001, 0.1, n))
    t = stamps + offset_s
    data = encode_sent(None, stamps, t)
    assert bits_of(decode_sent(data, t)[1]) == bits_of(stamps)
    if abs(offset_s) < 1e-3 * start_s:  # otherwise one of both has far finer steps
        assert len(data) <= 16 + n


def test_counts_of_ten_bits_need_ten_bits() -> None:
    raw = np.random.default_rng(0).integers(0, 1024, 100).astype(np.float64)
    assert len(encode_sent(raw, None, raw)) <= 16 + 125


@given(st.binary(max_size=60), st.integers(0, 5))
def test_any_bytes_are_what_was_sent_or_refused(data: bytes, n: int) -> None:
    try:
        raw, stamps = decode_sent(data, np.arange(float(n)))
    except ValueError:
        return
    assert all(len(array) == n for array in (raw, stamps) if array is not None)


def test_what_is_cut_is_refused() -> None:
    t = np.arange(5.0)
    data = encode_sent(np.array([1.0, 2.0, np.nan, 4.0, 5.0]), t - 0.25, t)
    for end in range(len(data)):
        with pytest.raises(ValueError, match=r"break|buffer"):
            decode_sent(data[:end], t)
