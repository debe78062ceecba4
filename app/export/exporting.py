# SPDX-License-Identifier: MIT
"""The export of one session, whatever the format: de-identified by default, whole or not at all."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from app.export.content import Export, Note
from app.export.deidentify import Deidentified
from app.export.progress import Progress, untold
from app.export.safe_path import whole_path
from app.store.codes import new_code
from app.store.contents import SessionContents


class Format(StrEnum):
    """What a session can be exported to."""

    XDF = "xdf"
    CSV = "csv"
    EDF = "edf"
    BIDS = "bids"
    PARQUET = "parquet"


def export_session(
    contents: SessionContents,
    form: Format,
    path: Path,
    *,
    identified: bool = False,
    notes: Sequence[Note] = (),
    day: int = 0,
    force: bool = False,
    progress: Progress = untold,
) -> None:
    """Export a session to one file (XDF, EDF+) or one folder (CSV, BIDS, Parquet).

    Parameters
    ----------
    contents : SessionContents
        The session.
    form : Format
        What it becomes.
    path : Path
        The file or folder to be made.
    identified : bool
        Whether client codes, date, devices' names and serial numbers stay in it.
    notes : sequence of Note
        The clinician's notes, only where they were ticked for this one export; their text is not looked through.
    day : int
        Days since the client's first session, all that a de-identified export says of its date.
    force : bool
        Whether what stands at `path` is replaced.
    progress : callable
        Hears the share that is done; what it raises ends the export, which leaves nothing behind.

    Raises
    ------
    AppError
        `BAD_TARGET`, `ALREADY_THERE`, `NO_SPACE`, `CANNOT_WRITE`, `MISSING_EXTRA` or `NOTHING_TO_EXPORT`.
    """
    read = contents if identified else Deidentified(contents, code=new_code("X"), day=day)
    shift_s = contents.head.started_t - read.head.started_t
    moved = tuple(Note(note.t - shift_s, note.text) for note in notes)
    with whole_path(path, force=force) as beside:
        _WRITERS[form](Export(read, moved, progress), beside)


def _to_xdf(export: Export, path: Path) -> None:
    from app.export.xdf import write_xdf

    with path.open("xb") as file:
        write_xdf(export, file)


def _to_edf(export: Export, path: Path) -> None:
    from app.export.edf import write_edf

    write_edf(export, path)


def _to_csv(export: Export, path: Path) -> None:
    from app.export.csv_text import write_csv

    path.mkdir()
    write_csv(export, path)


def _to_bids(export: Export, path: Path) -> None:
    from app.export.bids import write_bids

    path.mkdir()
    write_bids(export, path)


def _to_parquet(export: Export, path: Path) -> None:
    from app.export.parquet import write_parquet

    path.mkdir()
    write_parquet(export, path)


_WRITERS: Mapping[Format, Callable[[Export, Path], None]] = MappingProxyType(
    {
        Format.XDF: _to_xdf,
        Format.CSV: _to_csv,
        Format.EDF: _to_edf,
        Format.BIDS: _to_bids,
        Format.PARQUET: _to_parquet,
    }
)
