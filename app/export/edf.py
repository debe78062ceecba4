# SPDX-License-Identifier: MIT
"""A session as EDF+, the format of sleep laboratories and neurophysiology.

Law: the file is continuous (EDF+C); where a sample is missing the digital value is -32768, which no sample ever has,
and an annotation says from when to when. Beats, markers, gaps and what bump tests found are annotations.

References
----------
Kemp and Olivan 2003, doi 10.1016/S1388-2457(03)00123-8; https://www.edfplus.info/specs/edfplus.html.
"""

import errno
import math
import os
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from app.errors import AppError, Fault
from app.export.content import Export
from app.export.grid import Grid, grids_of
from app.export.offset import offset_of
from app.export.outline import Outline, outline_of
from app.export.progress import part_of
from app.export.xdf_streams import SIGNALS
from app.store.contents import Value
from dsp.codes import Modality
from dsp.stream import CLIENT, Beat, FloatArray, Gap, Marker, Notice
from resources.words import gettext as _

if TYPE_CHECKING:
    from pyedflib import EdfWriter

_LOWEST, _HIGHEST, _MISSING = -32767, 32767, -32768
_UNITS = {Modality.ECG: "mV", Modality.EDA: "uS", Modality.ACC: "mg", Modality.HR: "bpm"}  # of 8 ASCII characters
_MOST = {Modality.ECG: 50.0, Modality.EDA: 500.0, Modality.HR: 500.0}  # beyond it no sensor of ours can measure
_MOST_OTHERWISE = 5e5
_RECORDS_S = (1, 2, 4, 5, 10, 20, 25, 50)  # one of them holds a whole number of samples of every usual rate
_EARLIEST = datetime(1985, 1, 1, tzinfo=UTC)  # what the format can say
_LABEL = 16
_TEXT = 40  # characters of an annotation
_MOST_ANNOTATION_SIGNALS = 64


@dataclass(frozen=True, slots=True)
class Annotation:
    """Something said of a time; `duration_s` is -1 where it is a moment."""

    onset_s: float
    text: str
    duration_s: float = -1.0


def write_edf(export: Export, path: Path) -> None:
    """Write a session.

    Parameters
    ----------
    export : Export
        The session, with what goes with it.
    path : Path
        Free, in a folder that can be written.

    Raises
    ------
    AppError
        `NOTHING_TO_EXPORT` where the session has no signal that is sampled at a rate.
    """
    outline = outline_of(export.contents)
    told = part_of(export.progress, start_t=outline.start_t, end_t=outline.end_t, first=0.1, last=0.7)
    grids = grids_of(export.contents, outline, told)
    if not grids:
        words = _("EDF+ holds signals with a rate, and this session has none; export it as CSV or XDF")
        raise AppError(Fault.NOTHING_TO_EXPORT, words)
    record_s = _record_s([grid.rate_hz for grid in grids])
    said = sorted(_annotations(export, outline, grids), key=lambda annotation: annotation.onset_s)
    _write(export, path, grids, said, record_s=record_s)
    export.progress(1.0)


def _write(export: Export, path: Path, grids: Sequence[Grid], said: Sequence[Annotation], *, record_s: int) -> None:
    import pyedflib

    columns = [(grid, column) for grid in grids for column in range(grid.stream.columns)]
    records = math.ceil(max(len(grid.values) / grid.rate_hz for grid in grids) / record_s)
    beats, rest = divmod(len(said), max(records, 1))
    with pyedflib.EdfWriter(str(path), len(columns), file_type=pyedflib.FILETYPE_EDFPLUS) as edf:
        edf.setSignalHeaders([_header(grid, column, _top(grid)) for grid, column in columns])
        with warnings.catch_warnings():  # pyedflib warns that it may change rates; this length was chosen so that not
            warnings.simplefilter("ignore", UserWarning)
            edf.setDatarecordDuration(record_s)
        edf.set_number_of_annotation_signals(min(beats + bool(rest), _MOST_ANNOTATION_SIGNALS))
        _identify(edf, export)
        digital = [_digital(grid, column, records * record_s) for grid, column in columns]
        lengths = [round(grid.rate_hz * record_s) for grid, _column in columns]
        for record in range(records):
            for signal, length in zip(digital, lengths, strict=True):
                edf.writeDigitalShortSamples(signal[record * length : (record + 1) * length])
            if record % 600 == 0:
                export.progress(0.7 + 0.3 * record / records)
        for annotation in said:
            edf.writeAnnotation(max(annotation.onset_s, 0.0), annotation.duration_s, annotation.text)
    _refuse_short(path)


