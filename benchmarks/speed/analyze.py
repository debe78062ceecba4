# SPDX-License-Identifier: MIT
"""`attune analyze` over sessions of 2 h written by the synthetic person: speed, memory, and a Dask cluster beside it.

`python -m benchmarks.speed.analyze [FILES]` prints the table; with 50 files it is the 100 h of the demand (some 30 min
on 2 cores, besides the writing). Every file is another person.
"""

import asyncio
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from app.analyze.batch import Batch, files_of, run_batch
from app.analyze.work import Options
from app.export.exporting import Format, export_session
from app.merge import merge_recorded, time_of
from app.store.contents import SessionHead
from benchmarks.figure import Figure, table
from dsp.stream import Item
from sensors.synthetic import SyntheticPerson
from tests.app.recorded_session import KeptSession

_HOURS = 2
_FILES = 8
_FEW = 4  # two for each process: the second one shows what the first one left
_LANES = 2
_CLUSTER_OF = 4  # files


def run(n_files: int = _FILES) -> list[Figure]:
    """Measure all of it."""
    with tempfile.TemporaryDirectory() as name:
        study = Path(name) / "study"
        study.mkdir()
        for seed in range(n_files):
            export_session(_session(seed), Format.XDF, study / f"{seed:03}.xdf", identified=True)
            print(f"wrote {seed + 1} of {n_files}", file=sys.stderr, flush=True)
        _few_s, few_mb = _timed(sorted(study.iterdir())[:_FEW], Path(name) / "few.csv")
        took_s, most_mb = _timed([study], Path(name) / "all.csv")
        return [_speed(n_files, took_s), _memory(n_files, few_mb, most_mb), *_cluster(study, Path(name), n_files)]


def _speed(n_files: int, took_s: float) -> Figure:
    times = n_files * _HOURS * 3600 / took_s
    what = f"{n_files * _HOURS} h of sessions (files of {_HOURS} h, ECG, RR, EDA, ACC, RESP) on {_LANES} processes"
    return Figure(what, f"{times:.0f} times real time ({took_s:.0f} s)", ">= 800", times >= 800)


def _memory(n_files: int, few_mb: float, most_mb: float) -> Figure:
    words = f"{few_mb:.0f} MB with {_FEW}, {most_mb:.0f} MB with {n_files}"
    return Figure("memory of all processes together at most", words, "flat", most_mb <= 1.15 * few_mb)


def _cluster(study: Path, folder: Path, n_files: int) -> list[Figure]:
    from distributed import LocalCluster

    some = sorted(study.iterdir())[: min(_CLUSTER_OF, n_files)]
    local_s, _ = _timed(some, folder / "local.csv")
    with LocalCluster(n_workers=_LANES, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        remote_s, _ = _timed(some, folder / "remote.csv", scheduler=cluster.scheduler_address)
    over = 100.0 * (remote_s / local_s - 1.0)
    same = (folder / "local.csv").read_bytes() == (folder / "remote.csv").read_bytes()
    words = f"{over:+.1f} % ({local_s:.1f} s, {remote_s:.1f} s)"
    return [
        Figure(
            f"a Dask cluster of {_LANES} workers against local processes, {len(some)} files",
            words,
            "<= 15 %",
            over <= 15,
        ),
        Figure("its table and that of local processes", "equal" if same else "different", "bit for bit", same),
    ]


def _timed(paths: Sequence[Path], out: Path, scheduler: str | None = None) -> tuple[float, float]:
    """Give the seconds that it takes, and the most memory of this process and its children, MB."""
    batch = Batch(paths, out, Options(), _LANES, scheduler=scheduler)
    most, over = [0.0], threading.Event()

    def watch() -> None:
        process = psutil.Process()
        while not over.wait(0.5):
            try:
                used = sum(one.memory_info().rss for one in [process, *process.children(recursive=True)])
            except psutil.NoSuchProcess:
                continue
            most[0] = max(most[0], used / 1e6)

    watching = threading.Thread(target=watch)
    watching.start()
    began = time.monotonic()
    run_batch(batch, files_of(batch), lambda _bytes: None)
    took_s = time.monotonic() - began
    over.set()
    watching.join()
    return took_s, most[0]


def _session(seed: int) -> KeptSession:
    async def items() -> list[Item]:
        taken: list[Item] = []
        async for item in merge_recorded([SyntheticPerson(seed)]):
            if time_of(item) > _HOURS * 3600:
                return taken
            taken.append(item)
        return taken

    kept = asyncio.run(items())
    head = SessionHead(
        f"S-{seed:05}", 1_790_000_000.0, 0, 0.0, _HOURS * 3600.0, {"client": "C-2222"}, is_synthetic=True
    )
    return KeptSession(head, tuple(kept))


if __name__ == "__main__":
    print(table(run(*map(int, sys.argv[1:2]))))
