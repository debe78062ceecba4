# SPDX-License-Identifier: MIT
"""The bytes of an XDF file: chunks, samples and the XML between them, by the specification.

Law: pure functions; whatever a text holds, the XML stays well-formed.

References
----------
XDF 1.0, https://github.com/sccn/xdf/wiki/Specifications.
"""

import re
import struct
from collections.abc import Mapping, Sequence
from enum import IntEnum
from html import escape

import numpy as np

from dsp.stream import FloatArray

MAGIC = b"XDF:"
BOUNDARY = bytes.fromhex("43a546dccbf5410fb30ed546738cbe4b")  # the specification's; a reader looks for it after damage

Tree = Mapping[str, "Tree | str | Sequence[Tree]"]
"""Elements by their name; a sequence repeats the element."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Tag(IntEnum):
    """What a chunk is."""

    FILE_HEADER = 1
    STREAM_HEADER = 2
    SAMPLES = 3
    CLOCK_OFFSET = 4
    BOUNDARY = 5
    STREAM_FOOTER = 6


def chunk(tag: Tag, *parts: bytes) -> bytes:
    """Put a chunk together: its length, its tag, its content."""
    content = b"".join(parts)
    return _length(len(content) + 2) + struct.pack("<H", tag) + content


def stream_chunk(tag: Tag, stream: int, *parts: bytes) -> bytes:
    """Put together a chunk of one stream."""
    return chunk(tag, struct.pack("<I", stream), *parts)


def clock_offset(stream: int, *, t: float, offset_s: float) -> bytes:
    """Say what is to be added to a stream's stamps at `t`."""
    return stream_chunk(Tag.CLOCK_OFFSET, stream, struct.pack("<dd", t, offset_s))


def number_samples(stream: int, t: FloatArray, values: FloatArray) -> bytes:
    """Pack samples of numbers.

    Parameters
    ----------
    stream : int
        Its number in the file.
    t : array, shape (n,)
        Stamps, seconds.
    values : array, shape (n, channels)
        Written as double64.
    """
    kind = np.dtype([("stamp_bytes", "u1"), ("t", "<f8"), ("values", "<f8", (values.shape[1],))])
    packed = np.empty(len(t), kind)
    packed["stamp_bytes"], packed["t"], packed["values"] = 8, t, values
    return stream_chunk(Tag.SAMPLES, stream, _length(len(t)), packed.tobytes())


def text_sample(stream: int, t: float, text: str) -> bytes:
    """Pack one sample of one text."""
    said = text.encode(errors="replace")
    return stream_chunk(Tag.SAMPLES, stream, _length(1), struct.pack("<Bd", 8, t), _length(len(said)), said)


def xml(root: str, tree: Tree) -> bytes:
    """Write a document of elements without attributes."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_element(root, tree)}\n'.encode()


def _element(name: str, content: "Tree | str | Sequence[Tree]") -> str:
    if isinstance(content, str):
        return f"<{name}>{escape(_NOT_XML.sub('', content), quote=False)}</{name}>"
    if isinstance(content, Mapping):
        inner = "".join(_element(key, value) for key, value in content.items())
        return f"<{name}>{inner}</{name}>"
    return "".join(_element(name, part) for part in content)


def _length(number: int) -> bytes:
    """Write a length with the number of its own bytes before it."""
    if number <= 0xFF:
        return struct.pack("<BB", 1, number)
    if number <= 0xFFFF_FFFF:
        return struct.pack("<BI", 4, number)
    return struct.pack("<BQ", 8, number)
