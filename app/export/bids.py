# SPDX-License-Identifier: MIT
"""A session as a BIDS dataset: physiological recordings and events of a behavioural task.

Law: each `_physio.tsv.gz` has no header line, one row a sample on an even grid and `n/a` where a sample is missing;
its columns, rate and start stand in the `.json` beside it, and how late it is where a bump test measured that. Times
count from the session's begin.

References
----------
BIDS 1.10, https://bids-specification.readthedocs.io/en/v1.10.0/ (physiological recordings, task events).
"""

import gzip
import json
import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from app.export.content import Export
from app.export.grid import Grid, by_person, grids_of
from app.export.offset import Offset, offset_of
from app.export.outline import outline_of
from app.export.progress import part_of
from app.export.xdf_streams import SIGNALS
from app.store.contents import SessionHead, Value
from app.versions import version_of
from dsp.codes import Modality
from dsp.stream import Beat, FloatArray, Gap, Marker, Notice
from sensors.recorded.cell_text import cell_of

_VERSION = "1.10.0"
_TASK = "biofeedback"
_UNITS = {Modality.ECG: "mV", Modality.EDA: "uS", Modality.HR: "1/min", Modality.ACC: "mg"}
_BLOCK = 65_536  # rows written at once
_NOT_LABEL = re.compile(r"[^A-Za-z0-9]")
_EVENTS: Mapping[str, Mapping[str, object]] = {
    "onset": {"Description": "When it happened, from the session's begin", "Units": "s"},
    "duration": {"Description": "How long it lasted; 0 for a moment", "Units": "s"},
    "trial_type": {
        "Description": "What it is",
        "Levels": {
            "beat": "A heartbeat; its interval is rr_ms",
            "gap": "Data are missing; value says why",
            "marker": "A mark of a type; value is the type",
            "note": "A clinician's note",
        },
    },
    "value": {"Description": "The marker's type, the gap's reason, or the beat's verdict"},
    "rr_ms": {"Description": "The RR interval that the beat ends, as it was sent", "Units": "ms"},
}


def write_bids(export: Export, folder: Path) -> None:
    """Write a session.

    Parameters
    ----------
    export : Export
        The session, with what goes with it.
    folder : Path
        An empty folder: the dataset's root.
    """
    head = export.contents.head
    outline = outline_of(export.contents)
    told = part_of(export.progress, start_t=outline.start_t, end_t=outline.end_t, first=0.1, last=0.4)
    grids = by_person(grids_of(export.contents, outline, told))
    persons = tuple(dict.fromkeys((*head.codes, *outline.persons())))
    subjects = dict(zip(persons, _labels([head.codes.get(person) or person for person in persons]), strict=True))
    _write_dataset(folder, head, subjects)
    for k, (person, subject) in enumerate(subjects.items(), 1):
        stem = folder / f"sub-{subject}" / "beh" / f"sub-{subject}_task-{_TASK}"
        stem.parent.mkdir(parents=True)
        events = _Events(export, outline.start_t, person)
        _write_signals(stem, grids.get(person, []), events.offsets)
        _write_events(stem, events.rows)
        export.progress(0.4 + 0.6 * k / len(subjects))


def _write_dataset(folder: Path, head: SessionHead, subjects: Mapping[str, str]) -> None:
    _write_json(
        folder / "dataset_description.json",
        {
            "Name": f"Attune session {head.session}",
            "BIDSVersion": _VERSION,
            "DatasetType": "raw",
            "GeneratedBy": [{"Name": "Attune", "Version": version_of("attune-biofeedback") or "unknown"}],
        },
    )
    (folder / "README").write_text(
        "One biofeedback session, exported by Attune. Signals are the devices' own samples on an even grid, each at\n"
        "most half a sample from its time; n/a is a sample that was not received. Times count from the begin.\n",
        encoding="utf-8",
    )
    rows = "".join(f"sub-{subject}\t{cell_of(person)}\n" for person, subject in subjects.items())
    (folder / "participants.tsv").write_text(f"participant_id\trole\n{rows}", encoding="utf-8")
    _write_json(
        folder / "participants.json",
        {"role": {"Description": "Whose signals these are in the session: the client's, a partner's"}},
    )


