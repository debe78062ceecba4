# SPDX-License-Identifier: MIT
"""Puts into a restored vault what was made after its backup: the files and the keys know more than it does.

What only the lost vault knew is gone: names, consents and checklists of those who came since, and the audit's rows.
"""

from dataclasses import replace

from app.store.connection import StoreError
from app.store.key_book import Parts
from app.store.places import session_folder, size_of
from app.store.session_folder import COMMON, NOTES
from app.store.session_index import Ending, SessionState
from app.store.stored_session import StoredSession
from app.store.vault import Vault, hold_is_free
from app.store.versions import is_version


def index_again(vault: Vault) -> None:
    """Add the persons and the sessions that have keys, and files, and no row."""
    for code in set(vault.keys.book.clients) - {identity.code for identity in vault.clients.all()}:
        vault.clients.know(code)
    known = {session for session, _person, _code in vault.sessions.parts()}
    for session, parts in vault.keys.book.sessions.items():
        if session not in known and hold_is_free(session_folder(vault.folder, session)):
            _add(vault, session, parts)


def _add(vault: Vault, session: str, parts: Parts) -> None:
    place = session_folder(vault.folder, session)
    keys = {name: key for name, key in vault.keys.session_keys(session).items() if name != NOTES}
    try:
        stored = StoredSession(place, keys)
    except StoreError:  # there are no files, or nothing in them can be read
        return
    owners = {n: part.owner for n, part in parts.items() if n not in {COMMON, NOTES} and not is_version(n)}
    head = replace(stored.head, codes=owners)
    state = SessionState.RECOVERED if head.ended_t is None else SessionState.CLOSED
    ended_t = stored.progress.end_t if head.ended_t is None else head.ended_t
    vault.sessions.add(head)
    vault.sessions.close(session, Ending(ended_t, head.sha256, size_of(place), head.lost_s, state))
