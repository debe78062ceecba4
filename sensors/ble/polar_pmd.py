# SPDX-License-Identifier: MIT
"""The control point of Polar's Measurement Data service: what it can give, how it is asked, what it answers.

Law: any bytes parse or raise `SensorError(BAD_PACKET)`; what the encoders write, the decoders give back.

Notes
-----
Checked against Polar's own Android SDK (`PmdControlPointResponse`, `PmdMeasurementType`, `BlePMDClient`), which is
public: a continuation repeats the whole header and only what follows its `more` byte is joined; an answer that is not
a success carries no parameters; features are bits of the second byte, in the order of the measurement numbers.

Stricter than the SDK: an answer that never ends, or goes on with another one, is refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeVar

from dsp.codes import Reason
from sensors.ble.polar_settings import NO_SETTINGS, Settings, decode_settings, encode_settings
from sensors.source import SensorError

SERVICE = "fb005c80-02e7-f387-1cad-8acd2d8df0c8"
CONTROL = "fb005c81-02e7-f387-1cad-8acd2d8df0c8"
DATA = "fb005c82-02e7-f387-1cad-8acd2d8df0c8"
MIN_MTU = 232  # a frame of the H10 is 229 bytes, and ATT adds 3

_Code = TypeVar("_Code", bound=IntEnum)

_RESPONSE = 0xF0
_STOPPED = 0x01
_FEATURES = 0x0F
_TYPE_MASK = 0x3F  # the two bits above tell an online from an offline recording
_MAX_PARAMETERS = 1024  # the longest list of settings is below 100 bytes


class Measurement(IntEnum):
    """What a Polar device can stream."""

    ECG = 0
    PPG = 1
    ACC = 2
    PPI = 3
    GYRO = 5
    MAGNETOMETER = 6


class Op(IntEnum):
    """What can be asked of the control point."""

    GET_SETTINGS = 1
    START = 2
    STOP = 3


class Status(IntEnum):
    """How the control point answers."""

    SUCCESS = 0
    INVALID_OP_CODE = 1
    INVALID_MEASUREMENT_TYPE = 2
    NOT_SUPPORTED = 3
    INVALID_LENGTH = 4
    INVALID_PARAMETER = 5
    ALREADY_IN_STATE = 6
    INVALID_RESOLUTION = 7
    INVALID_SAMPLE_RATE = 8
    INVALID_RANGE = 9
    INVALID_MTU = 10
    INVALID_NUMBER_OF_CHANNELS = 11
    INVALID_STATE = 12
    DEVICE_IN_CHARGER = 13
    DISK_FULL = 14


@dataclass(frozen=True, slots=True)
class Command:
    """A request to the control point; settings only with `START`."""

    op: Op
    measurement: Measurement
    settings: Settings = NO_SETTINGS


@dataclass(frozen=True, slots=True)
class Response:
    """An answer; `more` says that another part follows."""

    op: Op
    measurement: Measurement
    status: Status
    parameters: bytes = b""
    more: bool = False

    @property
    def settings(self) -> Settings:
        """What the parameters list: the offer after `GET_SETTINGS`, the factor after `START`."""
        return decode_settings(self.parameters)


@dataclass(frozen=True, slots=True)
class Stopped:
    """The device stopped these streams by itself."""

    measurements: tuple[Measurement, ...]


def decode_features(data: bytes) -> frozenset[Measurement]:
    """Tell from a read of the control point what the device can stream."""
    if len(data) < 2 or data[0] != _FEATURES:
        raise _bad(f"a feature read starts with 0f and a byte of bits, not with '{data[:2].hex()}'")
    return frozenset(m for m in Measurement if data[1] >> m & 1)


def encode_features(measurements: Iterable[Measurement]) -> bytes:
    """Write the answer to a read of the control point."""
    return bytes((_FEATURES, sum(1 << m for m in set(measurements))))


def decode_command(data: bytes) -> Command:
    """Read a request, as a device does."""
    if len(data) < 2:
        raise _bad(f"a command has an operation and a measurement, not {len(data)} bytes")
    op = _member(Op, data[0])
    if op is not Op.START and len(data) > 2:
        raise _bad(f"a {op.name} command has 2 bytes, not {len(data)}")
    return Command(op, _member(Measurement, data[1] & _TYPE_MASK), decode_settings(data[2:]))


def encode_command(command: Command) -> bytes:
    """Write a request for the control point."""
    return bytes((command.op, command.measurement)) + encode_settings(command.settings)


def decode_indication(data: bytes) -> Response | Stopped:
    """Read one indication of the control point."""
    if not data:
        raise _bad("an indication of the control point has at least 1 byte, not 0")
    if data[0] == _STOPPED:
        known = set(Measurement)
        return Stopped(tuple(Measurement(t & _TYPE_MASK) for t in data[1:] if t & _TYPE_MASK in known))
    if data[0] != _RESPONSE or len(data) < 4:
        raise _bad(f"an answer starts with f0, operation, measurement and status, not with '{data[:4].hex()}'")
    op, measurement = _member(Op, data[1]), _member(Measurement, data[2] & _TYPE_MASK)
    status = _member(Status, data[3])
    if status is not Status.SUCCESS:
        return Response(op, measurement, status)
    return Response(op, measurement, status, data[5:], more=len(data) > 4 and data[4] != 0)


def encode_response(response: Response, *, max_bytes: int = MIN_MTU - 3) -> tuple[bytes, ...]:
    """Write an answer as one indication, or as several where it is longer than `max_bytes`."""
    head = bytes((_RESPONSE, response.op, response.measurement, response.status))
    if response.status is not Status.SUCCESS:
        return (head,)
    room = max_bytes - len(head) - 1
    if room < 1:
        raise ValueError(f"max_bytes must be at least 6, not {max_bytes}")
    parts = [response.parameters[i : i + room] for i in range(0, len(response.parameters), room)] or [b""]
    last = len(parts) - 1
    return tuple(head + bytes((i < last or response.more,)) + part for i, part in enumerate(parts))


def encode_stopped(stopped: Stopped) -> bytes:
    """Write the news that the device stopped streams."""
    return bytes((_STOPPED, *stopped.measurements))


class Answers:
    """Joins the parts of an answer: `feed` each indication, get what it completes.

    Law: an answer in several parts gives the same as the answer in one.
    """

    def __init__(self) -> None:
        self._open: Response | None = None

    def feed(self, indication: bytes) -> Response | Stopped | None:
        """Take one indication; give the complete answer, or None while a part is missing.

        Raises
        ------
        SensorError
            For bytes that are no indication, a part of another answer, or an answer that does not end.
        """
        part = decode_indication(indication)
        if isinstance(part, Stopped):
            return part
        before, self._open = self._open, None
        whole = _joined(before, part) if before and part.status is Status.SUCCESS else part
        if not whole.more:
            return whole
        self._open = whole
        return None


def _joined(before: Response, part: Response) -> Response:
    if (before.op, before.measurement) != (part.op, part.measurement):
        raise _bad(f"an answer to {before.op.name} goes on with an answer to {part.op.name}")
    parameters = before.parameters + part.parameters
    if len(parameters) > _MAX_PARAMETERS:
        raise _bad(f"an answer to {part.op.name} goes on beyond {_MAX_PARAMETERS} bytes")
    return Response(part.op, part.measurement, part.status, parameters, part.more)


def _member(codes: type[_Code], value: int) -> _Code:
    try:
        return codes(value)
    except ValueError:
        raise _bad(f"{value} is no {codes.__name__.lower()} of the control point") from None


def _bad(sentence: str) -> SensorError:
    return SensorError(Reason.BAD_PACKET, sentence)
