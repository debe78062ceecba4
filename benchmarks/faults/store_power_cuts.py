# SPDX-License-Identifier: MIT
"""Cut the power of a session and of a vault while they are written: nothing acknowledged is lost, everything opens.

`python -m benchmarks.faults.store_power_cuts [CUTS]`. The shim lies under SQLCipher itself; it needs a C compiler.
"""

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.errors import AppError
from benchmarks.faults.store_disk import Disk, Operation, read_log
from benchmarks.faults.store_shim import built_shim
from benchmarks.faults.store_work import ACKNOWLEDGED, WORK
from benchmarks.figure import Figure, table

CUTS = 10_000
BATCHES = {"session": 240, "vault": 1500}  # each past the size at which a WAL is emptied into its file


@dataclass
class _Found:
    cuts: int = 0
    lost: int = 0
    unopenable: int = 0


def _logged(kind: str, shim: Path, folder: Path, batches: int) -> list[Operation]:
    data, log = folder / "data", folder / "log"
    data.mkdir()
    environment = os.environ | {"LD_PRELOAD": str(shim), "STORE_SHIM_ROOT": str(data), "STORE_SHIM_LOG": str(log)}
    command = [sys.executable, "-m", "benchmarks.faults.store_work", kind, str(data), str(batches)]
    subprocess.run(command, env=environment, check=True)
    return list(read_log(log))


def _try(kind: str, operations: list[Operation], root: Path, cuts: int, rng: np.random.Generator) -> _Found:
    found = _Found()
    points = np.sort(rng.integers(len(operations) + 1, size=cuts)).tolist()
    disk, acknowledged, at = Disk(), -1, 0
    for point in points:
        for operation in itertools.islice(operations, at, point):
            if operation.path.endswith(ACKNOWLEDGED):
                acknowledged = int(operation.data or b"-1")
            else:
                disk.take(operation)
        at = point
        found.cuts += 1
        with tempfile.TemporaryDirectory(dir=fast_folder()) as left:
            _lay(disk.cut(rng), root, Path(left))
            try:
                found.lost += WORK[kind][1](Path(left), acknowledged)
            except AppError:
                found.unopenable += 1
    return found


def _lay(files: dict[str, bytes], root: Path, left: Path) -> None:
    for name, content in files.items():
        path = left / Path(name).relative_to(root)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def fast_folder() -> str | None:
    """Give a folder in memory, where there is one: what is on the disk is what the log says."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a folder of our own is made in it


def run(cuts: int = CUTS, *, seed: int = 1, batches: Mapping[str, int] = BATCHES) -> list[Figure]:
    figures = []
    rng = np.random.Generator(np.random.PCG64(seed))
    with tempfile.TemporaryDirectory(dir=fast_folder()) as place:
        shim = built_shim(Path(place))
        for kind in WORK:
            folder = Path(place) / kind
            folder.mkdir()
            operations = _logged(kind, shim, folder, batches[kind])
            found = _try(kind, operations, folder / "data", cuts // 2, rng)
            what = f"{found.cuts} power cuts of a {kind} in {len(operations)} operations"
            figures += [
                Figure(f"{what}: acknowledged lost", f"{found.lost}", "0", found.lost == 0),
                Figure(f"{what}: not to be opened", f"{found.unopenable}", "0", found.unopenable == 0),
            ]
    return figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cuts", nargs="?", type=int, default=CUTS)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(table(run(given.cuts, seed=given.seed)))
