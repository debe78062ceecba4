# SPDX-License-Identifier: MIT
"""A session without what tells who, when and on which machine: what an export holds unless asked otherwise.

Law: the samples and every number stay as they are; all times move by one whole number of seconds, so that no bit of
them is lost. What is not known to be harmless is left out: a text stays only where it is a word of our own.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from app.store.contents import SessionContents, SessionHead, Value, signals_of
from dsp.codes import NoticeCode
from dsp.plan import PacingPlan
from dsp.stream import BreathLocking, Chunk, Command, Item, Measure, Notice, SignalQuality, Values

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")

_ROLES = ("client", "partner", "clinician", "nobody")
_KINDS = ("ble", "lsl", "demo", "file", "clock")
_OWN_WORD = re.compile(r"[a-z][a-z_]{0,31}")
_LIKE_A_SERIAL = re.compile(r"(?=[0-9A-Za-z:-]*[0-9])[0-9A-Fa-f:-]{5,}|[0-9]{4,}")
_OF_DEVICE = ("maker", "model", "firmware")
_OF_A_PERSON = ("word", "words", "picture", "sources")  # what they typed, chose or wore
_TELLING = ("serial", "address", "name", "host", "reason", "detail", "hex", *_OF_DEVICE, *_OF_A_PERSON)
_TIMES = frozenset(  # the fields, and the values of commands, that are times on the session clock
    {"t", "detected_t", "confirmed_t", "peak_t", "heart_t", "start_t", "end_t"}
    | {"start_s", "end_s", "onset_s", "breath_end_s"}
)
_WITH_TIMES = (PacingPlan, BreathLocking)
_DAY_S = 86_400.0


class Deidentified:
    """A session, read as one that nobody can be recognised by.

    Parameters
    ----------
    contents : SessionContents
        The session.
    code : str
        Of this export: it stands in the place of the client's and the session's.
    day : int
        Days since the client's first session; the one trace of a date that is left.
    """

    def __init__(self, contents: SessionContents, *, code: str, day: int = 0) -> None:
        self._contents = contents
        self._code = code
        self._day = day
        self._shift_s = math.floor(contents.head.started_t)
        self._people = _Names("person", dict.fromkeys(_ROLES))
        self._sources = _Names("source", {})

    @property
    def head(self) -> SessionHead:
        """What may be known of it."""
        head = self._contents.head
        return replace(
            head,
            session=self._code,
            started_utc_s=self._day * _DAY_S,
            utc_offset_s=0,
            started_t=head.started_t - self._shift_s,
            ended_t=None if head.ended_t is None else head.ended_t - self._shift_s,
            codes={
                self._people.of(person): self._code if k == 1 else f"{self._code}-{k}"
                for k, person in enumerate(head.codes, 1)
            },
            sha256=None,
        )

    def items(self) -> Iterator[Item]:
        """Give the items, moved and renamed."""
        return map(self._item, self._contents.items())

    def signals(self, *, with_values: bool = True) -> Iterator[Chunk]:
        """Give the samples alone, moved and renamed."""
        return map(self._chunk, signals_of(self._contents, with_values=with_values))

    def values(self) -> Iterator[Value]:
        """Give the values, moved and renamed."""
        return map(self._rewritten, self._contents.values())

    def _item(self, item: Item) -> Item:
        return self._chunk(item) if isinstance(item, Chunk) else self._rewritten(item)

    def _chunk(self, chunk: Chunk) -> Chunk:
        t, arrival = chunk.t - self._shift_s, chunk.arrival - self._shift_s
        source, person = self._source(chunk.source), self._people.of(chunk.person)
        return Chunk(chunk.modality, t, chunk.values, arrival, source, person)

    def _rewritten(self, value: T) -> T:
        """Give a value, or a part of one, with its times moved, its names new and its texts harmless."""
        changed = {}
        for name in _telling_fields(type(value)):
            before = getattr(value, name)
            after = self._field(value, name, before)
            if after is not before:
                changed[name] = after
        return replace(value, **changed) if changed else value

    def _field(self, of: object, name: str, value: object) -> object:
        if isinstance(value, float):
            return value - self._shift_s if name in _TIMES else value
        if isinstance(value, str):
            return self._text(name, value)
        if name == "values" and isinstance(of, Command | Notice):
            return self._decided(of.values) if isinstance(of, Command) else _harmless(of)
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            return tuple(map(self._rewritten, value))
        return self._rewritten(value) if isinstance(value, _WITH_TIMES) else value

    def _text(self, name: str, text: str) -> str:
        if name in ("person", "author"):
            return self._people.of(text)
        if name == "source":
            return self._source(text)
        return "" if name == "detail" else text

    def _decided(self, values: Values) -> Values:
        """Keep what a command says: numbers, our own words, and names under their new ones."""
        kept: list[tuple[str, str | float | int | bool]] = []
        for name, value in values:
            if name == "source" and isinstance(value, str):
                kept.append((name, self._source(value)))
            elif name in ("to", "person") and isinstance(value, str):
                kept.append((name, self._people.of(value)))
            elif name in _TIMES and isinstance(value, float):
                kept.append((name, value - self._shift_s))
            elif _is_harmless(name, value):
                kept.append((name, value))
        return tuple(kept)

    def _source(self, source: str) -> str:
        kind = source.partition(":")[0]
        return self._sources.of(source, kind if kind in _KINDS else None)


@cache
def _telling_fields(kind: "type[DataclassInstance]") -> tuple[str, ...]:
    """Give the fields that may hold a time, a name or a text; numbers with their quality do not."""
    return tuple(field.name for field in fields(kind) if not isinstance(field.default, Measure | SignalQuality))


class _Names:
    """New names for old ones, the same one each time; those that are roles stay."""

    def __init__(self, word: str, roles: Mapping[str, None]) -> None:
        self._word = word
        self._new = {role: role for role in roles}
        self._given = 0

    def of(self, name: str, word: str | None = None) -> str:
        if name not in self._new:
            self._given += 1
            self._new[name] = f"{word or self._word}-{self._given}"
        return self._new[name]


def _harmless(notice: Notice) -> Values:
    """Keep of a notice what is harmless; of a device its make too, unless that looks like a serial number."""
    return tuple(
        (name, value)
        for name, value in notice.values
        if _is_harmless(name, value)
        or (notice.code is NoticeCode.DEVICE and name in _OF_DEVICE and not _LIKE_A_SERIAL.search(str(value)))
    )


def _is_harmless(name: str, value: str | float | int | bool) -> bool:
    """Tell whether something said is a number or a word of our own."""
    return not isinstance(value, str) or (name not in _TELLING and _OWN_WORD.fullmatch(value) is not None)
