# SPDX-License-Identifier: MIT
"""The search for streams by liblsl, off the event loop's thread, and what a person looks for.

Law: it sends its questions only while its context is open.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from sensors.lsl.facts import StreamFacts, check, parse_facts
from sensors.lsl.library import loaded_pylsl
from sensors.lsl.wire import Info
from sensors.source import SensorError

_FORGET_S = 3.0  # two questions and their answers
_FIELDS = ("name", "type", "source_id")
_MOST = 256  # streams looked at: somebody else could answer in the name of thousands


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: a field of a stream and the value that it must have.

    Raises
    ------
    ValueError
        When there is no value.
    """

    field: str
    value: str

    def __post_init__(self) -> None:
        if self.field not in _FIELDS or not self.value.strip():
            raise ValueError(
                f"a stream is looked for by {', '.join(_FIELDS)} with a value, not {self.field}={self.value!r}"
            )

    @classmethod
    def read(cls, text: str) -> "Query":
        """Read `NAME`, `type=TYPE` or `source_id=ID`."""
        field, equals, value = text.partition("=")
        return cls(field, value) if equals and field in _FIELDS else cls("name", text)

    @property
    def predicate(self) -> str:
        """What liblsl is to ask for; spaces are evened out, as in the names that people see."""
        return f"normalize-space({self.field})={_quoted(' '.join(self.value.split()))}"

    def matches(self, facts: StreamFacts) -> bool:
        """Tell whether this stream is meant; an outlet may answer to what it is not."""
        said = {"name": facts.name, "type": facts.type, "source_id": facts.source_id}[self.field]
        return said.split() == self.value.split()


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
