# SPDX-License-Identifier: MIT
"""The frames of a device that a profile declares: cutting them out of what arrives, and their numbers, both ways.

Law: any bytes are cut into frames without raising, the same ones however they arrive; any frame parses or raises
`SensorError(BAD_PACKET)`; what the encoder writes, the decoder gives back to within one count.
"""

import re
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dsp.codes import Modality, Reason
from dsp.stream import FloatArray, read_only
from sensors.ble.framing import FrameFinder
from sensors.ble.profile_model import (
    SIZES,
    UNITS,
    DeviceProfile,
    FrameField,
    SequenceField,
    Signal,
    TimestampField,
)
from sensors.source import SensorError

_Place = FrameField | SequenceField | TimestampField

_MAX_LINE = 512
_COLUMN = re.compile(rb"[,;\s]+")
_DECIMAL = re.compile(rb"[+-]?\d{1,15}(\.\d{1,15})?")
_MAX_SKIP = 8  # frames lost at once that still count as the same alignment


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """One signal's samples in a frame: as sent, and in the unit of the modality; shape (n,), ACC (n, 3).

    NaN stands for a value outside the range that the profile declares.
    """

    modality: Modality
    raw: FloatArray
    values: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class ProfileFrame:
    """What one frame says."""

    samples: tuple[Samples, ...]
    sequence: int | None = None
    timestamp: int | None = None


def modulo(place: SequenceField | TimestampField) -> int | None:
    """Give the number at which a counter starts again at 0; None: nowhere."""
    return None if place.type == "text" else 1 << 8 * SIZES[place.type]


def lost_between(profile: DeviceProfile, before: ProfileFrame, after: ProfileFrame) -> int:
    """Count the frames missing between two, as far as their sequence tells (0 where there is none)."""
    if profile.sequence is None or before.sequence is None or after.sequence is None:
        return 0
    step, ring = after.sequence - before.sequence, modulo(profile.sequence)
    return max((step % ring if ring else step) - 1, 0)


def splitter(profile: DeviceProfile) -> Callable[[bytes], tuple[bytes, ...]]:
    """Give what cuts the notifications of one connection into frames: call it with each as it arrives."""
    framing = profile.framing
    if framing.delimiter is not None:
        return _Lines(framing.delimiter, 0 if profile.is_text else profile.end).feed
    if framing.length is not None:
        return _fixed(framing.length, profile.sequence)
    return lambda notification: (notification,)


def decode_frame(profile: DeviceProfile, frame: bytes) -> ProfileFrame:
    """Read one frame.

    Raises
    ------
    SensorError
        When it is too short (framed by a delimiter: has another length), or a column is no decimal number.
    """
    cells: Sequence[bytes] = _COLUMN.split(frame.strip()) if profile.is_text else ()
    size, is_exact = (len(cells), False) if profile.is_text else (len(frame), profile.framing.delimiter is not None)
    if size < profile.end or (is_exact and size > profile.end) or len(frame) > _MAX_LINE:
        raise _bad(f"a frame of {profile.name} has {profile.end} bytes or columns, not {size}: '{frame[:32].hex()}'")

    def number(place: _Place, shift: int = 0) -> float:
        return _column(cells[place.offset + shift]) if profile.is_text else _binary(frame, place, shift)

    samples = tuple(_samples(signal, number) for signal in profile.signal)
    sequence = None if profile.sequence is None else int(number(profile.sequence))
    return ProfileFrame(samples, sequence, None if profile.timestamp is None else int(number(profile.timestamp)))


def encode_frame(
    profile: DeviceProfile, values: Mapping[Modality, npt.ArrayLike], *, sequence: int = 0, timestamp: int = 0
) -> bytes:
    """Write a frame as the device does, delimiter and all.

    Parameters
    ----------
    profile : DeviceProfile
        The device.
    values : mapping of Modality to array
        The samples of each signal in the unit of its modality; shape (n,), ACC (n, 3).
    sequence, timestamp : int
        The counters, where the profile has them.
    """
    numbers: dict[tuple[int, _Place], float] = {}
    for place, count in ((profile.sequence, sequence), (profile.timestamp, timestamp)):
        if place is not None:
            ring = modulo(place)
            numbers[0, place] = count % ring if ring else count
    for signal in profile.signal:
        raw = _raw(signal, np.asarray(values[Modality(signal.modality)], np.float64).reshape(signal.samples, -1))
        for index, axis in np.ndindex(raw.shape):
            numbers[index * signal.stride, signal.fields[axis]] = float(raw[index, axis])
    written = _line(numbers, profile.end) if profile.is_text else _bytes(numbers, profile.framing.length or profile.end)
    return written + (profile.framing.delimiter or b"")


