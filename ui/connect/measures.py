# SPDX-License-Identifier: MIT
"""What a stream can be said to measure, and in which units: the closed choices of a question that is asked once."""

from dataclasses import dataclass

from dsp.codes import Modality
from resources.words import gettext as _

MEASURES: tuple[tuple[Modality, tuple[str, ...]], ...] = (
    (Modality.EDA, ("microsiemens", "nanosiemens", "kiloohm", "megaohm")),
    (Modality.RR, ("millisecond", "second")),
    (Modality.HR, ("bpm",)),
    (Modality.ECG, ("millivolt", "microvolt", "volt")),
    (Modality.PPG, ("arbitrary",)),
    (Modality.RESP, ("arbitrary",)),
    (Modality.ACC, ("milli_g", "g", "metre_per_s2")),
)
"""Each signal with the units that it can be in; the usual unit first."""

_AXES = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said about a stream: which channel (from 0; of movement the first), what it is, in which unit."""

    channel: int
    modality: Modality
    unit: str


def measure_words(modality: Modality) -> str:
    """Name a signal as a choice."""
    return {
        Modality.EDA: _("skin conductance"),
        Modality.RR: _("time between beats"),
        Modality.HR: _("heart rate"),
        Modality.ECG: _("ECG"),
        Modality.PPG: _("pulse"),
        Modality.RESP: _("breathing"),
        Modality.ACC: _("movement"),
    }[modality]


def channels_of(modality: Modality | None) -> int:
    """Count the channels that a signal takes, one beside the other."""
    return _AXES if modality is Modality.ACC else 1


def unit_words(unit: str) -> str:
    """Write a unit as it is printed on devices."""
    return {
        "microsiemens": "µS",
        "nanosiemens": "nS",
        "kiloohm": "kΩ",
        "megaohm": "MΩ",
        "millisecond": "ms",
        "second": "s",
        "bpm": _("a minute"),
        "millivolt": "mV",
        "microvolt": "µV",
        "volt": "V",
        "milli_g": "mg",
        "g": "g",
        "metre_per_s2": "m/s²",
    }.get(unit, _("any"))
