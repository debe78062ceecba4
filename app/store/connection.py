# SPDX-License-Identifier: MIT
"""Connections to a session's encrypted files, and what is the matter with a disk when they fail.

A session file is held by one connection alone (`locking_mode = EXCLUSIVE`): its index of the WAL then lies in memory,
so that a disk that is full or taken away is an error that can be told, and never a fault of a mapped page.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, cast

from sqlcipher3 import dbapi2

from app.errors import AppError, Fault
from dsp.codes import Reason
from resources.words import gettext as _

if TYPE_CHECKING:
    from sqlite3 import Connection  # sqlcipher3 has no types, and the interface of sqlite3

KEY_BYTES = 32

_FULL_BYTES = 1 << 20  # less than a checkpoint of the WAL may need
_BESIDE = ("-wal", "-journal", "-shm")
_PRIMARY = 0xFF  # an extended result code has its primary one in the lowest byte
_REASONS = {
    dbapi2.SQLITE_FULL: Reason.DISK_FULL,
    dbapi2.SQLITE_READONLY: Reason.DISK_READ_ONLY,
    dbapi2.SQLITE_PERM: Reason.DISK_READ_ONLY,
    dbapi2.SQLITE_CORRUPT: Reason.RECORD_DAMAGED,
    dbapi2.SQLITE_NOTADB: Reason.RECORD_DAMAGED,
    dbapi2.SQLITE_BUSY: Reason.HELD_ELSEWHERE,
}


class StoreError(AppError):
    """A session's file that cannot be read or written just now, and why.

    Parameters
    ----------
    reason : Reason
        `DISK_FULL`, `DISK_READ_ONLY`, `DISK_GONE`, `DISK_FAULT`, `RECORD_DAMAGED` or `HELD_ELSEWHERE`.
    detail : str
        One clear sentence.
    """

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(Fault.NOT_WRITTEN, detail)
        self.reason = reason


def connect(path: Path, key: bytes, *, mode: str) -> "Connection":
    """Open an encrypted file that is held by this connection alone.

    Parameters
    ----------
    path : Path
        The file.
    key : bytes, 32
        Used as it is, with no derivation.
    mode : str
        `rwc` makes the file where there is none, `rw` does not, `ro` writes nothing.

    Raises
    ------
    StoreError
        When it cannot be opened, or its first page is damaged (another key looks the same).
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key must have {KEY_BYTES} bytes, not {len(key)}")
    address = f"{address_of(path.absolute())}?mode={mode}"
    if mode == "ro" and not beside(path):
        address += "&immutable=1"  # nobody writes it: it is read from any disk, also one that cannot be written
    with troubles(path):
        opened = dbapi2.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=1.0)
        connection = cast("Connection", opened)
        try:
            _set_up(connection, key, mode)
        except dbapi2.Error:
            connection.close()
            raise
    return connection


def address_of(path: PurePath) -> str:
    """Give an absolute path as SQLite takes it: with a drive, or on another machine, on Windows as well."""
    return path.as_uri()


def beside(path: Path) -> Sequence[Path]:
    """Give the files that SQLite has left beside one, where they are there: it is written, or was left by a crash."""
    found = [path.with_name(path.name + end) for end in _BESIDE]
    return [one for one in found if one.exists()]


def _set_up(connection: "Connection", key: bytes, mode: str) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for setting in ("locking_mode = EXCLUSIVE", "synchronous = FULL", "fullfsync = ON", "checkpoint_fullfsync = ON"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA trusted_schema = OFF")
    if mode == "ro":
        connection.execute("PRAGMA query_only = ON")
    else:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("SELECT count(*) FROM sqlite_schema")


@contextmanager
def troubles(path: Path) -> Iterator[None]:
    """Turn the errors of the disk and of the library into `StoreError`; no value ever enters a message."""
    try:
        yield
    except dbapi2.IntegrityError:
        raise  # a rule of the tables: ours to prevent
    except (dbapi2.DatabaseError, OSError) as error:
        reason = _reason(path, error)
        raise StoreError(reason, f"{path.name}: {_words(reason)} ({error})") from error


def _reason(path: Path, error: "dbapi2.DatabaseError | OSError") -> Reason:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code in _REASONS and code != dbapi2.SQLITE_BUSY:
        return _REASONS[code]
    if not path.parent.is_dir() or not path.is_file():
        return Reason.DISK_GONE
    if _has_no_room(path.parent):
        return Reason.DISK_FULL
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        return Reason.DISK_READ_ONLY
    return _REASONS.get(code, Reason.DISK_FAULT)


def _has_no_room(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _FULL_BYTES
    except OSError:
        return False


def _words(reason: Reason) -> str:
    return {
        Reason.DISK_FULL: _("the disk is full"),
        Reason.DISK_READ_ONLY: _("the disk takes no writing"),
        Reason.DISK_GONE: _("the disk or the file is gone"),
        Reason.RECORD_DAMAGED: _("it is damaged, or its key is another one"),
        Reason.HELD_ELSEWHERE: _("another Attune holds it"),
    }.get(reason, _("the disk reports a fault"))
