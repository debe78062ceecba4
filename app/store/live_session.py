# SPDX-License-Identifier: MIT
"""A session that is being recorded: where its files go, their keys, and what must be known of it from outside them.

It works the same whether the store is open or, after a crash, still locked: what cannot reach the vault waits in the
session's token (`app.store.resume_token`).
"""

import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from app.clock import Clock
from app.errors import AppError, Fault
from app.store.atomic import Held
from app.store.chain_notes import ChainNote
from app.store.contents import SessionHead
from app.store.places import remove_part, remove_session, size_of
from app.store.resume_token import ResumeToken, remove_token, write_token
from app.store.session_folder import NOTES
from app.store.session_index import Ending
from resources.words import gettext as _


class Registrar(Protocol):
    """What an open store keeps of a running session."""

    def note_chain(self, session: str, person: str, note: ChainNote) -> None:
        """Note how far one file is."""

    def resume_session(self, session: str) -> None:
        """Put on record that it goes on after a crash."""

    def join_session(self, session: str, person: str, code: str) -> bytes:
        """Put on record that a person joins, who agreed to be stored; give the key of their file."""

    def take_back(self, session: str, person: str) -> None:
        """Put on record that a person takes the consent back, and destroy their part of the session."""

    def close_session(self, session: str, ending: Ending) -> None:
        """Put on record how it ended."""


class LiveSession:
    """One running session; its methods may be called from any thread.

    Parameters
    ----------
    folder : Path
        The session's folder.
    token : ResumeToken
        What is known of it.
    registrar : Registrar or None
        The open store; None while it is locked.
    held : Held
        Keeps another Attune from taking it for one that a crash left.
    wall : Clock
        Wall time, seconds since 1970 UTC.
    """

    def __init__(self, folder: Path, token: ResumeToken, registrar: Registrar | None, held: Held, wall: Clock) -> None:
        self.folder = folder
        self._token = token
        self._registrar = registrar
        self._held = held
        self._wall = wall
        self._lock = threading.Lock()

    @property
    def head(self) -> SessionHead:
        """What is known of it."""
        return self._token.head

    @property
    def keys(self) -> Mapping[str, bytes]:
        """The key of each file by name: the persons who agreed, `common` and `notes`."""
        return self._token.keys

    @property
    def chain_notes(self) -> Mapping[str, ChainNote]:
        """How far each file is known to be whole."""
        return self._token.notes

    def note_chain(self, person: str, number: int, value: bytes) -> None:
        """Note the newest running number of a person's file and its chain value."""
        note = ChainNote(number, value)
        with self._lock:
            if person not in self._token.keys:
                return  # the consent was taken back
            notes = {**self._token.notes, person: note}
            self._write(replace(self._token, notes=notes, seen_utc_s=self._wall()))
            if self._registrar is not None:
                self._registrar.note_chain(self.head.session, person, note)

    def join(self, person: str, code: str) -> bytes:
        """Let somebody be recorded from now on; give the key of their file, for the recorder.

        Raises
        ------
        AppError
            `NO_CONSENT`; `LOCKED` where the store is not open, so that nobody's consent can be found in it.
        """
        with self._lock:
            if self._registrar is None:
                raise AppError(Fault.LOCKED, _("the store is locked, and only who was in the session goes on in it."))
            key = self._registrar.join_session(self.head.session, person, code)
            head = replace(self.head, codes={**self.head.codes, person: code})
            self._write(replace(self._token, head=head, keys={**self._token.keys, person: key}))
            return key

    def take_back(self, person: str) -> None:
        """Destroy what this session stored of a person who takes the consent back; the files and the key go first.

        The recorder and the outlets are stopped before. The notes of the session go with its last person.
        """
        gone = {person} if self._has_others(person) else {person, NOTES}
        for name in gone:
            remove_part(self.folder, name)  # first: it makes room on a full disk
        try:
            if self._registrar is not None:
                self._registrar.take_back(self.head.session, person)
        finally:
            with self._lock:  # which a slow disk may hold: nothing that destroys waits for it
                keys = {name: key for name, key in self._token.keys.items() if name not in gone}
                self._token = replace(self._token, keys=keys, taken_back=(*self._token.taken_back, person))
                write_token(self.folder, self._token)

    def close(self, ended_t: float | None, sha256: str | None) -> None:
        """End the session; its files are closed already.

        Parameters
        ----------
        ended_t : float or None
            The session clock's time; None where not all of it could be written. The session is then left as a crash
            leaves it, and put in order when the disk can be used again.
        sha256 : str or None
            The hash of the joined values.
        """
        is_anybodys = bool(set(self._token.keys) & set(self.head.codes))
        with self._lock:
            try:
                if ended_t is not None or not is_anybodys:
                    self._end(Ending(ended_t, sha256, size_of(self.folder)), is_anybodys=is_anybodys)
            finally:
                self._held.let_go()

    def _end(self, ending: Ending, *, is_anybodys: bool) -> None:
        if self._registrar is None:
            self._write(replace(self._token, ending=ending))
            return
        self._registrar.close_session(self.head.session, ending)
        remove_token(self.folder)
        if not is_anybodys:
            remove_session(self.folder)

    def _has_others(self, person: str) -> bool:
        return bool(set(self._token.keys) & set(self.head.codes) - {person})

    def _write(self, token: ResumeToken) -> None:
        write_token(self.folder, token)
        self._token = token
