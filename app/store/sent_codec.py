# SPDX-License-Identifier: MIT
"""What the device itself sent of a chunk, as bytes: its numbers, and its stamps beside the times they became.

Stamps and times of a stream are mostly a constant apart, and then a bit or two a sample say the rest. Stamps that come
in bursts lie nearer to an even step; the shorter of the two is written.

Law: every float comes back bit for bit, whatever it is; other bytes give a `ValueError`.
"""

import numpy as np

from app.store.bits import pack, read_int, unpack, write_int
from app.store.chunk_codec import read_column, read_times, write_column, write_times
from dsp.stream import FloatArray

_NONE, _APART, _BY_THEMSELVES = range(3)
_NO_NUMBERS = -1  # in the place of their columns
_MOST_COLUMNS = 64


def encode_sent(raw: FloatArray | None, stamps: FloatArray | None, t: FloatArray) -> bytes:
    """Write what was sent.

    Parameters
    ----------
    raw : array or None, shape (n,) or (n, k)
        The device's numbers.
    stamps : array or None, shape (n,)
        The sender's stamps.
    t : array, shape (n,)
        The times of the chunk.
    """
    data = bytearray()
    if raw is None:
        write_int(_NO_NUMBERS, data)
    else:
        write_int(raw.shape[1] if raw.ndim > 1 else 0, data)
        for column in raw.T.reshape(-1, len(t)) if raw.size else ():
            write_column(np.ascontiguousarray(column), data)
    data += bytes((_NONE,)) if stamps is None else _written(stamps, t)
    return bytes(data)


def decode_sent(data: bytes, t: FloatArray) -> tuple[FloatArray | None, FloatArray | None]:
    """Give the numbers and the stamps that `encode_sent` was given.

    Parameters
    ----------
    data : bytes
        What it wrote.
    t : array, shape (n,)
        The times of the chunk.

    Raises
    ------
    ValueError
        For bytes that are none.
    """
    try:
        columns, at = read_int(data, 0)
        if not _NO_NUMBERS <= columns <= _MOST_COLUMNS:
            raise ValueError(f"a device cannot send {columns} columns")
        raw = None if columns == _NO_NUMBERS else np.empty((max(columns, 1), len(t)))
        for row in raw if raw is not None and len(t) else ():
            row[:], at = read_column(data, at, len(t))
        stamps = _read(data, at, t)
    except IndexError as error:
        raise ValueError("what was sent breaks off") from error
    if raw is None:
        return None, stamps
    return raw.T if columns else raw[0], stamps


def _written(stamps: FloatArray, t: FloatArray) -> bytes:
    if not len(t):
        return bytes((_APART,))
    apart, by_themselves = bytearray((_APART,)), bytearray((_BY_THEMSELVES,))
    with np.errstate(all="ignore"):
        apart_s = t[-1:] - stamps[-1:]
        predicted = t - apart_s
    apart += apart_s.tobytes()
    pack(stamps.view(np.int64) - predicted.view(np.int64), apart)
    write_times(stamps, np.nan, by_themselves)
    return bytes(min(apart, by_themselves, key=len))


def _read(data: bytes, at: int, t: FloatArray) -> FloatArray | None:
    kind = data[at]
    if kind == _NONE:
        return None
    if kind > _BY_THEMSELVES:
        raise ValueError("the stamps are in no known form")
    if not len(t):
        return np.empty(0)
    if kind == _BY_THEMSELVES:
        return read_times(data, at + 1, len(t))[0]
    apart_s = np.frombuffer(data[at + 1 : at + 9], np.float64)
    errors, _ = unpack(data, at + 9, len(t))
    with np.errstate(all="ignore"):
        predicted = t - apart_s
    return (predicted.view(np.int64) + errors).view(np.float64)
