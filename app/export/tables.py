# SPDX-License-Identifier: MIT
"""What was computed in a session as rows of tables, for CSV and Parquet: a table for each type of the vocabulary.

Law: a cell is a text, a finite number or None; a beat stands once, with its final verdict. The columns are read off
the types, so that what the vocabulary gains the tables gain too.
"""

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from operator import attrgetter
from types import MappingProxyType, NoneType
from typing import get_args, get_origin, get_type_hints

from app.store.contents import Value
from dsp.plan import PacingPlan
from dsp.stream import ArousalState, Beat, Features, Measure, Scr, Status

Cell = str | float | None

_NAMES: Mapping[type, str] = MappingProxyType(
    {ArousalState: "states", Features: "features", Scr: "responses", Status: "statuses"}
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, whether it holds text, and how its cell is found in a value."""

    name: str
    is_text: bool
    of: Callable[[object], object]


def rows_of(values: Iterable[Value]) -> Iterator[tuple[str, Sequence[Cell]]]:
    """Give the table and the row of each value, in the order in which they were made."""
    for value in values:
        if not isinstance(value, Beat) or value.confirmed_t is not None:
            name = _NAME_OF[type(value)]
            yield name, [_cell(column.of(value)) for column in COLUMNS[name]]


def _columns(kind: type, path: str = "", prefix: str = "") -> Iterator[Column]:
    """Read the columns off a type; what it holds of other types stands beside its own."""
    hints = get_type_hints(kind)
    for field in fields(kind):
        hint = next(option for option in (*get_args(hints[field.name]), hints[field.name]) if option is not NoneType)
        hint = hints[field.name] if get_origin(hints[field.name]) is tuple else hint
        name, found = f"{prefix}{field.name}", f"{path}{field.name}"
        if hint is Measure:
            yield Column(name, False, attrgetter(f"{found}.value"))
            yield Column(f"{name}_quality", False, attrgetter(f"{found}.quality"))
            yield Column(f"{name}_why", True, attrgetter(f"{found}.why"))
        elif (
            isinstance(hint, type) and is_dataclass(hint) and hint is not PacingPlan
        ):  # a plan is in the commands that made it
            for column in _columns(hint, prefix=f"{name}_"):
                yield replace(column, of=_of_part(attrgetter(found), column.of))
        elif hint is not PacingPlan:
            is_text = get_origin(hint) is tuple or issubclass(hint, str)
            yield Column(f"{name}_s" if name == "t" or name.endswith("_t") else name, is_text, attrgetter(found))


def _of_part(part: Callable[[object], object], of: Callable[[object], object]) -> Callable[[object], object]:
    """Find a cell in a part of a value, which may be None."""
    return lambda value: None if (found := part(value)) is None else of(found)


def _cell(value: object) -> Cell:
    if isinstance(value, tuple):
        return json.dumps(value, default=_plain) if value else ""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, float | int):  # a truth value is 0 or 1
        return float(value) if math.isfinite(value) else None
    return None


def _plain(value: object) -> object:
    """Give a value of the vocabulary within another one as JSON can hold it."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} is no value of the vocabulary")


_NAME_OF: Mapping[type, str] = MappingProxyType(
    {kind: _NAMES.get(kind, f"{kind.__name__.lower()}s") for kind in get_args(Value)}
)

COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {name: tuple(_columns(kind)) for kind, name in _NAME_OF.items()}
)
"""The tables and their columns."""
