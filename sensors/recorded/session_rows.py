# SPDX-License-Identifier: MIT
"""The rows of an exported session: its items in order of arrival, one sample or one event a row, written and read.

Law: the items read are those written, up to the borders of chunks, which mean nothing; every number to its last bit.
What a chunk says besides (the sender's own stamps and numbers) is not kept.

Notes
-----
`kind` says what a row is: a modality (its sample stands in the columns of that signal; where they are empty, the sample
is missing) or the name of an event, whose `detail` is one JSON object. The first row, `session`, names the persons.
"""

import csv
import io
import itertools
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from dsp.codes import Action, Modality, NoticeCode, Reason, SourceState
from dsp.stream import Chunk, Command, Gap, Item, Marker, Notice, Status, Tick, Values
from sensors.recorded.cell_text import cell_of, text_of
from sensors.recorded.lines import Lines, malformed, shown

SIGNALS: Mapping[Modality, tuple[str, ...]] = MappingProxyType(
    {
        Modality.ECG: ("ecg_mv",),
        Modality.RR: ("rr_ms",),
        Modality.HR: ("hr_bpm",),
        Modality.EDA: ("eda_microsiemens",),
        Modality.ACC: ("acc_x_mg", "acc_y_mg", "acc_z_mg"),
        Modality.RESP: ("resp",),
        Modality.PPG: ("ppg",),
    }
)
_NUMBERS = tuple(name for names in SIGNALS.values() for name in names)
HEADER = ("t_s", *_NUMBERS, "arrival_s", "kind", "person", "source", "detail")
_PLACES = {modality: _NUMBERS.index(names[0]) for modality, names in SIGNALS.items()}
_KIND, _PERSON, _SOURCE, _DETAIL = (HEADER.index(name) for name in ("kind", "person", "source", "detail"))
_ARRIVAL = HEADER.index("arrival_s")
_SESSION = "session"
_LATEST_S = 1e10  # beyond seconds since 1970


def is_session_header(text: str) -> bool:
    """Tell whether a first line is that of an exported session."""
    return tuple(text.replace('"', "").split(",")) == HEADER


def header_rows(persons: Sequence[str]) -> str:
    """Write the first two rows."""
    return ",".join(HEADER) + "\n" + _event_row(0.0, _SESSION, "", "", {"persons": list(persons)})


def rows_of(item: Item) -> str:
    """Write the rows of one item, each with its end; none for a chunk without samples."""
    if isinstance(item, Chunk):
        return _sample_rows(item)
    person = "" if isinstance(item, Tick) else item.person
    source = item.source if isinstance(item, Gap | Notice | Status) else ""
    return _event_row(item.t, type(item).__name__.lower(), person, source, dict(_details(item)))


def _sample_rows(chunk: Chunk) -> str:
    place = _PLACES[chunk.modality]
    values = np.where(np.isfinite(chunk.values), chunk.values, np.nan).reshape(len(chunk.t), -1)
    before = "," * (place + 1)
    named = _joined([repr(chunk.arrival), chunk.modality, cell_of(chunk.person), cell_of(chunk.source), ""])
    after = "," * (len(_NUMBERS) - place - values.shape[1] + 1) + named
    columns = [[repr(value) if value == value else "" for value in column] for column in values.T.tolist()]  # noqa: PLR0124 - NaN is missing
    cells = columns[0] if len(columns) == 1 else map(",".join, zip(*columns, strict=True))
    return "".join([f"{t!r}{before}{cell}{after}" for t, cell in zip(chunk.t.tolist(), cells, strict=True)])


def _event_row(t: float, kind: str, person: str, source: str, detail: Mapping[str, object]) -> str:
    said = json.dumps(detail, allow_nan=False) if detail else ""
    return f"{t!r}{',' * (len(_NUMBERS) + 2)}" + _joined([kind, cell_of(person), cell_of(source), cell_of(said)])


