# SPDX-License-Identifier: MIT
"""What a person may decide at the end of a session: delete it, or it and every earlier one of theirs; keys first.

What belongs to another person of a session stays, unless they decide so too.
"""

from collections.abc import Sequence

from app.errors import AppError, Fault
from app.store.places import session_folder
from app.store.session_index import SessionEntry
from app.store.vault import Vault, hold_is_free
from resources.words import gettext as _


def delete_session(vault: Vault, session: str, code: str | None = None) -> None:
    """Delete a session, or one person's part of it.

    Parameters
    ----------
    vault : Vault
        The open store.
    session : str
        Its code.
    code : str or None
        Whose part; None deletes everybody's.

    Raises
    ------
    AppError
        `UNKNOWN_CODE`; `STORE_BUSY` while it is being recorded.
    """
    _delete(vault, [vault.sessions.entry(session)], code)


def delete_from_here_back(vault: Vault, session: str, code: str) -> Sequence[str]:
    """Delete a person's part of a session and of all before it; give the sessions' codes."""
    here = vault.sessions.entry(session).head.started_utc_s
    entries = [entry for entry in vault.sessions.of(code) if entry.head.started_utc_s <= here]
    _delete(vault, entries, code)
    return [entry.head.session for entry in entries]


def _delete(vault: Vault, entries: Sequence[SessionEntry], code: str | None) -> None:
    for entry in entries:
        if not hold_is_free(session_folder(vault.folder, entry.head.session)):
            words = _("{session} is being recorded; end it first.")
            raise AppError(Fault.STORE_BUSY, words.format(session=entry.head.session))
    for entry in entries:
        for person, owner in entry.head.codes.items():
            if code in (None, owner):
                vault.delete_part(entry.head.session, person)
