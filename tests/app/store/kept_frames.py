# SPDX-License-Identifier: MIT
"""Frames of a made-up session for the tests of the store, and the files to keep them in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from app.store.chain_notes import ChainNote
from app.store.contents import SessionHead
from app.store.recorder import Recorder
from app.store.session_folder import COMMON, NOTES, SessionFolder
from app.store.stored_session import StoredSession
from app.versions import version_texts
from dsp.pipeline import Pipeline
from dsp.stream import CLIENT, Frame, Item, Marker, Tick
from tests.app.recorded_session import live_session

CODES = {"client": "C-7F3K", "partner": "C-8G4M"}


def key_of(name: str) -> bytes:
    return name.encode().ljust(32, b".")


KEYS = {name: key_of(name) for name in (COMMON, NOTES, *CODES)}


@cache
def live_items(seconds: float, persons: tuple[str, ...] = (CLIENT,)) -> Sequence[Item]:
    return live_session(seconds, seeds={person: k for k, person in enumerate(persons, 3)}).kept_items


def frames_of(items: Iterable[Item], persons: Sequence[str] = (CLIENT,)) -> list[Frame]:
    pipeline = Pipeline(persons)
    return [pipeline.update(item) for item in items]


def ticks(start: int, end: int) -> list[Frame]:
    """Frames that are small: a tick each, and a marker of the client's at each fifth."""
    frames: list[Frame] = []
    for t in range(start, end):
        frames.append(Frame(Tick(float(t))))
        marker = Marker(t + 0.5, f"mark {t}", "test")
        frames.append(Frame(marker, markers=(marker,)))
    return frames


@dataclass
class Clock:
    t: float = 0.0

    def __call__(self) -> float:
        return self.t


@dataclass
class Noted:
    """What the vault is told."""

    notes: dict[str, ChainNote] = field(default_factory=dict)

    def __call__(self, name: str, number: int, value: bytes) -> None:
        self.notes[name] = ChainNote(number, value)


def head_of(persons: Sequence[str] = (CLIENT,)) -> SessionHead:
    codes = {person: CODES[person] for person in persons}
    return SessionHead("S-4TQ9Z", 1_790_000_000.0, 7200, 0.0, codes=codes, versions=version_texts())


def folder_in(path: Path, persons: Sequence[str] = (CLIENT,)) -> SessionFolder:
    keys = {name: KEYS[name] for name in (COMMON, NOTES, *persons)}
    return SessionFolder(path / "S-4TQ9Z", head_of(persons), keys, configuration={"windows": {}})


def record(path: Path, frames: Iterable[Frame], persons: Sequence[str] = (CLIENT,)) -> SessionHead:
    """Record frames by the real thread, and end the session."""
    recorder = Recorder(folder_in(path, persons), Clock(), Noted())
    recorder.start()
    for frame in frames:
        recorder.put(frame)
    return recorder.close(60.0)


def stored_in(path: Path, notes: Noted | None = None, *, without: str = "") -> StoredSession:
    keys = {name: key for name, key in KEYS.items() if name != without}
    return StoredSession(path / "S-4TQ9Z", keys, notes.notes if notes else None)
