# SPDX-License-Identifier: MIT
"""One encrypted file of a session, and its one schema: blocks in their order, and what is known of the whole.

Law: what `append` has left without an error is on the disk. Each block has a running number and a chain value: where a
file ends is compared with what was noted elsewhere, since with a bit flipped in its WAL a file ends early in silence.
"""

import contextlib
import json
import math
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import cast

from sqlcipher3 import dbapi2

from app.store.block import Block
from app.store.connection import StoreError, connect, troubles
from app.store.rows import Vocabulary
from dsp.codes import Reason

VERSION = 1

_BLOCK = """(
    n INTEGER PRIMARY KEY, batch INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    start_t REAL NOT NULL, end_t REAL NOT NULL, items BLOB NOT NULL, made BLOB NOT NULL,
    vocabulary INTEGER NOT NULL, chain BLOB NOT NULL) STRICT"""
_SCHEMA = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT",
    "CREATE TABLE vocabulary (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT",
    f"CREATE TABLE block {_BLOCK}",
    f"CREATE TABLE growing {_BLOCK}",  # the newest one: written anew with each commit, it would leave holes among them
    "CREATE VIEW blocks AS SELECT * FROM block UNION ALL SELECT * FROM growing",
)
_SELECT = "SELECT n, batch, first, last, start_t, end_t, items, made, vocabulary, chain FROM blocks "
_CHAIN_KEY = "chain_key"
_CHAIN_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Tail:
    """Where a file ends: its newest block's number, batch, last frame, end in seconds, and chain value."""

    n: int = 0
    batch: int = 0
    last: int = -1
    end_t: float = -math.inf
    chain: bytes = b""

    def covers(self, known: "Tail") -> bool:
        """Tell whether a block of that number is the one that was known, or what it has grown to since."""
        return self.n == known.n and (self.chain == known.chain or self.batch > known.batch)


@dataclass(frozen=True, slots=True)
class Stored:
    """A block as it was read, with what it is written in and the chain value that stands beside it."""

    block: Block
    vocabulary: int
    chain: bytes

    @property
    def tail(self) -> Tail:
        """Where a file ends whose newest block this is."""
        block = self.block
        return Tail(block.n, block.batch, block.last, block.end_t, self.chain)


