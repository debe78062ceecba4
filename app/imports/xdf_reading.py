# SPDX-License-Identifier: MIT
"""XDF to records, chunk by chunk: what is not there is not made room for.

Law: any bytes give records or raise `UnreadableError`; memory is bounded by one chunk of 16 MiB, the work and what is
written by the length of the file. A file that ends within a chunk (its recorder was stopped) is taken up to there.

References
----------
XDF 1.0, https://github.com/sccn/xdf/wiki/Specifications.
"""

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from app.export.xdf_chunks import MAGIC, Tag
from app.imports.records import FORMATS, Records, dtype_of
from app.imports.unreadable import UnreadableError
from sensors.lsl.facts import HIGHEST_HZ, MOST_BYTES, MOST_CHANNELS, StreamFacts, parse_facts
from sensors.source import SensorError

_LONGEST_CHUNK = 1 << 24
_MOST_STREAMS = 64
_ROWS = 4096  # written at once
_COMPRESSED = b"\x1f\x8b"
_LENGTHS = {1: "<B", 4: "<I", 8: "<Q"}
_ID = struct.Struct("<I")


@dataclass(slots=True)
class _Stream:
    """A stream that is read: how its samples lie in memory by the length of their stamp, and the last stamp.

    From the last stamp missing ones are counted on.
    """

    number: int
    facts: StreamFacts
    samples: Mapping[int, np.dtype[np.void]]
    last_t: float = 0.0

    @property
    def step_s(self) -> float:
        return 1.0 / self.facts.rate_hz if self.facts.rate_hz else 0.0


def read_xdf(file: BinaryIO, records: Records) -> None:
    """Read a file to its end.

    Raises
    ------
    UnreadableError
        Where it is no XDF, with the byte that is wrong.
    """
    magic = file.read(len(MAGIC))
    if magic[:2] == _COMPRESSED:
        raise UnreadableError("is compressed; unpack it first (gunzip)")
    if magic != MAGIC:
        raise UnreadableError("is no XDF: it does not begin with XDF:")
    _Reader(file, records).run()
    records.close()


