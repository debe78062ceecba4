# SPDX-License-Identifier: MIT
"""The times and samples of a chunk as bytes: times as a rule, samples as the device's integers with their scale.

Times are predicted to lie in equal steps, as every sensor's clock lays them (`sensors/sample_clock.py`), and what is
left are units in the last place, mostly none. Samples are whole numbers divided or multiplied by one number; the few
that are not (missing ones, minus zero) stand beside them as they are. Where no rule fits, floats are kept whole.

Law: every float comes back bit for bit, whatever it is, payloads of NaN included; other bytes give a `ValueError`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.store.bits import IntArray, pack, read_int, unpack, write_int
from dsp.stream import FloatArray

_DIVISORS = (1.0, 1000.0, 100.0, 10.0, 1e4, 1e5, 1e6)
_RAW, DIVIDED, TIMES = range(3)
"""How a column is written: as it is, or as integers that are divided or multiplied."""
EVEN, NEARLY_EVEN, RAW_TIMES = range(3)
"""How times are written: in equal steps, with what is left of them, or as they are."""
_WIDEST = 2.0**52  # of the integers: float64 has them all
_MOST_APART = 0.25  # share of samples that no rule needs to fit
_MOST_COLUMNS = 64
_WIDEST_ERROR = 2**32  # units in the last place; beyond it whole floats are hardly longer


@dataclass(frozen=True, slots=True)
class _Scale:
    """How integers become samples."""

    kind: int
    by: float

    def samples(self, numbers: IntArray) -> FloatArray:
        whole = numbers.astype(np.float64)
        return whole / self.by if self.kind == DIVIDED else whole * self.by

    def numbers(self, samples: FloatArray) -> FloatArray:
        return np.rint(samples * self.by if self.kind == DIVIDED else samples / self.by)


def encode(t: FloatArray, values: FloatArray, before: float) -> bytes:
    """Write the times and samples of a chunk.

    Parameters
    ----------
    t : array, shape (n,)
        Times, seconds.
    values : array, shape (n,) or (n, k)
        Samples.
    before : float
        The last time of the chunk before; NaN where there is none. Only the size depends on it.
    """
    data = bytearray()
    write_int(len(t), data)
    write_int(values.shape[1] if values.ndim > 1 else 0, data)
    if len(t):
        write_times(t, before, data)
    for column in values.T.reshape(-1, len(t)) if values.size else ():
        write_column(np.ascontiguousarray(column), data)
    return bytes(data)


def decode(data: bytes) -> tuple[FloatArray, FloatArray]:
    """Give the times and samples that `encode` was given.

    Raises
    ------
    ValueError
        For bytes that are none.
    """
    try:
        n, columns, at = read_size(data)
        t, at = read_times(data, at, n) if n else (np.empty(0), at)
        values = np.empty((max(columns, 1), n))
        for row in values if n else ():
            row[:], at = read_column(data, at, n)
    except IndexError as error:
        raise ValueError("a chunk breaks off") from error
    return t, values.T if columns else values[0]


def read_size(data: bytes) -> tuple[int, int, int]:
    """Give the count of a chunk's samples and of their columns (0: no axis of their own), and where these end."""
    n, at = read_int(data, 0)
    columns, at = read_int(data, at)
    if not (0 <= n <= 64 * len(data) and 0 <= columns <= _MOST_COLUMNS):
        raise ValueError(f"a chunk cannot have {n} samples of {columns} columns in {len(data)} bytes")
    return n, columns, at


def write_times(t: FloatArray, before: float, to: bytearray) -> None:
    """Append at least one time, as `encode` does."""
    if not np.isfinite(before):
        before = 2 * float(t[0]) - float(t[1]) if len(t) > 1 else 0.0
    predicted = _evenly(before, float(t[-1]), len(t))
    errors = t.view(np.int64) - predicted.view(np.int64)
    if len(t) == 1 or not np.all(np.abs(errors) < _WIDEST_ERROR):
        to.append(RAW_TIMES)
        to += t.tobytes()
        return
    to.append(NEARLY_EVEN if errors.any() else EVEN)
    to += np.array([before, t[-1]]).tobytes()
    if errors.any():
        pack(errors, to)


def read_times(data: bytes, at: int, n: int) -> tuple[FloatArray, int]:
    """Give the `n` times at an offset, and where they end."""
    kind = data[at]
    at += 1
    if kind == RAW_TIMES:
        return _floats(data, at, n)
    (before, newest), at = _floats(data, at, 2)
    predicted = _evenly(float(before), float(newest), n)
    if kind == EVEN:
        return predicted, at
    errors, at = unpack(data, at, n)
    return (predicted.view(np.int64) + errors).view(np.float64), at


