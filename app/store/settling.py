# SPDX-License-Identifier: MIT
"""What an opened store puts in order: sessions that a crash left, and what was noted while it was locked.

Law: what was erased is left out, rows and files: an erasure that a crash interrupted is finished, and a vault from an
old backup gives nobody back who was erased since. What merely lacks its key is never touched.
"""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from app.store.baselines import Findings
from app.store.connection import StoreError
from app.store.contents import IMPORTED
from app.store.key_book import KeyBook, part_name
from app.store.places import SESSIONS, remove_part, remove_session, session_folder, size_of
from app.store.recovery import finish
from app.store.resume_token import ResumeToken, find_tokens, remove_token
from app.store.session_index import Ending, SessionEntry, SessionState
from app.store.stored_session import StoredSession
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
        has_keys = entry.head.session in vault.keys.book.sessions
        if has_keys and hold_is_free(place) and not _may_go_on(vault, place):
            _close_by_itself(vault, entry)
    leave_out_erased(vault)


def leave_out_erased(vault: Vault) -> None:
    """Leave out everything whose key was destroyed; what lacks its key for another reason stays."""
    people, parts = vault.clients.all(), vault.sessions.parts()
    vault.keys.refresh()  # after the rows: a key is made before its row
    book = vault.keys.book
    for identity in people:
        if identity.code in book.erased:
            with vault.database.write() as connection:
                forget_person(connection, identity.code)
    for session, person, code in parts:
        key = book.sessions.get(session, {}).get(person)
        if key is None and part_name(session, person) in book.erased:
            vault.forget_part(session, person)
        elif key is not None and key.owner != code:  # a crash came between the key's move and its row
            vault.sessions.move(session, person, key.owner)
    remove_erased(vault.folder, book)


def remove_erased(folder: Path, book: KeyBook) -> None:
    """Remove the files in a data folder, or a backup, whose keys were destroyed; not where a session runs."""
    for session, names in _erased_files(book).items():
        place = session_folder(folder, session)
        if not hold_is_free(place):
            continue
        if session not in book.sessions:
            remove_session(place)
        for name in set(names) - set(book.sessions.get(session, {})):
            remove_part(place, name)


def forget_person(connection: "Connection", code: str) -> None:
    """Remove a person's rows within a transaction: the code, the sealed name, consents, answers and settings."""
    connection.execute("DELETE FROM settings WHERE owner = ?", (code,))
    connection.execute("DELETE FROM identities WHERE code = ?", (code,))


def _take_over(vault: Vault, place: Path, token: ResumeToken) -> None:
    """Take into the vault what waited in a session's token."""
    session = token.head.session
    if session not in vault.keys.book.sessions:
        return  # it was deleted, or an older key file was put in place
    if session not in {known for known, _person, _code in vault.sessions.parts()}:
        vault.sessions.add(token.head)  # a crash came between the token and its row
    for name, note in token.notes.items():
        vault.note_chain(session, name, note)
    for person in token.taken_back:
        vault.take_back(session, person)
    if token.ending is not None and session in vault.keys.book.sessions:
        vault.close_session(session, token.ending)
        _keep_findings(vault, session)
    if token.ending is not None:
        remove_token(place)


def _may_go_on(vault: Vault, place: Path) -> bool:
    return any(found == place and token.is_resumable(vault.wall()) for found, token in find_tokens(place.parent))


def _close_by_itself(vault: Vault, entry: SessionEntry) -> None:
    session = entry.head.session
    place = session_folder(vault.folder, session)
    if IMPORTED in entry.head.versions:  # its file is still there: half of it is no session
        _log.info("the import of %s was interrupted and is removed", session)
        for person in entry.head.codes:
            vault.delete_part(session, person)
        return
    _log.info("session %s was left open and is closed", session)
    findings = Findings()
    vault.close_session(session, _ending(vault, entry, findings))
    findings.keep(vault, session)
    remove_token(place)


def _keep_findings(vault: Vault, session: str) -> None:
    """Keep what a session found that ended while the store was locked."""
    findings = Findings()
    try:
        stored = StoredSession(session_folder(vault.folder, session), vault.keys.session_keys(session))
        for one in stored.told():
            findings.take(one)
    except StoreError as error:
        _log.warning("what %s found could not be read: %s", session, error.reason)
    findings.keep(vault, session)


def _ending(vault: Vault, entry: SessionEntry, findings: Findings) -> Ending:
    """Find out from its files how a session ended that nobody closed, and what it found."""
    session = entry.head.session
    place = session_folder(vault.folder, session)
    try:
        head = finish(place, vault.keys.session_keys(session), vault.chain_notes.newest(session), findings.take)
    except StoreError:  # nothing was written yet, or nothing can be read any more
        return Ending(None, None, size_of(place), state=SessionState.RECOVERED)
    return Ending(head.ended_t, head.sha256, size_of(place), head.lost_s, SessionState.RECOVERED)


def _erased_files(book: KeyBook) -> Mapping[str, list[str]]:
    """Give, by session, the names of the files whose keys were destroyed."""
    files: dict[str, list[str]] = {}
    for erased in book.erased:
        session, slash, name = erased.partition("/")
        if slash:
            files.setdefault(session, []).append(name)
    return files
