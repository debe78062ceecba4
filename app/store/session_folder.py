# SPDX-License-Identifier: MIT
"""The folder of a session that is being written: one encrypted file a person, one for all, one for notes.

A batch goes to the persons' files first and to the common file last, which then says how far each of them is. So a
batch is acknowledged as a whole; after a crash at any moment at most one that was not is found, and left out.

Law: nothing is written of a person without a key for them, and of nobody's data nothing at all.
"""

import shutil
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import cast
from urllib.parse import quote, unquote

from app.store.atomic import overwrite
from app.store.block import Part
from app.store.connection import StoreError, beside
from app.store.contents import SessionHead
from app.store.file_writer import FileWriter
from app.store.rows import Note
from app.store.session_file import SessionFile, Tail
from dsp.stream import NOBODY

COMMON = "common"
NOTES = "notes"

_SUFFIX = ".db"


def file_of(folder: Path, name: str) -> Path:
    """Give the file of a person, or of `COMMON` or `NOTES`, whatever characters the name has."""
    return folder / f"{quote(name, safe='')}{_SUFFIX}"


def name_of(path: Path) -> str:
    """Give the name of which a file is."""
    return unquote(path.name.removesuffix(_SUFFIX))


@dataclass(slots=True)
class Batch:
    """What is written together.

    Parameters
    ----------
    last : int
        The number of its last frame.
    span : tuple of float
        The session clock's times between which it lies.
    parts : dict of str to Part
        What goes to which file.
    written : set of str
        The files that have their part already: what failed half-way is taken up there.
    """

    last: int
    span: tuple[float, float]
    parts: dict[str, Part]
    written: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a session is written: the newest batch, its last frame and time, and where each file ends."""

    batch: int = 0
    last: int = -1
    end_t: float | None = None
    tails: Mapping[str, Tail] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """Give it as the common file keeps it."""
        rows = {name: [t.n, t.batch, t.last, t.end_t, t.chain.hex()] for name, t in self.tails.items()}
        return {"batch": self.batch, "last": self.last, "end_t": self.end_t, "tails": rows}

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> "Progress":
        """Read what `to_json` gave."""
        rows = cast("Mapping[str, tuple[int, int, int, float, str]]", kept["tails"])
        tails = {
            name: Tail(n, batch, last, end_t, bytes.fromhex(c)) for name, (n, batch, last, end_t, c) in rows.items()
        }
        return cls(cast("int", kept["batch"]), cast("int", kept["last"]), cast("float | None", kept["end_t"]), tails)


class SessionFolder:
    """The files of one session that is being written; they are made by the first `commit`.

    Parameters
    ----------
    folder : Path
        Where they lie.
    head : SessionHead
        What is known of the session.
    keys : mapping of str to bytes
        The key of each file: of `COMMON`, of `NOTES` if notes may be written, and of each person who is recorded.
    configuration : mapping of str to object
        How the numbers are made (`app.head`), kept as JSON.
    progress : Progress
        How far a session that goes on was written before.
    """

    def __init__(
        self,
        folder: Path,
        head: SessionHead,
        keys: Mapping[str, bytes],
        *,
        configuration: Mapping[str, object] | None = None,
        progress: Progress | None = None,
    ) -> None:
        if COMMON not in keys:
            raise ValueError("keys must have one for the common file")
        if set(head.codes) & {COMMON, NOTES, NOBODY}:
            raise ValueError(f"no person may be called {COMMON}, {NOTES} or {NOBODY}")
        self.folder = folder
        self.head = head
        self.progress = progress or Progress()
        self._writers = {
            name: FileWriter(file_of(folder, name), key, self.progress.tails.get(name))
            for name, key in keys.items()
            if name != NOBODY
        }
        self._configuration = configuration
        self._to_keep: dict[str, object] = {"head": asdict(head)}
        if configuration is not None:
            self._to_keep["configuration"] = configuration

    @property
    def keys(self) -> Mapping[str, bytes]:
        """The key of each file that may be written."""
        return {name: writer.key for name, writer in self._writers.items() if not writer.is_barred}

    @property
    def persons(self) -> tuple[str, ...]:
        """Those who are recorded."""
        return tuple(name for name in self._writers if name not in {COMMON, NOTES})

    def add(self, person: str, code: str, key: bytes) -> None:
        """Let a person be recorded from the next batch on; one who was before goes on in the same file."""
        self._writers.setdefault(person, FileWriter(file_of(self.folder, person), key))
        self.amend(replace(self.head, codes={**self.head.codes, person: code}))

    def bar(self, person: str) -> None:
        """Write nothing more of a person, also of what is under way; called from any thread, it never waits."""
        writer = self._writers.get(person)
        if writer is not None:
            writer.bar()

    def forget(self, person: str) -> None:
        """Remove what was written of a person; their key is for its keeper to destroy."""
        writer = self._writers.pop(person, None)
        if writer is None:
            return
        writer.drop()
        for path in (writer.path, *beside(writer.path)):
            overwrite(path)
        codes = {name: code for name, code in self.head.codes.items() if name != person}
        self.amend(replace(self.head, codes=codes))

    def amend(self, head: SessionHead, **more: object) -> None:
        """Keep another head, and what else is given, with the next batch."""
        self.head = head
        self._to_keep |= {"head": asdict(head), **more}

    def commit(self, batch: Batch) -> None:
        """Put a batch on the disk; called again with one that failed, it goes on where that stopped.

        Raises
        ------
        StoreError
            When not all of it is on the disk.
        """
        number = self.progress.batch + 1
        for name, part in batch.parts.items():
            if name != COMMON and name in self._writers and name not in batch.written and not part.is_empty:
                self._writers[name].append(part, batch=number, span=batch.span)
                batch.written.add(name)
        tails = {name: self._writers[name].tail for name in self.persons}
        progress = Progress(number, batch.last, batch.span[1], tails)
        kept = {**self._to_keep, "progress": progress.to_json()}
        self._writers[COMMON].append(batch.parts.get(COMMON, Part()), batch=number, span=batch.span, meta=kept)
        self._to_keep.clear()
        self.progress = progress

    def write_note(self, note: Note) -> None:
        """Put a note on the disk, in the notes' own file.

        Raises
        ------
        StoreError
            When it is not on the disk.
        ValueError
            When there is no key for notes.
        """
        if NOTES not in self._writers:
            raise ValueError("there is no key for notes")
        writer, part = self._writers[NOTES], Part([(self.progress.last + 1, note)])
        writer.append(part, batch=writer.tail.batch + 1, span=(note.t, note.t))

    def settle(self) -> None:
        """Let the newest blocks grow no more: the session ends."""
        for writer in self._writers.values():
            writer.settle()

    def settled(self) -> Mapping[str, Tail]:
        """Tell where the newest block of each file ends that does not grow any more."""
        return {name: writer.settled for name, writer in self._writers.items() if writer.settled.n}

    def moved(self, folder: Path) -> "SessionFolder":
        """Give the session in another folder, with a copy of what can still be read here; this one is let go of.

        Parameters
        ----------
        folder : Path
            Where it goes on, on a disk that takes it.
        """
        tails = {}
        for name, writer in self._writers.items():
            writer.drop()
            if _copied(writer, file_of(folder, name)):
                tails[name] = writer.tail
        progress = replace(self.progress, tails=tails)
        return SessionFolder(folder, self.head, self.keys, configuration=self._configuration, progress=progress)

    def close(self) -> None:
        """Close the files."""
        for writer in self._writers.values():
            writer.close()


def _copied(writer: FileWriter, to: Path) -> bool:
    """Copy a file that nobody has open, as a crash would leave it; tell whether all that was acknowledged is in it."""
    if writer.tail.n == 0:
        return False
    try:
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in (writer.path, *beside(writer.path)):
            shutil.copyfile(path, to.with_name(path.name))
        with closing(SessionFile(to, writer.key, mode="rw")) as file:
            is_whole = file.holds(writer.tail)
    except (OSError, StoreError):
        is_whole = False
    if not is_whole:
        with suppress(OSError):
            for path in (to, *beside(to)):
                path.unlink(missing_ok=True)
    return is_whole
