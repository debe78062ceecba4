# SPDX-License-Identifier: MIT
"""What a stream says of itself, read from its XML, and which streams are refused for it before an inlet is made.

Law: any text gives facts or raises `SensorError(NOT_A_SENSOR)`; what is kept of it is short, whatever was sent.
"""

import math
import re
from dataclasses import dataclass
from xml.parsers import expat

from dsp.codes import Reason
from sensors.foreign_text import clean_text
from sensors.source import SensorError

MOST_BYTES = 65_536  # a description of 64 channels with everything that the XDF wiki knows has some 20,000
MOST_CHANNELS = 64
HIGHEST_HZ = 10_000.0
MARKERS = "markers"

_NUMBERS = ("float32", "double64", "int32", "int16", "int8")
_TEXT = "string"
_OURS, _COMPUTED = "Attune ", ("Features", "State", "Window", "Beats")  # sensors.md section 6
_CAUGHT_UP_S = 60.0  # of samples may come at once
_DEEPEST = 16
_LONGEST = 256  # characters kept of one element
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_CORE = (
    "name", "type", "channel_count", "nominal_srate", "channel_format", "source_id",
    "uid", "hostname", "created_at", "v4data_port", "v4service_port",
)  # fmt: skip
_CHANNEL = ("info", "desc", "channels", "channel")
_SHARED = ("info", "desc", "attune", "shared")


@dataclass(frozen=True, slots=True)
class StreamKey:
    """What a stream is known by again: type, name and source id, cleaned."""

    type: str
    name: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Channel:
    """What a stream says of one channel, cleaned; empty where it says nothing."""

    label: str = ""
    name: str = ""
    type: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class StreamFacts:
    """What a stream says of itself.

    `name`, `type` and `source_id` are as sent, at most 256 characters of each; `created_at` is on its sender's clock;
    `shared` is what another Attune says of who may look on.
    """

    name: str
    type: str
    channel_count: int
    rate_hz: float
    format: str
    source_id: str = ""
    uid: str = ""
    hostname: str = ""
    data_port: int = 0
    service_port: int = 0
    created_at: float = 0.0
    channels: tuple[Channel, ...] = ()
    shared: str = ""

    @property
    def key(self) -> StreamKey:
        """What it is known by again."""
        return StreamKey(clean_text(self.type), clean_text(self.name), clean_text(self.source_id))

    @property
    def is_markers(self) -> bool:
        """Whether its samples are texts."""
        return self.format == _TEXT

    @property
    def label(self) -> str:
        """Its cleaned name, in quotes, for a sentence."""
        return f"'{clean_text(self.name)}'"


def refused(sentence: str) -> SensorError:
    """Make the error of a stream that is not taken."""
    return SensorError(Reason.NOT_A_SENSOR, sentence)


def parse_facts(xml: str) -> StreamFacts:
    """Read a stream's XML, with its description or without.

    Raises
    ------
    SensorError
        When it is too long or is no such XML.
    """
    if len(xml) > MOST_BYTES:
        raise refused(f"the stream's description is longer than {MOST_BYTES} characters")
    reader = _Reader()
    try:
        reader.read(xml)
        return reader.facts()
    except (expat.ExpatError, ValueError) as fault:
        raise refused(f"the stream's description cannot be read: {clean_text(str(fault))}") from fault


def check(facts: StreamFacts) -> None:
    """Refuse a stream that no sensor can be.

    Raises
    ------
    SensorError
        `NOT_A_SENSOR`, with the rule and the value in one sentence.
    """
    fault = _fault(facts)
    if not fault and facts.type in _COMPUTED and facts.name.startswith(_OURS):
        fault = "it carries what Attune computed, which is no sensor's signal"
    if fault:
        raise refused(f"the stream {facts.label} is refused: {fault}")


def refuse_flood(facts: StreamFacts, count: int, elapsed_s: float) -> None:
    """Refuse a stream that sends more than it said that it would.

    Raises
    ------
    SensorError
        `NOT_A_SENSOR`, when more samples came than the highest rate gives in this time, and at once after it.
    """
    if count > HIGHEST_HZ * (elapsed_s + _CAUGHT_UP_S):
        raise refused(f"the stream {facts.label} is refused: it sends more than {HIGHEST_HZ:g} samples a second")


def _fault(facts: StreamFacts) -> str:
    if not facts.name or clean_text(facts.name) != " ".join(facts.name.split()):
        return "its name must have 1 to 64 characters and none that cannot be seen"
    if not 1 <= facts.channel_count <= MOST_CHANNELS:
        return f"it must have 1 to {MOST_CHANNELS} channels, not {facts.channel_count}"
    if not (math.isfinite(facts.rate_hz) and 0 <= facts.rate_hz <= HIGHEST_HZ):
        return f"its rate must be 0 to {HIGHEST_HZ:g} Hz, not {facts.rate_hz:g}"
    if facts.format == _TEXT:
        is_marker = MARKERS.removesuffix("s") in facts.type.lower() and facts.channel_count == 1
        return "" if is_marker else "texts are taken from a stream of markers with 1 channel only"
    if facts.format not in _NUMBERS:
        return f"its samples must be {', '.join(_NUMBERS)}, not '{clean_text(facts.format)}'"
    return ""


class _Reader:
    """Walks through the XML and keeps the few texts that count."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._text = ""
        self._core: dict[str, str] = {}
        self._channels: list[dict[str, str]] = []
        self._shared = ""

    def read(self, xml: str) -> None:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse_doctype  # without it there are no entities to expand
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._add
        parser.Parse(xml, True)

    def facts(self) -> StreamFacts:
        core = self._core
        return StreamFacts(
            name=core.get("name", ""),
            type=core.get("type", ""),
            channel_count=_whole(core.get("channel_count", "0")),
            rate_hz=float(core.get("nominal_srate", "nan")),
            format=core.get("channel_format", ""),
            source_id=core.get("source_id", ""),
            uid=core.get("uid", ""),
            hostname=core.get("hostname", ""),
            data_port=_whole(core.get("v4data_port", "0")),
            service_port=_whole(core.get("v4service_port", "0")),
            created_at=float(core.get("created_at", "nan")),
            shared=clean_text(self._shared),
            channels=tuple(
                Channel(*(clean_text(channel.get(tag, "")) for tag in ("label", "name", "type", "unit")))
                for channel in self._channels
            ),
        )

    def _refuse_doctype(self, *_: object) -> None:
        raise ValueError("it must have no document type")

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._path.append(tag)
        self._text = ""
        if len(self._path) > _DEEPEST:
            raise ValueError(f"it must be nested at most {_DEEPEST} deep")
        if tuple(self._path) == _CHANNEL:
            if len(self._channels) == MOST_CHANNELS:
                raise ValueError(f"it must describe at most {MOST_CHANNELS} channels")
            self._channels.append({})

    def _add(self, text: str) -> None:
        if len(self._text) < _LONGEST:
            self._text += text[:_LONGEST]

    def _end(self, tag: str) -> None:
        path, text = tuple(self._path), self._text[:_LONGEST]
        if path == ("info", tag) and tag in _CORE:
            self._core[tag] = text
        elif path == _SHARED:
            self._shared = text
        elif path == (*_CHANNEL, tag) and text.strip():
            self._channels[-1][tag] = text
        self._path.pop()
        self._text = ""


def _whole(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"a count must be a whole number below a thousand million, not {text[:16]!r}")
    return int(text)
