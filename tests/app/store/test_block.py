# SPDX-License-Identifier: MIT
"""Blocks: a chunk comes back with all that its device sent, and costs nothing where it sent no more."""

import numpy as np
import pytest

from app.store.block import Block, EntryWriter, Part, read_items, squeezed
from app.store.chunk_codec import encode
from app.store.rows import Packed, Vocabulary
from dsp.codes import Modality
from dsp.stream import Chunk

T = 100.0 + np.arange(5) / 4.0
PLAIN = Chunk(Modality.EDA, T, np.full(5, 2.5), 101.1, "ble:AA", device_stamp=7)
COUNTS = Chunk(Modality.EDA, T, np.full(5, np.nan), 101.1, "ble:AA", device_stamp=7, raw=np.arange(1020.0, 1025.0))
AXES = Chunk(Modality.ACC, T, np.ones((5, 3)), 101.1, "ble:AA", raw=np.arange(15.0).reshape(5, 3))
STREAM = Chunk(Modality.EDA, T, np.ones(5), 101.1, "lsl:x", raw=1e3 / T, raw_stamps=T - 0.1, clock_offset_s=0.1 + 0.2)
UNCERTAIN = Chunk(Modality.EDA, T[:0], T[:0], 101.1, "lsl:x", raw_stamps=T[:0], clock_offset_s=float("-inf"))


def written(chunk: Chunk, vocabulary: Vocabulary) -> bytes:
    items, _ = EntryWriter(vocabulary).entries(Part([(3, chunk)]), 3)
    return items


def read(items: bytes, vocabulary: Vocabulary) -> Chunk:
    ((order, chunk),) = read_items(Block(1, 1, 3, 3, 0.0, 1.0, squeezed(items), b""), vocabulary)
    assert order == 3
    assert isinstance(chunk, Chunk)
    return chunk


def spelled(chunk: Chunk) -> list[object]:
    arrays = (chunk.t, chunk.values, chunk.raw, chunk.raw_stamps)
    kept = [None if array is None else (array.shape, array.tobytes()) for array in arrays]
    return [*kept, chunk.modality, chunk.arrival, chunk.source, chunk.person, chunk.device_stamp, chunk.clock_offset_s]


@pytest.mark.parametrize("chunk", [PLAIN, COUNTS, AXES, STREAM, UNCERTAIN])
def test_a_chunk_comes_back_with_all_that_was_sent(chunk: Chunk) -> None:
    vocabulary = Vocabulary.of_today()
    assert spelled(read(written(chunk, vocabulary), vocabulary)) == spelled(chunk)


def test_a_chunk_whose_device_sent_no_more_is_written_as_in_older_sessions_and_they_are_read() -> None:
    vocabulary, older = Vocabulary.of_today(), bytearray(b"\x00")
    arrays = encode(PLAIN.t, PLAIN.values, np.nan)
    vocabulary.write(Packed((Modality.EDA, 101.1, "ble:AA", "client", 7), arrays), older)
    assert written(PLAIN, vocabulary) == bytes(older)
    assert spelled(read(bytes(older), vocabulary)) == spelled(PLAIN)


def test_a_row_that_says_more_than_this_version_knows_is_refused() -> None:
    vocabulary, newer = Vocabulary.of_today(), bytearray(b"\x00")
    vocabulary.write(Packed((Modality.EDA, 1.0, "s", "client", 7, 0.5, b"\x01\x00", 8), encode(T, T, np.nan)), newer)
    with pytest.raises(ValueError, match="too many"):
        read(bytes(newer), vocabulary)