def _write_signals(stem: Path, grids: Sequence[Grid], offsets: Mapping[tuple[str, Modality], Offset]) -> None:
    names = _labels([grid.stream.key.modality for grid in grids])
    for name, grid in zip(names, grids, strict=True):
        there = np.flatnonzero(~np.isnan(grid.values).any(axis=1))
        if len(there):
            path = stem.with_name(f"{stem.name}_recording-{name}_physio.tsv.gz")
            _write_rows(path, grid.values[there[0] : there[-1] + 1])
            key = grid.stream.key
            said = {**_described(grid, int(there[0])), **_late(offsets.get((key.source, key.modality)))}
            _write_json(path.with_name(path.name.replace(".tsv.gz", ".json")), said)


def _late(offset: Offset | None) -> Mapping[str, object]:
    """Say how late the samples are; the rows stand at the times that they were stamped with."""
    if offset is None:
        return {}
    description = "How much later than it happened it is stamped: median and 95 % interval of a bump test"
    found = {"Median": offset.median_s, "Low": offset.low_s, "High": offset.high_s, "Taps": offset.taps}
    return {"StampOffset": {"Description": description, "Units": "s", **found}}


def _described(grid: Grid, first: int) -> Mapping[str, object]:
    key = grid.stream.key
    labels = SIGNALS[key.modality].labels
    unit = {"Units": _UNITS[key.modality]} if key.modality in _UNITS else {}
    columns = {label: {"Description": f"{key.modality.upper()}, {label}", **unit} for label in labels}
    return {
        "SamplingFrequency": grid.rate_hz,
        "StartTime": first / grid.rate_hz,
        "Columns": list(labels),
        "MeasuredSamplingFrequency": grid.stream.measured_hz,
        "Source": key.source,
        **columns,
    }


def _write_rows(path: Path, values: FloatArray) -> None:
    with path.open("xb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=3) as file:
        for at in range(0, len(values), _BLOCK):
            rows = values[at : at + _BLOCK].tolist()
            file.write("".join("\t".join(map(_number, row)) + "\n" for row in rows).encode())


class _Events:
    """What happened to one person, in order, and what bump tests found of their signals: read in one pass.

    Parameters
    ----------
    export : Export
        The session, with what goes with it.
    start_t : float
        The session's begin, from which times count.
    person : str
        Whose.
    """

    def __init__(self, export: Export, start_t: float, person: str) -> None:
        self.offsets: dict[tuple[str, Modality], Offset] = {}  # the newest of each signal
        self.rows: list[tuple[float, float, str, str, float]] = []
        self._start_t = start_t
        for value in export.contents.values():
            if value.person == person:
                self._take(value)
        self.rows += [(note.t - start_t, 0.0, "note", note.text, math.nan) for note in export.notes]
        self.rows.sort()

    def _take(self, value: Value) -> None:
        match value:
            case Beat() if value.confirmed_t is not None:
                self.rows.append((value.t - self._start_t, 0.0, "beat", value.verdict, value.rr_ms))
            case Marker():
                self.rows.append((value.t - self._start_t, 0.0, "marker", value.type, math.nan))
            case Gap():
                length_s = max(value.end_s - value.start_s, 0.0)
                self.rows.append((value.start_s - self._start_t, length_s, "gap", value.reason, math.nan))
            case Notice() if (found := offset_of(value)) is not None:
                self.offsets[found[0]] = found[1]


def _write_events(stem: Path, rows: Sequence[tuple[float, float, str, str, float]]) -> None:
    with stem.with_name(f"{stem.name}_events.tsv").open("x", encoding="utf-8", newline="") as file:
        file.write("\t".join(_EVENTS) + "\n")
        for onset_s, duration_s, kind, value, rr_ms in rows:
            file.write(f"{onset_s!r}\t{duration_s!r}\t{kind}\t{cell_of(value) or 'n/a'}\t{_number(rr_ms)}\n")
    _write_json(stem.with_name(f"{stem.name}_events.json"), _EVENTS)


def _labels(texts: Sequence[str]) -> list[str]:
    """Make a BIDS label of each text, letters and digits only and no two the same."""
    labels: list[str] = []
    for text in texts:
        label = _NOT_LABEL.sub("", text) or "x"
        same = sum(re.fullmatch(rf"{label}[0-9]*", other) is not None for other in labels)
        labels.append(label if not same else f"{label}{same + 1}")
    return labels


def _number(value: float) -> str:
    return repr(value) if math.isfinite(value) else "n/a"


def _write_json(path: Path, said: Mapping[str, object]) -> None:
    path.write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
