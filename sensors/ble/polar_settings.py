# SPDX-License-Identifier: MIT
"""The settings of a Polar stream, as its control point lists them: id, count, values.

Law: any bytes parse or raise `SensorError(BAD_PACKET)`; what the encoder writes, the decoder gives back.

Notes
-----
Checked against Polar's own Android SDK (`PmdSetting`), which is public: a repeated id replaces the one before, and a
single stray byte stands for "no settings". Stricter than the SDK: a setting of unknown size, a truncated one and a
factor that is not a plausible number are refused.
"""

import math
import struct
from dataclasses import dataclass

from dsp.codes import Reason
from sensors.source import SensorError

_FACTORS = (1e-6, 1e3)  # the devices send 1, or a full scale over its counts (2.4e-4)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a measurement offers (several values each), or what is chosen (one value each)."""

    rate_hz: tuple[int, ...] = ()
    resolution_bits: tuple[int, ...] = ()
    range_units: tuple[int, ...] = ()
    range_milliunits: tuple[int, ...] = ()
    channels: tuple[int, ...] = ()
    factor: tuple[float, ...] = ()


NO_SETTINGS = Settings()

# In the order in which Polar's own start commands list them: id on the wire, name, layout of one value.
_FIELDS = (
    (2, "range_units", "<H"),
    (0, "rate_hz", "<H"),
    (1, "resolution_bits", "<H"),
    (3, "range_milliunits", "<I"),
    (4, "channels", "<B"),
    (5, "factor", "<f"),
)
_FIELD_BY_ID = {number: (name, struct.Struct(layout)) for number, name, layout in _FIELDS}


def decode_settings(data: bytes) -> Settings:
    """Read a list of settings (id, count, values).

    Raises
    ------
    SensorError
        For an unknown id, a truncated value, or a factor that is not a number between 1e-6 and 1000.
    """
    found: dict[str, tuple[int | float, ...]] = {}
    at = 0 if len(data) > 1 else len(data)  # a single byte stands for "no settings"
    while at < len(data):
        if data[at] not in _FIELD_BY_ID or at + 2 > len(data):
            raise _bad(f"the settings break off or turn unknown at byte {at} of '{data.hex()}'")
        name, layout = _FIELD_BY_ID[data[at]]
        values = data[at + 2 : at + 2 + data[at + 1] * layout.size]
        if len(values) != data[at + 1] * layout.size:
            raise _bad(f"setting {name} announces {data[at + 1]} values and breaks off after {len(values)} bytes")
        found[name] = tuple(value for (value,) in layout.iter_unpack(values))
        at += 2 + len(values)
    settings = Settings(**found)  # type: ignore[arg-type]  # the layout of each name gives int, and float for factor
    _check_factor(settings.factor)
    return settings


def encode_settings(settings: Settings) -> bytes:
    """Write a list of settings."""
    parts = []
    for number, name, layout in _FIELDS:
        values = getattr(settings, name)
        if values:
            parts.append(bytes((number, len(values))) + b"".join(struct.pack(layout, v) for v in values))
    return b"".join(parts)


def choose(offered: Settings, wanted: Settings) -> Settings:
    """Pick one value for each setting that is offered: the first wanted one among them, else the largest."""
    chosen = {}
    for _, name, _ in _FIELDS:
        values = getattr(offered, name)
        if values:
            chosen[name] = (next((w for w in getattr(wanted, name) if w in values), max(values)),)
    return Settings(**chosen)


def _check_factor(factors: tuple[float, ...]) -> None:
    low, high = _FACTORS
    for factor in factors:
        if not (math.isfinite(factor) and low <= factor <= high):
            raise _bad(f"the factor must be between {low} and {high}, not {factor}")


def _bad(sentence: str) -> SensorError:
    return SensorError(Reason.BAD_PACKET, sentence)
