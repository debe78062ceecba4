# SPDX-License-Identifier: MIT
"""`attune analyze` over sessions of 2 h written by the synthetic person: speed, memory, and a Dask cluster beside it.

`python -m benchmarks.speed.analyze [FILES]` prints the table; with 50 files it is the 100 h of the demand (some 20 min
on 2 free cores, besides the writing). Every file is another person. On a machine that others use too, the seconds of
processor time say more than those of the clock: of all processes together, imports and reading included.
"""

import asyncio
import multiprocessing
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from distributed import LocalCluster

_HOURS = 2
_FILES = 8
_FEW = 4  # two for each process: the second one shows what the first one left
_LANES = 2
_CLUSTER_OF = 4  # files
_ROUNDS = 5  # of local processes and cluster in turn
_ENDING_S = 0.5  # a process that was told to end is gone by then


@dataclass(frozen=True, slots=True)
class _Took:
    """What a batch took: seconds of the clock, seconds of processor time, and the most memory in MB."""

    wall_s: float
    cpu_s: float
    most_mb: float


def run(n_files: int = _FILES) -> list[Figure]:
    """Measure all of it."""
    with tempfile.TemporaryDirectory() as name:
        study = Path(name) / "study"
        study.mkdir()
        for seed in range(n_files):
            export_session(_session(seed), Format.XDF, study / f"{seed:03}.xdf", identified=True)
            print(f"wrote {seed + 1} of {n_files}", file=sys.stderr, flush=True)
        few = _timed(sorted(study.iterdir())[:_FEW], Path(name) / "few.csv")
        whole = _timed([study], Path(name) / "all.csv")
        return [*_speed(n_files, whole), _memory(n_files, few, whole), *_cluster(study, Path(name), n_files)]


def _speed(n_files: int, took: _Took) -> list[Figure]:
    of_clock, of_cpu = (n_files * _HOURS * 3600 / seconds for seconds in (took.wall_s, took.cpu_s))
    what = f"{n_files * _HOURS} h of sessions (files of {_HOURS} h, ECG, RR, EDA, ACC, RESP) on {_LANES} processes"
    return [
        Figure(what, f"{of_clock:.0f} times real time ({took.wall_s:.0f} s)", ">= 800", of_clock >= 800),
        Figure("... by processor time, one core", f"{of_cpu:.0f} times real time", ">= 400", of_cpu >= 400),
    ]


def _memory(n_files: int, few: _Took, whole: _Took) -> Figure:
    words = f"{few.most_mb:.0f} MB with {_FEW}, {whole.most_mb:.0f} MB with {n_files}"
    return Figure("memory of all processes together at most", words, "flat", whole.most_mb <= 1.15 * few.most_mb)


def _cluster(study: Path, folder: Path, n_files: int) -> list[Figure]:
    """Compare in turn, so that both meet the same load: a cluster that runs, and processes that are begun each time."""
    some = sorted(study.iterdir())[: min(_CLUSTER_OF, n_files)]
    with _running() as cluster:
        rounds = [
            (
                _timed(some, folder / "local.csv"),
                _timed(some, folder / "remote.csv", scheduler=cluster.scheduler_address),
            )
            for _round in range(_ROUNDS)
        ]
    over = [100.0 * (remote.cpu_s / local.cpu_s - 1.0) for local, remote in rounds]
    of_clock = median(100.0 * (remote.wall_s / local.wall_s - 1.0) for local, remote in rounds)
    same = (folder / "local.csv").read_bytes() == (folder / "remote.csv").read_bytes()
    each = ", ".join(f"{one:+.1f}" for one in over)
    what = f"a Dask cluster of {_LANES} workers against local processes, {len(some)} files, processor time"
    words = f"median {median(over):+.1f} % (rounds: {each}; by the clock: median {of_clock:+.1f} %)"
    return [
        Figure(what, words, "<= 15 %", median(over) <= 15),
        Figure("its table and that of local processes", "equal" if same else "different", "bit for bit", same),
    ]


def _running() -> "LocalCluster":
    """Start a cluster on this machine as docs/batches.md advises: its workers do not watch themselves work."""
    import dask
    from distributed import LocalCluster

    dask.config.set({"distributed.worker.profile.enabled": False})
    return LocalCluster(n_workers=_LANES, threads_per_worker=1, processes=True, dashboard_address=None)


def _timed(paths: Sequence[Path], out: Path, scheduler: str | None = None) -> _Took:
    """Analyse, and say what it took."""
    batch = Batch(paths, out, Options(), _LANES, scheduler=scheduler, force=True)
    most, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(0.5):
            most[0] = max(most[0], _used()[1])

    watching = threading.Thread(target=watch)
    watching.start()
    began, began_cpu = time.monotonic(), _used()[0]
    run_batch(batch, files_of(batch), lambda _bytes: None)
    wall_s = time.monotonic() - began
    over.set()
    watching.join()
    return _Took(wall_s, _settled() - began_cpu, most[0])


def _settled() -> float:
    """Give the processor time once the processes that ended are counted as ours."""
    time.sleep(_ENDING_S)
    multiprocessing.active_children()  # joins those that ended
    return _used()[0]


def _used() -> tuple[float, float]:
    """Give the processor time and the memory, MB, of this process and all below it, those that ended included."""
    cpu_s = memory_mb = 0.0
    process = psutil.Process()
    for one in [process, *process.children(recursive=True)]:
        try:
            times, memory = one.cpu_times(), one.memory_info()
        except psutil.Error:  # it has just ended
            continue
        cpu_s += times.user + times.system + times.children_user + times.children_system
        memory_mb += memory.rss / 1e6
    return cpu_s, memory_mb


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
