# SPDX-License-Identifier: MIT
"""The helper that holds stages to the law finds those that break it."""

import numpy as np
import pytest

from dsp.codes import Modality
from dsp.stream import Chunk, Item
from tests.laws import check_cutting_law, split

_CHUNK = Chunk(Modality.EDA, np.arange(6.0), np.array([1.0, np.nan, 3.0, 4.0, 5.0, 7.0]), 6.0, "test")


class _Doubling:
    def update(self, item: Item) -> object:
        return item.values * 2.0 if isinstance(item, Chunk) else None


class _MeanOfAChunk:
    def update(self, item: Item) -> object:
        return float(np.nanmean(item.values)) if isinstance(item, Chunk) else None


def test_an_elementwise_stage_keeps_the_law() -> None:
    check_cutting_law(_Doubling, [_CHUNK, _CHUNK], cuts=[2, 3, 8])


def test_a_mean_over_whatever_a_chunk_holds_breaks_the_law() -> None:
    with pytest.raises(AssertionError):
        check_cutting_law(_MeanOfAChunk, [_CHUNK], cuts=[3])


def test_the_parts_of_a_chunk_hold_its_samples_in_order() -> None:
    parts = split(_CHUNK, [0, 2, 2, 5, 6, 99, -1])
    assert [len(part.t) for part in parts] == [2, 3, 1]
    assert np.array_equal(np.concatenate([part.values for part in parts]), _CHUNK.values, equal_nan=True)


def test_an_empty_chunk_stays_one_empty_chunk() -> None:
    empty = Chunk(Modality.EDA, np.empty(0), np.empty(0), 0.0, "test")
    assert [len(part.t) for part in split(empty, [0, 1])] == [0]
