# SPDX-License-Identifier: MIT
"""Writes what waits to the session's files, batch by batch; what the disk does not take, it tries again.

Synchronous, and all of it on one thread: `app.store.recorder` has the thread. Law: a batch counts as written when all
of it is on the disk, and not before; a disk that fails changes nothing but how much waits.
"""

import logging
import math
import shutil
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.clock import Clock
from app.digest import Digest
from app.errors import AppError
from app.merge import time_of
from app.store.backlog import Backlog, Waiting
from app.store.batches import hashed_values, is_of_made_up_person, parts_of
from app.store.connection import StoreError
from app.store.contents import SessionHead
from app.store.recovery import seal
from app.store.rows import Note
from app.store.session_folder import Batch, SessionFolder
from app.store.space import SpaceForecast
from dsp.codes import Reason

logger = logging.getLogger(__name__)

NoteChain = Callable[[str, int, bytes], None]
"""Notes in the vault how far a file is: its name, its newest block's running number, and that block's chain value."""

_MOST_FRAMES = 256  # of a batch: some seconds of every sensor
_TRY_AGAIN_S = 1.0
_NOTE_S = 30.0  # architecture.md, session store: at most so often
_LOOK_S = 5.0  # at the free space


@dataclass(frozen=True, slots=True)
class Written:
    """How far the disk is: up to which time, why it takes nothing just now, and in how many seconds it will be full."""

    on_disk_t: float | None = None
    reason: Reason | None = None
    full_in_s: float | None = None


class SessionWriter:
    """Writes one session.

    Parameters
    ----------
    folder : SessionFolder
        Its files.
    backlog : Backlog
        Where its frames wait.
    clock : Clock
        The session clock.
    note_chain : callable
        Notes in the vault how far each file is, at most every 30 s and at the end.
    """

    def __init__(self, folder: SessionFolder, backlog: Backlog, clock: Clock, note_chain: NoteChain) -> None:
        self._folder = folder
        self._backlog = backlog
        self._clock = clock
        self._note_chain = note_chain
        self._taken: Sequence[Waiting] = ()
        self._batch: Batch | None = None
        self._notes: deque[Note] = deque()
        self._is_continued = folder.progress.batch > 0
        self._digest = Digest()
        self._forecast = SpaceForecast()
        self._try_again_t = self._next_note_t = self._next_look_t = -math.inf
        self.written = Written(folder.progress.end_t)

    @property
    def place(self) -> Path:
        """Where the files lie now."""
        return self._folder.folder

    def add(self, person: str, code: str, key: bytes) -> None:
        """Let a person be recorded from the next batch on."""
        self._folder.add(person, code, key)

    def bar(self, person: str) -> None:
        """Write nothing more of a person, nor of what waits; called from any thread, it waits for no disk."""
        self._folder.bar(person)
        self._backlog.forget(person)

    def forget(self, person: str) -> None:
        """Remove what was written of a person, who was barred before."""
        if self._batch is not None:
            self._batch.parts.pop(person, None)
        self._folder.forget(person)

    def move(self, folder: Path) -> None:
        """Go on in another folder, where the disk takes nothing any more."""
        before = self._folder.progress.tails
        self._folder = self._folder.moved(folder)
        if self._batch is not None:
            self._batch.written &= self._folder.progress.tails.keys()
        if lost := before.keys() - self._folder.progress.tails.keys():
            logger.warning("%d files could not be taken along", len(lost))
        self._try_again_t = -math.inf

    def note(self, note: Note) -> None:
        """Write a note with the next batch."""
        self._notes.append(note)

    def write(self, before_batch: Callable[[], None] = lambda: None) -> None:
        """Write all that waits, unless the disk has just failed.

        Parameters
        ----------
        before_batch : callable
            Called when frames were taken and before any of them is written: who is recorded may change in it.
        """
        before_batch()
        now = self._clock()
        if now >= self._next_look_t:
            self._look(now)
        if now < self._try_again_t:
            return
        try:
            while self._take(before_batch):
                self._commit()
            while self._notes:
                self._folder.write_note(self._notes[0])
                self._notes.popleft()
        except StoreError as error:
            self._fail(error)
            return
        if now >= self._next_note_t:
            self._note_ends(now)

    def give_up(self) -> None:
        """Say that nothing is written any more."""
        self.written = replace(self.written, reason=Reason.DISK_FAULT)

    def close(self, ended_t: float) -> SessionHead:
        """Write what is left, the hash of it all, and close the files.

        Parameters
        ----------
        ended_t : float
            The session clock's time.

        Returns
        -------
        SessionHead
            With `ended_t` and the hash where all of it could be written.
        """
        self._try_again_t = -math.inf
        self.write()
        if self.written.reason is None and self._folder.progress.batch:
            try:
                self._end(ended_t)
            except StoreError as error:
                self._fail(error)
        self._folder.close()
        is_whole = self.written.reason is None
        return self._folder.head if is_whole else replace(self._folder.head, ended_t=None, sha256=None)

    def _end(self, ended_t: float) -> None:
        self._folder.settle()
        if self._is_continued:
            self._folder.close()
            seal(self._folder, ended_t)
        else:
            sha256 = self._digest.hexdigest(self._folder.persons)
            self._folder.amend(replace(self._folder.head, ended_t=ended_t, sha256=sha256))
            self._folder.commit(Batch(self._folder.progress.last, (ended_t, ended_t), {}))
        self._note_ends(self._clock())

    def _take(self, before_batch: Callable[[], None]) -> bool:
        """Make the next batch, unless one is under way; tell whether there is one."""
        if self._batch is not None:
            return True
        self._taken = self._backlog.take(_MOST_FRAMES)
        before_batch()
        if not self._taken:
            return False
        times = [time_of(waiting.frame.item) for waiting in self._taken]
        persons = frozenset(self._folder.persons)
        span = min(times), max(times)
        self._batch = Batch(self._taken[-1].order, span, parts_of(self._taken, persons))
        if is_of_made_up_person(self._taken) and not self._folder.head.is_synthetic:
            self._folder.amend(replace(self._folder.head, is_synthetic=True))
        return True

    def _commit(self) -> None:
        if self._batch is None:
            return
        self._folder.commit(self._batch)
        for value in hashed_values(self._taken):
            self._digest.add(value)
        if self.written.reason is not None:
            logger.info("the disk takes the recording again")
        self.written = replace(self.written, on_disk_t=self._batch.span[1], reason=None)
        self._batch, self._taken = None, ()

    def _fail(self, error: StoreError) -> None:
        if error.reason is not self.written.reason:
            logger.warning("the recording waits: %s", error.reason)
        self.written = replace(self.written, reason=error.reason)
        self._try_again_t = self._clock() + _TRY_AGAIN_S

    def _look(self, now: float) -> None:
        self._next_look_t = now + _LOOK_S
        try:
            free = shutil.disk_usage(self._folder.folder).free
        except OSError:  # no folder yet, or it is gone: the next commit says so
            return
        self.written = replace(self.written, full_in_s=self._forecast.update(now, free))

    def _note_ends(self, now: float) -> None:
        self._next_note_t = now + _NOTE_S
        try:
            for name, tail in self._folder.settled().items():
                self._note_chain(name, tail.n, tail.chain)
        except AppError as error:
            logger.warning("how far the recording is could not be noted: %s", error.fault)
