# SPDX-License-Identifier: MIT
"""Gives a part of a session to the person whose it is, when it was recorded under another one's code.

The recording stays as it is; its key is sealed anew under the right person's key. Its states were judged against
another person's window: they are judged again, as a new version beside the old one.
"""

from collections.abc import Sequence

from app.errors import AppError, Fault
from app.session import Sink
from app.store.judging import judge_again
from app.store.places import session_folder
from app.store.session_folder import NOTES
from app.store.session_index import SessionEntry, SessionState
from app.store.vault import Vault, hold_is_free
from app.store.versions import number_of, versions_of
from resources.words import gettext as _

_LONGEST_DAYS = 30
_DAY_S = 86400.0


def move_session(vault: Vault, session: str, code: str, *, person: str, sinks: Sequence[Sink] = ()) -> int:
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
    sinks : sequence of Sink
        Hear of each frame while the part is judged again.

    Returns
    -------
    int
        The number of the new version; the one before it is kept.

    Raises
    ------
    AppError
        `TOO_LATE` after 30 days; `STORE_BUSY` while it is recorded; `UNKNOWN_CODE`; `NO_CONSENT` of the right person;
        `GIVEN_TWICE`. A `StoreError` where its files cannot be read or written: nothing is moved then.
    """
    entry, code = vault.sessions.entry(session), vault.clients.find(code)
    _require_movable(vault, entry, code, person)
    parts, wrong = vault.keys.book.sessions[session], entry.head.codes[person]
    notes = [NOTES] if NOTES in parts and parts[NOTES].owner == wrong else []
    judged = judge_again(vault, entry, person, code, sinks)
    names = [person, *versions_of(parts, person), *notes]
    vault.keys.move_parts(session, names, code, {judged.name: judged.key})
    number = number_of(judged.name)
    vault.sessions.move(session, person, code, f"{person}: version {number}, version {number - 1} kept")
    vault.note_chain(session, judged.name, judged.note)
    vault.baselines.move(session, wrong, code)
    vault.looking_back.move(session, wrong, code)
    return number


def _require_movable(vault: Vault, entry: SessionEntry, code: str, person: str) -> None:
    head = entry.head
    if vault.wall() - head.started_utc_s > _LONGEST_DAYS * _DAY_S:
        words = _("{session} began more than {days} days ago and stays where it is.")
        raise AppError(Fault.TOO_LATE, words.format(session=head.session, days=_LONGEST_DAYS))
    if person not in head.codes:
        words = _("nobody in {session} is called {person}; say --person with one of: {names}.")
        names = ", ".join(head.codes)
        raise AppError(Fault.UNKNOWN_CODE, words.format(session=head.session, person=person, names=names))
    if code in head.codes.values():
        raise AppError(Fault.GIVEN_TWICE, _("{code} is in {session} already.").format(code=code, session=head.session))
    if entry.state is SessionState.OPEN or not hold_is_free(session_folder(vault.folder, head.session)):
        words = _("{session} is being recorded; end it first.")
        raise AppError(Fault.STORE_BUSY, words.format(session=head.session))
    vault.consents.require_storing(code)
    vault.database.require_writable()
