# SPDX-License-Identifier: MIT
"""Reading sources in tests: their items as they come, in a form that compares, and joined by modality."""

import os
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from pathlib import Path

import numpy as np
import pytest

from dsp.codes import Modality
from dsp.stream import Chunk, FloatArray, Item
from sensors.replay import Recording
from sensors.source import Source
from tests.virtual_time import run_virtual


async def taken(source: Source, is_enough: Callable[[Item], bool] = lambda _: False) -> list[Item]:
    """Read a source to its end, or up to and with the first item that is enough, and close it."""
    async with aclosing(as_generator(source.items())) as items:
        found = []
        async for item in items:
            found.append(item)
            if is_enough(item):
                break
        return found


def as_generator(items: AsyncIterator[Item]) -> AsyncGenerator[Item, None]:
    """Say what closing needs: the items of every source are a generator's."""
    assert isinstance(items, AsyncGenerator)
    return items


def until(t: float) -> Callable[[Item], bool]:
    """Make a rule that an item at `t` or later is enough."""
    return lambda item: (item.arrival if isinstance(item, Chunk) else item.t) >= t


def items_of(path: Path) -> list[Item]:
    return run_virtual(taken(Recording(path)))


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def chunks_of(items: Sequence[Item], modality: Modality) -> list[Chunk]:
    return [item for item in items if isinstance(item, Chunk) and item.modality is modality]


def joined(items: Sequence[Item], modality: Modality) -> tuple[FloatArray, FloatArray]:
    """Join the times and the values of one modality."""
    chunks = chunks_of(items, modality)
    if not chunks:
        return np.empty(0), np.empty(0)
    return np.concatenate([c.t for c in chunks]), np.concatenate([c.values for c in chunks])


def told(items: Sequence[Item]) -> list[str]:
    """Write each item down to the last bit, so that rows of items compare."""
    with np.printoptions(floatmode="unique", threshold=1 << 30):
        return [repr(item) for item in items]


def shared_data() -> Path:
    """Give the folder of real recordings; skip the test where there is none."""
    folder = Path(os.environ.get("ATTUNE_DATA", Path(__file__).parents[3] / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("the real recordings are not here (ATTUNE_DATA, or ../shared/data beside the project)")
    return folder
