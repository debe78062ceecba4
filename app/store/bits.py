# SPDX-License-Identifier: MIT
"""Whole numbers as few bytes: one by itself, or many with as many bits each as the widest of them needs.

Law: `unpack` gives back what was packed, for any numbers of 64 bits.
"""

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]

_STEPS = 0x80  # beside the width: the numbers are differences
_MAX_WIDTH = 64


def write_int(value: int, to: bytearray) -> None:
    """Append a whole number of any size, one near 0 in one byte."""
    value = value << 1 if value >= 0 else (~value << 1) | 1
    while value >= 0x80:
        to.append(value & 0x7F | 0x80)
        value >>= 7
    to.append(value)


def read_int(data: bytes, at: int) -> tuple[int, int]:
    """Give the whole number at an offset, and where it ends.

    Raises
    ------
    IndexError
        When the bytes break off.
    """
    shift = value = 0
    while (byte := data[at]) >= 0x80:
        value |= (byte & 0x7F) << shift
        shift += 7
        at += 1
    value |= byte << shift
    return (value >> 1) ^ -(value & 1), at + 1


def pack(numbers: IntArray, to: bytearray) -> None:
    """Append whole numbers, as they are or as differences, whichever is narrower.

    Parameters
    ----------
    numbers : array of int64, shape (n,)
        At least one. Differences that leave 64 bits wrap round, and come back the same way.
    to : bytearray
        Where they go; their count is for the caller to keep.
    """
    steps = np.diff(numbers)
    if len(steps) and _width(steps) < _width(numbers):
        _put(steps, _STEPS, to)
        write_int(int(numbers[0]), to)
    else:
        _put(numbers, 0, to)


def unpack(data: bytes, at: int, n: int) -> tuple[IntArray, int]:
    """Give the `n` numbers that were packed at an offset, and where they end.

    Raises
    ------
    ValueError, IndexError
        When the bytes break off.
    """
    kind = data[at]
    if not kind & _STEPS:
        return _get(data, at + 1, n, kind)
    steps, at = _get(data, at + 1, n - 1, kind & ~_STEPS)
    first, at = read_int(data, at)
    return np.cumsum(np.concatenate([np.array([first], np.int64), steps])), at


def _width(numbers: IntArray) -> int:
    """Give the bits that each number needs above the least."""
    return (int(numbers.max()) - int(numbers.min())).bit_length()


def _put(numbers: IntArray, kind: int, to: bytearray) -> None:
    least, width = int(numbers.min()), _width(numbers)
    to.append(kind | width)
    write_int(least, to)
    above = (numbers - np.int64(least)).view(np.uint64)  # right also where the span needs the 64th bit
    bits = (above[:, np.newaxis] >> np.arange(width, dtype=np.uint64)).astype(np.uint8) & 1
    to += np.packbits(bits).tobytes()


def _get(data: bytes, at: int, n: int, width: int) -> tuple[IntArray, int]:
    least, at = read_int(data, at)
    end = at + (n * width + 7) // 8
    if width > _MAX_WIDTH or end > len(data):
        raise ValueError("packed numbers break off")
    bits = np.unpackbits(np.frombuffer(data, np.uint8, end - at, at), count=n * width).reshape(n, width)
    above = (bits.astype(np.uint64) << np.arange(width, dtype=np.uint64)).sum(axis=1, dtype=np.uint64)
    return above.view(np.int64) + np.int64(least), end
