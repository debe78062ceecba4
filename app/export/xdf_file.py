# SPDX-License-Identifier: MIT
"""An XDF file as it grows: headers first, then samples with clock offsets and boundaries between them, footers last."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from app.export import xdf_chunks
from app.export.xdf_chunks import Tag, Tree
from dsp.stream import FloatArray

EXACT_TIMES = "exact"
"""What `desc/attune/times` says where stamps are on the session's one clock and need no dejittering."""

_OFFSET_EACH_S = 5.0  # as LabRecorder does
_BOUNDARY_EACH_S = 10.0  # the specification's; sensors.md, section 7


@dataclass(frozen=True, slots=True)
class Info:
    """What a stream says of itself; `format` is double64 or string, `rate_hz` 0 for an irregular one."""

    name: str
    type: str
    channels: tuple[Tree, ...]
    source_id: str
    rate_hz: float = 0.0
    format: str = "double64"
    desc: Tree | None = None

    def tree(self) -> Tree:
        """Give the elements of its header."""
        return {
            "name": self.name,
            "type": self.type,
            "channel_count": str(len(self.channels)),
            "nominal_srate": f"{self.rate_hz:.12g}",
            "channel_format": self.format,
            "source_id": self.source_id,
            "version": "1.0",
            "created_at": "0.0",
            "desc": {"channels": {"channel": self.channels}, **(self.desc or {})},
        }


class XdfFile:
    """Writes one file.

    Parameters
    ----------
    file : BinaryIO
        Open for writing.
    header : mapping
        What the file's header says besides the version.
    streams : sequence of Info
        Their numbers in the file are 1, 2, and so on.
    """

    def __init__(self, file: BinaryIO, header: Tree, streams: Sequence[Info]) -> None:
        self._file = file
        self._counted = [_Counted() for _ in streams]
        self._offset_t = array("d")
        self._next_offset_t: float | None = None
        self._next_boundary_t = 0.0
        file.write(xdf_chunks.MAGIC)
        file.write(xdf_chunks.chunk(Tag.FILE_HEADER, xdf_chunks.xml("info", {"version": "1.0", **header})))
        for number, info in enumerate(streams, 1):
            file.write(xdf_chunks.stream_chunk(Tag.STREAM_HEADER, number, xdf_chunks.xml("info", info.tree())))

    def numbers(self, stream: int, t: FloatArray, values: FloatArray) -> None:
        """Write samples: `t` (n,), `values` (n, channels)."""
        if len(t):
            self._counted[stream - 1].count(float(t[0]), float(t[-1]), len(t))
            self._file.write(xdf_chunks.number_samples(stream, t, values))

    def text(self, stream: int, t: float, text: str) -> None:
        """Write one sample of one text."""
        self._counted[stream - 1].count(t, t, 1)
        self._file.write(xdf_chunks.text_sample(stream, t, text))

    def reach(self, t: float) -> None:
        """Write the clock offsets and boundaries that are due at `t`; all stamps are on one clock, so they are 0."""
        if self._next_offset_t is None:
            self._next_offset_t = self._next_boundary_t = t
        while self._next_offset_t <= t:
            for number in range(1, len(self._counted) + 1):
                self._file.write(xdf_chunks.clock_offset(number, t=self._next_offset_t, offset_s=0.0))
            self._offset_t.append(self._next_offset_t)
            self._next_offset_t += _OFFSET_EACH_S
        while self._next_boundary_t <= t:
            self._file.write(xdf_chunks.chunk(Tag.BOUNDARY, xdf_chunks.BOUNDARY))
            self._next_boundary_t += _BOUNDARY_EACH_S

    def close(self) -> None:
        """Write the footers."""
        offsets = tuple({"time": repr(t), "value": "0"} for t in self._offset_t)
        for number, counted in enumerate(self._counted, 1):
            tree: Tree = {**dict(counted.footer()), "clock_offsets": {"offset": offsets}}
            self._file.write(xdf_chunks.stream_chunk(Tag.STREAM_FOOTER, number, xdf_chunks.xml("info", tree)))


class _Counted:
    """What a stream's footer says."""

    def __init__(self) -> None:
        self._first_t = self._last_t = 0.0
        self._count = 0

    def count(self, first_t: float, last_t: float, n: int) -> None:
        if not self._count:
            self._first_t = first_t
        self._last_t = last_t
        self._count += n

    def footer(self) -> Iterator[tuple[str, str]]:
        span_s = self._last_t - self._first_t
        yield "first_timestamp", repr(self._first_t)
        yield "last_timestamp", repr(self._last_t)
        yield "sample_count", str(self._count)
        yield "measured_srate", f"{(self._count - 1) / span_s if span_s > 0 else 0.0:.12g}"
