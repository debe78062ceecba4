# SPDX-License-Identifier: MIT
"""A session as Parquet tables, for data frames: one of each modality's samples, one of each kind of value.

Law: numbers are float64 to the last bit, what is missing is null; rows are written as they come, in bounded memory.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.errors import AppError, Fault
from app.export.content import Export
from app.export.csv_text import about
from app.export.progress import part_of
from app.export.tables import COLUMNS, Cell, rows_of
from dsp.stream import Chunk
from resources.words import gettext as _
from sensors.recorded.session_rows import SIGNALS

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

_ROWS = 65_536  # of a group
_SAMPLE_TEXTS = frozenset({"person", "source"})


def write_parquet(export: Export, folder: Path) -> None:
    """Write a session.

    Parameters
    ----------
    export : Export
        The session, with what goes with it.
    folder : Path
        An empty folder. It gets `samples_MODALITY.parquet` and a table of each kind of value.

    Raises
    ------
    AppError
        `MISSING_EXTRA` where pyarrow is not installed.
    """
    try:
        import pyarrow  # noqa: F401 - whether it is there
    except ImportError as error:
        words = _("Parquet needs pyarrow, which is not installed; install Attune with its extra: {name}")
        raise AppError(Fault.MISSING_EXTRA, words.format(name="attune-biofeedback[parquet]")) from error
    head = export.contents.head
    end_t = head.ended_t or head.started_t
    told = part_of(export.progress, start_t=head.started_t, end_t=end_t, first=0.0, last=0.8)
    with ExitStack() as stack:
        tables = _Tables(folder, stack, {"session": json.dumps(about(head))})
        for item in export.contents.items():
            if isinstance(item, Chunk) and len(item.t):
                told(item.arrival)
                tables.add(f"samples_{item.modality}", _samples(item), _SAMPLE_TEXTS, len(item.t))
        for name, rows in _in_blocks(rows_of(export.contents.values())):
            names = [column.name for column in COLUMNS[name]]
            texts = {column.name for column in COLUMNS[name] if column.is_text}
            tables.add(name, dict(zip(names, zip(*rows, strict=True), strict=True)), texts, len(rows))
        if export.notes:
            said: Mapping[str, Iterable[object]] = {
                "t_s": [note.t for note in export.notes],
                "text": [note.text for note in export.notes],
            }
            tables.add("notes", said, {"text"}, len(export.notes))
    export.progress(1.0)


class _Tables:
    """The files of a folder, each begun with its first rows."""

    def __init__(self, folder: Path, stack: ExitStack, said: Mapping[str, str]) -> None:
        self._folder = folder
        self._writers: dict[str, ParquetWriter] = {}
        self._waiting: dict[str, list[pa.Table]] = {}
        self._said = said
        stack.callback(self._close)

    def add(self, name: str, columns: Mapping[str, Iterable[object]], texts: Set[str], n: int) -> None:
        """Add rows, by their columns; they are written when there are enough for a group."""
        import pyarrow as pa

        schema = pa.schema(
            [(name, pa.string() if name in texts else pa.float64()) for name in columns],
            metadata=dict(self._said),
        )
        arrays = [
            pa.repeat(cells, n) if isinstance(cells, str) else pa.array(cells, field.type, from_pandas=True)
            for cells, field in zip(columns.values(), schema, strict=True)
        ]
        waiting = self._waiting.setdefault(name, [])
        waiting.append(pa.Table.from_arrays(arrays, schema=schema))
        if sum(map(len, waiting)) >= _ROWS:
            self._write(name)

    def _write(self, name: str) -> None:
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter

        table = pa.concat_tables(self._waiting.pop(name))
        if name not in self._writers:
            self._writers[name] = ParquetWriter(self._folder / f"{name}.parquet", table.schema)
        self._writers[name].write_table(table)

    def _close(self) -> None:
        for name in list(self._waiting):
            self._write(name)
        for writer in self._writers.values():
            writer.close()


def _samples(chunk: Chunk) -> Mapping[str, Iterable[object]]:
    values = np.where(np.isfinite(chunk.values), chunk.values, math.nan).reshape(len(chunk.t), -1)
    return {
        "t_s": chunk.t,
        **{name: values[:, k] for k, name in enumerate(SIGNALS[chunk.modality])},
        "arrival_s": np.full(len(chunk.t), chunk.arrival),
        "person": str(chunk.person),
        "source": str(chunk.source),
    }


def _in_blocks(rows: Iterable[tuple[str, Sequence[Cell]]]) -> Iterator[tuple[str, list[Sequence[Cell]]]]:
    """Gather the rows of each table."""
    gathered: dict[str, list[Sequence[Cell]]] = {}
    for name, row in rows:
        block = gathered.setdefault(name, [])
        block.append(row)
        if len(block) == _ROWS:
            yield name, gathered.pop(name)
    yield from gathered.items()