def _refuse_short(path: Path) -> None:
    """Refuse a file that is shorter than it says: the library does not tell when a disk is full."""
    with path.open("rb") as file:
        header = file.read(256)
        signals = int(header[252:256])
        file.seek(256 + 216 * signals)  # where the samples of each signal in a record are said
        samples = sum(int(file.read(8)) for _signal in range(signals))
    if path.stat().st_size < int(header[184:192]) + 2 * samples * int(header[236:244]):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _header(grid: Grid, column: int, top: float) -> dict[str, str | int | float | None]:
    key = grid.stream.key
    label = SIGNALS[key.modality].labels[column].upper().replace("_", " ")
    return {
        "label": (label if key.person == CLIENT else f"{label} {_ascii(key.person)}")[:_LABEL],
        "dimension": _UNITS.get(key.modality, ""),
        "sample_frequency": grid.rate_hz,
        "physical_min": -top,
        "physical_max": top,
        "digital_min": _MISSING,
        "digital_max": _HIGHEST,
        "transducer": _ascii(key.source)[:80],
        "prefilter": "",
    }


def _identify(edf: "EdfWriter", export: Export) -> None:
    """Say whose and when; a name never stands in a session."""
    head = export.contents.head
    local = datetime.fromtimestamp(0, UTC) + timedelta(seconds=math.floor(head.started_utc_s) + head.utc_offset_s)
    if local < _EARLIEST:  # days counted from the client's first session, not a date
        local = _EARLIEST + (local - datetime.fromtimestamp(0, UTC))
    edf.setStartdatetime(local.replace(tzinfo=None))
    edf.setPatientCode("+".join(_ascii(code) for code in head.codes.values())[:40] or "X")
    edf.setAdmincode(_ascii(head.session)[:20])
    edf.setEquipment("Attune")


def _digital(grid: Grid, column: int, span_s: int) -> npt.NDArray[np.int16]:
    """Give one signal's integers, padded with missing ones to `span_s`."""
    whole: FloatArray = np.full(round(span_s * grid.rate_hz), np.nan)
    whole[: len(grid.values)] = grid.values[:, column]
    top = _top(grid)
    steps = np.rint((whole + top) * (65535.0 / (2.0 * top))) + _MISSING
    return np.where(np.isnan(whole), _MISSING, np.clip(steps, _LOWEST, _HIGHEST)).astype(np.int16)


def _top(grid: Grid) -> float:
    """Give the range: the next 1, 2 or 5 times a power of ten that holds all samples, 8 characters at most."""
    most = max(*map(abs, grid.stream.low), *map(abs, grid.stream.high), 1e-3)
    most = min(most, _MOST.get(grid.stream.key.modality, _MOST_OTHERWISE))
    decade = 10.0 ** math.floor(math.log10(most))
    return next(step * decade for step in (1.0, 2.0, 5.0, 10.0) if step * decade >= most * (1.0 + 1e-9))


def _record_s(rates_hz: Sequence[float]) -> int:
    """Give the shortest record that holds a whole number of samples of each rate."""
    for record_s in _RECORDS_S:
        if all(math.isclose(rate * record_s, round(rate * record_s), abs_tol=1e-6) for rate in rates_hz):
            return record_s
    return 100  # rates have two decimals


def _annotations(export: Export, outline: Outline, grids: Sequence[Grid]) -> Iterator[Annotation]:
    start_t = outline.start_t
    for grid in grids:
        label = grid.stream.key.modality.upper()
        for first, end in grid.missing():
            text = _of(f"missing {label}", grid.stream.key.person)
            yield Annotation(first / grid.rate_hz, text, (end - first) / grid.rate_hz)
    for value in export.contents.values():
        yield from _of_value(value, start_t)
    for note in export.notes:
        yield Annotation(note.t - start_t, f"note: {note.text}"[:_TEXT])


def _of_value(value: Value, start_t: float) -> Iterator[Annotation]:
    """Say what one thing that was computed or marked is, if an annotation is made of it."""
    match value:
        case Beat() if value.confirmed_t is not None:
            yield Annotation(value.t - start_t, _of(f"RR {value.rr_ms!r} {value.verdict}", value.person))
        case Marker():
            yield Annotation(value.t - start_t, _of(value.type, value.person))
        case Gap():
            what = _of(f"gap {value.reason} {value.modality or 'all'}", value.person)
            yield Annotation(value.start_s - start_t, what, value.end_s - value.start_s)
        case Notice() if (found := offset_of(value)) is not None:
            (_source, modality), offset = found
            yield Annotation(value.t - start_t, _of(f"late {modality.upper()} {offset.in_short()}", value.person))


def _of(text: str, person: str) -> str:
    return (text if person == CLIENT else f"{text} {person}")[:_TEXT]


def _ascii(text: str) -> str:
    """Give what the header can hold."""
    return "".join(c if c.isascii() and c.isprintable() else "_" for c in text)
