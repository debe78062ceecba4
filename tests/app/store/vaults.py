# SPDX-License-Identifier: MIT
"""Stores for tests: a keyring in memory, or none, a wall clock that is set by hand, cheap passphrases, a session."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from app.store.consent import Terms
from app.store.live_session import LiveSession
from app.store.opening import open_vault
from app.store.recorder import Recorder
from app.store.rows import Note
from app.store.session_folder import SessionFolder
from app.store.unlock import Ask, set_passphrase
from app.store.vault import Vault
from app.store.wraps import Stretch
from dsp.codes import Modality, Verdict
from dsp.stream import Beat, Chunk, Frame, Marker

CHEAP = Stretch(memory_kib=64, passes=1, lanes=1)
DAY_S = 86400.0
START_UTC_S = 1_780_000_000.0


class Wall:
    """Wall time that is set by hand."""

    def __init__(self, now: float = START_UTC_S) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class NoKeyring:
    """A computer without a keyring."""

    is_there = False

    def get(self, name: str) -> bytes | None:
        return None

    def put(self, name: str, secret: bytes) -> bool:
        return False

    def remove(self, name: str) -> None:
        return None


class MemoryKeyring:
    """A keyring that keeps its secrets as long as the test."""

    is_there = True

    def __init__(self) -> None:
        self.secrets: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self.secrets.get(name)

    def put(self, name: str, secret: bytes) -> bool:
        self.secrets[name] = secret
        return True

    def remove(self, name: str) -> None:
        self.secrets.pop(name, None)


@contextmanager
def opened(
    folder: Path, wall: Wall | None = None, *, safe: NoKeyring | MemoryKeyring | None = None, ask: Ask | None = None
) -> Iterator[Vault]:
    vault = open_vault(folder, safe=safe or NoKeyring(), wall=wall or Wall(), ask=ask)
    try:
        yield vault
    finally:
        vault.close()


def protect(vault: Vault, passphrase: str = "", safe: NoKeyring | MemoryKeyring | None = None) -> None:
    set_passphrase(vault.keys, vault.folder, safe or NoKeyring(), passphrase or "correct horse", stretch=CHEAP)


def agreed(vault: Vault, terms: Terms | None = None) -> str:
    """Give the code of somebody new who agrees to being stored."""
    code = vault.clients.add()
    vault.consents.give(code, terms or Terms())
    return code


def begun(vault: Vault, codes: Mapping[str, str]) -> LiveSession:
    return vault.begin_session(codes, started_t=100.0, versions={"attune": "0"})


def recorded(vault: Vault, codes: Mapping[str, str], *, note: str = "", is_closed: bool = True) -> LiveSession:
    """Record a short session of these persons: an interval, its beat and a marker each."""
    live = begun(vault, codes)
    files = SessionFolder(live.folder, live.head, live.keys)
    recorder = Recorder(files, lambda: 103.0, live.note_chain)
    recorder.start()
    for person in codes:
        for frame in frames_of(person):
            recorder.put(frame)
    if note:
        recorder.note(Note(102.0, "O-2222", next(iter(codes)), note))
    recorder.close(103.0)
    if is_closed:
        live.close(103.0, "ab" * 32)
    return live


def frames_of(person: str) -> tuple[Frame, ...]:
    rr = Chunk(Modality.RR, np.array([101.0]), np.array([812.0]), 101.0, "demo:1", person)
    beat = Beat(101.0, 812.0, Verdict.NORMAL, 101.0, person, 812.0, 102.0)
    mark = Marker(102.0, "trigger", "terminal", person)
    return Frame(rr, beats=(beat,)), Frame(mark, markers=(mark,))


def everything(folder: Path) -> bytes:
    """Give all bytes of all files below a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
