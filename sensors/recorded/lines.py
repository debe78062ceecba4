# SPDX-License-Identifier: MIT
"""A text file in blocks of lines that know their numbers.

Law: memory is bounded whatever the file holds; it is never loaded as a whole, and a line without an end is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dsp.codes import Reason
from sensors.source import SensorError

_BLOCK_BYTES = 1 << 16
_MAX_LINE_BYTES = 1 << 16  # a header of a thousand columns fits: what is longer is no table
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Lines:
    """Neighbouring lines, stripped, and their numbers from 1 on; blank lines and `#` comments are left out."""

    numbers: tuple[int, ...]
    texts: tuple[str, ...]


def malformed(line: int, what: str) -> SensorError:
    """Make the error that names the line."""
    return SensorError(Reason.FILE_MALFORMED, f"line {line}: {what}")


def shown(text: str) -> str:
    """Quote what stood in the file: short, and with nothing that a terminal would obey."""
    return repr(text if len(text) <= 40 else f"{text[:37]}...")


def read_lines(file: BinaryIO) -> Iterator[Lines]:
    """Give the lines of a UTF-8 file block by block.

    Parameters
    ----------
    file : BinaryIO
        Open for reading; a byte order mark and CRLF line ends are accepted.

    Yields
    ------
    Lines
        At least one line each.

    Raises
    ------
    SensorError
        `FILE_MALFORMED` where a line is not UTF-8 text or longer than 64 KiB.
    """
    number = 1
    carry = b""
    while block := file.read(_BLOCK_BYTES):
        whole, end, carry = (carry + block).rpartition(b"\n")
        yield from _decoded(whole, number)
        number += whole.count(b"\n") + len(end)
        if len(carry) > _MAX_LINE_BYTES:
            raise malformed(number, f"is longer than {_MAX_LINE_BYTES} bytes; a recording has a sample a line")
    yield from _decoded(carry, number)


def _decoded(data: bytes, first: int) -> Iterator[Lines]:
    """Decode whole lines, and leave out those that say nothing."""
    try:
        text = data.decode("utf-8").removeprefix(_BYTE_ORDER_MARK if first == 1 else "")
    except UnicodeDecodeError as error:
        line = first + data.count(b"\n", 0, error.start)
        raise malformed(line, f"byte 0x{data[error.start]:02x} is not UTF-8 text; save the file as UTF-8") from error
    if "\0" in text:
        line = first + text.count("\n", 0, text.index("\0"))
        raise malformed(line, "byte 0x00 is not text; a recording is a CSV or a list of RR intervals")
    kept = [(n, said) for n, line in enumerate(text.split("\n"), first) if (said := line.strip()) and said[0] != "#"]
    if kept:
        numbers, texts = zip(*kept, strict=True)
        yield Lines(numbers, texts)
