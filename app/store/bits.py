# SPDX-License-Identifier: MIT
"""Whole numbers as few bytes: one by itself, or many with as many bits each as the widest of them needs.

Law: `unpack` gives back what was packed, for any numbers of 64 bits.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]

_STEPS = 0x80  # beside the width: the numbers are differences
_MAX_WIDTH = 64
_WIDEST_IN_A_WORD = 57  # bits that lie within eight bytes wherever they begin
_WORD_BYTES = 8
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_INT_64 = range(-(2**63), 2**63)


class Run(NamedTuple):
    """Where packed numbers lie: how many, where the first bit is, the width and least of what is packed there.

    `first` is the first number where the others are differences, None where all are packed as they are.
    """

    n: int
    bit: int
    width: int
    least: int
    first: int | None


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
    if (byte := data[at]) < 0x80:  # most are that small
        return (byte >> 1) ^ -(byte & 1), at + 1
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


def find(data: bytes, at: int, n: int, offset: int = 0) -> tuple[Run, int] | None:
    """Say where the `n` numbers lie that were packed at an offset, and where they end; None where they are too wide.

    Parameters
    ----------
    data : bytes
        What they were packed into.
    at : int
        Where they begin.
    n : int
        How many they are, at least one.
    offset : int
        Where `data` itself begins in what `unpack_runs` is given.

    Raises
    ------
    ValueError, IndexError
        When the bytes break off.
    """
    width, is_steps = data[at] & ~_STEPS, data[at] & _STEPS
    if width > _WIDEST_IN_A_WORD:
        return None
    least, at = read_int(data, at + 1)
    begin, first = at, None
    at += ((n - 1 if is_steps else n) * width + 7) // 8
    if is_steps:
        first, at = read_int(data, at)
    if at > len(data) or least not in _INT_64 or not (first is None or first in _INT_64):
        raise ValueError("packed numbers break off")
    return Run(n, 8 * (offset + begin), width, least, first), at


def unpack_runs(data: bytes, runs: Sequence[Run]) -> IntArray:
    """Give the numbers of all runs, one run after the other, at the cost of a few steps for all of them together."""
    *numbers_of_run, first = zip(*runs, strict=True)
    n, bit, width, least = (np.array(one, np.int64) for one in numbers_of_run)
    is_steps = np.array([one is not None for one in first])
    start = np.cumsum(n) - n
    each = np.repeat(np.arange(len(runs)), n)
    at = (bit - (start + is_steps) * width)[each] + np.arange(len(each)) * width[each]
    at[start[is_steps]] = 0  # the first of differences is not packed
    mirrored = data.translate(_MIRRORED) + bytes(_WORD_BYTES)  # the lowest bit of a number comes first
    words = np.ndarray((len(data) + 1,), "<u8", mirrored, strides=(1,))[at >> 3]
    mask = (np.uint64(1) << width.astype(np.uint64)) - np.uint64(1)
    numbers: IntArray = ((words >> (at & 7).astype(np.uint64)) & mask[each]).view(np.int64) + least[each]
    numbers[start[is_steps]] = [one for one in first if one is not None]
    if is_steps.any():
        sums = np.cumsum(numbers)
        before = sums[start] - numbers[start]
        np.copyto(numbers, sums - before[each], where=is_steps[each])
    return numbers


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
    bits = np.zeros((n, _MAX_WIDTH), np.uint8)
    bits[:, :width] = np.unpackbits(np.frombuffer(data, np.uint8, end - at, at), count=n * width).reshape(n, width)
    above = np.packbits(bits, axis=1, bitorder="little").view("<i8").reshape(n)
    return above + np.int64(least), end
