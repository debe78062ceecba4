# SPDX-License-Identifier: MIT
"""The units that streams name, to the unit of each modality.

Law: elementwise; what cannot be expressed (a resistance of 0, an infinity) becomes NaN, a missing sample. Units are
read within their modality, for `ms` of a conductance are millisiemens.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from dsp.codes import Modality
from dsp.stream import FloatArray


class Unit(StrEnum):
    """A unit that a stream's samples can be in; `BY_RANGE`: the stream does not say, its values do."""

    MICROSIEMENS = "microsiemens"
    NANOSIEMENS = "nanosiemens"
    SIEMENS = "siemens"
    OHM = "ohm"
    KILOOHM = "kiloohm"
    MEGAOHM = "megaohm"
    MICROVOLT = "microvolt"
    MILLIVOLT = "millivolt"
    VOLT = "volt"
    MILLISECOND = "millisecond"
    SECOND = "second"
    BPM = "bpm"
    MILLI_G = "milli_g"
    G = "g"
    METRE_PER_S2 = "metre_per_s2"
    ARBITRARY = "arbitrary"
    BY_RANGE = "by_range"


Words = Mapping[str, Unit]

_SKIN = {
    Unit.MICROSIEMENS: "us usiemens usiemen microsiemens microsiemen micros umho micromho",
    Unit.NANOSIEMENS: "ns nanosiemens nanosiemen",
    Unit.SIEMENS: "s siemens siemen",
    Unit.OHM: "ohm ohms",
    Unit.KILOOHM: "kohm kohms kiloohm kiloohms kilohm kilohms",
    Unit.MEGAOHM: "megaohm megaohms megohm megohms",
}
_VOLTAGE = {
    Unit.MICROVOLT: "uv microvolt microvolts",
    Unit.MILLIVOLT: "mv millivolt millivolts",
    Unit.VOLT: "v volt volts",
}
_INTERVAL = {
    Unit.MILLISECOND: "ms msec msecs millisecond milliseconds",
    Unit.SECOND: "s sec secs second seconds",
}
_RATE = {Unit.BPM: "bpm 1/min beats/min beats/minute beatsperminute beatperminute"}
_ACCELERATION = {
    Unit.MILLI_G: "mg millig milligs",
    Unit.G: "g gs",
    Unit.METRE_PER_S2: "m/s2 m/s^2 m/sec2 m/sec^2 ms-2 m*s-2 meterpersecondsquared",
}
_UNSAID = ("", "none", "null", "nan", "na", "n/a", "unknown", "unit", "units", "-")
_RESPELLED = str.maketrans(
    {"\u00b5": "u", "\u03bc": "u", "\u03c9": "ohm", "\u00b2": "2", " ": "", "_": ""}  # both micro signs, omega, square
)

_FACTORS: Mapping[Unit, float] = MappingProxyType(
    {
        Unit.NANOSIEMENS: 1e-3,
        Unit.SIEMENS: 1e6,
        Unit.MICROVOLT: 1e-3,
        Unit.VOLT: 1e3,
        Unit.SECOND: 1e3,
        Unit.G: 1e3,
        Unit.METRE_PER_S2: 1e3 / 9.80665,
    }
)
_OVER: Mapping[Unit, float] = MappingProxyType({Unit.OHM: 1e6, Unit.KILOOHM: 1e3, Unit.MEGAOHM: 1.0})


def _worded(table: Mapping[Unit, str]) -> Words:
    return {word: unit for unit, words in table.items() for word in words.split()}


_WORDS: Mapping[Modality, Words] = MappingProxyType(
    {
        Modality.EDA: _worded(_SKIN),
        Modality.ECG: _worded(_VOLTAGE),
        Modality.RR: _worded(_INTERVAL),
        Modality.HR: _worded(_RATE),
        Modality.ACC: _worded(_ACCELERATION),
    }
)
_USUAL: Mapping[Modality, Unit] = MappingProxyType(
    {
        Modality.EDA: Unit.MICROSIEMENS,
        Modality.ECG: Unit.BY_RANGE,
        Modality.RR: Unit.BY_RANGE,
        Modality.HR: Unit.BPM,
        Modality.ACC: Unit.BY_RANGE,
    }
)

_LONGEST_RR_S = 10.0  # in ms it would be 6000 beats a minute
_ECG_MV_SPAN = 30.0  # an amplifier for the heart ends at some 10 mV; a heartbeat in microvolts has hundreds
_G_SPAN, _MS2_SPAN = 4.0, 40.0  # at rest |acc| is 1 g, 9.8 m/s2 or 1000 mg


def read_unit(text: str, modality: Modality) -> Unit | None:
    """Give the unit that a text names for a modality, the usual one where it names none, None for an unknown one."""
    if modality not in _WORDS:
        return Unit.ARBITRARY
    return _USUAL[modality] if is_unsaid(text) else _WORDS[modality].get(_respelled(text))


def units_of(modality: Modality) -> tuple[Unit, ...]:
    """Give the units that samples of a modality can be in."""
    if modality not in _WORDS:
        return (Unit.ARBITRARY,)
    return tuple(dict.fromkeys([*_WORDS[modality].values(), _USUAL[modality]]))


def is_unsaid(text: str) -> bool:
    """Tell whether a text names no unit at all."""
    return _respelled(text) in _UNSAID


def _respelled(text: str) -> str:
    return text.lower().translate(_RESPELLED)


def needs_look(unit: Unit, modality: Modality) -> bool:
    """Tell whether the unit shows only in seconds of the signal (an interval shows it by itself)."""
    return unit is Unit.BY_RANGE and modality is not Modality.RR


def unit_by_range(values: FloatArray, modality: Modality) -> Unit:
    """Give the unit that seconds of a signal without one are in.

    Parameters
    ----------
    values : array, shape (n, 1), or (n, 3) for ACC
        As sent, some seconds of it.
    modality : Modality
        ECG or ACC.
    """
    finite = values[np.isfinite(values).all(axis=1)]
    if not len(finite):
        return Unit.ARBITRARY
    if modality is Modality.ACC:
        size = float(np.median(np.linalg.norm(finite, axis=1)))
        return Unit.G if size < _G_SPAN else Unit.METRE_PER_S2 if size < _MS2_SPAN else Unit.MILLI_G
    low, high = np.percentile(finite, [0.5, 99.5])  # one spike decides nothing
    return Unit.MICROVOLT if high - low > _ECG_MV_SPAN else Unit.MILLIVOLT


def is_resistance(unit: Unit) -> bool:
    """Tell whether values are divided by, so that what was sent cannot be had back from them."""
    return unit in _OVER


def to_modality(values: FloatArray, unit: Unit) -> FloatArray:
    """Give values in the unit of their modality; `BY_RANGE` are intervals in seconds or milliseconds, each by itself.

    Parameters
    ----------
    values : array of any shape
        As sent.
    unit : Unit
        What they are in.
    """
    values = np.where(np.isfinite(values), values, np.nan)
    with np.errstate(all="ignore"):
        if unit in _OVER:
            scaled = np.where(values > 0, _OVER[unit] / np.where(values > 0, values, 1.0), np.nan)
        elif unit is Unit.BY_RANGE:
            scaled = np.where(values < _LONGEST_RR_S, 1e3 * values, values)
        else:
            scaled = values * _FACTORS.get(unit, 1.0)
    return np.where(np.isfinite(scaled), scaled, np.nan)
