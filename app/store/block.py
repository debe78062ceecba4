# SPDX-License-Identifier: MIT
"""A block: what one person's part of a moment's frames was, as the one row that is written of it.

Law: reading a block gives its items and values again, bit for bit and in their order; its chain value depends on every
byte of it and on the block before.
"""

import hashlib
import math
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from app.store.bits import write_int
from app.store.chunk_batch import decode_all
from app.store.chunk_codec import decode, encode
from app.store.contents import Value
from app.store.rows import Note, Packed, Vocabulary
from app.store.sent_codec import decode_sent, encode_sent
from dsp.codes import Modality
from dsp.stream import Chunk, Command, Item

CHAIN_BYTES = 16

_LEVEL = 6
_LARGEST = 2**26  # of a block's content: far beyond what 10 min of every sensor are
_SPAN = struct.Struct("<qqqqdd")


@dataclass(frozen=True, slots=True)
class Made:
    """A value with its place: the frame's number in the session, and its own in the frame."""

    order: int
    place: int
    value: Value


@dataclass(slots=True)
class Part:
    """What of some frames goes to one file; items stand with the number of their frame in the session."""

    items: list[tuple[int, Item | Note]] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.items or self.made)

    @property
    def orders(self) -> tuple[int, int]:
        """The numbers of the first and the last frame in it."""
        orders = [order for order, _ in self.items] + [made.order for made in self.made]
        return min(orders), max(orders)


@dataclass(frozen=True, slots=True)
class Block:
    """One row as it is stored.

    Parameters
    ----------
    n : int
        Its running number in the file, from 1.
    batch : int
        The commit it belongs to, the same in each file of the session.
    first, last : int
        The numbers of its first and last frame in the session.
    start_t, end_t : float
        The session clock's times between which it was written together, seconds.
    items, made : bytes
        Its items and values.
    """

    n: int
    batch: int
    first: int
    last: int
    start_t: float
    end_t: float
    items: bytes
    made: bytes

    def chain(self, key: bytes, before: bytes) -> bytes:
        """Give the keyed value that ties this block to the one before (`CHAIN_BYTES` of it; b"" for the first)."""
        tied = hashlib.blake2b(before, key=key, digest_size=CHAIN_BYTES)
        tied.update(_SPAN.pack(self.n, self.batch, self.first, self.last, self.start_t, self.end_t))
        tied.update(struct.pack("<q", len(self.items)) + self.items + self.made)
        return tied.digest()


class EntryWriter:
    """Writes what blocks hold.

    Parameters
    ----------
    vocabulary : Vocabulary
        What it is written in.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._last_t: dict[tuple[str, str, Modality], float] = {}

    def entries(self, part: Part, first: int) -> tuple[bytes, bytes]:
        """Write a part's items and values, the numbers of their frames counted from `first`."""
        items, made = bytearray(), bytearray()
        for order, item in part.items:
            write_int(order - first, items)
            self._vocabulary.write(self._packed(item) if isinstance(item, Chunk) else item, items)
        for one in part.made:
            write_int(one.order - first, made)
            write_int(one.place, made)
            self._vocabulary.write(one.value, made)
        return bytes(items), bytes(made)

    def _packed(self, chunk: Chunk) -> Packed:
        stream = chunk.source, chunk.person, chunk.modality
        arrays = encode(chunk.t, chunk.values, self._last_t.get(stream, math.nan))
        if len(chunk.t):
            self._last_t[stream] = float(chunk.t[-1])
        return Packed((chunk.modality, chunk.arrival, *stream[:2], chunk.device_stamp, *_sent(chunk)), arrays)


def squeezed(entries: bytes) -> bytes:
    """Give entries as a block keeps them."""
    return zlib.compress(entries, _LEVEL, wbits=-zlib.MAX_WBITS) if entries else b""


