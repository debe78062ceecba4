# SPDX-License-Identifier: MIT
"""A session as a folder of CSV tables, with the intervals as plain text.

Law: `samples.csv` is the session: `attune replay` reads it back and gives the same numbers. No cell begins a formula.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from app.export.content import Export
from app.export.progress import part_of
from app.export.safe_path import safe_name
from app.export.tables import COLUMNS, Cell, rows_of
from app.store.contents import SessionHead
from dsp.codes import Modality
from dsp.stream import Chunk
from sensors.recorded import session_rows
from sensors.recorded.cell_text import cell_of


def write_csv(export: Export, folder: Path) -> None:
    """Write a session.

    Parameters
    ----------
    export : Export
        The session, with what goes with it.
    folder : Path
        An empty folder. It gets `samples.csv`, a table for each kind of value, `rr_PERSON.txt` (ms, one a line) for
        each person with intervals, and `about.json`.
    """
    head = export.contents.head
    (folder / "about.json").write_text(json.dumps(about(head), indent=2) + "\n", encoding="utf-8")
    _write_samples(export, folder)
    _write_tables(export, folder)
    if export.notes:
        with _opened(folder / "notes.csv") as file:
            file.write("t_s,text\n")
            file.writelines(_line([note.t, note.text]) for note in export.notes)
    export.progress(1.0)


def about(head: SessionHead) -> Mapping[str, object]:
    """Say what a session is: for a file beside its tables."""
    return {
        "session": head.session,
        "codes": dict(head.codes),
        "started_utc_s": head.started_utc_s,
        "utc_offset_s": head.utc_offset_s,
        "started_t_s": head.started_t,
        "ended_t_s": head.ended_t,
        "lost_s": head.lost_s,
        "is_synthetic": head.is_synthetic,
        "sha256": head.sha256,
        "versions": dict(head.versions),
    }


def _write_samples(export: Export, folder: Path) -> None:
    head = export.contents.head
    told = part_of(export.progress, start_t=head.started_t, end_t=head.ended_t or head.started_t, first=0.0, last=0.8)
    intervals: dict[str, TextIO] = {}
    with ExitStack() as open_files:
        samples = open_files.enter_context(_opened(folder / "samples.csv"))
        samples.write(session_rows.header_rows(tuple(head.codes)))
        for item in export.contents.items():
            samples.write(session_rows.rows_of(item))
            if isinstance(item, Chunk):
                told(item.arrival)
                if item.modality is Modality.RR:
                    if item.person not in intervals:
                        path = folder / f"rr_{len(intervals) + 1}_{safe_name(item.person)}.txt"
                        intervals[item.person] = open_files.enter_context(_opened(path))
                    intervals[item.person].writelines(f"{rr_ms!r}\n" for rr_ms in item.values.tolist())


def _write_tables(export: Export, folder: Path) -> None:
    with ExitStack() as open_files:
        tables = {name: open_files.enter_context(_opened(folder / f"{name}.csv")) for name in COLUMNS}
        for name, file in tables.items():
            file.write(",".join(column.name for column in COLUMNS[name]) + "\n")
        for name, row in rows_of(export.contents.values()):
            tables[name].write(_line(row))


def _line(row: Sequence[Cell]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([_cell(cell) for cell in row])
    return line.getvalue()


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell_of(cell) if isinstance(cell, str) else repr(cell)


def _opened(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")