def _evenly(before: float, newest: float, n: int) -> FloatArray:
    """Give `n` times in equal steps after `before`, exactly as a sensor's clock does."""
    with np.errstate(all="ignore"):
        t = before + (newest - before) * np.arange(1, n + 1) / n
    t[-1] = newest
    return t


def write_column(samples: FloatArray, to: bytearray) -> None:
    """Append at least one sample, as `encode` does."""
    scale, numbers, is_other = _scaled(samples)
    to.append(scale.kind)
    if scale.kind == _RAW:
        to += _planes(samples)
        return
    to += np.array([scale.by]).tobytes()
    others = np.flatnonzero(is_other)
    write_int(len(others), to)
    if len(others):
        pack(others, to)
        to += _planes(samples[others])
    pack(numbers, to)


def read_column(data: bytes, at: int, n: int) -> tuple[FloatArray, int]:
    """Give the `n` samples at an offset, and where they end."""
    kind = data[at]
    at += 1
    if kind == _RAW:
        return _from_planes(data, at, n)
    (by,), at = _floats(data, at, 1)
    n_others, at = read_int(data, at)
    where, others = np.empty(0, np.int64), np.empty(0)
    if n_others:
        where, at = unpack(data, at, n_others)
        others, at = _from_planes(data, at, n_others)
    numbers, at = unpack(data, at, n)
    with np.errstate(all="ignore"):
        samples = _Scale(kind, float(by)).samples(numbers)
    samples[where] = others
    return samples, at


def _scaled(samples: FloatArray) -> tuple[_Scale, IntArray, npt.NDArray[np.bool_]]:
    """Find the scale that makes integers of the samples: the integers, and which samples they do not give back."""
    with np.errstate(all="ignore"):
        for scale in _candidates(samples):
            numbers = scale.numbers(samples)
            numbers[~(np.abs(numbers) < _WIDEST)] = 0.0  # neither NaN
            whole = numbers.astype(np.int64)
            is_other = scale.samples(whole).view(np.int64) != samples.view(np.int64)
            if np.count_nonzero(is_other) <= _MOST_APART * len(samples):
                whole[is_other] = np.median(whole[~is_other]) if not is_other.all() else 0
                return scale, whole, is_other
    return _Scale(_RAW, 1.0), np.empty(0, np.int64), np.empty(0, np.bool_)


def _candidates(samples: FloatArray) -> Iterator[_Scale]:
    for divisor in _DIVISORS:
        yield _Scale(DIVIDED, divisor)
    step = _common_step(samples[np.isfinite(samples)])
    if step is not None:
        yield _Scale(TIMES, step)


def _common_step(samples: FloatArray) -> float | None:
    """Give the largest number of which all samples are whole multiples, where they are short enough to tell."""
    mantissa, exponent = np.frexp(samples[samples != 0.0])
    if not len(mantissa):
        return None
    whole = (mantissa * 2.0**53).astype(np.int64)
    zeros = np.log2((whole & -whole).astype(np.float64)).astype(np.int64)
    lowest = exponent - 53 + zeros  # the place of each sample's last bit
    shift = lowest - lowest.min()
    odd = whole >> zeros
    if np.any(np.log2(np.abs(odd)) + shift > 52):
        return None
    return float(np.ldexp(float(np.gcd.reduce(odd << shift)), int(lowest.min())))


def _planes(samples: FloatArray) -> bytes:
    """Give floats byte by byte of the same place: what they share lies together, and compresses."""
    return np.ascontiguousarray(samples).view(np.uint8).reshape(-1, 8).T.tobytes()


def _from_planes(data: bytes, at: int, n: int) -> tuple[FloatArray, int]:
    return _taken(data, at, n, lambda raw: np.ascontiguousarray(raw.reshape(8, -1).T).reshape(-1).view(np.float64))


def _floats(data: bytes, at: int, n: int) -> tuple[FloatArray, int]:
    return _taken(data, at, n, lambda raw: raw.view(np.float64))


def _taken(
    data: bytes, at: int, n: int, shape: Callable[[npt.NDArray[np.uint8]], FloatArray]
) -> tuple[FloatArray, int]:
    if at + 8 * n > len(data):
        raise ValueError("a chunk breaks off")
    return shape(np.frombuffer(data, np.uint8, 8 * n, at).copy()), at + 8 * n
