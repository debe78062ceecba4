# SPDX-License-Identifier: MIT
"""What the reading process says to Attune: streams described and their samples, in one file between the two.

Law: whatever the file holds, reading it gives records or raises `ValueError`; nothing in it is run, and memory is
bounded by one record. Samples of a stream stand in the order of the recording.
"""

import os
import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from dsp.stream import FloatArray

FORMATS = ("float32", "double64", "int32", "int16", "int8")
_DTYPES = ("<f4", "<f8", "<i4", "<i2", "i1")
_HEAD = struct.Struct("<BBHIII")  # kind, format, columns, stream, rows, bytes
_MOST_BYTES = 1 << 24
_BUFFERED_BYTES = 1 << 18
LONGEST_TEXT = 256
"""Bytes kept of one text."""


class Kind(IntEnum):
    """What a record is."""

    DESCRIBED = 1
    NUMBERS = 2
    TEXTS = 3
    OFFSETS = 4


def dtype_of(form: str) -> np.dtype[np.generic]:
    """Give how numbers of a format lie in memory."""
    return np.dtype(_DTYPES[FORMATS.index(form)])


@dataclass(slots=True)
class _Buffer:
    """Samples of one stream that are not written yet."""

    kind: Kind
    stream: int
    form: int
    t: list[bytes] = field(default_factory=list)
    values: list[bytes] = field(default_factory=list)
    rows: int = 0
    columns: int = 0
    size: int = 0


class Records:
    """Writes records; small pieces of one stream are gathered first.

    Parameters
    ----------
    file : BinaryIO
        Open for writing.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._buffers: dict[tuple[Kind, int], _Buffer] = {}

    def describe(self, stream: int, xml: bytes) -> None:
        """Say what a stream is, in the words of LSL."""
        self._write(_Buffer(Kind.DESCRIBED, stream, 0), xml)

    def numbers(self, stream: int, t: FloatArray, values: npt.NDArray[np.generic], form: str) -> None:
        """Give samples: `t` (n,), `values` (n, columns) in a format's own type."""
        buffer = self._buffer(Kind.NUMBERS, stream, FORMATS.index(form))
        buffer.columns = values.shape[1]
        self._gather(buffer, t.astype("<f8").tobytes(), values.tobytes(), len(t))

    def text(self, stream: int, t: float, text: bytes) -> None:
        """Give one sample of text, cut to what is kept of it."""
        kept = text[:LONGEST_TEXT]
        buffer = self._buffer(Kind.TEXTS, stream, 0)
        self._gather(buffer, b"", struct.pack("<dH", t, len(kept)) + kept, 1)

    def offset(self, stream: int, t: float, value: float) -> None:
        """Say what is to be added to a stream's stamps at `t`."""
        buffer = self._buffer(Kind.OFFSETS, stream, 0)
        self._gather(buffer, b"", struct.pack("<dd", t, value), 1)

    def close(self) -> None:
        """Write what is still gathered."""
        for buffer in list(self._buffers.values()):
            self._flush(buffer)
        self._file.flush()

    def _buffer(self, kind: Kind, stream: int, form: int) -> _Buffer:
        buffer = self._buffers.get((kind, stream))
        if buffer is None:
            buffer = self._buffers[kind, stream] = _Buffer(kind, stream, form)
        return buffer

    def _gather(self, buffer: _Buffer, t: bytes, values: bytes, rows: int) -> None:
        buffer.t.append(t)
        buffer.values.append(values)
        buffer.rows += rows
        buffer.size += len(t) + len(values)
        if buffer.size >= _BUFFERED_BYTES:
            self._flush(buffer)

    def _flush(self, buffer: _Buffer) -> None:
        del self._buffers[buffer.kind, buffer.stream]
        self._write(buffer, b"".join((*buffer.t, *buffer.values)))

    def _write(self, of: _Buffer, content: bytes) -> None:
        self._file.write(_HEAD.pack(of.kind, of.form, of.columns, of.stream, of.rows, len(content)))
        self._file.write(content)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the content of a record lies."""

    at: int
    form: int
    columns: int
    rows: int
    size: int


class Index:
    """Finds the records of each stream in a file that is written.

    Parameters
    ----------
    file : BinaryIO
        Open for reading; it stays with this index.

    Raises
    ------
    ValueError
        When the file is none that `Records` wrote.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: dict[tuple[Kind, int], array[int]] = {}
        length = file.seek(0, os.SEEK_END)
        at = 0
        while at < length:
            kind, place = self._head(at, length)
            self._places.setdefault((kind[0], kind[1]), array("q")).append(at)
            at = place.at + place.size

    def described(self) -> Iterator[tuple[int, str]]:
        """Give each stream's number and description, in order of their numbers."""
        for kind, stream in sorted(self._places):
            if kind is Kind.DESCRIBED:
                yield stream, b"".join(self._contents(kind, stream)).decode(errors="replace")

    def numbers(self, stream: int) -> Iterator[tuple[FloatArray, npt.NDArray[np.generic]]]:
        """Give the samples of a stream, piece by piece: times (n,) and values (n, columns)."""
        for place in self._of(Kind.NUMBERS, stream):
            content = self._content(place)
            dtype = np.dtype(_DTYPES[place.form])
            if place.size != place.rows * (8 + place.columns * dtype.itemsize):
                raise ValueError("a record of samples must be as long as its samples")
            t = np.frombuffer(content, "<f8", place.rows)
            values = np.frombuffer(content, dtype, place.rows * place.columns, 8 * place.rows)
            yield t, values.reshape(place.rows, place.columns)

    def texts(self, stream: int) -> Iterator[tuple[float, bytes]]:
        """Give the texts of a stream with their times."""
        for content in self._contents(Kind.TEXTS, stream):
            at = 0
            while at < len(content):
                t, length = struct.unpack_from("<dH", content, at)
                yield t, content[at + 10 : at + 10 + length]
                at += 10 + length

    def offsets(self, stream: int) -> FloatArray:
        """Give the clock offsets of a stream: (n, 2), time and what is to be added."""
        content = b"".join(self._contents(Kind.OFFSETS, stream))
        return np.frombuffer(content, "<f8").reshape(-1, 2)

    def _contents(self, kind: Kind, stream: int) -> Iterator[bytes]:
        return (self._content(place) for place in self._of(kind, stream))

    def _of(self, kind: Kind, stream: int) -> Iterator[_Place]:
        for at in self._places.get((kind, stream), ()):
            yield self._head(at, at + _HEAD.size + _MOST_BYTES)[1]

    def _head(self, at: int, end: int) -> tuple[tuple[Kind, int], _Place]:
        self._file.seek(at)
        head = self._file.read(_HEAD.size)
        if len(head) < _HEAD.size:
            raise ValueError("a record must have a head")
        kind, form, columns, stream, rows, size = _HEAD.unpack(head)
        place = _Place(at + _HEAD.size, form, columns, rows, size)
        if form >= len(FORMATS) or size > _MOST_BYTES or place.at + size > end:
            raise ValueError("a record must be whole")
        return (Kind(kind), stream), place

    def _content(self, place: _Place) -> bytes:
        self._file.seek(place.at)
        return self._file.read(place.size)
