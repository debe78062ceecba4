# SPDX-License-Identifier: MIT
"""What a stream can be said to measure, and in which units: the closed choices of a question that is asked once."""

from dataclasses import dataclass
from gettext import gettext as _

from dsp.codes import Modality

MEASURES: tuple[tuple[Modality, tuple[str, ...]], ...] = (
    (Modality.EDA, ("microsiemens", "nanosiemens", "kiloohm", "megaohm")),
    (Modality.RR, ("millisecond", "second")),
    (Modality.HR, ("bpm",)),
    (Modality.ECG, ("millivolt", "microvolt", "volt")),
    (Modality.PPG, ("arbitrary",)),
    (Modality.RESP, ("arbitrary",)),
)
"""Each signal with the units that it can be in; the usual unit first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said about a stream: which channel (from 0), what it is and in which unit."""

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
    }[modality]


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
    }.get(unit, _("any"))
