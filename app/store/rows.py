# SPDX-License-Identifier: MIT
"""Values of the vocabulary as bytes and back: a closed list of types, each file saying itself what it is written in.

A file keeps the names of the types, fields and codes that its rows were written with (`Vocabulary`). A field that came
later takes its default when an older row is read, a field that went is passed over; nothing is ever unpickled.

Law: `read(write(value)) == value`, every float to its last bit; other bytes give a `ValueError`.
"""

import json
import re
import struct
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache

import numpy as np

from app.store.bits import read_int, write_int
from dsp.stream import Chunk, Frame, Item

_NONE, _TRUE, _FALSE, _INT, _FLOAT, _STR, _TUPLE, _CODE, _RECORD, _BYTES = range(10)
_PLAIN = (None, True, False)
_FLOAT_64 = struct.Struct("<d")
_ANY_TAG = b"[\x00-\x09]"


@dataclass(frozen=True, slots=True)
class Note:
    """A clinician's free words at a time of the session; never an item, never exported unless asked for."""

    t: float
    author: str
    person: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """A chunk as it is stored: its arrays encoded (`app/store/chunk_codec.py`), the rest as it was."""

    chunk: tuple[object, ...]
    arrays: bytes


class Vocabulary:
    """The names that rows are written in: of the records' fields, and of the codes.

    Parameters
    ----------
    records : mapping of str to sequence of str
        The fields of each type, in the order in which they are written.
    codes : mapping of str to sequence of str
        The members of each enum.
    """

    def __init__(self, records: Mapping[str, tuple[str, ...]], codes: Mapping[str, tuple[str, ...]]) -> None:
        self._records = dict(records)
        self._codes = dict(codes)
        self._record_number = {_types()[name]: n for n, name in enumerate(records) if name in _types()}
        self._field_names = {kind: records[kind.__name__] for kind in self._record_number}
        self._code_number = {
            (name, member): bytes((_CODE, n, m))
            for n, (name, members) in enumerate(codes.items())
            for m, member in enumerate(members)
        }
        self._readers = [_maker(name, tuple(names)) for name, names in records.items()]
        self._members = [_members(name, tuple(names)) for name, names in codes.items()]

    @classmethod
    def of_today(cls) -> "Vocabulary":
        """Give the one that this version writes."""
        kinds = _types().values()
        records = {kind.__name__: tuple(field.name for field in fields(kind)) for kind in kinds if is_dataclass(kind)}
        codes = {kind.__name__: tuple(map(str, kind)) for kind in kinds if issubclass(kind, StrEnum)}
        return cls(records, codes)

    @classmethod
    def from_text(cls, text: str) -> "Vocabulary":
        """Read what `to_text` gave."""
        records, codes = json.loads(text)
        return cls({k: tuple(v) for k, v in records.items()}, {k: tuple(v) for k, v in codes.items()})

    def to_text(self) -> str:
        """Write it for keeping."""
        return json.dumps([self._records, self._codes], separators=(",", ":"))

    def write(self, value: object, to: bytearray) -> None:
        """Append a value.

        Raises
        ------
        TypeError
            For a type that is not in the closed list.
        """
        if isinstance(value, float):
            to.append(_FLOAT)
            to += _FLOAT_64.pack(value)
        elif value is None or isinstance(value, bool | np.bool):
            to.append(_NONE if value is None else _TRUE if value else _FALSE)
        elif isinstance(value, int | np.integer):
            to.append(_INT)
            write_int(int(value), to)
        elif isinstance(value, str):
            self._write_text(value, to)
        elif isinstance(value, tuple):
            to.append(_TUPLE)
            write_int(len(value), to)
            for one in value:
                self.write(one, to)
        elif isinstance(value, bytes):
            to.append(_BYTES)
            write_int(len(value), to)
            to += value
        else:
            self._write_record(value, to)

    def _write_text(self, value: str, to: bytearray) -> None:
        code = self._code_number.get((type(value).__name__, str(value))) if isinstance(value, StrEnum) else None
        if code is not None:
            to += code
            return
        text = value.encode("utf-8", "surrogatepass")
        to.append(_STR)
        write_int(len(text), to)
        to += text

    def _write_record(self, value: object, to: bytearray) -> None:
        number = self._record_number.get(type(value))
        if number is None:
            raise TypeError(f"only the vocabulary can be stored, not {type(value).__name__}")
        to += bytes((_RECORD, number))
        for name in self._field_names[type(value)]:
            self.write(getattr(value, name), to)

    def may_hold(self, kind: type, data: bytes) -> bool:
        """Tell, without reading them, whether values of a kind can be among bytes; a no is always right.

        A record begins with its own two bytes and the tag of its first field; other bytes look so by chance alone.
        """
        number = self._record_number.get(kind)
        begin = b"" if number is None else re.escape(bytes((_RECORD, number))) + _ANY_TAG
        return bool(begin) and re.search(begin, data) is not None

    def reader(self, data: bytes) -> "Reader":
        """Give what reads the values of a row, one after the other."""
        return Reader(data, self._readers, self._members)


