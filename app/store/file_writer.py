# SPDX-License-Identifier: MIT
"""Appends to one file of a session, through every fault of its disk.

A block grows for some seconds, written anew with each commit: so it is compressed well, and still each commit is on the
disk. Law: what `append` has left without an error is on the disk; one that failed can be called again, with more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.store.atomic import sync_folder
from app.store.block import Block, EntryWriter, Part, squeezed
from app.store.connection import StoreError, troubles
from app.store.rows import Vocabulary
from app.store.session_file import VERSION, SessionFile, Tail
from dsp.codes import Reason
from resources.words import gettext as _

_GROWS_S = 5.0  # measured: half a second needs a third more room, 10 s hardly less


@dataclass(frozen=True, slots=True)
class _Growing:
    """The newest block as it is on the disk: its first frame and time, what stands before it, and its entries."""

    first: int
    start_t: float
    before: Tail
    items: bytes
    made: bytes


class FileWriter:
    """Writes one file; it is made by the first `append`.

    Parameters
    ----------
    path : Path
        The file.
    key : bytes, 32
        Its key.
    tail : Tail or None
        Where it ended when it was written before; None for a new one.
    """

    def __init__(self, path: Path, key: bytes, tail: Tail | None = None) -> None:
        self.path = path
        self.key = key
        self._is_new = tail is None or tail.n == 0
        self._tail = tail or Tail()
        self._growing: _Growing | None = None
        self._is_barred = False
        self._file: SessionFile | None = None
        vocabulary = Vocabulary.of_today()
        self._vocabulary = vocabulary.to_text()
        self._entries = EntryWriter(vocabulary)

    @property
    def tail(self) -> Tail:
        """Where the file ends."""
        return self._tail

    @property
    def is_barred(self) -> bool:
        """Whether nothing more may be written."""
        return self._is_barred

    def bar(self) -> None:
        """Write nothing more, whatever is asked for; called from any thread, it never waits."""
        self._is_barred = True

    @property
    def settled(self) -> Tail:
        """Where its newest block ends that does not grow any more."""
        return self._tail if self._growing is None else self._growing.before

    def append(
        self, part: Part, *, batch: int, span: tuple[float, float], meta: Mapping[str, object] | None = None
    ) -> None:
        """Put a part at the end, in one transaction that is on the disk afterwards.

        Parameters
        ----------
        part : Part
            What to write; without anything in it only `meta` is written.
        batch : int
            The number of the commit, the same in each file of the session.
        span : tuple of float
            The session clock's times between which the part lies.
        meta : mapping of str to object
            What else to keep, as JSON, under its name.

        Raises
        ------
        StoreError
            When it may not be on the disk.
        """
        if self._is_barred:
            return
        file = self._file = self._file or self._opened()
        try:
            if part.is_empty:
                file.write(None, b"", self._vocabulary, meta)
                return
            growing = self._grown(part, span)
            before = growing.before
            last, entries = part.orders[1], (squeezed(growing.items), squeezed(growing.made))
            block = Block(before.n + 1, batch, growing.first, last, growing.start_t, span[1], *entries)
            chain = file.write(block, before.chain, self._vocabulary, meta)
        except StoreError:
            self.drop()
            raise
        self._growing = growing
        self._tail = Tail(block.n, batch, last, block.end_t, chain)

    def settle(self) -> None:
        """Let the newest block grow no more."""
        self._growing = None

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
        self._file = None

    def drop(self) -> None:
        """Let go of the file as it is."""
        if self._file is not None:
            self._file.drop()
        self._file = None

    def _grown(self, part: Part, span: tuple[float, float]) -> _Growing:
        growing = self._growing
        if growing is None or span[1] - growing.start_t > _GROWS_S:
            growing = _Growing(part.orders[0], span[0], self._tail, b"", b"")
        items, made = self._entries.entries(part, growing.first)
        return _Growing(growing.first, growing.start_t, growing.before, growing.items + items, growing.made + made)

    def _opened(self) -> SessionFile:
        """Open the file; where it was written before it must hold all that was acknowledged.

        What a failed commit left is on the disk or not; it is written over by the next one.
        """
        if self._is_new:
            with troubles(self.path):
                self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = SessionFile(self.path, self.key, mode="rwc")
            with troubles(self.path):
                sync_folder(self.path.parent)
                sync_folder(self.path.parent.parent)
            self._is_new = False
            return file
        file = SessionFile(self.path, self.key, mode="rw")
        if not file.holds(self._tail) or file.version > VERSION:
            file.drop()
            words = _("{name} does not hold any more what was written, or a newer version wrote it")
            raise StoreError(Reason.RECORD_DAMAGED, words.format(name=self.path.name))
        return file
