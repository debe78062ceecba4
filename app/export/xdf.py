# SPDX-License-Identifier: MIT
"""A session as XDF, the format of LabStreamingLayer's recordings.

Law: every sample and every stamp stands in the file as the session has it, bit for bit; a dropout of a regular stream
is filled with NaN at its rate and said in the stream `Attune Gaps`, so that a reader's defaults (pyxdf's) move no time
stamp by more than a sample.
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import BinaryIO

import numpy as np

from app.export.content import Export
from app.export.filling import Filling
from app.export.outline import StreamKey, key_of, outline_of
from app.export.progress import part_of
from app.export.xdf_file import XdfFile
from app.export.xdf_streams import NUMBERS, SIGNALS, VERDICTS, Streams, streams_of
from dsp.codes import CueKind, Zone
from dsp.stream import ArousalState, Beat, Chunk, Cue, Features, Gap, Marker

_ZONES = {Zone.BELOW: -1.0, Zone.WITHIN: 0.0, Zone.ABOVE: 1.0, Zone.UNKNOWN: math.nan}


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
    outline = outline_of(export.contents)
    start_t, end_t = outline.start_t, outline.end_t
    persons = tuple(dict.fromkeys((*head.codes, *outline.persons())))
    streams = streams_of(head, outline, persons, with_notes=bool(export.notes))
    xdf = XdfFile(file, {"datetime": _said(head.started_utc_s, head.utc_offset_s)}, streams.infos)
    fillings = {stream.key: Filling(stream) for stream in outline.streams}
    told = part_of(export.progress, start_t=start_t, end_t=end_t, first=0.1, last=0.9)
    xdf.reach(start_t)
    for item in export.contents.items():
        if isinstance(item, Chunk):
            told(item.arrival)
            xdf.reach(item.arrival)
            if len(item.t):
                _write_chunk(xdf, streams, fillings, item)
    xdf.reach(end_t)
    _write_values(xdf, streams, export)
    for note in export.notes:
        xdf.text(streams.by_key["Notes", ""], note.t, note.text)
    xdf.close()
    export.progress(1.0)


def _write_chunk(xdf: XdfFile, streams: Streams, fillings: dict[StreamKey, Filling], item: Chunk) -> None:
    key = key_of(item)
    values = np.where(np.isfinite(item.values), item.values, math.nan) * SIGNALS[item.modality].factor
    values = values.reshape(len(item.t), -1)
    t, values, spans = fillings[key].update(item.t, values)
    xdf.numbers(streams.by_key[key], t, values)
    for start_s, end_s in spans:
        said = {"kind": "filled", "start_s": start_s, "end_s": end_s, "stream": streams.by_key[key]}
        xdf.text(streams.by_key["Gaps", ""], start_s, json.dumps(said))


def _write_values(xdf: XdfFile, streams: Streams, export: Export) -> None:
    """Write what was computed, and the marks."""
    numbers = streams.by_key
    for value in _paced(export):
        match value:
            case Beat() if value.confirmed_t is not None and ("Beats", value.person) in numbers:
                nn_ms = math.nan if value.nn_ms is None else value.nn_ms
                row = (value.rr_ms, nn_ms, float(VERDICTS.index(value.verdict)))
                xdf.row(numbers["Beats", value.person], value.t, row)
            case Features() if ("Features", value.person) in numbers:
                row_of = [_number(getattr(value, name).value) for name in NUMBERS]
                xdf.row(numbers["Features", value.person], value.t, row_of)
            case _Paced() if ("State", value.state.person) in numbers:
                xdf.row(numbers["State", value.state.person], value.state.t, value.row())
            case Marker():
                xdf.text(numbers["Markers", ""], value.t, value.type)
            case Gap():
                xdf.text(numbers["Gaps", ""], value.start_s, json.dumps(_gap(value)))


@dataclass(frozen=True, slots=True)
class _Paced:
    """A state, and whether a breath was paced then."""

    state: ArousalState
    is_paced: bool

    def row(self) -> Sequence[float]:
        s = self.state
        numbers = [_number(x) for x in (s.level, s.uncertainty, _ZONES[s.zone], s.p_above, s.p_below)]
        return [*numbers, float(self.is_paced)]


def _paced(export: Export) -> Iterator[Beat | Features | Marker | Gap | _Paced]:
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
        elif isinstance(value, Beat | Features | Marker | Gap):
            yield value
    yield from (_Paced(state, is_paced.get(person, False)) for person, state in waiting.items())


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
