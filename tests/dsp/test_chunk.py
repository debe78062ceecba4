# SPDX-License-Identifier: MIT
"""Samples and what their device sent of them: shapes, and that nobody can change them."""

import numpy as np
import pytest

from dsp.codes import Modality
from dsp.stream import Chunk, FloatArray
from tests.laws import split


def chunk(raw: FloatArray | None, stamps: FloatArray | None = None) -> Chunk:
    return Chunk(Modality.EDA, np.arange(4.0), np.ones(4), 4.0, "s", raw=raw, raw_stamps=stamps, clock_offset_s=0.5)


def test_what_was_sent_is_copied_and_cannot_be_changed() -> None:
    raw, stamps = np.array([1.0, 2.0, 3.0, 4.0]), np.arange(4.0)
    made = chunk(raw, stamps)
    raw[0], stamps[0] = 9.0, 9.0
    assert made.raw is not None
    assert made.raw_stamps is not None
    assert (made.raw[0], made.raw_stamps[0]) == (1.0, 0.0)
    assert {made.raw.flags.writeable, made.raw_stamps.flags.writeable} == {False}


@pytest.mark.parametrize("raw", [np.ones(3), np.ones((3, 2)), np.ones((4, 2, 2)), np.array(1.0)])
def test_as_many_numbers_are_sent_as_there_are_samples(raw: FloatArray) -> None:
    with pytest.raises(ValueError, match="as many numbers sent as samples"):
        chunk(raw)


@pytest.mark.parametrize("stamps", [np.ones(3), np.ones((4, 1))])
def test_each_sample_has_one_stamp(stamps: FloatArray) -> None:
    with pytest.raises(ValueError, match="as many numbers sent as samples"):
        chunk(None, stamps)


def test_cutting_a_chunk_cuts_what_was_sent_along() -> None:
    raw = np.arange(8.0).reshape(4, 2)
    first, second = split(chunk(raw, np.arange(4.0)), [1])
    assert [part.raw.tolist() for part in (first, second) if part.raw is not None] == [[[0.0, 1.0]], raw[1:].tolist()]
    assert [len(part.raw_stamps) for part in (first, second) if part.raw_stamps is not None] == [1, 3]
    assert (first.clock_offset_s, second.clock_offset_s) == (0.5, 0.5)
