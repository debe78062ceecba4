# SPDX-License-Identifier: MIT
"""The table of a batch, and the parts that it is put together from.

Law: each recording's rows are on the disk before they count as done, so that a batch that was stopped goes on where it
was; the table is written at the end, whole or not at all, in the order of the recordings, whoever was done first. Parts
are found again by the file's content, the versions and the options alone.
"""

import csv
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from shutil import rmtree

from app.analyze.windows import ROW_COLUMNS, TEXT_COLUMNS, Cell, Row
from app.errors import AppError, Fault
from app.export.safe_path import said_of, whole_path
from app.versions import version_texts
from resources.words import gettext as _
from sensors.recorded.cell_text import cell_of

_VERSIONS = ("attune", "scorer", "python", "numpy", "scipy")
_ORIGIN = ("recording", "file_sha256")
_TEXTS = TEXT_COLUMNS | {"recording", "file_sha256", "why", "detail", *_VERSIONS}
COLUMNS = ("recording", *ROW_COLUMNS, "why", "detail", "file_sha256", *_VERSIONS)
PARQUET, CSV = ".parquet", ".csv"
_GROUP = 16_384  # rows of a Parquet group


class Parts:
    """The rows that are done, a file for each recording, beside the table.

    Parameters
    ----------
    out : Path
        The table.
    key : str
        Of the options and versions.
    """

    def __init__(self, out: Path, key: str) -> None:
        self._folder = out.with_name(f".{out.name}.parts")
        self._key = key

    def begin(self, *, resume: bool, force: bool) -> None:
        """Make the folder; what an earlier run left is gone on with, or removed, or told of.

        Raises
        ------
        AppError
            `ALREADY_THERE` where an earlier run was interrupted and nothing was said of it; `CANNOT_WRITE`.
        """
        if self._folder.exists() and not (resume or force):
            words = _("an earlier run was interrupted; --resume goes on with it, --force begins anew")
            raise AppError(Fault.ALREADY_THERE, words)
        with said_of(self._folder):
            if force and not resume:
                rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(exist_ok=True)

    def has(self, sha256: str) -> bool:
        """Tell whether a recording is done."""
        return self._path(sha256).exists()

    def keep(self, sha256: str, rows: Sequence[Row]) -> None:
        """Keep a recording's rows.

        Raises
        ------
        AppError
            `NO_SPACE` or `CANNOT_WRITE`; what was kept before stays, to go on with.
        """
        path = self._path(sha256)
        partial = path.with_suffix(".partial")
        with said_of(path):
            with partial.open("w", encoding="utf-8") as file:
                json.dump(rows, file)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)

    def read(self, sha256: str) -> list[Row]:
        """Give a recording's rows."""
        rows: list[Row] = json.loads(self._path(sha256).read_text(encoding="utf-8"))
        return rows

    def remove(self) -> None:
        """Remove them all: the table is there."""
        rmtree(self._folder, ignore_errors=True)

    def _path(self, sha256: str) -> Path:
        return self._folder / f"{sha256[:32]}-{self._key}.json"


def write_table(out: Path, recordings: Iterable[tuple[str, str]], parts: Parts, *, force: bool) -> None:
    """Write the table from its parts.

    Parameters
    ----------
    out : Path
        Ends in .csv or .parquet.
    recordings : iterable of tuple of str
        Each one's name and SHA-256, in order.
    parts : Parts
        Their rows.
    force : bool
        Whether what stands there is replaced.

    Raises
    ------
    AppError
        `NO_SPACE`, `CANNOT_WRITE`, `ALREADY_THERE`, or `MISSING_EXTRA` where pyarrow is wanted and not there.
    """
    rows = _rows(recordings, parts)
    with whole_path(out, force=force) as beside:
        if out.suffix == PARQUET:
            _write_parquet(beside, rows)
        else:
            _write_csv(beside, rows)


def refuse_other_kinds(out: Path) -> None:
    """Refuse a table that is neither CSV nor Parquet, or whose writer is not installed."""
    if out.suffix not in (CSV, PARQUET):
        words = _("the table's name must end in .csv or .parquet, not {name}")
        raise AppError(Fault.BAD_TARGET, words.format(name=repr(out.name)))
    if out.suffix == PARQUET:
        try:
            import pyarrow  # noqa: F401 - whether it is there
        except ImportError as error:
            words = _("Parquet needs pyarrow, which is not installed; install Attune with its extra: {name}")
            raise AppError(Fault.MISSING_EXTRA, words.format(name="attune-biofeedback[parquet]")) from error


def _rows(recordings: Iterable[tuple[str, str]], parts: Parts) -> Iterator[Row]:
    versions = {name: text for name, text in version_texts().items() if name in _VERSIONS}
    for name, sha256 in recordings:
        origin = dict(zip(_ORIGIN, (name, sha256), strict=True))
        for row in parts.read(sha256):
            yield {**row, **origin, **versions}


def _write_csv(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([_text(row.get(name)) for name in COLUMNS] for row in rows)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell_of(cell) if isinstance(cell, str) else repr(cell)


def _write_parquet(path: Path, rows: Iterable[Row]) -> None:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = pa.schema([(name, pa.string() if name in _TEXTS else pa.float64()) for name in COLUMNS])
    with ExitStack() as stack:
        writer = stack.enter_context(ParquetWriter(path, schema))
        for group in _groups(rows):
            columns: Mapping[str, list[Cell]] = {name: [row.get(name) for row in group] for name in COLUMNS}
            writer.write_table(pa.table(columns, schema=schema))


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in rows:
        group.append(row)
        if len(group) == _GROUP:
            yield group
            group = []
    if group:
        yield group
