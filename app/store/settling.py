# SPDX-License-Identifier: MIT
"""What an opened store puts in order: sessions that a crash left, and what was noted while it was locked.

Law: what has no key any more is left out, rows and files: an erasure that a crash interrupted is finished, and a vault
from an old backup gives nobody back who was erased since.
"""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from app.store.connection import StoreError
from app.store.places import SESSIONS, remove_part, remove_session, session_folder, size_of
from app.store.recovery import finish
from app.store.resume_token import ResumeToken, find_tokens, remove_token
from app.store.session_index import Ending, SessionEntry, SessionState
from app.store.vault import Vault, hold_is_free

if TYPE_CHECKING:
    from sqlite3 import Connection

_log = logging.getLogger(__name__)


def settle(vault: Vault) -> None:
    """Put an opened store in order; sessions that are recorded now, or may go on, stay as they are."""
    for place, token in find_tokens(vault.folder / SESSIONS):
        if hold_is_free(place):
            _take_over(vault, place, token)
    for entry in vault.sessions.unfinished():
        place = session_folder(vault.folder, entry.head.session)
        if hold_is_free(place) and not _may_go_on(vault, place):
            _close_by_itself(vault, entry)
    leave_out_keyless(vault)


def leave_out_keyless(vault: Vault) -> None:
    """Leave out everything of those whose key is gone."""
    people, parts = vault.clients.all(), vault.sessions.parts()
    vault.keys.refresh()  # after the rows: a key is made before its row
    book = vault.keys.book
    for identity in people:
        if identity.code not in book.clients:
            with vault.database.write() as connection:
                forget_person(connection, identity.code)
    for session, person, code in parts:
        part = book.sessions.get(session, {}).get(person)
        place = session_folder(vault.folder, session)
        if part is None:
            remove_part(place, person)
            vault.sessions.forget(session, person)
        elif part.owner != code:  # a crash came between the key's move and its row
            vault.sessions.move(session, person, part.owner)
        if session not in book.sessions:
            remove_session(place)


def forget_person(connection: "Connection", code: str) -> None:
    """Remove a person's rows within a transaction: the code, the sealed name, consents, answers and settings."""
    connection.execute("DELETE FROM settings WHERE owner = ?", (code,))
    connection.execute("DELETE FROM identities WHERE code = ?", (code,))


def _take_over(vault: Vault, place: Path, token: ResumeToken) -> None:
    """Take into the vault what waited in a session's token."""
    session = token.head.session
    if session not in vault.keys.book.sessions:
        remove_session(place)
        return
    if session not in {known for known, _person, _code in vault.sessions.parts()}:
        vault.sessions.add(token.head)  # a crash came between the token and its row
    for name, note in token.notes.items():
        vault.note_chain(session, name, note)
    for person in token.taken_back:
        vault.take_back(session, person)
    if token.ending is not None and session in vault.keys.book.sessions:
        vault.close_session(session, token.ending)
    if token.ending is not None:
        remove_token(place)


def _may_go_on(vault: Vault, place: Path) -> bool:
    return any(found == place and token.is_resumable(vault.wall()) for found, token in find_tokens(place.parent))


def _close_by_itself(vault: Vault, entry: SessionEntry) -> None:
    session = entry.head.session
    place = session_folder(vault.folder, session)
    _log.info("session %s was left open and is closed", session)
    vault.close_session(session, _ending(vault, entry))
    remove_token(place)


def _ending(vault: Vault, entry: SessionEntry) -> Ending:
    """Find out from its files how a session ended that nobody closed."""
    session = entry.head.session
    place = session_folder(vault.folder, session)
    try:
        head = finish(place, vault.keys.session_keys(session), vault.chain_notes.newest(session))
    except StoreError:  # nothing was written yet, or nothing can be read any more
        return Ending(None, None, size_of(place), state=SessionState.RECOVERED)
    return Ending(head.ended_t, head.sha256, size_of(place), head.lost_s, SessionState.RECOVERED)