def _joined(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _details(item: Gap | Notice | Status | Marker | Tick | Command) -> Iterator[tuple[str, object]]:
    match item:
        case Gap():
            yield from (("start_s", item.start_s), ("reason", item.reason), ("modality", item.modality))
        case Notice():
            yield from (("code", item.code), ("values", [list(pair) for pair in item.values]))
        case Status():
            yield from (("state", item.state), ("reason", item.reason), ("detail", item.detail))
        case Marker():
            yield from (("type", item.type), ("author", item.author))
        case Command():
            yield from (("action", item.action), ("author", item.author))
            yield "values", [list(pair) for pair in item.values]


def persons_in(block: Lines) -> tuple[str, ...]:
    """Read the persons from the first row after the header."""
    for line, text in zip(block.numbers[1:2], block.texts[1:2], strict=True):
        row = _cells(text, line)
        persons = _detail(row, line).get("persons") if row[_KIND] == _SESSION else None
        if isinstance(persons, list) and all(isinstance(person, str) for person in persons):
            return tuple(persons)
    raise malformed(block.numbers[0] + 1, "an exported session names its persons in the line after the header")


def read_items(blocks: Iterable[Lines]) -> Iterator[Item]:
    """Read the items from the rows after the header.

    Raises
    ------
    SensorError
        `FILE_MALFORMED` with the line of the first row that is none.
    """
    for block in blocks:
        rows = ((line, _cells(text, line)) for line, text in zip(block.numbers, block.texts, strict=True))
        for (kind, *_rest), group in itertools.groupby(rows, _chunk_key):
            if kind in _MODALITIES:
                yield _chunk(_MODALITIES[kind], list(group))
            else:
                yield from (_event(line, row) for line, row in group if row[_KIND] != _SESSION)


_MODALITIES: Mapping[str, Modality] = MappingProxyType({str(modality): modality for modality in Modality})


def _chunk_key(numbered: tuple[int, list[str]]) -> tuple[str, ...]:
    row = numbered[1]
    return row[_KIND], row[_PERSON], row[_SOURCE], row[_ARRIVAL]


def _cells(text: str, line: int) -> list[str]:
    """Split a row; quotes are rare, and looked at only where they are."""
    try:
        row = next(csv.reader([text], strict=True)) if '"' in text else text.split(",")
    except csv.Error as error:
        raise malformed(line, f"{shown(text)} is no row of a CSV: {error}") from error
    if len(row) != len(HEADER):
        raise malformed(line, f"{shown(text)} has {len(row)} cells; allowed are {len(HEADER)}, as above")
    return row


def _chunk(modality: Modality, rows: Sequence[tuple[int, list[str]]]) -> Chunk:
    first = 1 + _PLACES[modality]
    width = len(SIGNALS[modality])
    line, row = rows[0]
    t = np.array([_number(row[0], line) for line, row in rows])
    values = np.array([[_number(cell, line, math.nan) for cell in row[first : first + width]] for line, row in rows])
    if width == 1:
        values = values[:, 0]
    arrival = _number(row[_ARRIVAL], line)
    return Chunk(modality, t, values, arrival, text_of(row[_SOURCE]), text_of(row[_PERSON]))


def _number(cell: str, line: int, otherwise: float | None = None) -> float:
    if not cell and otherwise is not None:
        return otherwise
    try:
        number = float(cell)
    except ValueError as error:
        raise malformed(line, f"{shown(cell)} stands where a number belongs") from error
    if not abs(number) <= _LATEST_S:
        raise malformed(line, f"{shown(cell)} is beyond {_LATEST_S:.0e} either way")
    return number


def _event(line: int, row: Sequence[str]) -> Item:
    t, said = _number(row[0], line), _detail(row, line)
    person, source = text_of(row[_PERSON]), text_of(row[_SOURCE])
    try:
        return _made(row[_KIND], t, person, source, said)
    except (KeyError, TypeError, ValueError) as error:
        raise malformed(line, f"{shown(row[_KIND])} with {shown(row[_DETAIL])} is no event of a session") from error


def _made(kind: str, t: float, person: str, source: str, said: Mapping[str, object]) -> Item:
    reason = None if said.get("reason") is None else Reason(str(said["reason"]))
    match kind:
        case "tick":
            return Tick(t)
        case "gap" if reason is not None:
            modality = None if said["modality"] is None else Modality(str(said["modality"]))
            return Gap(_float(said["start_s"]), t, reason, source, person, modality)
        case "notice":
            return Notice(t, NoticeCode(str(said["code"])), source, person, _values(said["values"]))
        case "status":
            return Status(t, source, SourceState(str(said["state"])), person, reason, str(said["detail"]))
        case "marker":
            return Marker(t, str(said["type"]), str(said["author"]), person)
        case "command":
            return Command(t, Action(str(said["action"])), str(said["author"]), person, _values(said["values"]))
    raise ValueError(kind)


def _values(said: object) -> Values:
    if not isinstance(said, list):
        raise TypeError(said)
    for pair in said:
        if not (isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)):
            raise TypeError(pair)
        if not isinstance(pair[1], str | float | int):
            raise TypeError(pair)
    return tuple((name, value) for name, value in said)


def _float(said: object) -> float:
    if not isinstance(said, float | int):
        raise TypeError(said)
    return float(said)


def _detail(row: Sequence[str], line: int) -> Mapping[str, object]:
    try:
        said = json.loads(text_of(row[_DETAIL]) or "{}")
    except (ValueError, RecursionError) as error:
        raise malformed(line, f"{shown(row[_DETAIL])} is no JSON object") from error
    if not isinstance(said, dict):
        raise malformed(line, f"{shown(row[_DETAIL])} is no JSON object")
    return said
