# SPDX-License-Identifier: MIT
"""Which recordings a batch is made of: the files below the given paths, in one order, and what tells each from others.

Law: the order depends on the names alone. Of an exported session only its samples are read; hidden files, and tables
that a batch wrote, are none.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dsp.codes import Reason
from resources.words import gettext as _
from sensors.source import SensorError

_KINDS = (".xdf", ".xdfz", ".xdf.gz", ".edf", ".csv")
_ABOUT, _SAMPLES = "about.json", "samples.csv"  # of an exported session (app/export/csv_text.py)
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may be a recording: where it is, and how the table calls it."""

    path: Path
    name: str
    bytes: int


def find_files(paths: Iterable[Path], *, leave_out: Path) -> list[FoundFile]:
    """List the recordings below some paths.

    Parameters
    ----------
    paths : iterable of Path
        A file is taken as it is; below a folder, files named as recordings are.
    leave_out : Path
        The table that is to be written: it may lie there from an earlier time.

    Raises
    ------
    SensorError
        `FILE_MISSING` where a path is none; `FILE_EMPTY` where nothing is found.
    """
    found: dict[Path, FoundFile] = {}
    for given in paths:
        if not given.exists():
            raise SensorError(Reason.FILE_MISSING, _("there is no {path}").format(path=given))
        for path in _below(given) if given.is_dir() else [given]:
            if path.resolve() != leave_out.resolve():
                name = path.relative_to(given).as_posix() if given.is_dir() else path.name
                found.setdefault(path.resolve(), FoundFile(path, name, path.stat().st_size))
    if not found:
        words = _("there is no recording to analyse; XDF, EDF and CSV files are, and folders with such.")
        raise SensorError(Reason.FILE_EMPTY, words)
    return list(found.values())


def content_hash(path: Path) -> str:
    """Give the SHA-256 of a file's content; of what cannot be read, of nothing."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError:
        return hashlib.sha256(str(path).encode()).hexdigest()
    return digest.hexdigest()


def _below(folder: Path) -> Iterator[Path]:
    entries = sorted(folder.iterdir(), key=lambda path: path.name)
    if {_ABOUT, _SAMPLES} <= {path.name for path in entries}:
        yield folder / _SAMPLES
        return
    for path in entries:
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink() and not path.name.endswith(".parts"):
            yield from _below(path)
        elif path.is_file() and path.name.lower().endswith(_KINDS):
            yield path
