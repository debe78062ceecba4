# SPDX-License-Identifier: MIT
"""Flip a bit in every region of a session's files: each is found, and the seconds that it took are said.

`python -m benchmarks.faults.store_damage [STEP]`: a bit each so many bytes, in the files of a session that was closed
and in the WALs of one that was left by a crash. Where nothing is found nothing may be missing: a frame of a WAL that a
later one replaced holds nothing any more.
"""

import argparse
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.store.chain_notes import ChainNote
from app.store.recovery import finish
from app.store.stored_session import StoredSession
from benchmarks.faults.store_power_cuts import fast_folder
from benchmarks.faults.store_work import HEAD, KEYS, Writing, new_session
from benchmarks.figure import Figure, table

_STEP = 499  # bytes: a page of 4096 is hit eight times
_BATCHES = 60


@dataclass
class _Found:
    flips: int = 0
    found: int = 0
    harmless: int = 0


def _session(folder: Path) -> Mapping[str, ChainNote]:
    """Write a session and leave it as a crash does; give what the vault knows of it."""
    writing, notes = Writing(new_session(folder / "running")), {}
    for _ in range(_BATCHES):
        writing.put(3)
        writing.write()
        notes = {name: ChainNote(tail.n, tail.chain) for name, tail in writing.folder.settled().items()}
    shutil.copytree(folder / "running" / HEAD.session, folder / "left")
    return notes


def _try(place: Path, name: str, notes: Mapping[str, ChainNote], step: int, whole: int) -> _Found:
    found = _Found()
    content = (place / name).read_bytes()
    for at in range(0, len(content), step):
        with tempfile.TemporaryDirectory(dir=fast_folder()) as tried:
            folder = Path(tried) / "session"
            shutil.copytree(place, folder)
            broken = bytearray(content)
            broken[at] ^= 1 << at % 8
            (folder / name).write_bytes(broken)
            session = StoredSession(folder, KEYS, notes, HEAD)
            n_items = sum(1 for _ in session.items())  # what is left can be read
            is_found = session.head.lost_s > 0 or not all(sound.is_whole for sound in session.soundness.values())
        found.flips += 1
        found.found += is_found
        found.harmless += not is_found and n_items == whole
    return found


def run(step: int = _STEP) -> list[Figure]:
    figures = []
    with tempfile.TemporaryDirectory(dir=fast_folder()) as tried:
        folder = Path(tried)
        notes = _session(folder)
        shutil.copytree(folder / "left", folder / "closed")
        finish(folder / "closed", KEYS, notes)
        for state, places in (("closed", ("client.db", "common.db")), ("left", ("client.db-wal", "common.db-wal"))):
            for name in places:
                found = _try(folder / state, name, notes, step, 3 * _BATCHES)
                missed = found.flips - found.found - found.harmless
                what = f"{found.flips} bits flipped in {name} of a session {state}"
                said = f"{found.found} found, {found.harmless} in what was replaced, {missed} missed"
                figures.append(Figure(what, said, "0 missed", missed == 0))
    return figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", nargs="?", type=int, default=_STEP)
    print(table(run(parser.parse_args().step)))
