# SPDX-License-Identifier: MIT
"""Let every n-th operation of the disk fail while a session and a vault are written: no crash, nothing lost.

`python -m benchmarks.faults.store_failing [STRIDE]`: every operation by default, or each so-manieth. The shim lies
under SQLCipher itself; it needs a C compiler.
"""

import argparse
import ctypes
import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from app.errors import AppError
from app.store.cipher import Database
from benchmarks.faults.store_power_cuts import fast_folder
from benchmarks.faults.store_shim import built_shim
from benchmarks.faults.store_work import (
    VAULT_KEY,
    Writing,
    missing_of_session,
    missing_of_vault,
    new_session,
    row_of,
)
from benchmarks.figure import Figure, table

_BATCHES = 30
_TRIES = 12
_FAULTS = ((errno.EIO, 1), (errno.EIO, 5), (errno.ENOSPC, 1), (errno.ENOSPC, 5))  # which error, how often in a row

Work = Callable[[Path], int]


@dataclass
class _Found:
    kind: str
    operations: int = 0
    faults: int = 0
    lost: int = 0
    unopenable: int = 0
    unwritten: int = 0  # what could not be written although the disk works again
    crashes: int = 0


def _write_session(folder: Path) -> int:
    """Write a session and try again what fails; give the last frame that was acknowledged."""
    writing = Writing(new_session(folder))
    acknowledged = -1
    for _ in range(_BATCHES):
        writing.put(2)
        acknowledged = writing.write()
    for _ in range(_TRIES):
        acknowledged = writing.write()
    writing.writer.close(writing.order * 1.0)
    return acknowledged


def _write_vault(folder: Path) -> int:
    folder.mkdir()
    database, n = None, 0
    for _ in range(_BATCHES + _TRIES):
        if n == _BATCHES:
            break
        try:
            database = database or Database(folder / "vault.db", VAULT_KEY)
            with database.write() as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS kept (n INTEGER PRIMARY KEY, body BLOB NOT NULL)")
                connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (n, row_of(n)))
            n += 1
        except AppError:
            continue
    if database is not None:
        database.close()
    return n - 1


_WORK: dict[str, tuple[Work, Callable[[Path, int], int], int]] = {
    "session": (_write_session, missing_of_session, 2 * _BATCHES - 1),
    "vault": (_write_vault, missing_of_vault, _BATCHES - 1),
}


def _try_all(root: Path, stride: int) -> list[_Found]:
    shim = ctypes.CDLL(os.environ["LD_PRELOAD"])
    shim.store_shim_done.restype = ctypes.c_long
    found = []
    for kind, (work, _, _) in _WORK.items():
        shim.store_shim_fail(ctypes.c_long(-1), ctypes.c_long(0), 0)
        work(root / kind)
        one = _Found(kind, operations=shim.store_shim_done())
        for why, count in _FAULTS:
            for n in range(1, one.operations + 1, stride):
                shim.store_shim_fail(ctypes.c_long(n), ctypes.c_long(count), why)
                _try(one, root / "tried", lambda: shim.store_shim_fail(ctypes.c_long(-1), ctypes.c_long(0), 0))
        found.append(one)
    return found


def _try(found: _Found, folder: Path, heal: Callable[[], object]) -> None:
    work, missing, last = _WORK[found.kind]
    found.faults += 1
    try:
        acknowledged = work(folder)
    except (AppError, RuntimeError, ValueError, OSError) as error:
        print(found.kind, found.faults, repr(error), file=sys.stderr)
        found.crashes += 1
        acknowledged = -1
    heal()
    found.unwritten += acknowledged != last
    try:
        found.lost += missing(folder, acknowledged)
    except AppError as error:
        print(found.kind, found.faults, repr(error), file=sys.stderr)
        found.unopenable += 1
    shutil.rmtree(folder, ignore_errors=True)


def run(stride: int = 1) -> list[Figure]:
    figures = []
    with tempfile.TemporaryDirectory(dir=fast_folder()) as place:
        environment = os.environ | {"LD_PRELOAD": str(built_shim(Path(place))), "STORE_SHIM_ROOT": f"{place}/data"}
        command = [sys.executable, "-m", "benchmarks.faults.store_failing", str(stride), "--below", f"{place}/data"]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        for line in done.stdout.splitlines():
            one = _Found(**json.loads(line))
            what = f"{one.kind}: {one.faults} faults at {one.operations} operations"
            bad = (one.lost, one.unopenable, one.unwritten, one.crashes)
            said = "{} lost, {} not to be opened, {} not resumed, {} crashes".format(*bad)
            figures.append(Figure(what, said, "0", not any(bad)))
    return figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stride", nargs="?", type=int, default=1)
    parser.add_argument("--below", type=Path, help="run below the shim, which is preloaded")
    given = parser.parse_args()
    if given.below is None:
        print(table(run(given.stride)))
    else:
        given.below.mkdir()
        for each in _try_all(given.below, given.stride):
            print(json.dumps(asdict(each)))
