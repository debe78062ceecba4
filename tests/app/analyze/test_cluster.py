# SPDX-License-Identifier: MIT
"""A batch on a Dask cluster: two workers on this machine, of which one is killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.analyze.batch import Batch, files_of, run_batch
from app.analyze.work import Options
from app.errors import AppError, Fault
from app.export.exporting import Format, export_session
from tests.app.recorded_session import synthetic_session

if TYPE_CHECKING:
    from distributed import LocalCluster

distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")
_SCHEDULER = """
import asyncio
from distributed import Scheduler, Worker

async def run():
    async with Scheduler(host="127.0.0.1", port=0, dashboard=False) as scheduler:
        async with Worker(scheduler.address, nthreads=1):
            print(scheduler.address, flush=True)
            await asyncio.Event().wait()

asyncio.run(run())
"""
pytestmark = pytest.mark.filterwarnings("ignore")  # dask's own, of its event loops


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator["LocalCluster"]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, local_directory=str(tmp_path)
    ) as local:
        yield local


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with four recordings, and a file that is none."""
    folder = tmp_path_factory.mktemp("study")
    for seed in range(4):
        export_session(synthetic_session(40.0, seed=seed), Format.XDF, folder / f"{seed}.xdf", identified=True)
    (folder / "bad.edf").write_bytes(b"0       " * 40)
    return folder


@pytest.fixture(scope="module")
def expected(study: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Make the table in this computer's own processes."""
    out = tmp_path_factory.mktemp("local") / "t.csv"
    batch = Batch([study], out, Options(window_s=20), 1)
    run_batch(batch, files_of(batch), lambda _bytes: None)
    return out.read_bytes()


def test_with_one_worker_killed_the_table_is_that_of_local_processes(
    cluster: "LocalCluster", study: Path, expected: bytes, tmp_path: Path
) -> None:
    victims = [worker.process.pid for worker in cluster.workers.values()][:1]

    def kill(_bytes: int) -> None:
        while victims:
            os.kill(victims.pop(), signal.SIGKILL)

    remote = Batch([study], tmp_path / "remote.csv", Options(window_s=20), 1, scheduler=cluster.scheduler_address)
    run_batch(remote, files_of(remote), kill)
    assert not victims
    assert (tmp_path / "remote.csv").read_bytes() == expected


def test_a_scheduler_that_goes_away_is_one_sentence_and_what_is_done_is_kept(
    study: Path, expected: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", _SCHEDULER],
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert program.stdout is not None
    with program, program.stdout:
        batch = Batch([study], tmp_path / "t.csv", Options(20), 1, scheduler=program.stdout.readline().strip())
        with pytest.raises(AppError, match="went away; what is done is kept") as error:
            run_batch(batch, files_of(batch), lambda _bytes: program.kill())
    assert error.value.fault is Fault.NO_SCHEDULER
    assert capfd.readouterr().err == ""
    assert list((tmp_path / ".t.csv.parts").glob("*.json"))
    run_batch(replace(batch, scheduler=None, resume=True), files_of(batch), lambda _bytes: None)
    assert (tmp_path / "t.csv").read_bytes() == expected


def test_a_scheduler_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "rr.csv"
    path.write_text("t_s,rr_ms\n1,800\n", encoding="utf-8")
    batch = Batch([path], tmp_path / "t.csv", Options(), 1, scheduler="tcp://127.0.0.1:9")
    with pytest.raises(AppError, match="there is no scheduler") as error:
        run_batch(batch, files_of(batch), lambda _bytes: None)
    assert error.value.fault is Fault.NO_SCHEDULER
