# SPDX-License-Identifier: MIT
"""What a device profile can say: the tables of its TOML file, each with what is allowed in it.

Law: an object of this module is a profile that can be used; what cannot is refused with a sentence when it is made.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, Strict
from pydantic_core import PydanticCustomError

from sensors.declared import only_keys_of
from sensors.foreign_text import clean_text

# What a number in each unit is worth in the unit of its modality. A resistance is divided into it, and stands negative.
UNITS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "acc": {"mg": 1.0, "g": 1000.0, "m/s2": 1000.0 / 9.80665},
        "ecg": {"microvolt": 1e-3, "millivolt": 1.0, "volt": 1e3},
        "eda": {"nanosiemens": 1e-3, "microsiemens": 1.0, "siemens": 1e6, "ohm": -1e6, "kohm": -1e3, "megohm": -1.0},
        "ppg": {"arbitrary": 1.0},
        "resp": {"arbitrary": 1.0},
    }
)
SIZES: Mapping[str, int] = MappingProxyType(
    {"u8": 1, "i8": 1, "u16": 2, "i16": 2, "u24": 3, "i24": 3, "u32": 4, "i32": 4, "f32": 4, "text": 1}
)

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHORT_UUID = re.compile(r"[0-9a-f]{4}")


def _name(text: str) -> str:
    name = clean_text(text)
    if not name:
        raise PydanticCustomError("name", "must have a visible character")
    return name


def _uuid(text: str) -> str:
    uuid = text.lower()
    if _SHORT_UUID.fullmatch(uuid):
        uuid = f"0000{uuid}-0000-1000-8000-00805f9b34fb"
    if not _UUID.fullmatch(uuid):
        raise PydanticCustomError("uuid", "must be a UUID such as '6e400003-b5a3-f393-e0a9-e50e24dcca9e' or '180d'")
    return uuid


def _hex(text: object) -> bytes:
    try:
        data = bytes.fromhex(text) if isinstance(text, str) else b""
    except ValueError:
        data = b""
    if not 1 <= len(data) <= 512:
        raise PydanticCustomError("hex", "must be 1 to 512 bytes in hexadecimal, such as '53 0d 0a'")
    return data


_Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
_Positive = Annotated[float, Strict(), Field(gt=0, allow_inf_nan=False)]
_Offset = Annotated[int, Strict(), Field(ge=0, le=511)]
_Uuid = Annotated[str, AfterValidator(_uuid)]
_Hex = Annotated[bytes, BeforeValidator(_hex)]
_Endian = Literal["little", "big"]
_Modality = Literal["acc", "ecg", "eda", "ppg", "resp"]
_CounterType = Literal["u8", "u16", "u24", "u32", "text"]


@dataclass(frozen=True, slots=True)
class Match:
    """Which devices the profile is for: those that offer the service and, if given, whose name starts so."""

    service: _Uuid
    name_prefix: Annotated[str, Field(max_length=64)] = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Where the data come from, and what is written, in order, once they are listened to."""

    notify: _Uuid
    write: _Uuid | None = None
    init: Annotated[tuple[_Hex, ...], Field(max_length=32)] = ()

    def __post_init__(self) -> None:
        if self.init and self.write is None:
            raise ValueError("needs the key write, because it has init")


@dataclass(frozen=True, slots=True)
class Framing:
    """How frames lie in what arrives: one in each notification, `length` bytes each, or up to a `delimiter`."""

    kind: Literal["notification", "fixed", "delimiter"] = "notification"
    length: Annotated[int, Strict(), Field(ge=1, le=512)] | None = None
    delimiter: _Hex | None = None

    def __post_init__(self) -> None:
        for kind, key, value in (("fixed", "length", self.length), ("delimiter", "delimiter", self.delimiter)):
            if (self.kind == kind) != (value is not None):
                raise ValueError(f"needs the key {key} when its kind is '{kind}', and only then")


@dataclass(frozen=True, slots=True)
class FrameField:
    """A number in a frame: `offset` counts bytes from 0, or the columns of a line where the type is text."""

    offset: _Offset
    type: Literal["u8", "i8", "u16", "i16", "u24", "i24", "u32", "i32", "f32", "text"]
    endian: _Endian = "little"


@dataclass(frozen=True, slots=True)
class SequenceField:
    """Where the device counts its frames; the count starts again at 0 where its type ends (text: nowhere)."""

    offset: _Offset
    type: _CounterType
    endian: _Endian = "little"


@dataclass(frozen=True, slots=True)
class TimestampField:
    """Where the device writes its clock at the last sample of the frame."""

    offset: _Offset
    type: _CounterType
    ticks_per_s: _Positive
    endian: _Endian = "little"


@dataclass(frozen=True, slots=True)
class Linear:
    """Value in the signal's unit = gain x raw + offset."""

    gain: _Number = 1.0
    offset: _Number = 0.0

    def __post_init__(self) -> None:
        if self.gain == 0:
            raise ValueError("needs a gain other than 0")


