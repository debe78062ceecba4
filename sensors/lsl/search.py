# SPDX-License-Identifier: MIT
"""The search for streams by liblsl, off the event loop's thread, and what a person looks for.

Law: it sends its questions only while its context is open.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote

from sensors.foreign_text import clean_text
from sensors.lsl.facts import StreamFacts, StreamKey, check, parse_facts
from sensors.lsl.library import loaded_pylsl
from sensors.lsl.wire import Info
from sensors.source import SensorError

_FORGET_S = 3.0  # two questions and their answers
_FIELDS = ("name", "type", "source_id")
_FIELDED = re.compile(r"(?:name|type|source_id)=")
_SPECIAL = re.compile(r"[%&=@]")
_MOST = 256  # streams looked at: somebody else could answer in the name of thousands


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: fields of a stream and the values that they must have.

    Raises
    ------
    ValueError
        When there is no value, or a field that is none or comes twice.
    """

    wanted: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        fields = [field for field, _value in self.wanted]
        is_known = set(fields) <= set(_FIELDS) and len(fields) == len(set(fields))
        if not is_known or not any(value.strip() for _field, value in self.wanted):
            raise ValueError(
                f"a stream is looked for by {', '.join(_FIELDS)}, each once, with a value, not {self.wanted}"
            )

    @classmethod
    def read(cls, text: str) -> "Query":
        """Read `NAME`, or `type=TYPE`, or several with `&` between: `name=NAME&type=TYPE&source_id=ID`.

        Behind an equals sign `%26` is an ampersand, as in any address; a name alone stands as it is.
        """
        if not is_fielded(text):
            return cls((("name", text),))
        parts = (part.partition("=") for part in text.split("&"))
        return cls(tuple((field, unquote(value)) for field, _equals, value in parts))

    @classmethod
    def of(cls, key: StreamKey) -> "Query":
        """Look for the streams with this key alone."""
        return cls((("name", key.name), ("type", key.type), ("source_id", key.source_id)))

    @property
    def text(self) -> str:
        """Write it so that it can be read again, also behind `lsl:` and before `@PERSON`."""
        return "&".join(f"{field}={_SPECIAL.sub(_escaped, value)}" for field, value in self.wanted)

    @property
    def predicate(self) -> str:
        """What liblsl is to ask for: one field, since a key holds the others cleaned.

        Spaces are evened out, as in the names that people see.
        """
        field, value = next((field, value) for field, value in self.wanted if value.strip())
        return f"normalize-space({field})={_quoted(' '.join(value.split()))}"

    def matches(self, facts: StreamFacts) -> bool:
        """Tell whether this stream is meant; an outlet may answer to what it is not."""
        said = {"name": facts.key.name, "type": facts.key.type, "source_id": facts.key.source_id}
        return all(said[field] == clean_text(value) for field, value in self.wanted)


def is_fielded(text: str) -> bool:
    """Tell whether a text begins with the name of a field, and so is no name of a stream."""
    return _FIELDED.match(text) is not None


def _escaped(special: re.Match[str]) -> str:
    return f"%{ord(special[0]):02X}"


def _quoted(text: str) -> str:
    """Write a text for XPath 1.0, which knows no escapes."""
    if "'" not in text:
        return f"'{text}'"
    return "concat(" + ', "\'", '.join(f"'{part}'" for part in text.split("'")) + ")"


@dataclass(frozen=True, slots=True)
class Found:
    """A stream that answered: what it says (None: nothing that can be read) and why it is refused.

    `info` is pylsl's handle of it.
    """

    uid: str
    info: Info
    facts: StreamFacts | None
    refusal: SensorError | None = None


class _Resolver(Protocol):
    def results(self) -> list[Info]: ...


Look = Callable[[], Awaitable[list[Found]]]


@asynccontextmanager
async def searching(query: Query | None = None) -> AsyncIterator[Look]:
    """Search as long as the context is open; gives what looks at the streams that answered lately.

    Parameters
    ----------
    query : Query or None
        None: every stream.

    Raises
    ------
    SensorError
        `LSL_MISSING`.
    """
    pylsl = await loaded_pylsl()
    held: list[_Resolver] = []  # the only reference: liblsl's threads end where it is dropped
    read: dict[str, Found] = {}

    def begin() -> None:
        predicate = None if query is None else query.predicate
        held.append(pylsl.ContinuousResolver(pred=predicate, forget_after=_FORGET_S))

    def look() -> list[Found]:
        streams = held[0].results()[:_MOST] if held else []
        found = [_read(info, read) for info in streams]
        read.clear()
        read.update({stream.uid: stream for stream in found})
        return found

    try:
        await asyncio.to_thread(begin)
        yield lambda: asyncio.to_thread(look)
    finally:
        await asyncio.to_thread(held.clear)


def _read(info: Info, known: dict[str, Found]) -> Found:
    uid = info.uid()
    if uid in known:
        return known[uid]
    facts = None
    try:
        facts = parse_facts(info.as_xml())
        check(facts)
    except SensorError as refusal:
        return Found(uid, info, facts, refusal)
    return Found(uid, info, facts)
