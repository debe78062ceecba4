# SPDX-License-Identifier: MIT
"""A session and a vault that are written under faults, and what is acknowledged of them.

Run as a program below `store_shim.c` it writes one of them and says, in a file that the shim sees too, up to where it
was acknowledged.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from app.store.backlog import Backlog, Waiting
from app.store.cipher import Database
from app.store.contents import SessionHead
from app.store.recovery import take_up
from app.store.session_folder import COMMON, SessionFolder
from app.store.session_writer import SessionWriter
from app.store.stored_session import StoredSession
from dsp.codes import Modality
from dsp.stream import CLIENT, Chunk, Frame, Marker, Tick

KEYS = {COMMON: b"c" * 32, CLIENT: b"p" * 32}
VAULT_KEY = b"v" * 32
HEAD = SessionHead("S-4TQ9Z", 1_790_000_000.0, 0, 0.0, codes={CLIENT: "C-7F3K"})
ACKNOWLEDGED = "acknowledged"

FRAME_S = 0.2
_ROW_BYTES = 700


def frame_of(order: int) -> Frame:
    """Give the frame of a number: a tick, a marker, or samples that do not compress."""
    t = order * FRAME_S
    if order % 5 == 0:
        return Frame(Tick(t))
    if order % 7 == 0:
        marker = Marker(t, f"mark {order}", "bench")
        return Frame(marker, markers=(marker,))
    rng = np.random.Generator(np.random.PCG64(order))
    times = t - np.arange(40, 0, -1) / 200
    return Frame(Chunk(Modality.ACC, times, rng.standard_normal((40, 3)), t, "bench"))


class Writing:
    """A session that is written batch by batch, on a clock that each try moves on."""

    def __init__(self, folder: SessionFolder, order: int = 0) -> None:
        self.order = order
        self.folder = folder
        self._t = 0.0
        self._backlog = Backlog("recording")
        self.writer = SessionWriter(folder, self._backlog, lambda: self._t, lambda *_: None)

    def put(self, frames: int) -> None:
        for _ in range(frames):
            self._backlog.put(Waiting(self.order, frame_of(self.order), frozenset({CLIENT})))
            self.order += 1

    def write(self) -> int:
        """Try once; give the number of the last frame that is acknowledged."""
        self._t += 1.0
        self.writer.write()
        return self.folder.progress.last


def new_session(folder: Path) -> SessionFolder:
    return SessionFolder(folder / HEAD.session, HEAD, KEYS)


def write_session(folder: Path, batches: int, acknowledge: Callable[[int], None]) -> None:
    """Write a session, left once in its middle and taken up again, and close it."""
    first = Writing(new_session(folder))
    for n in range(batches // 2):
        first.put(1 + n % 3)
        acknowledge(first.write())
    first.folder.close()
    second = Writing(take_up(folder / HEAD.session, KEYS).folder, first.order)
    for n in range(batches - batches // 2):
        second.put(1 + n % 3)
        acknowledge(second.write())
    second.writer.close(second.order * FRAME_S)
    acknowledge(second.order - 1)


def missing_of_session(folder: Path, acknowledged: int) -> int:
    """Count the acknowledged frames that are not there, or not as they were."""
    if acknowledged < 0:
        return 0  # nothing was promised yet, not even the files
    stored = StoredSession(folder / HEAD.session, KEYS, head=HEAD)
    found = [_spelled(item) for item in stored.items()]
    return sum(_spelled(frame_of(n).item) != item for n, item in enumerate(found[: acknowledged + 1])) + max(
        acknowledged + 1 - len(found), 0
    )


def write_vault(folder: Path, batches: int, acknowledge: Callable[[int], None]) -> None:
    """Write rows to a database as the vault is one, closed and opened in its middle."""
    n = 0
    for half in range(2):
        database = Database(folder / "vault.db", VAULT_KEY)
        with database.write() as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kept (n INTEGER PRIMARY KEY, body BLOB NOT NULL)")
        for _ in range(batches // 2 * (half + 1) - n):
            with database.write() as connection:
                connection.execute("INSERT INTO kept VALUES (?, ?)", (n, row_of(n)))
            acknowledge(n)
            n += 1
        if half == 0:
            database.tidy()
        database.close()


def missing_of_vault(folder: Path, acknowledged: int) -> int:
    """Count the acknowledged rows that are not there, or not as they were."""
    if acknowledged < 0:
        return 0
    database = Database(folder / "vault.db", VAULT_KEY)
    rows = {row[0]: row[1] for row in database.read("SELECT n, body FROM kept")}
    database.tidy()  # a cut while the WAL is emptied leaves torn pages below it
    is_sound = database.is_sound()
    database.close()
    return sum(rows.get(n) != row_of(n) for n in range(acknowledged + 1)) + (not is_sound)


WORK = {"session": (write_session, missing_of_session), "vault": (write_vault, missing_of_vault)}


def row_of(n: int) -> bytes:
    """Give the row of a number."""
    return np.random.Generator(np.random.PCG64(n)).bytes(_ROW_BYTES)


def _spelled(item: object) -> object:
    if not isinstance(item, Chunk):
        return item
    return item.t.tobytes(), item.values.tobytes(), item.arrival, item.source


def main(kind: str, folder: Path, batches: int) -> None:
    told = os.open(folder / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT)

    def acknowledge(n: int) -> None:
        os.write(told, b"%d\n" % n)

    WORK[kind][0](folder, batches, acknowledge)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
