# SPDX-License-Identifier: MIT
"""The faults of a disk and of the program in their fast form; in full: `benchmarks/faults/store_*.py`."""

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from benchmarks.faults import store_damage, store_failing, store_power_cuts
from benchmarks.faults.store_kills import kill_one, spawn_recorder
from benchmarks.faults.store_shim import compiler
from benchmarks.faults.store_work import Writing, missing_of_session, new_session

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="the shim is for Linux")
needs_compiler = pytest.mark.skipif(compiler() is None, reason="the shim needs a C compiler")


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """A quota: what would grow beyond it fails, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_program_that_is_killed_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    rng = np.random.Generator(np.random.PCG64(7))
    for n in range(2):
        folder = tmp_path / str(n)
        acknowledged = kill_one(folder, int(rng.integers(0, 200)), rng, spawn_recorder)
        assert missing_of_session(folder, acknowledged) == 0


@needs_linux
@needs_compiler
def test_an_operation_that_fails_loses_nothing_and_stops_nothing() -> None:
    assert [figure for figure in store_failing.run(stride=211) if not figure.is_met] == []


@needs_linux
@needs_compiler
def test_a_power_cut_loses_nothing_that_was_acknowledged() -> None:
    figures = store_power_cuts.run(40, batches={"session": 24, "vault": 30})
    assert [figure for figure in figures if not figure.is_met] == []


def test_bits_that_flip_in_a_long_sessions_files_are_found() -> None:
    assert [figure for figure in store_damage.run(step=45_007) if not figure.is_met] == []


def test_what_a_full_disk_does_not_take_is_kept_and_written_when_there_is_room_again(tmp_path: Path) -> None:
    writing = Writing(new_session(tmp_path))
    writing.put(20)
    assert writing.write() == 19
    with no_file_longer_than(50_000):
        for _ in range(30):
            writing.put(20)
            acknowledged = writing.write()
        assert acknowledged < 619
        assert writing.writer.written.reason is not None
    assert missing_of_session_left(writing, tmp_path, acknowledged) == 0
    writing.write()
    assert writing.write() == 619
    writing.writer.close(130.0)
    assert missing_of_session(tmp_path, 619) == 0


def missing_of_session_left(writing: Writing, folder: Path, acknowledged: int) -> int:
    """Count what a crash now would lose."""
    left = folder / "left"
    (left / writing.folder.folder.name).mkdir(parents=True)
    for file in writing.folder.folder.iterdir():
        (left / writing.folder.folder.name / file.name).write_bytes(file.read_bytes())
    return missing_of_session(left, acknowledged)
