# SPDX-License-Identifier: MIT
"""A batch on a Dask cluster: two workers on this machine, of which one is killed."""

import os
import signal
from collections.abc import Iterator
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
pytestmark = pytest.mark.filterwarnings("ignore")  # dask's own, of its event loops


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator["LocalCluster"]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, local_directory=str(tmp_path)
    ) as local:
        yield local


def test_with_one_worker_killed_the_table_is_that_of_local_processes(cluster: "LocalCluster", tmp_path: Path) -> None:
    study = tmp_path / "study"
    study.mkdir()
    for seed in range(6):
        export_session(synthetic_session(40.0, seed=seed), Format.XDF, study / f"{seed}.xdf", identified=True)
    (study / "bad.edf").write_bytes(b"0       " * 40)
    local = Batch([study], tmp_path / "local.csv", Options(window_s=20), 1)
    run_batch(local, files_of(local), lambda _bytes: None)
    victims = [worker.process.pid for worker in cluster.workers.values()][:1]

    def kill(_bytes: int) -> None:
        while victims:
            os.kill(victims.pop(), signal.SIGKILL)

    remote = Batch([study], tmp_path / "remote.csv", Options(window_s=20), 1, scheduler=cluster.scheduler_address)
    run_batch(remote, files_of(remote), kill)
    assert not victims
    assert (tmp_path / "remote.csv").read_bytes() == (tmp_path / "local.csv").read_bytes()


def test_a_scheduler_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "rr.csv"
    path.write_text("t_s,rr_ms\n1,800\n", encoding="utf-8")
    batch = Batch([path], tmp_path / "t.csv", Options(), 1, scheduler="tcp://127.0.0.1:9")
    with pytest.raises(AppError, match="there is no scheduler") as error:
        run_batch(batch, files_of(batch), lambda _bytes: None)
    assert error.value.fault is Fault.NO_SCHEDULER
