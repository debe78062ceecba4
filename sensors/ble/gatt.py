# SPDX-License-Identifier: MIT
"""The bytes of a heart rate strap: 0x2A37 and its neighbours, to values and back.

Law: any bytes become a value or `SensorError(BAD_PACKET)`; decoding what was encoded gives the same value.

References
----------
Bluetooth SIG: Heart Rate Service 1.0, Battery Service 1.0, Device Information Service 1.1, GATT Specification
Supplement (0x2A37 Heart Rate Measurement, 0x2A38 Body Sensor Location).
"""

from dataclasses import dataclass
from enum import IntFlag, StrEnum

from dsp.codes import Reason
from sensors.foreign_text import clean_text
from sensors.source import SensorError


def _short(uuid16: int) -> str:
    return f"0000{uuid16:04x}-0000-1000-8000-00805f9b34fb"


HEART_RATE_SERVICE = _short(0x180D)
HEART_RATE_MEASUREMENT = _short(0x2A37)
BODY_SENSOR_LOCATION = _short(0x2A38)
BATTERY_SERVICE = _short(0x180F)
BATTERY_LEVEL = _short(0x2A19)
DEVICE_INFORMATION_SERVICE = _short(0x180A)
MANUFACTURER_NAME = _short(0x2A29)
MODEL_NUMBER = _short(0x2A24)
SERIAL_NUMBER = _short(0x2A25)
FIRMWARE_REVISION = _short(0x2A26)

_U16_MAX = 0xFFFF
_PERCENT_MAX = 100


class _Flag(IntFlag):
    HR_U16 = 0x01
    CONTACT = 0x02
    CONTACT_SUPPORTED = 0x04
    ENERGY = 0x08
    RR = 0x10


class BodyLocation(StrEnum):
    """Where the sensor says it is worn, in the order of 0x2A38."""

    OTHER = "other"
    CHEST = "chest"
    WRIST = "wrist"
    FINGER = "finger"
    HAND = "hand"
    EAR_LOBE = "ear_lobe"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class HeartRateMeasurement:
    """One notification of 0x2A37.

    Parameters
    ----------
    hr_bpm : int
        The strap's own rate, 0 to 65535; 0 when it has none.
    contact : bool or None
        Whether it feels skin; None when it cannot tell.
    energy_kj : int or None
        Energy expended since the last reset.
    rr_1024 : tuple of int
        RR intervals as sent, oldest first, in 1/1024 s: raw, so that nothing is rounded.
    """

    hr_bpm: int
    contact: bool | None = None
    energy_kj: int | None = None
    rr_1024: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if any(not 0 <= n <= _U16_MAX for n in (self.hr_bpm, self.energy_kj or 0, *self.rr_1024)):
            raise ValueError(f"every number must be 0 to {_U16_MAX}, not {self}")


def decode_heart_rate(data: bytes) -> HeartRateMeasurement:
    """Decode 0x2A37; an odd trailing byte and bytes after a packet without RR are ignored.

    Raises
    ------
    SensorError
        BAD_PACKET, when a field that the flags promise is cut off.
    """
    if not data:
        raise SensorError(Reason.BAD_PACKET, "a heart rate packet must have at least 2 bytes, not 0")
    flags = _Flag(data[0] & 0x1F)
    size = 2 if _Flag.HR_U16 in flags else 1
    hr_bpm, at = _number(data, 1, size), 1 + size
    energy_kj = None
    if _Flag.ENERGY in flags:
        energy_kj, at = _number(data, at, 2), at + 2
    rr_1024 = tuple(_number(data, i, 2) for i in range(at, len(data) - 1, 2)) if _Flag.RR in flags else ()
    contact = _Flag.CONTACT in flags if _Flag.CONTACT_SUPPORTED in flags else None
    return HeartRateMeasurement(hr_bpm, contact, energy_kj, rr_1024)


def encode_heart_rate(measurement: HeartRateMeasurement) -> bytes:
    """Encode 0x2A37 as a strap would: the rate in one byte where it fits."""
    m = measurement
    flags = _Flag(0)
    if m.hr_bpm > 0xFF:
        flags |= _Flag.HR_U16
    if m.contact is not None:
        flags |= _Flag.CONTACT_SUPPORTED | (_Flag.CONTACT if m.contact else _Flag(0))
    body = m.hr_bpm.to_bytes(2 if _Flag.HR_U16 in flags else 1, "little")
    if m.energy_kj is not None:
        flags |= _Flag.ENERGY
        body += m.energy_kj.to_bytes(2, "little")
    if m.rr_1024:
        flags |= _Flag.RR
        body += b"".join(rr.to_bytes(2, "little") for rr in m.rr_1024)
    return bytes([flags]) + body


def decode_battery(data: bytes) -> int:
    """Decode 0x2A19 into percent; raises `SensorError(BAD_PACKET)` above 100."""
    percent = _number(data, 0, 1)
    if percent > _PERCENT_MAX:
        raise SensorError(Reason.BAD_PACKET, f"a battery level must be 0 to {_PERCENT_MAX}, not {percent}")
    return percent


def decode_body_location(data: bytes) -> BodyLocation:
    """Decode 0x2A38; a place that the specification does not know is `OTHER`."""
    places = tuple(BodyLocation)
    place = _number(data, 0, 1)
    return places[place] if place < len(places) else BodyLocation.OTHER


def decode_text(data: bytes) -> str:
    """Decode a string of 0x180A, made safe to show."""
    return clean_text(data[:512].decode("utf-8", "replace"))


def _number(data: bytes, at: int, size: int) -> int:
    if len(data) < at + size:
        raise SensorError(Reason.BAD_PACKET, f"a packet of {len(data)} bytes must have at least {at + size}")
    return int.from_bytes(data[at : at + size], "little")
