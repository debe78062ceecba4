# SPDX-License-Identifier: MIT
"""Folders, log and packages: what the application stands on before anything else."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import AppError, Fault
from app.folders import data_folder
from app.log import start_log
from app.packages import check_packages


@pytest.fixture(autouse=True)
def loggers_as_before() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in ("app", "sensors", "ui")]
    before = [(list(logger.handlers), logger.level) for logger in loggers]
    yield
    for logger, (handlers, level) in zip(loggers, before, strict=True):
        for handler in set(logger.handlers) - set(handlers):
            logger.removeHandler(handler)
            handler.close()
        logger.setLevel(level)


def test_the_data_folder_is_where_attune_home_says(tmp_path: Path) -> None:
    assert data_folder({"ATTUNE_HOME": str(tmp_path)}) == tmp_path


def test_the_data_folder_is_the_users_own_otherwise() -> None:
    assert data_folder({}).name == "attune"
    assert data_folder({"ATTUNE_HOME": ""}) == data_folder({})


def test_our_packages_log_into_the_data_folder(tmp_path: Path) -> None:
    path = start_log(tmp_path / "new")
    logging.getLogger("sensors.ble.strap").info("streaming")
    logging.getLogger("bleak").warning("not ours")
    assert path is not None
    assert "sensors.ble.strap: streaming" in path.read_text(encoding="utf-8")
    assert "not ours" not in path.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert start_log(tmp_path / "file") is None


def test_a_log_that_is_started_twice_has_each_line_once(tmp_path: Path) -> None:
    path = start_log(tmp_path)
    assert start_log(tmp_path) == path
    logging.getLogger("app").info("once")
    assert path is not None
    assert path.read_text(encoding="utf-8").count("once") == 1


def test_a_fault_that_nobody_caught_is_logged_and_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "rr.txt").write_text("800\n", encoding="utf-8")
    code = "import sensors.replay; sensors.replay.Recording = None; from app.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "replay", str(tmp_path / "rr.txt")],
        env=os.environ | {"ATTUNE_HOME": str(tmp_path)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    log = tmp_path / "attune.log"
    assert (done.returncode, done.stderr) == (1, f"attune: something went wrong inside Attune; the log is {log}\n")
    assert "'NoneType' object is not callable" in log.read_text(encoding="utf-8")


def test_the_packages_of_this_tree_stand_together() -> None:
    check_packages()


def test_a_package_of_another_program_is_told_by_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "attune_stranger").mkdir()
    (tmp_path / "attune_stranger" / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    with pytest.raises(AppError, match="environment of its own") as raised:
        check_packages(("app", "attune_stranger"))
    assert raised.value.fault is Fault.PACKAGES_APART
    assert str(tmp_path) in raised.value.detail


def test_a_package_that_is_missing_is_told() -> None:
    with pytest.raises(AppError, match="missing"):
        check_packages(("app", "attune_nowhere"))
