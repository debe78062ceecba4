# SPDX-License-Identifier: MIT
"""Gives a part of a session to the person whose it is, when it was recorded under another one's code.

The file stays as it is; its key is sealed anew under the right person's key. Its states were judged against another
person's window: a replay judges them anew.
"""

from gettext import gettext as _

from app.errors import AppError, Fault
from app.store.session_folder import NOTES
from app.store.vault import Vault

_LONGEST_DAYS = 30
_DAY_S = 86400.0


def move_session(vault: Vault, session: str, code: str, *, person: str) -> None:
    """Move one person's part of a session to another person.

    Parameters
    ----------
    vault : Vault
        The open store.
    session : str
        Its code.
    code : str
        Whose it is.
    person : str
        The part, by the name that the items use.

    Raises
    ------
    AppError
        `TOO_LATE` after 30 days; `UNKNOWN_CODE`; `NO_CONSENT` of the right person; `GIVEN_TWICE`.
    """
    entry, code = vault.sessions.entry(session), vault.clients.find(code)
    if vault.wall() - entry.head.started_utc_s > _LONGEST_DAYS * _DAY_S:
        words = _("{session} began more than {days} days ago and stays where it is.")
        raise AppError(Fault.TOO_LATE, words.format(session=session, days=_LONGEST_DAYS))
    if person not in entry.head.codes:
        words = _("{session} has no {person}; there are {names}.")
        names = ", ".join(entry.head.codes)
        raise AppError(Fault.UNKNOWN_CODE, words.format(session=session, person=person, names=names))
    if code in entry.head.codes.values():
        raise AppError(Fault.GIVEN_TWICE, _("{code} is in {session} already.").format(code=code, session=session))
    vault.consents.require_storing(code)
    vault.database.require_writable()
    part = vault.keys.book.sessions[session].get(NOTES)
    has_notes = part is not None and part.owner == entry.head.codes[person]
    vault.keys.move_parts(session, (person, NOTES) if has_notes else (person,), code)
    vault.sessions.move(session, person, code)
    vault.baselines.move(session, entry.head.codes[person], code)