class SessionFile:
    """An open file of a session.

    Parameters
    ----------
    path : Path
        The file.
    key : bytes, 32
        Its key.
    mode : str
        `rwc` makes the file and its tables where there are none, `rw` does not, `ro` writes nothing.

    Raises
    ------
    StoreError
        When the disk or the file cannot be used.
    """

    def __init__(self, path: Path, key: bytes, *, mode: str) -> None:
        self.path = path
        self._key = key
        self._mode = mode
        self._db = connect(path, key, mode=mode)
        self._inode = _inode(path)
        self._vocabularies: dict[int, Vocabulary] = {}
        self._written_in: dict[str, int] = {}
        try:
            self._prepare()
        except StoreError:
            self._db.close()
            raise

    @property
    def version(self) -> int:
        """The version of its schema; 0: a crash left it before anything was in it."""
        with troubles(self.path):
            return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    @property
    def tail(self) -> Tail:
        """Where the file ends."""
        with troubles(self.path):
            row = self._db.execute(_SELECT + "ORDER BY n DESC LIMIT 1").fetchone() if self.version else None
        return _stored(row).tail if row else Tail()

    def block(self, n: int) -> Stored | None:
        """Give the `n`-th block; None where there is none."""
        with troubles(self.path):
            row = self._db.execute(_SELECT + "WHERE n = ?", (n,)).fetchone() if self.version else None
        return None if row is None else _stored(row)

    def holds(self, tail: Tail) -> bool:
        """Tell whether the file holds everything up to a place where it ended before."""
        if tail.n == 0:
            return True
        stored = self.block(tail.n)
        return stored is not None and stored.tail.covers(tail)

    def meta(self, name: str) -> object:
        """Give what is kept under a name; None where there is nothing."""
        with troubles(self.path):
            row = self._db.execute("SELECT body FROM meta WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def write(
        self, block: Block | None, before: bytes, vocabulary: str, meta: Mapping[str, object] | None = None
    ) -> bytes:
        """Put a block in its place, in one transaction that is on the disk afterwards.

        Parameters
        ----------
        block : Block or None
            What to write, also over the block of its number; None: `meta` alone.
        before : bytes
            The chain value of the block before.
        vocabulary : str
            What it is written in.
        meta : mapping of str to object
            What else to keep, as JSON, under its name.

        Returns
        -------
        bytes
            Its chain value.

        Raises
        ------
        StoreError
            When it may not be on the disk; this object is closed then, and the file opened anew.
        """
        chain = b"" if block is None else block.chain(self._chain_key, before)
        with self._transaction():
            for name, body in (meta or {}).items():
                self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, json.dumps(body)))
            if block is not None:
                row = (*astuple(block), self._number_of(vocabulary), chain)
                self._db.execute("INSERT OR REPLACE INTO block SELECT * FROM growing WHERE n < ?", (block.n,))
                self._db.execute("DELETE FROM growing")
                self._db.execute("INSERT INTO growing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        return chain

    def remove(self, n: int) -> None:
        """Remove the newest block: none of it was ever acknowledged."""
        with self._transaction():
            self._db.execute("DELETE FROM growing WHERE n = ?", (n,))

    def blocks(self, *, upto: int) -> Iterator[Stored]:
        """Give the blocks up to that number, in their order; those that cannot be read are left out.

        A page that is damaged may also be read as zeros: `is_tied` tells.
        """
        n, failed = 0, -1
        while n < upto and self.version:
            try:
                with troubles(self.path):
                    for row in self._db.execute(_SELECT + "WHERE n > ? AND n <= ? ORDER BY n", (n, upto)):
                        yield _stored(row)
                        n = row[0]
                return
            except StoreError as error:
                if error.reason is not Reason.RECORD_DAMAGED:
                    raise
                is_again, failed = n == failed, n
                if is_again or not self._is_readable(
                    n + 1
                ):  # else an earlier page has failed, and its connection with it
                    n = self._next_readable(n + 1, upto) - 1

    def is_tied(self, stored: Stored, before: bytes) -> bool:
        """Tell whether a block is the one that was written after the block with that chain value."""
        return secrets.compare_digest(stored.block.chain(self._chain_key, before), stored.chain)

    def vocabulary(self, number: int) -> Vocabulary:
        """Give the vocabulary that blocks are written in."""
        if number not in self._vocabularies:
            with troubles(self.path):
                row = self._db.execute("SELECT body FROM vocabulary WHERE id = ?", (number,)).fetchone()
            if row is None:
                raise ValueError(f"the file has no vocabulary {number}")
            try:
                self._vocabularies[number] = Vocabulary.from_text(row[0])
            except json.JSONDecodeError as error:  # a page in the middle of a long row reads as zeros
                raise StoreError(Reason.RECORD_DAMAGED, self.path.name) from error
        return self._vocabularies[number]

    def bad_pages(self) -> int:
        """Count the pages that are not as they were written, to the last bit."""
        with troubles(self.path):
            return len(self._db.execute("PRAGMA cipher_integrity_check").fetchall())

    def close(self) -> None:
        """Close the file; nothing stands beside it then, if the disk lets us."""
        with contextlib.suppress(dbapi2.Error):
            if self._mode != "ro":
                self._db.execute("PRAGMA journal_mode = DELETE")
        self.drop()

    def drop(self) -> None:
        """Let go of the file as it is."""
        with contextlib.suppress(dbapi2.Error):  # a disk that failed may fail here too
            self._db.close()

    def _prepare(self) -> None:
        if self._mode != "ro":
            # Also after a failed fsync: what the WAL holds is then written anew, wherever the failed write ended up.
            with troubles(self.path):
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if self._mode == "rwc" and self.version == 0:
            with self._transaction():
                for statement in _SCHEMA:
                    self._db.execute(statement)
                key = json.dumps(secrets.token_hex(_CHAIN_KEY_BYTES))
                self._db.execute("INSERT INTO meta VALUES (?, ?)", (_CHAIN_KEY, key))
                self._db.execute(f"PRAGMA user_version = {VERSION}")
        self._chain_key = bytes.fromhex(str(self.meta(_CHAIN_KEY))) if self.version else b""

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with troubles(self.path):
            if _inode(self.path) != self._inode:
                raise FileNotFoundError("another file has its name")
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(dbapi2.Error):  # a disk that failed once often fails here as well
                    self._db.execute("ROLLBACK")
                raise

    def _number_of(self, vocabulary: str) -> int:
        if vocabulary not in self._written_in:
            row = self._db.execute("SELECT id FROM vocabulary WHERE body = ?", (vocabulary,)).fetchone()
            if row is None:
                row = (self._db.execute("INSERT INTO vocabulary (body) VALUES (?)", (vocabulary,)).lastrowid,)
            self._written_in[vocabulary] = int(row[0])
        return self._written_in[vocabulary]

    def _next_readable(self, n: int, upto: int) -> int:
        """Give the number of the first block after the damaged `n`-th that can be read, looking ever further ahead."""
        bad, step = n, 1
        while not self._is_readable(good := bad + step):
            if good > upto:
                return good
            bad, step = good, 2 * step
        while good - bad > 1:
            middle = (bad + good) // 2
            bad, good = (bad, middle) if self._is_readable(middle) else (middle, good)
        return good

    def _is_readable(self, n: int) -> bool:
        self._db.close()  # a page that fails stays failed for its connection
        self._db = connect(self.path, self._key, mode=self._mode)
        try:
            return self.block(n) is not None
        except StoreError as error:
            if error.reason is not Reason.RECORD_DAMAGED:
                raise
            return False


def _stored(row: tuple[object, ...]) -> Stored:
    *block, vocabulary, chain = row
    return Stored(Block(*block), cast("int", vocabulary), cast("bytes", chain))  # type: ignore[arg-type]  # the schema is strict


def _inode(path: Path) -> int:
    with troubles(path):
        return path.stat().st_ino
