# SPDX-License-Identifier: MIT
"""The sink that records a session: it takes each frame at once, and a thread of its own puts them on the disk.

Law: `put` never waits, whatever the disk does; nothing is written of a person who is not recorded. What is on the disk
is said by `state`; a marker goes there at once, everything else within half a second.
"""

import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

from app.clock import Clock
from app.merge import time_of
from app.store.backlog import Backlog, Waiting
from app.store.contents import SessionHead
from app.store.rows import Note
from app.store.session_folder import SessionFolder
from app.store.session_writer import NoteChain, SessionWriter
from app.store.stored_session import RECORDING_SOURCE
from dsp.codes import Reason
from dsp.stream import NOBODY, Frame, Gap, Recording

_PERIOD_S = 0.4  # architecture.md, threads: on the disk at least each 0.5 s


class Recorder:
    """Records one session (`app.session.Sink`).

    Parameters
    ----------
    folder : SessionFolder
        Its files, with the keys of those who are recorded from the start.
    clock : Clock
        The session clock.
    note_chain : callable
        Notes in the vault how far each file is: `(name, running number, chain value)`; called on the writer's thread.

    Notes
    -----
    `start` comes first and `close` last. Everything else is called by the session's thread; `state` and `forget` by
    any.
    """

    def __init__(self, folder: SessionFolder, clock: Clock, note_chain: NoteChain) -> None:
        self._persons = frozenset(folder.persons)
        self._order = folder.progress.last + 1
        self._newest_t = 0.0
        self._since_t: float | None = None
        self._backlog = Backlog(RECORDING_SOURCE)
        self._started_t = folder.head.started_t
        self._writer = SessionWriter(folder, self._backlog, clock, note_chain)
        self._asked: deque[Callable[[], None]] = deque()
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="attune-writer", daemon=True)

    @property
    def state(self) -> Recording:
        """How far the session is on the disk."""
        written = self._writer.written
        since_t = self._since_t if written.on_disk_t is None else written.on_disk_t
        return Recording(
            persons=tuple(sorted(self._persons)),
            on_disk_t=written.on_disk_t,
            behind_s=max(self._newest_t - since_t, 0.0) if self._persons and since_t is not None else 0.0,
            reason=written.reason,
            full_in_s=written.full_in_s,
            lost_s=self._backlog.lost_s,
        )

    @property
    def place(self) -> Path:
        """Where the files lie now."""
        return self._writer.place

    def start(self) -> None:
        """Start the writer's thread."""
        self._thread.start()

    def put(self, frame: Frame) -> None:
        """Take a frame."""
        order, self._order = self._order, self._order + 1
        self._newest_t = time_of(frame.item)
        if not self._persons:
            return
        if self._since_t is None:
            self._since_t = self._newest_t
        self._backlog.put(Waiting(order, frame, self._persons))
        if frame.markers:
            self._wake.set()

    def add(self, person: str, code: str, key: bytes) -> None:
        """Record a person from the next frame on: there is consent, and a key.

        Parameters
        ----------
        person, code : str
            The name that the items use, and the person's code.
        key : bytes, 32
            The key of the person's file.
        """
        if person == NOBODY:
            raise ValueError("nobody's data cannot be recorded")
        self._asked.append(lambda: self._writer.add(person, code, key))
        self._persons |= {person}
        if self._order:
            self._put_gap(person, self._started_t)

    def stop(self, person: str) -> None:
        """Record no further frame of a person; what was recorded stays."""
        if person in self._persons:
            self._put_gap(person, self._newest_t)
            self._persons -= {person}

    def forget(self, person: str) -> threading.Event:
        """Write nothing more of a person from now on, and remove the file; give what is set when it is gone.

        However long the disk takes for what it does just now: what waits for it is not written any more.
        """
        if person in self._persons:
            self._persons -= {person}
        self._writer.bar(person)
        gone = threading.Event()

        def forget() -> None:
            self._writer.forget(person)
            gone.set()

        self._asked.append(forget)
        self._wake.set()
        return gone

    def note(self, note: Note) -> None:
        """Keep a clinician's note, at once."""
        self._asked.append(lambda: self._writer.note(note))
        self._wake.set()

    def save_to(self, folder: Path) -> None:
        """Go on in another folder, with what is kept in memory and what can still be read of the old one.

        Parameters
        ----------
        folder : Path
            On a disk that takes it; the session's own folder, not one that holds others.
        """
        self._asked.append(lambda: self._writer.move(folder))
        self._wake.set()

    def close(self, ended_t: float) -> SessionHead:
        """End the recording; waits for the disk, so not on the session's event loop.

        Parameters
        ----------
        ended_t : float
            The session clock's time.

        Returns
        -------
        SessionHead
            Its `ended_t` is None where the disk did not take all of it: `state.reason` says why.
        """
        self._closing.set()
        self._wake.set()
        self._thread.join()
        self._obey()
        return self._writer.close(ended_t)

    def _put_gap(self, person: str, start_t: float) -> None:
        """Mark that a person is not recorded on one side of this moment."""
        gap = Gap(start_t, self._newest_t, Reason.NOT_RECORDED, RECORDING_SOURCE, person)
        self._backlog.put(Waiting(self._order, Frame(gap, gaps=(gap,)), frozenset({person})))
        self._order += 1

    def _run(self) -> None:
        try:
            while not self._closing.is_set():
                self._wake.wait(_PERIOD_S)
                self._wake.clear()
                self._writer.write(self._obey)
        finally:
            if not self._closing.is_set():  # a fault of our own: the light must not stay on
                self._writer.give_up()

    def _obey(self) -> None:
        """Do what the session's thread asked for."""
        while self._asked:
            self._asked.popleft()()
