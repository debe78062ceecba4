# SPDX-License-Identifier: MIT
"""Opens encrypted database files in the one way: SQLCipher, a raw key, WAL, and every commit on the disk.

Law: what `write` has left without an error is on the disk. Names and values never enter a message of an error.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sqlcipher3 import dbapi2

from app.errors import AppError, Fault
from resources.words import gettext as _

if TYPE_CHECKING:
    from sqlite3 import Connection  # sqlcipher3 has no types, and the interface of sqlite3

KEY_BYTES = 32
_BUSY_S = 5.0

Row = tuple[object, ...]


class Database:
    """One open encrypted file, for any thread: one transaction at a time.

    Parameters
    ----------
    path : Path
        The file; made where there is none.
    key : bytes, 32
        Used as it is, with no derivation.

    Attributes
    ----------
    may_write : bool
        Whether it may be changed.
    on_commit : callable
        Called after each transaction that is on the disk.

    Raises
    ------
    AppError
        `VAULT_DAMAGED` where the key does not fit or the first page is damaged: the two look the same.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self.may_write = True
        self.on_commit: Callable[[], None] = lambda: None
        self._key = key
        self._lock = threading.RLock()
        with _plainly(path):
            self._connection = _connect(path, key)

    @contextmanager
    def write(self) -> "Iterator[Connection]":
        """Give the connection for one transaction: all of it is on the disk afterwards, or nothing.

        Raises
        ------
        AppError
            `NEWER_STORE` where it is only read, `STORE_BUSY`, `NOT_WRITTEN`, `VAULT_DAMAGED`.
        """
        self.require_writable()
        with self._lock, _plainly(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
                self.on_commit()
            except BaseException:
                if self._connection.in_transaction:  # a full disk may have ended it already
                    self._connection.execute("ROLLBACK")
                raise

    def read(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Give all rows of a query."""
        with self._lock, _plainly(self.path):
            return self._connection.execute(sql, tuple(values)).fetchall()

    def only_read(self) -> None:
        """Refuse every write from now on."""
        self.may_write = False
        self.read("PRAGMA query_only = ON")

    def require_writable(self) -> None:
        """Refuse with `NEWER_STORE` where it is only read."""
        if not self.may_write:
            words = _("{name} was written by a newer version of Attune, and this one only reads it; use the newer one.")
            raise AppError(Fault.NEWER_STORE, words.format(name=self.path.name))

    def is_sound(self) -> bool:
        """Check every page against its keyed checksum, and the structure."""
        with self._lock:
            return _is_sound(self._connection)

    def copy_and_check(self, path: Path) -> bool:
        """Write a whole copy, consistent although others write meanwhile, and open it again to check it.

        Parameters
        ----------
        path : Path
            The copy, of the same key; it must not be there.

        Returns
        -------
        bool
            Whether the copy is sound; it is left where it is.
        """
        with self._lock, _plainly(path):
            copy = _connect(path, self._key)
            try:
                self._connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")  # one file: nothing beside it to be forgotten
            finally:
                copy.close()
        return is_sound_file(path, self._key)

    def tidy(self) -> None:
        """Move everything out of the WAL and empty it, so that nothing deleted is left in it."""
        self.read("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def is_sound_file(path: Path, key: bytes) -> bool:
    """Check a file that need not be open, and change nothing: whether the key fits, and every page is whole."""
    try:
        connection = _opened(path, key, "PRAGMA query_only = ON")
    except dbapi2.Error:
        return False
    try:
        return _is_sound(connection)
    finally:
        connection.close()


def _is_sound(connection: "Connection") -> bool:
    try:
        bad_pages = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        return not bad_pages and connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except dbapi2.Error:
        return False


def _connect(path: Path, key: bytes) -> "Connection":
    durable = ("journal_mode = WAL", "synchronous = FULL", "fullfsync = ON", "checkpoint_fullfsync = ON")
    careful = ("secure_delete = ON", "foreign_keys = ON", "temp_store = MEMORY", "trusted_schema = OFF")
    return _opened(path, key, *(f"PRAGMA {setting}" for setting in (*durable, *careful)))


def _opened(path: Path, key: bytes, *statements: str) -> "Connection":
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key must have {KEY_BYTES} bytes, not {len(key)}")
    opened = dbapi2.connect(
        path.absolute().as_uri(), uri=True, isolation_level=None, check_same_thread=False, timeout=_BUSY_S
    )
    connection = cast("Connection", opened)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for statement in statements:
            connection.execute(statement)
    except dbapi2.Error:
        connection.close()
        raise
    return connection


@contextmanager
def _plainly(path: Path) -> Iterator[None]:
    """Turn the library's errors into ours: what happened to the file, never what was written."""
    try:
        yield
    except dbapi2.IntegrityError:
        raise  # a rule of the tables: ours to prevent
    except dbapi2.OperationalError as error:
        raise _operational(path, error) from error
    except dbapi2.DatabaseError as error:
        words = _("{name} cannot be read: it is damaged, or its key is another one; restore it from a backup.")
        raise AppError(Fault.VAULT_DAMAGED, words.format(name=path.name)) from error


def _operational(path: Path, error: "dbapi2.OperationalError") -> AppError:
    if "locked" in str(error):
        return AppError(
            Fault.STORE_BUSY,
            _("{name} is held by another Attune; close that one, or try again.").format(name=path.name),
        )
    words = _("{name} cannot be used ({why}); is its disk full, write-protected or gone?")
    return AppError(Fault.NOT_WRITTEN, words.format(name=path.name, why=str(error)))
