# SPDX-License-Identifier: MIT
"""The law of every stage: cutting the input otherwise never changes the joined output."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from typing import Protocol

import numpy as np

from dsp.stream import Chunk, Frame, Item


class Stage(Protocol):
    """Anything that takes items one by one; what it gives (nothing, values, a frame) is joined over all of them."""

    def update(self, item: Item, /) -> object: ...


def split(chunk: Chunk, at: Iterable[int]) -> list[Chunk]:
    """Cut a chunk into several before the samples `at`; what lies outside the chunk cuts nothing."""
    borders = sorted({index for index in at if 0 < index < len(chunk.t)})
    pairs = itertools.pairwise([0, *borders, len(chunk.t)])
    return [_part(chunk, a, b) for a, b in pairs]


def _part(chunk: Chunk, a: int, b: int) -> Chunk:
    sent = {name: kept[a:b] for name in ("raw", "raw_stamps") if (kept := getattr(chunk, name)) is not None}
    return replace(chunk, t=chunk.t[a:b], values=chunk.values[a:b], **sent)


def cut(items: Iterable[Item], at: Sequence[int]) -> Iterator[Item]:
    """Cut the chunks among `items` before the samples `at`, counted over all chunks together."""
    first = 0
    for item in items:
        if isinstance(item, Chunk):
            yield from split(item, [index - first for index in at])
            first += len(item.t)
        else:
            yield item


def check_cutting_law(make_stage: Callable[[], Stage], items: Sequence[Item], cuts: Sequence[int]) -> None:
    """Hold a stage to the law: whole, cut at `cuts` and sample by sample it must give the same, bit for bit."""
    whole = joined(make_stage(), items)
    n_samples = sum(len(item.t) for item in items if isinstance(item, Chunk))
    assert joined(make_stage(), cut(items, cuts)) == whole
    assert joined(make_stage(), cut(items, range(n_samples))) == whole


def joined(stage: Stage, items: Iterable[Item]) -> dict[str, list[str]]:
    """Join all that a stage gives, by type; chunks and arrays sample by sample, every float to its last bit."""
    all_by_type: dict[str, list[str]] = {}
    for item in items:
        for kind, text in _values(stage.update(item)):
            all_by_type.setdefault(kind, []).append(text)
    return all_by_type


def _values(output: object) -> Iterator[tuple[str, str]]:
    if isinstance(output, Frame):
        output = tuple(getattr(output, field.name) for field in fields(output) if field.name != "item")
    if isinstance(output, tuple | list):
        for part in output:
            yield from _values(part)
    elif isinstance(output, Chunk):
        samples = zip(output.t.tolist(), output.values.tolist(), strict=True)
        yield from ((output.modality, repr(sample)) for sample in samples)
    elif isinstance(output, np.ndarray):
        yield from (("sample", repr(value)) for value in output.tolist())
    elif output is not None:
        yield type(output).__name__, repr(output)