class _Lines:
    """Cuts at a delimiter; what came before the first one may be half a frame, and is left out."""

    def __init__(self, delimiter: bytes, least: int) -> None:
        self._delimiter = delimiter
        self._least = least  # bytes of a binary frame, in which the delimiter may stand by chance
        self._buffer = b""
        self._is_aligned = False

    def feed(self, data: bytes) -> tuple[bytes, ...]:
        buffer, at, lines = self._buffer + data, 0, []
        while (end := buffer.find(self._delimiter, at + self._least * self._is_aligned)) >= 0:
            if self._is_aligned and at < end <= at + _MAX_LINE:
                lines.append(buffer[at:end])
            at, self._is_aligned = end + len(self._delimiter), True
        if len(buffer) - at > _MAX_LINE:
            at, self._is_aligned = len(buffer) - len(self._delimiter) + 1, False
        self._buffer = buffer[at:]
        return tuple(lines)


def _fixed(length: int, sequence: SequenceField | None) -> Callable[[bytes], tuple[bytes, ...]]:
    """Cut every `length` bytes; a sequence in the frames brings a stream that lost bytes back into step.

    With no checksum in it, a frame that lost its tail can pass as one.
    """

    def step(before: bytes, after: bytes) -> int:
        if sequence is None:
            return 1
        ring = 1 << 8 * SIZES[sequence.type]
        return int(_binary(after, sequence, 0) - _binary(before, sequence, 0)) % ring

    return FrameFinder(
        length,
        in_a_row=1 if sequence is None else 3,
        is_frame=lambda _: True,
        is_next=lambda before, after: step(before, after) == 1,
        can_follow=lambda before, after: 1 <= step(before, after) <= _MAX_SKIP,
    ).feed


def _samples(signal: Signal, number: Callable[[_Place, int], float]) -> Samples:
    shifts = [index * signal.stride for index in range(signal.samples)]
    raw = np.array([[number(place, shift) for place in signal.fields] for shift in shifts])
    low, high = signal.range
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        values = _in_modality(signal, raw)
        values = np.where((low <= values) & (values <= high), values, np.nan)
    if signal.modality != "acc":
        raw, values = raw[:, 0], values[:, 0]
    return Samples(Modality(signal.modality), read_only(raw), read_only(values))


def _in_modality(signal: Signal, raw: FloatArray) -> FloatArray:
    worth = UNITS[signal.modality][signal.unit]
    number = signal.linear.gain * raw + signal.linear.offset
    if (divider := signal.divider) is not None:
        share = raw / divider.full_scale
        ratio = share / (1.0 - share) if divider.skin == "lower" else (1.0 - share) / share
        number = divider.reference_kohm * ratio
    return worth * number if worth > 0 else -worth / number


def _raw(signal: Signal, values: FloatArray) -> FloatArray:
    """Give the raw numbers of values in the modality's unit: `_in_modality` backwards."""
    worth = UNITS[signal.modality][signal.unit]
    with np.errstate(divide="ignore"):  # no conductance at all is an endless resistance
        number = values / worth if worth > 0 else -worth / values
    if (divider := signal.divider) is not None:
        upper_share = 1.0 / (1.0 + number / divider.reference_kohm)
        return divider.full_scale * (1.0 - upper_share if divider.skin == "lower" else upper_share)
    return (number - signal.linear.offset) / signal.linear.gain


def _column(cell: bytes) -> float:
    if not _DECIMAL.fullmatch(cell):
        raise _bad(f"a column is a decimal number, not '{cell[:16].hex()}'")
    return float(cell)


def _binary(frame: bytes, place: _Place, shift: int) -> float:
    at = place.offset + shift
    data = frame[at : at + SIZES[place.type]]
    if place.type == "f32":
        return float(struct.unpack("<f" if place.endian == "little" else ">f", data)[0])
    return float(int.from_bytes(data, place.endian, signed=place.type.startswith("i")))


def _bytes(numbers: Mapping[tuple[int, _Place], float], size: int) -> bytes:
    data = bytearray(size)
    for (shift, place), number in numbers.items():
        at, width = place.offset + shift, SIZES[place.type]
        data[at : at + width] = _packed(place, number)
    return bytes(data)


def _packed(place: _Place, number: float) -> bytes:
    if place.type == "f32":
        return struct.pack("<f" if place.endian == "little" else ">f", number)
    size, is_signed = SIZES[place.type], place.type.startswith("i")
    low, high = (-(1 << 8 * size - 1), (1 << 8 * size - 1) - 1) if is_signed else (0, (1 << 8 * size) - 1)
    return round(min(max(number, low), high)).to_bytes(size, place.endian, signed=is_signed)


def _line(numbers: Mapping[tuple[int, _Place], float], columns: int) -> bytes:
    cells = ["0"] * columns
    for (shift, place), number in numbers.items():
        cells[place.offset + shift] = f"{min(max(number, -1e14), 1e14):.6f}".rstrip("0").rstrip(".")
    return ",".join(cells).encode()


def _bad(sentence: str) -> SensorError:
    return SensorError(Reason.BAD_PACKET, sentence)
