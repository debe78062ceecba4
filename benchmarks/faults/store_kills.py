# SPDX-License-Identifier: MIT
"""Kill a program that records, again and again, at any moment: nothing acknowledged is lost, every session opens.

`python -m benchmarks.faults.store_kills [KILLS]`; on systems that can fork.
"""

import argparse
import os
import select
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.errors import AppError
from app.store.recorder import Recorder
from benchmarks.faults.store_power_cuts import fast_folder
from benchmarks.faults.store_work import FRAME_S, frame_of, missing_of_session, new_session
from benchmarks.figure import Figure, table
from dsp.stream import Chunk

KILLS = 500
_CHUNKS = 100_000  # over all of them: promises.md 1
_MOST_BEHIND_S = 60.0
_LONGEST_S = 0.5


@dataclass
class _Found:
    chunks: int = 0
    lost: int = 0
    unopenable: int = 0


def _record(folder: Path, told: int) -> None:
    """Record as fast as the disk takes it, and tell up to which frame it is there; for ever."""
    recorder = Recorder(new_session(folder), lambda: 0.0, lambda *_: None)
    recorder.start()
    order, before = 0, -1
    while True:
        for _ in range(40 if recorder.state.behind_s < _MOST_BEHIND_S else 0):
            recorder.put(frame_of(order))
            order += 1
        on_disk_t = recorder.state.on_disk_t
        acknowledged = -1 if on_disk_t is None else round(on_disk_t / FRAME_S)
        if acknowledged != before:
            os.write(told, acknowledged.to_bytes(8, "little", signed=True))
            before = acknowledged


def fork_recorder(folder: Path) -> tuple[int, int]:
    """Start a process that records into a folder; give its number, and where it tells how far the disk is."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _record(folder, writing)
    os.close(writing)
    return child, reading


def spawn_recorder(folder: Path) -> tuple[int, int]:
    """Do the same without a fork of this process, which may have threads."""
    reading, writing = os.pipe()
    command = [sys.executable, "-m", "benchmarks.faults.store_kills", "--record", str(folder)]
    child = os.posix_spawn(sys.executable, command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, writing, 1)])
    os.close(writing)
    return child, reading


def kill_one(
    folder: Path, least: int, rng: np.random.Generator, start: Callable[[Path], tuple[int, int]] = fork_recorder
) -> int:
    """Give the last frame that was acknowledged before the kill: so many at least, and then at a random moment."""
    child, reading = start(folder)
    acknowledged, left_s = -1, float(rng.uniform(0.0, _LONGEST_S))
    while acknowledged < least:
        acknowledged = int.from_bytes(os.read(reading, 8), "little", signed=True)
    select.select([], [], [], left_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while heard := os.read(reading, 8):
        acknowledged = int.from_bytes(heard, "little", signed=True)
    os.close(reading)
    return acknowledged


def run(kills: int = KILLS) -> list[Figure]:
    found, rng = _Found(), np.random.Generator(np.random.PCG64(1))
    for _ in range(kills):
        with tempfile.TemporaryDirectory(dir=fast_folder()) as place:
            least = int(rng.integers(0, 3 * _CHUNKS // KILLS))
            acknowledged = kill_one(Path(place), least, rng)
            found.chunks += sum(isinstance(frame_of(n).item, Chunk) for n in range(acknowledged + 1))
            try:
                found.lost += missing_of_session(Path(place), acknowledged)
            except AppError as error:
                print(repr(error), file=sys.stderr)
                found.unopenable += 1
    enough = f">= {_CHUNKS * kills // KILLS}"
    return [
        Figure(
            f"{kills} kills: acknowledged chunks", f"{found.chunks}", enough, found.chunks * KILLS >= _CHUNKS * kills
        ),
        Figure(f"{kills} kills: acknowledged lost", f"{found.lost}", "0", found.lost == 0),
        Figure(f"{kills} kills: not to be opened", f"{found.unopenable}", "0", found.unopenable == 0),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", nargs="?", type=int, default=KILLS)
    parser.add_argument("--record", type=Path, help="record into a folder until killed")
    given = parser.parse_args()
    if given.record is not None:
        _record(given.record, 1)
    print(table(run(given.kills)))