def read_items(block: Block, vocabulary: Vocabulary) -> Iterator[tuple[int, Item | Note]]:
    """Give a block's items, each with the number of its frame.

    Raises
    ------
    ValueError
        For a content that this version cannot read.
    """
    reader = vocabulary.reader(_unsqueezed(block.items))
    while not reader.is_at_end:
        order = block.first + reader.read_int()
        item = reader.read()
        yield order, _chunk(item) if isinstance(item, Packed) else cast("Item | Note", item)


def read_signals(
    block: Block, vocabulary: Vocabulary, last: float, *, with_values: bool = True
) -> Iterator[tuple[int, Chunk]]:
    """Give a block's samples, the chunks of each stream joined, each with the number of its first frame.

    Parameters
    ----------
    block : Block
        The block.
    vocabulary : Vocabulary
        What it is written in.
    last : float
        The number of the last frame that counts.
    with_values : bool
        Whether samples are wanted; else they are NaN.

    Raises
    ------
    ValueError
        For a content that this version cannot read.
    """
    reader = vocabulary.reader(_unsqueezed(block.items))
    streams: dict[tuple[object, ...], list[tuple[int, Packed]]] = {}
    while not reader.is_at_end:
        order, item = block.first + reader.read_int(), reader.read()
        if isinstance(item, Packed) and order <= last:
            modality, _arrival, source, person, *_ = item.chunk
            streams.setdefault((modality, source, person), []).append((order, item))
    for (modality, source, person), found in streams.items():
        t, values = decode_all([packed.arrays for _order, packed in found], with_values=with_values)
        arrival = cast("float", found[-1][1].chunk[1])
        yield found[0][0], Chunk(Modality(str(modality)), t, values, arrival, str(source), str(person))


def read_decisions(block: Block, vocabulary: Vocabulary) -> Iterator[tuple[int, Command]]:
    """Give a block's commands, each with the number of its frame; its chunks are not decoded.

    Raises
    ------
    ValueError
        For a content that this version cannot read.
    """
    content = _unsqueezed(block.items)
    if not vocabulary.may_hold(Command, content):
        return
    reader = vocabulary.reader(content)
    while not reader.is_at_end:
        order, item = block.first + reader.read_int(), reader.read()
        if isinstance(item, Command):
            yield order, item


def read_made(block: Block, vocabulary: Vocabulary) -> Iterator[Made]:
    """Give a block's values.

    Raises
    ------
    ValueError
        For a content that this version cannot read.
    """
    reader = vocabulary.reader(_unsqueezed(block.made))
    while not reader.is_at_end:
        order, place = block.first + reader.read_int(), reader.read_int()
        yield Made(order, place, cast("Value", reader.read()))


def _sent(chunk: Chunk) -> tuple[float | None, bytes] | tuple[()]:
    """Give what the device itself sent, where a chunk keeps it."""
    if chunk.raw is None and chunk.raw_stamps is None and chunk.clock_offset_s is None:
        return ()
    return chunk.clock_offset_s, encode_sent(chunk.raw, chunk.raw_stamps, chunk.t)


def _chunk(packed: Packed) -> Chunk:
    modality, arrival, source, person, stamp, *sent = packed.chunk
    t, values = decode(packed.arrays)
    offset_s, encoded = sent or (None, None)  # an older session has nothing of it
    raw, raw_stamps = (None, None) if encoded is None else decode_sent(cast("bytes", encoded), t)
    return Chunk(
        Modality(str(modality)),
        t,
        values,
        cast("float", arrival),
        str(source),
        str(person),
        cast("float | int | None", stamp),
        raw,
        raw_stamps,
        cast("float | None", offset_s),
    )


def _unsqueezed(content: bytes) -> bytes:
    if not content:
        return b""
    stream = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    try:
        whole = stream.decompress(content, _LARGEST)
    except zlib.error as error:
        raise ValueError("the block is not readable") from error
    if not stream.eof:
        raise ValueError("the block breaks off, or has no end")
    return whole
