# SPDX-License-Identifier: MIT
"""Judges a person's part of a session again, for the one whose it is: its items through the one path once more.

What the store knew of the other person when the session began is left out, and told of this one in its place.

Law: the recording is only read. A version counts once its key is in the key book; until then it is a file that nobody
can open, and the next attempt takes its place.
"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.known import known_of
from app.merge import merge_items
from app.session import Sink, run_session
from app.store.batches import values_of
from app.store.block import Made, Part
from app.store.chain_notes import ChainNote
from app.store.connection import beside
from app.store.file_writer import FileWriter
from app.store.places import session_folder
from app.store.sealing import new_key
from app.store.session_folder import NOTES, file_of
from app.store.session_index import SessionEntry
from app.store.stored_session import StoredSession
from app.store.vault import Vault
from app.store.versions import JUDGED, is_told_by_store, next_version
from app.versions import version_texts
from dsp.stream import Command, Frame, Item, Tick

_PART_S = 600.0  # written together: nothing is lost by a crash, since all of it can be made again


@dataclass(frozen=True, slots=True)
class Judged:
    """A version that was written: its name, its key, and how far it is."""

    name: str
    key: bytes
    note: ChainNote


def judge_again(vault: Vault, entry: SessionEntry, person: str, code: str, sinks: Sequence[Sink] = ()) -> Judged:
    """Write what a person's part of a session comes to for the one whose it is.

    Parameters
    ----------
    vault : Vault
        The open store.
    entry : SessionEntry
        The session.
    person : str
        The part, by the name that the items use.
    code : str
        Whose it is.
    sinks : sequence of Sink
        Hear of each frame.

    Raises
    ------
    StoreError
        When the recording cannot be read or the version not be written; nothing is left of it.
    """
    head, session = entry.head, entry.head.session
    folder, keys = session_folder(vault.folder, session), vault.keys.session_keys(session)
    name, key = next_version(keys, person), new_key()
    recorded = {part: key for part, key in keys.items() if part != NOTES}
    stored = StoredSession(folder, recorded, vault.chain_notes.newest(session), head, as_recorded=True)
    known = known_of(vault, {person: code}, head.started_t, head.started_utc_s)
    path = file_of(folder, name)
    _remove(path)
    writer = FileWriter(path, key)
    try:
        _write(stored, person, known, writer, sinks)
    except BaseException:  # Ctrl+C too: nobody could open what is left
        writer.drop()
        _remove(path)
        raise
    return Judged(name, key, ChainNote(writer.tail.n, writer.tail.chain))


def _write(
    stored: StoredSession, person: str, known: Sequence[Command], writer: FileWriter, sinks: Sequence[Sink]
) -> None:
    from dsp.pipeline import Pipeline

    writer.append(Part(), batch=0, span=(0.0, 0.0), meta={"versions": version_texts()})
    numbered = _Numbered(stored.numbered_items(), person, known)
    judged = _Judged(writer, person, numbered, stored.head.started_t)
    pipeline = Pipeline(tuple(stored.head.codes))
    asyncio.run(run_session(merge_items(numbered), pipeline, [judged, *sinks]))
    judged.close()


class _Numbered:
    """A session's items, with what the store tells of one person in the place of what it told when it was recorded.

    Attributes
    ----------
    number : int
        Of the frame of the item that was given last.
    """

    def __init__(self, items: Iterable[tuple[int, Item]], person: str, known: Sequence[Command]) -> None:
        self.number = 0
        self.known = known
        self._person = person
        self._items = items

    def __iter__(self) -> Iterator[Item]:
        yield from self.known
        for number, item in self._items:
            if not is_told_by_store(item, self._person):
                self.number = number
                yield item


class _Judged:
    """A sink that writes what is judged of one person."""

    def __init__(self, writer: FileWriter, person: str, numbered: _Numbered, started_t: float) -> None:
        self._writer = writer
        self._person = person
        self._numbered = numbered
        self._t = self._written_t = started_t
        self._part = Part([(0, command) for command in numbered.known])

    def put(self, frame: Frame) -> None:
        number = self._numbered.number
        for place, value in enumerate(values_of(frame)):
            if isinstance(value, JUDGED) and value.person == self._person:
                self._part.made.append(Made(number, place, value))
        if isinstance(frame.item, Tick):
            self._t = frame.item.t
            if self._t - self._written_t >= _PART_S:
                self._write()

    def close(self) -> None:
        self._write()
        self._writer.close()

    def _write(self) -> None:
        if not self._part.is_empty:
            self._writer.append(self._part, batch=0, span=(self._written_t, self._t))
        self._part, self._written_t = Part(), self._t


def _remove(path: Path) -> None:
    for left in (path, *beside(path)):
        with suppress(OSError):
            left.unlink(missing_ok=True)
