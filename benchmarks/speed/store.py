# SPDX-License-Identifier: MIT
"""The store with a long session: its size, what writing it costs, how soon it is open again after a kill.

`python -m benchmarks.speed.store [HOURS]`; the demand on the size is for 8 h, and is scaled where it is another time.
Every float that comes back is compared with the one that went in.
"""

import argparse
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from app.merge import time_of
from app.store.backlog import Backlog, Waiting
from app.store.contents import SessionHead
from app.store.recovery import take_up
from app.store.session_folder import COMMON, SessionFolder
from app.store.session_writer import SessionWriter
from app.store.stored_session import StoredSession
from app.versions import version_texts
from benchmarks.figure import Figure, table
from benchmarks.speed.long_session import long_items
from dsp.pipeline import Pipeline
from dsp.stream import CLIENT, Chunk

HOURS = 8.0
_MB = 40.0  # promises.md and issue 5, for 8 h
_REOPEN_S = 2.0
_CPU_PERCENT = 2.0
_PERIOD_S = 0.4  # app/store/recorder.py
KEYS = {COMMON: b"c" * 32, CLIENT: b"p" * 32}


@dataclass
class _Written:
    cpu_s: float = 0.0
    batches: int = 0


def write_session(folder: Path, seconds: int, killed: Path | None = None) -> _Written:
    """Write the session as its recorder does, on the session's own clock; what a kill leaves goes to `killed`."""
    head = SessionHead("S-4TQ9Z", 0.0, 0, 0.0, codes={CLIENT: "C-7F3K"}, versions=version_texts())
    clock_t, backlog, written = 0.0, Backlog("recording"), _Written()
    writer = SessionWriter(SessionFolder(folder, head, KEYS), backlog, lambda: clock_t, lambda *_: None)
    pipeline, persons, due_t = Pipeline([CLIENT]), frozenset({CLIENT}), 0.0
    for order, item in enumerate(long_items(seconds)):
        frame = pipeline.update(item)
        clock_t = time_of(item)
        backlog.put(Waiting(order, frame, persons))
        if clock_t >= due_t:
            started = time.process_time()
            writer.write()
            written.cpu_s += time.process_time() - started
            written.batches += 1
            due_t = clock_t + _PERIOD_S
    writer.write()
    if killed is not None:
        shutil.copytree(folder, killed)
    writer.close(float(seconds))
    return written


def _first_difference(folder: Path, seconds: int) -> int | None:
    """Give the number of the first item that is not as it went in."""
    found = StoredSession(folder, KEYS).items()
    for n, (item, stored) in enumerate(zip(long_items(seconds), found, strict=True)):
        if isinstance(item, Chunk) and isinstance(stored, Chunk):
            is_same = item.t.tobytes() == stored.t.tobytes() and item.values.tobytes() == stored.values.tobytes()
            is_same = is_same and (item.arrival, item.device_stamp) == (stored.arrival, stored.device_stamp)
        else:
            is_same = item == stored
        if not is_same:
            return n
    return None


def run(hours: float = HOURS) -> list[Figure]:
    seconds = round(3600 * hours)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        written = write_session(folder / "running", seconds, folder / "killed")
        size_mb = sum(file.stat().st_size for file in (folder / "running").iterdir()) / 1e6
        started, cpu = time.perf_counter(), time.process_time()
        take_up(folder / "killed", KEYS)
        reopen_s, reopen_cpu_s = time.perf_counter() - started, time.process_time() - cpu
        started_read = time.process_time()
        different = _first_difference(folder / "running", seconds)
        read_s = time.process_time() - started_read
    share, percent = hours / HOURS, 100 * written.cpu_s / seconds
    what = f"{hours:g} h of ECG 130 Hz, ACC 200 Hz, EDA 4 Hz"
    return [
        Figure(f"{what}: size", f"{size_mb:.1f} MB", f"<= {_MB * share:.1f} MB", size_mb <= _MB * share),
        Figure(
            f"{what}: open again after a kill, all of it checked",
            f"{reopen_s:.2f} s ({reopen_cpu_s:.2f} s of a core)",
            f"<= {_REOPEN_S:g} s",
            reopen_s <= _REOPEN_S,
        ),
        Figure(
            f"{what}: writing, {written.batches} commits",
            f"{percent:.2f} % of a core",
            "<= 2 %",
            percent <= _CPU_PERCENT,
        ),
        Figure(f"{what}: first float that differs", f"{different}", "None", different is None),
        Figure(f"{what}: making and reading all items", f"{read_s:.0f} s of a core", "reported"),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("hours", nargs="?", type=float, default=HOURS)
    print(table(run(parser.parse_args().hours)))
