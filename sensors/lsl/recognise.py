# SPDX-License-Identifier: MIT
"""What a stream measures: read from its channels' labels, its type and, last, its name; from its units how to scale it.

Law: pure; a person's own choice for a stream (by type, name and source id) comes before anything that it says. A name
is free text: it counts only where the type says no kind at all, and where there is no choice of channels.

Notes
-----
The words are those of EmotiBit (one stream of one channel each), of the Polar bridges (a channel has a `name` and no
`label`), of the Shimmer bridges (`GSR` in kOhm) and of OpenSignals (the type is the device's address, the first channel
a running number). Conductance without a unit is taken as microsiemens when the word means conductance; `GSR` may be
either, and is asked about.
"""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from dsp.codes import Modality
from dsp.stream import FloatArray
from sensors.lsl.facts import Channel, StreamFacts, StreamKey
from sensors.lsl.units import Unit, is_unsaid, needs_look, read_unit, unit_by_range


@dataclass(frozen=True, slots=True)
class Signal:
    """One modality of a stream: its columns (three for ACC, else one) and the unit that they are in."""

    modality: Modality
    columns: tuple[int, ...]
    unit: Unit


Choices = Mapping[StreamKey, tuple[Signal, ...]]
"""What people chose for streams that do not say what they are."""

NO_CHOICES: Choices = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a stream gives; no signals for a stream of markers.

    `ask` is there where something can still be said of it: a channel whose unit is not known, or an answer of a person
    that may be taken back.
    """

    signals: tuple[Signal, ...]
    ask: "Unknown | None" = None

    @property
    def gives(self) -> tuple[Modality, ...]:
        """The modalities, in order of their columns."""
        return tuple(signal.modality for signal in self.signals)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A stream that must be asked about: what to remember the answer by, and what there is to choose from.

    `guess` is the modality where only the unit is unknown.
    """

    key: StreamKey
    channels: tuple[Channel, ...]
    channel_count: int
    rate_hz: float
    guess: Modality | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """What to call each channel: its label or name, else its number."""
        said = [channel.label or channel.name or channel.type for channel in self.channels[: self.channel_count]]
        said += [""] * (self.channel_count - len(said))
        return tuple(text or str(k) for k, text in enumerate(said, start=1))

    @property
    def sentence(self) -> str:
        """Say what is not known."""
        stream = f"the stream '{self.key.name}' (type '{self.key.type}', {self.channel_count} channels)"
        if self.guess is None:
            return f"{stream} does not say what it measures; choose the signal and its unit once"
        return f"{stream} does not say the unit of its {self.guess} in a way that is known; choose it once"


_MODALITIES: Mapping[str, Modality] = MappingProxyType(
    {
        word: modality
        for modality, words in {
            Modality.ECG: "ecg ekg electrocardiogram",
            Modality.EDA: "eda gsr sc scl electrodermal skinconductance",
            Modality.RR: "rr rri ibi ppi",
            Modality.HR: "hr heartrate",
            Modality.RESP: "resp respiration rsp breathing",
        }.items()
        for word in words.split()
    }
)
_MAY_BE_RESISTANCE = "gsr"
_SHAPES = (  # PPG_RED, AccX, accelerometer; no accuracy and no access
    (re.compile(r"ppg[a-z]*"), Modality.PPG),
    (re.compile(r"acc(el(eration|erometer)?)?[xyz]?"), Modality.ACC),
)
_UNSPECIFIC_WORDS = (  # in types that name no kind of signal; some programs write the device's make or address there
    "signal signals biosignal biosignals physio physiological physiology data misc other sensor sensors stream unknown "
    "none bitalino emotibit opensignals plux polar shimmer"
)
_UNSPECIFIC = frozenset(_UNSPECIFIC_WORDS.split())
_HARDWARE_ADDRESS = re.compile(r"[0-9a-f]{2}([:-]?[0-9a-f]{2}){5}", re.IGNORECASE)
_COUNTERS = ("nseq", "seq", "sequence", "counter", "timestamp", "time")
_WORD = re.compile(r"[a-z]+")
_AXES = 3
_SEEN_S = 2.0  # there is a heartbeat in two seconds of it


def recognise(facts: StreamFacts, choices: Choices = NO_CHOICES) -> Recognised | Unknown:
    """Tell what a stream gives.

    Parameters
    ----------
    facts : StreamFacts
        What it says of itself, with its description.
    choices : mapping
        What people chose before.
    """
    if facts.is_markers:
        return Recognised(())
    chosen = _chosen(facts, choices)
    signals = list(chosen)
    guess = None
    for modality, columns, is_either in _found(facts):
        if _is_said(modality, columns, chosen):
            continue
        unit = _unit_of(facts, modality, columns, is_either=is_either)
        if unit is None:
            guess = guess or modality
        else:
            signals.append(Signal(modality, columns, unit))
    unknown = Unknown(facts.key, facts.channels, facts.channel_count, facts.rate_hz, guess)
    if not signals:
        return unknown
    signals.sort(key=lambda signal: signal.columns)
    return Recognised(tuple(signals), unknown if chosen or guess is not None else None)