_AS_SENT = Linear()


@dataclass(frozen=True, slots=True)
class Divider:
    """The skin and a known resistor divide a voltage; raw / full_scale is the lower one's share of it."""

    full_scale: _Positive
    reference_kohm: _Positive
    skin: Literal["lower", "upper"]


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal: where its samples lie in a frame, and what they are worth.

    Several `samples` lie `stride` bytes (or columns) apart, oldest first. A value outside `range` (in the unit of the
    modality: mg, millivolt, microsiemens) is a missing one.
    """

    modality: _Modality
    unit: Annotated[str, Field(max_length=32)]
    rate_hz: Annotated[float, Strict(), Field(gt=0, le=10_000, allow_inf_nan=False)]
    fields: Annotated[tuple[Annotated[FrameField, only_keys_of(FrameField)], ...], Field(min_length=1, max_length=3)]
    range: tuple[_Number, _Number]
    samples: Annotated[int, Strict(), Field(ge=1, le=256)] = 1
    stride: Annotated[int, Strict(), Field(ge=0, le=512)] = 0
    linear: Annotated[Linear, only_keys_of(Linear)] = _AS_SENT
    divider: Annotated[Divider, only_keys_of(Divider)] | None = None

    def __post_init__(self) -> None:
        units, axes = UNITS[self.modality], 3 if self.modality == "acc" else 1
        if self.unit not in units:
            raise ValueError(
                f"has the unit '{clean_text(self.unit)}'; allowed for {self.modality} are {', '.join(units)}"
            )
        if len(self.fields) != axes:
            raise ValueError(f"needs {axes} of the key fields for {self.modality}, not {len(self.fields)}")
        if self.samples > 1 and not self.stride:
            raise ValueError("needs a stride above 0, because it has several samples")
        if self.range[0] >= self.range[1]:
            raise ValueError(f"needs a range whose first value is the smaller one, not {list(self.range)}")
        if self.divider and (self.unit != "kohm" or self.linear != _AS_SENT):
            raise ValueError("needs the unit 'kohm' and no linear where it has a divider")


@dataclass(frozen=True, slots=True)
class Fixture:
    """A frame of the device and its values by modality (the axes of a sample one after the other), for tests."""

    frame: _Hex
    values: dict[_Modality, tuple[float, ...]]
    sequence: int | None = None
    timestamp: int | None = None


@dataclass(frozen=True, slots=True)
class DeviceProfile:
    """Everything that a file says of a device.

    `site` is where its electrodes lie, the wrist where it does not say; `smallest_response` is the smallest skin
    response that counts, in microsiemens, 0.05 where it does not say.
    """

    name: Annotated[str, AfterValidator(_name)]
    match: Annotated[Match, only_keys_of(Match)]
    link: Annotated[Link, only_keys_of(Link)]
    signal: Annotated[tuple[Annotated[Signal, only_keys_of(Signal)], ...], Field(min_length=1, max_length=8)]
    site: Literal["finger", "wrist"] | None = None
    smallest_response: Annotated[float, Strict(), Field(ge=0.01, le=1.0, allow_inf_nan=False)] | None = None
    framing: Annotated[Framing, only_keys_of(Framing)] = field(default_factory=Framing)
    sequence: Annotated[SequenceField, only_keys_of(SequenceField)] | None = None
    timestamp: Annotated[TimestampField, only_keys_of(TimestampField)] | None = None
    fixture: tuple[Annotated[Fixture, only_keys_of(Fixture)], ...] = ()

    def __post_init__(self) -> None:
        modalities = [signal.modality for signal in self.signal]
        if len(set(modalities)) < len(modalities):
            raise ValueError(f"needs one signal a modality, not {', '.join(modalities)}")
        if len({place.type == "text" for place, _ in self._places()}) > 1:
            raise ValueError("needs numbers that are all of the type text, or none of them")
        if self.is_text and self.framing.kind == "fixed":
            raise ValueError("needs a framing kind other than 'fixed' for numbers of the type text")
        if self.framing.length is not None and self.end > self.framing.length:
            raise ValueError(f"needs a framing length of {self.end} at least, not {self.framing.length}")

    @property
    def end(self) -> int:
        """How many bytes (or columns) a frame has at least."""
        return max(shift + place.offset + SIZES[place.type] for place, shift in self._places())

    @property
    def is_text(self) -> bool:
        """Whether a frame is a line of numbers."""
        return self.signal[0].fields[0].type == "text"

    def _places(self) -> list[tuple[FrameField | SequenceField | TimestampField, int]]:
        """List every number, each with the shift to its last sample."""
        counters = [(place, 0) for place in (self.sequence, self.timestamp) if place]
        return counters + [(place, (s.samples - 1) * s.stride) for s in self.signal for place in s.fields]


DEVICE_PROFILE = Annotated[DeviceProfile, only_keys_of(DeviceProfile)]
