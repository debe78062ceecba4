# SPDX-License-Identifier: MIT
"""The data frames of Polar's Measurement Data service: bytes to integers and back, integers to physical units.

A frame is: measurement, time stamp of its last sample (u64, ns since 2000), frame type (bit 7: delta), samples. Raw
frames hold fixed records. A delta frame holds one whole sample, then blocks (width, count, count x channels signed
differences of `width` bits, least significant bit first, padded to a byte), each difference to the sample before.

Law: any bytes parse or raise `SensorError(BAD_PACKET)`; what the encoder writes, the decoder gives back.

Notes
-----
Checked against Polar's own Android SDK (`PmdDataFrame`, `AccData`, `EcgData`, `PpgData`, `PpiData`), which is public.
Deviations from it: a remainder that is no whole sample, a block of width 0 or of no sample, and one that is longer
than the frame are refused; scaled samples keep their fraction, where the SDK cuts it off; the sample that runs out of
its resolution's range is kept as it is, as in the SDK.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from dsp.codes import Reason
from dsp.stream import FloatArray
from sensors.ble.polar_pmd import Measurement
from sensors.source import SensorError

IntArray = npt.NDArray[np.int64]

_HEAD = struct.Struct("<BQB")
_TYPE_MASK = 0x3F
_DELTA = 0x80
_MAX_STAMP_NS = 2**63 - 1  # the year 2292; beyond it an int64 cannot hold the stamp
_MAX_WIDTH = 32  # the widest that a device's own 32-bit arithmetic can make
_PPI = struct.Struct("<BHHB")

# (measurement, frame type, is delta) -> (channels, bits of a whole sample)
_LAYOUTS: Mapping[tuple[int, int, bool], tuple[int, int]] = MappingProxyType(
    {
        (Measurement.ECG, 0, False): (1, 24),
        (Measurement.ACC, 0, False): (3, 8),
        (Measurement.ACC, 1, False): (3, 16),
        (Measurement.ACC, 2, False): (3, 24),
        (Measurement.ACC, 0, True): (3, 16),
        (Measurement.ACC, 1, True): (3, 16),
        (Measurement.PPG, 0, False): (4, 24),
        (Measurement.PPG, 0, True): (4, 24),
    }
)

_WORD = np.dtype("<i8")
_PADDING = bytes(_WORD.itemsize)  # a word may begin at the last byte

_Block = tuple[int, int, int]  # first byte, width and number of its values


@dataclass(frozen=True, slots=True, eq=False)
class PolarFrame:
    """One data frame, in the device's integers.

    Parameters
    ----------
    measurement : Measurement
        What was measured.
    stamp_ns : int
        The device's time of the last sample, nanoseconds since 2000-01-01Z. PPI may send 0: no time known.
    frame_type : int
        The layout, 0 to 127.
    is_delta : bool
        Whether the samples travel as differences.
    samples : array of int64, shape (n, channels)
        ECG: microvolt. ACC: x, y, z. PPG: three photodiodes, ambient light. PPI: heart rate in bpm, pulse interval
        and its error in ms, flags.
    """

    measurement: Measurement
    stamp_ns: int
    frame_type: int
    is_delta: bool
    samples: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class PulseIntervals:
    """Pulse intervals of one frame, oldest first; all arrays of shape (n,).

    `is_valid` is False where the device moved (blocker) or knows that it does not touch the skin.
    """

    hr_bpm: FloatArray
    pp_ms: FloatArray
    error_ms: FloatArray
    is_valid: npt.NDArray[np.bool_]


def decode_frame(data: bytes) -> PolarFrame:
    """Read one notification of the data characteristic.

    Raises
    ------
    SensorError
        For a header that breaks off, an unknown layout, a stamp out of range, no sample, or samples that break off.
    """
    if len(data) < _HEAD.size:
        raise _bad(f"a frame has a header of {_HEAD.size} bytes, not {len(data)}")
    measurement, stamp_ns, kind = _HEAD.unpack_from(data)
    if stamp_ns > _MAX_STAMP_NS:
        raise _bad(f"the time stamp {stamp_ns} ns lies beyond the year 2292")
    measurement, frame_type, is_delta = measurement & _TYPE_MASK, kind & ~_DELTA, bool(kind & _DELTA)
    if (measurement, frame_type, is_delta) == (Measurement.PPI, 0, False):
        samples = _decode_ppi(data, _HEAD.size)
    else:
        channels, bits = _layout(measurement, frame_type, is_delta)
        decode = decode_delta if is_delta else _decode_raw
        samples = decode(data, _HEAD.size, channels, bits // 8)
    samples.flags.writeable = False
    return PolarFrame(Measurement(measurement), stamp_ns, frame_type, is_delta, samples)


def encode_frame(frame: PolarFrame, *, block: int = 255) -> bytes:
    """Write a frame as a device does, delta blocks of at most `block` samples.

    Raises
    ------
    ValueError
        When there is no sample, or a sample does not fit.
    """
    head = _HEAD.pack(frame.measurement, frame.stamp_ns, frame.frame_type | _DELTA * frame.is_delta)
    if frame.measurement is Measurement.PPI:
        return head + b"".join(_PPI.pack(*row) for row in frame.samples.tolist())
    channels, bits = _layout(frame.measurement, frame.frame_type, frame.is_delta)
    if frame.samples.shape != (len(frame.samples), channels) or not len(frame.samples):
        raise ValueError(f"samples must be of shape (n, {channels}), not {frame.samples.shape}")
    if not frame.is_delta:
        return head + _whole(frame.samples, bits)
    first = head + _whole(frame.samples[:1], bits)
    differences = np.diff(frame.samples, axis=0)
    return first + b"".join(_encode_block(differences[i : i + block]) for i in range(0, len(differences), block))


def to_units(frame: PolarFrame, factor: float = 1.0) -> FloatArray:
    """Give the samples in physical units: ECG in mV (n,), ACC in mg (n, 3), PPG in arbitrary units (n,).

    Parameters
    ----------
    frame : PolarFrame
        ECG, ACC or PPG.
    factor : float
        From the answer to the start of the stream; it counts for delta frames.

    Raises
    ------
    ValueError
        For another measurement.

    Notes
    -----
    ACC delta 0 travels in g, the other layouts in mg. PPG is the mean of the three photodiodes less the ambient light.
    """
    samples = frame.samples.astype(np.float64) * (factor if frame.is_delta else 1.0)
    if frame.measurement is Measurement.ECG:
        return samples[:, 0] / 1000.0
    if frame.measurement is Measurement.PPG:
        return np.asarray(samples[:, :3].mean(axis=1) - samples[:, 3])
    if frame.measurement is not Measurement.ACC:
        raise ValueError(f"only ECG, PPG and ACC have a unit here, not {frame.measurement.name}")
    return samples * 1000.0 if frame.is_delta and frame.frame_type == 0 else samples


def pulse_intervals(frame: PolarFrame) -> PulseIntervals:
    """Give the pulse intervals of a PPI frame, each with whether it counts."""
    hr_bpm, pp_ms, error_ms, flags = frame.samples.T
    has_blocker, has_contact, knows_contact = flags & 1 != 0, flags & 2 != 0, flags & 4 != 0
    is_valid = ~has_blocker & (has_contact | ~knows_contact) & (pp_ms > 0)
    return PulseIntervals(hr_bpm.astype(float), pp_ms.astype(float), error_ms.astype(float), is_valid)


def decode_delta(data: bytes, at: int, channels: int, size: int) -> IntArray:
    """Read the samples of a delta frame.

    Parameters
    ----------
    data : bytes
        The whole frame.
    at : int
        Where its first sample starts.
    channels, size : int
        How many numbers a sample has, and of how many bytes each is in the first one.

    Returns
    -------
    array of int64, shape (n, channels)

    Raises
    ------
    SensorError
        When the first sample or a block breaks off, or a block has no width or no sample.
    """
    starts, up, down = _places(_blocks(data, at, channels, size))
    words = np.ndarray(len(data), _WORD, data + _PADDING, 0, (1,))  # the one that begins at each byte
    values = words.take(starts)
    np.left_shift(values, up, out=values)  # the sign to the top of the word,
    np.right_shift(values, down, out=values)  # and along on its way down
    return np.add.accumulate(values.reshape(-1, channels))


@lru_cache(maxsize=64)  # a device cuts its frames alike: only the widths change, among a few
def _places(blocks: tuple[_Block, ...]) -> tuple[IntArray, IntArray, IntArray]:
    """Tell of each value in which byte it begins, and by how much it is shifted up from there and down again."""
    _starts, widths, counts = np.array(blocks).T
    first_bit = np.concatenate([8 * start + width * np.arange(count) for start, width, count in blocks])
    down = np.repeat(8 * _WORD.itemsize - widths, counts)
    return first_bit >> 3, down - (first_bit & 7), down


def _layout(measurement: int, frame_type: int, is_delta: bool) -> tuple[int, int]:
    layout = _LAYOUTS.get((measurement, frame_type, is_delta))
    if layout is None:
        raise _bad(f"measurement {measurement} has no {'delta' if is_delta else 'raw'} frame of type {frame_type}")
    return layout


def _decode_ppi(data: bytes, at: int) -> IntArray:
    return np.array(list(_PPI.iter_unpack(_records(data, at, _PPI.size))), np.int64)


def _decode_raw(data: bytes, at: int, channels: int, size: int) -> IntArray:
    body = np.frombuffer(_records(data, at, channels * size), np.uint8).reshape(-1, size)
    words = np.zeros((len(body), 8), np.uint8)
    words[:, 8 - size :] = body  # at the top of the word, so that shifting it down brings the sign along
    return (words.view("<i8") >> (64 - 8 * size)).reshape(-1, channels)


def _records(data: bytes, at: int, size: int) -> bytes:
    body = data[at:]
    if not body or len(body) % size:
        raise _bad(f"a frame holds whole samples of {size} bytes, at least 1, not {len(body)} bytes")
    return body


def _blocks(data: bytes, at: int, channels: int, size: int) -> tuple[_Block, ...]:
    """Find the blocks; the first sample is one like the others: its differences are to 0."""
    if len(data) < at + channels * size:
        raise _bad(f"the first sample of a delta frame has {channels * size} bytes, not {len(data) - at}")
    blocks = [(at, 8 * size, channels)]
    at += channels * size
    while at < len(data):
        if at + 2 > len(data):
            raise _bad("a delta block breaks off after its width")
        width, count = data[at], data[at + 1] * channels
        if not (0 < width <= _MAX_WIDTH and count):
            raise _bad(f"a delta block has 1 to {_MAX_WIDTH} bits and a sample, not {width} bits and {data[at + 1]}")
        blocks.append((at + 2, width, count))
        at += 2 + (count * width + 7) // 8
    if at > len(data):
        raise _bad(f"a delta block is {at - len(data)} bytes longer than its frame")
    return tuple(blocks)


def _whole(samples: IntArray, bits: int) -> bytes:
    end = 2 ** (bits - 1)
    if samples.min() < -end or samples.max() >= end:
        raise ValueError(f"samples must fit in {bits} bits, not go from {samples.min()} to {samples.max()}")
    return samples.astype("<i8").reshape(-1, 1).view(np.uint8)[:, : bits // 8].tobytes()


def _encode_block(differences: IntArray) -> bytes:
    width = int(np.maximum(differences, ~differences).max()).bit_length() + 1
    bits = differences.reshape(-1, 1) >> np.arange(width) & 1
    return bytes((width, len(differences))) + np.packbits(bits.astype(np.uint8), bitorder="little").tobytes()


def _bad(sentence: str) -> SensorError:
    return SensorError(Reason.BAD_PACKET, sentence)
