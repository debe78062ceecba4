# SPDX-License-Identifier: MIT
"""A session as XDF, the format of LabStreamingLayer's recordings.

Law: every sample and every stamp stands in the file as the session has it, bit for bit; a dropout of a regular stream
is filled with NaN at its rate and said in the stream `Attune Gaps`, so that a reader's defaults (pyxdf's) move no time
stamp by more than a sample.
"""

import json
import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import BinaryIO

import numpy as np

from app.export.content import Export
from app.export.filling import Filling
from app.export.offset import offset_of
from app.export.outline import StreamKey, key_of, outline_of
from app.export.progress import part_of
from app.export.xdf_chunks import Tree
from app.export.xdf_file import XdfFile
from app.export.xdf_streams import NUMBERS, SIGNALS, VERDICTS, Streams, streams_of
from app.store.contents import signals_of
from dsp.codes import CueKind, Zone
from dsp.stream import ArousalState, Beat, Chunk, Cue, Features, Gap, Marker, Notice

_ZONES = {Zone.BELOW: -1.0, Zone.WITHIN: 0.0, Zone.ABOVE: 1.0, Zone.UNKNOWN: math.nan}
_ROWS = 1024  # of computed numbers in one chunk of the file


def write_xdf(export: Export, file: BinaryIO) -> None:
    """Write a session.

    Parameters
    ----------
    export : Export
        The session, with what goes with it.
    file : BinaryIO
        Open for writing.
    """
    head = export.contents.head
    outline, computed = outline_of(export.contents, with_ranges=False), _Computed(export)
    start_t, end_t = outline.start_t, outline.end_t
    persons = tuple(dict.fromkeys((*head.codes, *outline.persons())))
    streams = streams_of(head, outline, persons, with_notes=bool(export.notes), offsets=computed.offsets)
    xdf = XdfFile(file, {"datetime": _said(head.started_utc_s, head.utc_offset_s)}, streams.infos)
    fillings = {stream.key: Filling(stream) for stream in outline.streams}
    told = part_of(export.progress, start_t=start_t, end_t=end_t, first=0.1, last=0.9)
    xdf.reach(start_t)
    for chunk in signals_of(export.contents):
        told(chunk.arrival)
        xdf.reach(chunk.arrival)
        _write_chunk(xdf, streams, fillings, chunk)
    xdf.reach(end_t)
    computed.write(xdf, streams)
    for note in export.notes:
        xdf.text(streams.by_key["Notes", ""], note.t, note.text)
    xdf.close()
    export.progress(1.0)


def _write_chunk(xdf: XdfFile, streams: Streams, fillings: dict[StreamKey, Filling], chunk: Chunk) -> None:
    key = key_of(chunk)
    values = np.where(np.isfinite(chunk.values), chunk.values, math.nan) * SIGNALS[chunk.modality].factor
    values = values.reshape(len(chunk.t), -1)
    t, values, spans = fillings[key].update(chunk.t, values)
    xdf.numbers(streams.by_key[key], t, values)
    for start_s, end_s in spans:
        said = {"kind": "filled", "start_s": start_s, "end_s": end_s, "stream": streams.by_key[key]}
        xdf.text(streams.by_key["Gaps", ""], start_s, json.dumps(said))


class _Computed:
    """What was computed, and the marks: read once, before the headers that need some of it, and written at the end.

    In memory it is some 300 bytes for each second of the session.
    """

    def __init__(self, export: Export) -> None:
        self.offsets: dict[tuple[str, str], Tree] = {}  # what bump tests found, the newest of each stream
        self._rows: dict[tuple[str, str], array[float]] = {}  # of each stream, the time before the numbers
        self._texts: list[tuple[str, float, str]] = []
        for value in _paced(export):
            self._take(value)

    def _take(self, value: "Beat | Features | Marker | Gap | Notice | _Paced") -> None:
        match value:
            case Beat() if value.confirmed_t is not None:
                nn_ms = math.nan if value.nn_ms is None else value.nn_ms
                self._row("Beats", value, (value.rr_ms, nn_ms, float(VERDICTS.index(value.verdict))))
            case Features():
                self._row("Features", value, number_row(value))
            case _Paced():
                self._row("State", value.state, value.row())
            case Marker():
                self._texts.append(("Markers", value.t, value.type))
            case Gap():
                self._texts.append(("Gaps", value.start_s, json.dumps(_gap(value))))
            case Notice() if (found := offset_of(value)) is not None:
                (source, modality), offset = found
                self.offsets[source, str(modality)] = offset.elements()

    def _row(self, kind: str, of: Beat | Features | ArousalState, numbers: Sequence[float]) -> None:
        row = self._rows.setdefault((kind, of.person), array("d"))
        row.append(of.t)
        row.extend(numbers)

    def write(self, xdf: XdfFile, streams: Streams) -> None:
        for key, numbers in self._rows.items():
            if key in streams.by_key:
                stream = streams.by_key[key]
                rows = np.frombuffer(numbers).reshape(-1, 1 + len(streams.infos[stream - 1].channels))
                for part in np.split(rows, range(_ROWS, len(rows), _ROWS)):
                    xdf.numbers(stream, part[:, 0], part[:, 1:])
        for kind, t, text in self._texts:
            xdf.text(streams.by_key[kind, ""], t, text)


@dataclass(frozen=True, slots=True)
class _Paced:
    """A state, and whether a breath was paced then."""

    state: ArousalState
    is_paced: bool

    def row(self) -> Sequence[float]:
        return state_row(self.state, is_paced=self.is_paced)


def _paced(export: Export) -> Iterator[Beat | Features | Marker | Gap | Notice | _Paced]:
    """Give the values; each state with the cue of its own instant, which may come after it."""
    waiting: dict[str, ArousalState] = {}
    is_paced: dict[str, bool] = {}
    for value in export.contents.values():
        if isinstance(value, Cue):
            is_paced[value.person] = value.kind is CueKind.BREATH
        elif isinstance(value, ArousalState):
            if value.person in waiting:
                yield _Paced(waiting[value.person], is_paced.get(value.person, False))
            waiting[value.person] = value
        elif isinstance(value, Beat | Features | Marker | Gap | Notice):
            yield value
    yield from (_Paced(state, is_paced.get(person, False)) for person, state in waiting.items())


def number_row(features: Features) -> list[float]:
    """Give the numbers of a second in the order of `NUMBERS`, NaN where there is none."""
    return [_number(getattr(features, name).value) for name in NUMBERS]


def state_row(state: ArousalState, *, is_paced: bool) -> list[float]:
    """Give a state in the order of `STATE`: the zone is -1 below, 0 within, 1 above, NaN unknown."""
    said = (state.level, state.uncertainty, _ZONES[state.zone], state.p_above, state.p_below)
    return [*map(_number, said), float(is_paced)]


def _gap(gap: Gap) -> dict[str, object]:
    return {
        "kind": "gap",
        "start_s": gap.start_s,
        "end_s": gap.end_s,
        "reason": gap.reason,
        "modality": gap.modality,
        "person": gap.person,
    }


def _number(value: float | None) -> float:
    return value if value is not None and math.isfinite(value) else math.nan


def _said(utc_s: float, utc_offset_s: int) -> str:
    """Say when a session began, in its own time zone."""
    began = datetime.fromtimestamp(0, UTC) + timedelta(seconds=math.floor(utc_s))
    return began.astimezone(timezone(timedelta(seconds=utc_offset_s))).strftime("%Y-%m-%dT%H:%M:%S%z")
