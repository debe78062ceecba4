# SPDX-License-Identifier: MIT
"""Erases a person: the key first, so that whatever is found of them later, anywhere, stays closed.

What a session holds of another person stays and replays; the notes of a session go with either, since they may tell of
both. Backups that were not refreshed since still hold the key and are named.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import AppError, Fault
from app.store.audit import AuditAction
from app.store.backups import BackupNote
from app.store.migrations import remove_copies
from app.store.places import remove_part, remove_session, session_folder
from app.store.session_folder import NOTES
from app.store.session_index import SessionEntry
from app.store.settling import forget_person
from app.store.vault import Vault, hold_is_free
from resources.words import gettext as _


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure takes, or took.

    Parameters
    ----------
    code : str
        Whose.
    sessions : sequence of str
        The person's sessions.
    shared : sequence of str
        Those of them in which somebody else's part stays, without the notes.
    backups : sequence of BackupNote
        The backups that still hold the key.
    """

    code: str
    sessions: Sequence[str]
    shared: Sequence[str]
    backups: Sequence[BackupNote]


def what_goes(vault: Vault, code: str) -> Erasure:
    """Say what erasing a person would take; nothing is changed."""
    entries = vault.sessions.of(code)
    shared = [entry.head.session for entry in entries if len(set(entry.head.codes.values())) > 1]
    return Erasure(code, [entry.head.session for entry in entries], shared, vault.backups.all())


def erase(vault: Vault, code: str) -> Erasure:
    """Erase a person.

    Parameters
    ----------
    vault : Vault
        The open store.
    code : str
        Whose data.

    Raises
    ------
    AppError
        `UNKNOWN_CODE`; `STORE_BUSY` while a session of theirs is being recorded; `NOT_WRITTEN`.
    """
    entries, goes = vault.sessions.of(code), what_goes(vault, code)
    for entry in entries:
        if not hold_is_free(session_folder(vault.folder, entry.head.session)):
            words = _("a session of {code} is being recorded; end it first.")
            raise AppError(Fault.STORE_BUSY, words.format(code=code))
    vault.keys.client_key(code)
    vault.database.require_writable()
    vault.keys.destroy_client(code, notes_of=goes.sessions)
    generation = vault.keys.book.generation
    _forget(vault, code, generation)
    for entry in entries:
        _remove_files(vault, entry, code)
    remove_copies(vault.folder)
    return Erasure(code, goes.sessions, goes.shared, vault.backups.older_than(generation))


def _forget(vault: Vault, code: str, generation: int) -> None:
    with vault.database.write() as connection:
        connection.execute("INSERT OR REPLACE INTO erasures VALUES (?, ?, ?)", (code, vault.wall(), generation))
        vault.sessions.forget_person(connection, code)
        forget_person(connection, code)
        vault.audit.note(connection, AuditAction.CLIENT_ERASED, code)
    vault.database.tidy()


def _remove_files(vault: Vault, entry: SessionEntry, code: str) -> None:
    place = session_folder(vault.folder, entry.head.session)
    for person, owner in entry.head.codes.items():
        if owner == code:
            remove_part(place, person)
    remove_part(place, NOTES)
    if entry.head.session not in vault.keys.book.sessions:
        remove_session(place)
