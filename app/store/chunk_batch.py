# SPDX-License-Identifier: MIT
"""Many chunks of one stream decoded at once: what is laid down chunk by chunk (`app/store/chunk_codec.py`), as a whole.

A chunk by itself costs some forty steps of numpy, whatever it holds; here they are spent once on all of them.

Law: the times and samples are bit for bit those that `decode` gives of each chunk, one chunk after the other.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from app.store.bits import IntArray, Run, find, read_int, unpack_runs
from app.store.chunk_codec import DIVIDED, EVEN, NEARLY_EVEN, RAW_TIMES, TIMES, read_column, read_size, read_times
from dsp.stream import FloatArray

_TWO = struct.Struct("<dd")
_ONE = struct.Struct("<d")

_Pieces = list[tuple[int, FloatArray]]
"""What is decoded by itself, each with the number of its first sample."""


def decode_all(chunks: Sequence[bytes], *, with_values: bool = True) -> tuple[FloatArray, FloatArray]:
    """Give the times and samples of chunks, joined.

    Parameters
    ----------
    chunks : sequence of bytes
        What `encode` wrote of each; at least one.
    with_values : bool
        Whether samples are wanted; else they are NaN, and only the times are decoded.

    Raises
    ------
    ValueError
        For bytes that are none, or chunks of different width.
    """
    try:
        columns = read_size(chunks[0])[1]
        found = _Found([_Column() for _ in range(max(columns, 1))] if with_values else [])
        for data in chunks:
            found.add(data, columns)
    except (IndexError, struct.error) as error:
        raise ValueError("a chunk breaks off") from error
    t, values = found.arrays(b"".join(chunks), max(columns, 1))
    return t, values.T if columns else values[0]


def _run_of_zeros(n: int) -> Run:
    return Run(n, 0, 0, 0, None)


@dataclass(slots=True)
class _Times:
    """Where the times lie: the ends between which they are even, and how far off that each is."""

    ends: list[tuple[float, float]] = field(default_factory=list)
    errors: list[Run] = field(default_factory=list)
    others: _Pieces = field(default_factory=list)
    are_even: bool = True

    def add(self, data: bytes, at: int, n: int, offset: int, start: int) -> int:
        kind = data[at]
        if kind == RAW_TIMES and n == 1:
            (t,) = _ONE.unpack_from(data, at + 1)
            return self._take((t, t), _run_of_zeros(n), at + 1 + _ONE.size)
        if kind in (EVEN, NEARLY_EVEN):
            ends, begin = _TWO.unpack_from(data, at + 1), at + 1 + _TWO.size
            found = (_run_of_zeros(n), begin) if kind == EVEN else find(data, begin, n, offset)
            if found is not None:
                self.are_even &= kind == EVEN
                return self._take(ends, *found)
        t, end = read_times(data, at, n)
        self.others.append((start, t))
        return self._take((0.0, 0.0), _run_of_zeros(n), end)

    def _take(self, ends: tuple[float, float], errors: Run, end: int) -> int:
        self.ends.append(ends)
        self.errors.append(errors)
        return end

    def array(self, n: IntArray, errors: IntArray | None) -> FloatArray:
        """Give the times, of chunks of so many samples."""
        ends = np.cumsum(n)
        before, newest = np.array(self.ends).T
        each = np.repeat(np.arange(len(n)), n)
        t: FloatArray = (
            before[each] + (newest - before)[each] * (np.arange(1, len(each) + 1) - (ends - n)[each]) / n[each]
        )
        t[ends - 1] = newest
        if errors is not None:
            t.view(np.int64)[:] += errors
        _put(self.others, t)
        return t


@dataclass(slots=True)
class _Column:
    """Where a column's numbers lie, and the scale of each chunk."""

    runs: list[Run] = field(default_factory=list)
    scales: list[tuple[bool, float]] = field(default_factory=list)  # whether it divides, and by what
    others: _Pieces = field(default_factory=list)

    def add(self, data: bytes, at: int, n: int, offset: int, start: int) -> int:
        kind = data[at]
        if kind in (DIVIDED, TIMES):
            (by,) = _ONE.unpack_from(data, at + 1)
            n_others, begin = read_int(data, at + 1 + _ONE.size)
            found = None if n_others else find(data, begin, n, offset)
            if found is not None:
                self.runs.append(found[0])
                self.scales.append((kind == DIVIDED, by))
                return found[1]
        samples, end = read_column(data, at, n)
        self.others.append((start, samples))
        self.runs.append(_run_of_zeros(n))
        self.scales.append((True, 1.0))
        return end

    def array(self, n: IntArray, numbers: IntArray) -> FloatArray:
        """Give the samples, of chunks of so many."""
        is_divided, by = (np.array(one) for one in zip(*self.scales, strict=True))
        samples = numbers.astype(np.float64)
        if is_divided.all() and (by == by[0]).all():  # mostly
            samples /= by[0]
        else:
            samples = np.where(np.repeat(is_divided, n), samples / np.repeat(by, n), samples * np.repeat(by, n))
        _put(self.others, samples)
        return samples


class _Found:
    """Where everything lies that chunks hold."""

    def __init__(self, columns: list[_Column]) -> None:
        self._times = _Times()
        self._columns = columns
        self._offset = 0  # of the next chunk among the bytes
        self._n: list[int] = []
        self._start = 0  # samples so far

    def add(self, data: bytes, columns: int) -> None:
        n, has_columns, at = read_size(data)
        if has_columns != columns:
            raise ValueError("chunks of different width are not of one stream")
        if n:
            at = self._times.add(data, at, n, self._offset, self._start)
            for column in self._columns:
                at = column.add(data, at, n, self._offset, self._start)
            self._n.append(n)
        self._offset += len(data)
        self._start += n

    def arrays(self, data: bytes, columns: int) -> tuple[FloatArray, FloatArray]:
        """Give times and, as rows, the columns; `data` are the bytes of all chunks."""
        values = np.full((columns, self._start), np.nan)
        if not self._n:
            return np.empty(0), values
        n, errors = np.array(self._n), None
        runs = [run for column in self._columns for run in column.runs]
        if not self._times.are_even:
            runs += self._times.errors
        numbers = unpack_runs(data, runs).reshape(-1, self._start) if runs else np.empty((0, 0), np.int64)
        if not self._times.are_even:
            errors = numbers[-1]
        with np.errstate(all="ignore"):
            for row, column, whole in zip(values, self._columns, numbers, strict=False):
                row[:] = column.array(n, whole)
            return self._times.array(n, errors), values


def _put(pieces: _Pieces, to: FloatArray) -> None:
    for start, piece in pieces:
        to[start : start + len(piece)] = piece