class Reader:
    """Reads values from bytes, one after the other."""

    def __init__(self, data: bytes, records: "list[_Maker]", codes: list[tuple[str, ...]]) -> None:
        self._data = data
        self._at = 0
        self._records = records
        self._codes = codes

    @property
    def is_at_end(self) -> bool:
        """Whether everything has been read."""
        return self._at >= len(self._data)

    def read(self) -> object:
        """Read one value.

        Raises
        ------
        ValueError
            For bytes that are none, or names that only a newer version knows.
        """
        try:
            return self._some(1)[0]
        except (IndexError, struct.error, TypeError) as error:
            raise ValueError("the row is not readable") from error

    def read_int(self) -> int:
        """Read a bare whole number (`app.store.bits.write_int`)."""
        value, self._at = read_int(self._data, self._at)
        return value

    def _some(self, count: int) -> list[object]:
        """Read so many values: most are numbers and codes, which need no call of their own."""
        data, at = self._data, self._at
        values: list[object] = []
        for _ in range(count):
            tag = data[at]
            if tag == _FLOAT:
                values.append(_FLOAT_64.unpack_from(data, at + 1)[0])
                at += 9
            elif tag <= _FALSE:
                values.append(_PLAIN[tag])
                at += 1
            elif tag == _CODE:
                values.append(self._codes[data[at + 1]][data[at + 2]])
                at += 3
            elif tag == _INT:
                number, at = read_int(data, at + 1)
                values.append(number)
            else:
                self._at = at + 1
                values.append(self._record() if tag == _RECORD else self._sized(tag))
                at = self._at
        self._at = at
        return values

    def _record(self) -> object:
        names, make = self._records[self._data[self._at]]
        self._at += 1
        return make(self._some(len(names)))

    def _sized(self, tag: int) -> object:
        size, at = read_int(self._data, self._at)
        self._at = at
        if tag == _TUPLE:
            return tuple(self._some(size))
        self._at = end = at + size
        data = self._data[at:end]
        if tag not in {_STR, _BYTES} or len(data) != size:
            raise ValueError("the row is not readable")
        return data if tag == _BYTES else data.decode("utf-8", "surrogatepass")


_Maker = tuple[tuple[str, ...], Callable[[list[object]], object]]


def _maker(name: str, written: tuple[str, ...]) -> _Maker:
    """Say how a record is made from its written fields."""
    kind = _types().get(name)
    if kind is None or not is_dataclass(kind):
        return written, _refusing(name)
    known = [field.name for field in fields(kind)]
    if tuple(known[: len(written)]) == written:
        return written, lambda values: kind(*values)
    kept = [(n, one) for n, one in enumerate(written) if one in known]
    return written, lambda values: kind(**{one: values[n] for n, one in kept})


def _refusing(name: str) -> Callable[[list[object]], object]:
    def refuse(_: list[object]) -> object:
        raise ValueError(f"this version knows no {name}")

    return refuse


def _members(name: str, written: tuple[str, ...]) -> tuple[str, ...]:
    """Give the members that the numbers of a code stand for; one that is not known any more stays a text."""
    kind = _types().get(name)
    if kind is None or not issubclass(kind, StrEnum):
        return written
    known = {str(member): member for member in kind}
    return tuple(known.get(member, member) for member in written)


@cache
def _types() -> Mapping[str, type]:
    """Give the closed list: every record and code that an item, or what else a frame carries, can hold."""
    found: dict[str, type] = {"Packed": Packed, "Note": Note}
    carried = [part for hint in typing.get_type_hints(Frame).values() for part in _parts(hint)]
    todo = [*typing.get_args(Item), *carried]
    while todo:
        kind = todo.pop()
        if kind is Chunk or kind.__name__ in found:
            continue
        found[kind.__name__] = kind
        if is_dataclass(kind):
            todo += [part for hint in typing.get_type_hints(kind).values() for part in _parts(hint)]
    return types.MappingProxyType(dict(sorted(found.items())))


def _parts(hint: object) -> Iterator[type]:
    """Give the records and codes in a type's annotation."""
    if isinstance(hint, type) and (is_dataclass(hint) or issubclass(hint, StrEnum)):
        yield hint
    for part in typing.get_args(hint):
        yield from _parts(part)