class _Reader:
    def __init__(self, file: BinaryIO, records: Records) -> None:
        self._file = file
        self._records = records
        self._streams: dict[int, _Stream] = {}

    def run(self) -> None:
        while (length := self._length()) is not None:
            if not 2 <= length <= _LONGEST_CHUNK:
                raise self._wrong(f"a chunk of {length} bytes; allowed are 2 to {_LONGEST_CHUNK}")
            content = self._file.read(length)
            if len(content) < length:
                return
            self._chunk(struct.unpack_from("<H", content)[0], memoryview(content)[2:])

    def _length(self) -> int | None:
        """Read a chunk's length; None at the end of the file."""
        size = self._file.read(1)
        if not size:
            return None
        if size[0] not in _LENGTHS:
            raise self._wrong(f"a length of {size[0]} bytes; allowed are 1, 4 and 8")
        length = self._file.read(size[0])
        return int(struct.unpack(_LENGTHS[size[0]], length)[0]) if len(length) == size[0] else None

    def _chunk(self, tag: int, content: memoryview) -> None:
        if tag not in (Tag.STREAM_HEADER, Tag.SAMPLES, Tag.CLOCK_OFFSET):
            return
        if len(content) < _ID.size:
            raise self._wrong("a chunk of a stream without its number")
        (number,) = _ID.unpack_from(content)
        if tag == Tag.STREAM_HEADER:
            self._header(number, bytes(content[_ID.size :]))
        elif number in self._streams and tag == Tag.SAMPLES:
            self._samples(self._streams[number], content[_ID.size :])
        elif number in self._streams and len(content) == _ID.size + 16:
            self._records.offset(number, *struct.unpack_from("<dd", content, _ID.size))

    def _header(self, number: int, xml: bytes) -> None:
        """Take a stream that could be a sensor's, and leave out every other."""
        if number in self._streams:
            raise self._wrong(f"stream {number} is described twice")
        if len(xml) > MOST_BYTES:
            return
        try:
            facts = parse_facts(xml.decode(errors="replace"))
        except SensorError:
            return
        if not _is_readable(facts):
            return
        if len(self._streams) == _MOST_STREAMS:
            raise self._wrong(f"more than {_MOST_STREAMS} streams")
        self._streams[number] = _Stream(number, facts, _samples(facts))
        self._records.describe(number, xml)

    def _samples(self, stream: _Stream, content: memoryview) -> None:
        size = content[0] if len(content) else 0
        if size not in _LENGTHS or len(content) < 1 + size:
            raise self._wrong("samples without their number")
        count = int(struct.unpack_from(_LENGTHS[size], content, 1)[0])
        body = content[1 + size :]
        if stream.facts.is_markers:
            self._texts(stream, io.BytesIO(body), count)
        else:
            self._numbers(stream, body, count)

    def _numbers(self, stream: _Stream, body: memoryview, count: int) -> None:
        """Read samples in runs of those with a stamp and those without."""
        at = 0
        while count:
            stamp_bytes = body[at] if at < len(body) else -1
            if stamp_bytes not in (0, 8):
                raise self._not_all_there(stream)
            sample = stream.samples[stamp_bytes]
            most = min(count, _ROWS, (len(body) - at) // sample.itemsize)
            if not most:
                raise self._not_all_there(stream)
            rows = np.frombuffer(body, sample, most, at)
            is_other = rows["stamp_bytes"] != stamp_bytes
            rows = rows[: int(is_other.argmax())] if is_other.any() else rows
            self._run(stream, rows, has_stamps=bool(stamp_bytes))
            at += rows.nbytes
            count -= len(rows)

    def _run(self, stream: _Stream, rows: npt.NDArray[np.void], *, has_stamps: bool) -> None:
        count = len(rows)
        t = rows["t"] if has_stamps else stream.last_t + stream.step_s * np.arange(1, count + 1, dtype=np.float64)
        stream.last_t = float(t[-1])
        self._records.numbers(stream.number, t, rows["values"], stream.facts.format)

    def _texts(self, stream: _Stream, body: io.BytesIO, count: int) -> None:
        for _ in range(count):
            stamp = body.read(1)
            if stamp == b"\x08":
                stream.last_t = float(struct.unpack("<d", self._whole(body, 8))[0])
            elif stamp != b"\x00":
                raise self._not_all_there(stream)
            size = self._whole(body, 1)[0]
            if size not in _LENGTHS:
                raise self._wrong(f"a length of {size} bytes; allowed are 1, 4 and 8")
            length = int(struct.unpack(_LENGTHS[size], self._whole(body, size))[0])
            self._records.text(stream.number, stream.last_t, self._whole(body, length))

    def _whole(self, body: io.BytesIO, size: int) -> bytes:
        content = body.read(size)
        if len(content) < size:
            raise self._wrong("a text that is not all there")
        return content

    def _not_all_there(self, stream: _Stream) -> UnreadableError:
        return self._wrong(f"samples of stream {stream.number} that are not all there")

    def _wrong(self, what: str) -> UnreadableError:
        return UnreadableError(f"has, before byte {self._file.tell()}, {what}")


def _samples(facts: StreamFacts) -> Mapping[int, np.dtype[np.void]]:
    """Say how a sample lies in memory, by its stamp's length: this length, the stamp if there is one, its values."""
    if facts.is_markers:
        return {}
    values = ("values", dtype_of(facts.format), (facts.channel_count,))
    return {0: np.dtype([("stamp_bytes", "u1"), values]), 8: np.dtype([("stamp_bytes", "u1"), ("t", "<f8"), values])}


def _is_readable(facts: StreamFacts) -> bool:
    if facts.is_markers:
        return facts.channel_count == 1
    is_sized = 1 <= facts.channel_count <= MOST_CHANNELS and 0.0 <= facts.rate_hz <= HIGHEST_HZ
    return is_sized and facts.format in FORMATS