def samples_to_look_at(signals: Sequence[Signal], rate_hz: float) -> int:
    """Count the samples that must be seen before the first is given, to tell units by their range; 1: none."""
    if not any(needs_look(signal.unit, signal.modality) for signal in signals):
        return 1
    return max(2, round(_SEEN_S * rate_hz))


def with_units(signals: Sequence[Signal], values: FloatArray) -> tuple[Signal, ...]:
    """Give the signals with the units that seconds of their samples are in.

    Parameters
    ----------
    signals : sequence of Signal
        Of one stream.
    values : array, shape (n, channels)
        As sent.
    """
    return tuple(
        replace(signal, unit=unit_by_range(values[:, signal.columns], signal.modality))
        if needs_look(signal.unit, signal.modality)
        else signal
        for signal in signals
    )


def _chosen(facts: StreamFacts, choices: Choices) -> tuple[Signal, ...]:
    """Give what people chose for a stream; nothing where the stream has not all of its columns any more."""
    chosen = choices.get(facts.key, ())
    does_fit = all(0 <= column < facts.channel_count for signal in chosen for column in signal.columns)
    return chosen if does_fit else ()


def _is_said(modality: Modality, columns: tuple[int, ...], chosen: Iterable[Signal]) -> bool:
    """Tell whether a person said something else, or the same, of these columns or this modality."""
    return any(signal.modality is modality or set(signal.columns) & set(columns) for signal in chosen)


def _found(facts: StreamFacts) -> Iterable[tuple[Modality, tuple[int, ...], bool]]:
    """Find each modality with its columns, and whether its word leaves open if it is a resistance."""
    by_column = [_read(channel.label, channel.name) or _read(channel.type) for channel in facts.channels]
    columns: dict[Modality, list[int]] = {}
    words: dict[Modality, str] = {}
    for column, found in enumerate(by_column[: facts.channel_count]):
        if found is not None and not _is_counter(facts.channels[column]):
            columns.setdefault(found[0], []).append(column)
            words.setdefault(*found)
    found = None if columns else _read(facts.type) or _named(facts)
    if found is not None:
        columns[found[0]] = _free_columns(facts)
        words.setdefault(*found)
    for modality, all_of_it in columns.items():
        width = _width_of(modality)
        if len(all_of_it) >= width:
            yield modality, tuple(all_of_it[:width]), words[modality] == _MAY_BE_RESISTANCE


def _named(facts: StreamFacts) -> tuple[Modality, str] | None:
    """Give the modality that a stream's own name says, where nothing else says any."""
    is_unspecific = bool(_HARDWARE_ADDRESS.fullmatch(facts.type.strip())) or _words(facts.type) <= _UNSPECIFIC
    found = _of_words(_WORD.findall(facts.name.lower())) if is_unspecific else None
    return found if found is not None and len(_free_columns(facts)) == _width_of(found[0]) else None


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _width_of(modality: Modality) -> int:
    return _AXES if modality is Modality.ACC else 1


def _read(*texts: str) -> tuple[Modality, str] | None:
    """Give the modality that labels or a type name, and the word that names it; two words may be one (`Heart Rate`)."""
    for text in texts:
        words = _WORD.findall(text.lower())
        found = _of_words([*words, *map("".join, itertools.pairwise(words))])
        if found is not None:
            return found
    return None


def _of_words(words: Iterable[str]) -> tuple[Modality, str] | None:
    for word in words:
        if word in _MODALITIES:
            return _MODALITIES[word], word
        for shape, modality in _SHAPES:
            if shape.fullmatch(word):
                return modality, word
    return None


def _free_columns(facts: StreamFacts) -> list[int]:
    """Give the columns that are no running number."""
    counters = {k for k, channel in enumerate(facts.channels) if _is_counter(channel)}
    return [column for column in range(facts.channel_count) if column not in counters]


def _is_counter(channel: Channel) -> bool:
    return not _words(f"{channel.label} {channel.name}").isdisjoint(_COUNTERS)


def _unit_of(facts: StreamFacts, modality: Modality, columns: tuple[int, ...], *, is_either: bool) -> Unit | None:
    text = facts.channels[columns[0]].unit if columns[0] < len(facts.channels) else ""
    return None if is_either and is_unsaid(text) else read_unit(text, modality)
