# SPDX-License-Identifier: MIT
"""A batch from its paths to its table, wherever the work is done."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.analyze.lanes import analyse_in_lanes
from app.analyze.recordings import FoundFile, content_hash, find_files
from app.analyze.table import Parts, refuse_other_kinds, write_table
from app.analyze.windows import Row
from app.analyze.work import Options, analyse_session
from app.export.safe_path import refuse_bad_target
from app.store.contents import SessionContents

Told = Callable[[int], object]
"""Hears how many bytes more are done."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be analysed, and where the table goes.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders.
    sessions : sequence of SessionContents
        Stored sessions; they stay in this process, since their keys do.
    out : Path
        The table.
    options : Options
        How recordings are analysed.
    lanes : int
        How many processes.
    scheduler : str or None
        Of a Dask cluster in place of local processes.
    resume, force : bool
        Go on with an interrupted run; replace what is there.
    """

    paths: Sequence[Path]
    out: Path
    options: Options
    lanes: int
    sessions: Sequence[SessionContents] = ()
    scheduler: str | None = None
    resume: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a batch came to: how many recordings, and how many of them gave no rows."""

    recordings: int
    bad: int


def sizes(files: Sequence[FoundFile]) -> int:
    """Give what there is to do, in bytes; an empty file is a byte of work."""
    return sum(max(file.bytes, 1) for file in files)


def files_of(batch: Batch) -> list[FoundFile]:
    """Refuse what cannot be written, then find what is to be read.

    Raises
    ------
    AppError
        `BAD_TARGET`, `ALREADY_THERE`, `MISSING_EXTRA`.
    SensorError
        `FILE_MISSING`, `FILE_EMPTY`.
    """
    refuse_other_kinds(batch.out)
    refuse_bad_target(batch.out, force=batch.force)
    return find_files(batch.paths, leave_out=batch.out) if batch.paths else []


def run_batch(batch: Batch, files: Sequence[FoundFile], told: Told) -> Outcome:
    """Analyse what is not done yet, and write the table.

    Raises
    ------
    AppError
        `ALREADY_THERE`, `NO_SPACE`, `CANNOT_WRITE`, `NO_SCHEDULER`; what is done is kept to go on with.
    """
    parts = Parts(batch.out, batch.options.key())
    parts.begin(resume=batch.resume, force=batch.force)
    hashes = {file: content_hash(file.path) for file in files}
    named = {contents.head.session: _hash_of(contents) for contents in batch.sessions}
    bad = 0
    for contents in batch.sessions:
        if not parts.has(named[contents.head.session]):
            parts.keep(named[contents.head.session], analyse_session(contents, batch.options))
    for file, rows in _done(batch, files, hashes, parts, told):
        parts.keep(hashes[file], rows)
        told(max(file.bytes, 1))
    recordings = [*named.items(), *((file.name, hashes[file]) for file in files)]
    bad = sum(any(row["row"] == "error" for row in parts.read(sha256)) for _name, sha256 in recordings)
    write_table(batch.out, recordings, parts, force=batch.force)
    parts.remove()
    return Outcome(len(recordings), bad)


def _done(
    batch: Batch, files: Sequence[FoundFile], hashes: dict[FoundFile, str], parts: Parts, told: Told
) -> Iterator[tuple[FoundFile, list[Row]]]:
    """Give the rows of each file that is not done; one content is done once."""
    left: dict[str, FoundFile] = {}
    for file in files:
        if parts.has(hashes[file]) or hashes[file] in left:
            told(max(file.bytes, 1))
        else:
            left[hashes[file]] = file
    if batch.scheduler is not None:
        from app.analyze.cluster import analyse_on_cluster

        return analyse_on_cluster(list(left.values()), batch.options, batch.scheduler)
    return analyse_in_lanes(list(left.values()), batch.options, batch.lanes)


def _hash_of(contents: SessionContents) -> str:
    from hashlib import sha256

    head = contents.head
    return sha256(f"{head.session} {head.sha256} {head.lost_s}".encode()).hexdigest()
