# SPDX-License-Identifier: MIT
"""Where the files of the sessions lie in the data folder."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from app.store.session_folder import file_of, name_of
from app.store.versions import versions_of

SESSIONS = "sessions"
LOCK_FILE = "session.lock"


def session_folder(folder: Path, session: str) -> Path:
    """Give the folder of a session."""
    return folder / SESSIONS / session


def part_files(session: Path, name: str) -> Iterator[Path]:
    """Give the file of one person and what SQLite keeps beside it, as far as they are there."""
    path = file_of(session, name)
    for found in (path, *(path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm", "-journal"))):
        if found.exists():
            yield found


def remove_part(session: Path, name: str) -> None:
    """Remove the files of one person, of each version; what cannot be removed has no key any more."""
    names = [name, *versions_of(map(name_of, session.glob("*")), name)]
    for path in (path for one in names for path in part_files(session, one)):
        with contextlib.suppress(OSError):
            path.unlink()


def remove_session(session: Path) -> None:
    """Remove a session's folder with all that is in it."""
    with contextlib.suppress(OSError):
        for path in session.iterdir():
            path.unlink()
        session.rmdir()


def size_of(session: Path) -> int:
    """Give the bytes of all files of a session."""
    return sum(path.stat().st_size for path in session.glob("*") if path.is_file())
