# SPDX-License-Identifier: MIT
"""Finds the session that a crash interrupted, and goes on with it: one key, before any passphrase.

Only within 30 minutes, and never one that another Attune is recording.
"""

from pathlib import Path

from app.clock import Clock
from app.errors import AppError
from app.store.atomic import hold
from app.store.live_session import LiveSession, Registrar
from app.store.places import LOCK_FILE, SESSIONS, session_folder
from app.store.resume_token import ResumeToken, find_tokens, read_token, write_token
from app.store.session_folder import NOTES
from app.store.stored_session import StoredSession
from app.store.vault import hold_is_free


def find_resumable(folder: Path, now_utc_s: float, session: str = "") -> ResumeToken | None:
    """Give the session that may go on, the newest where there are several; None where there is none.

    Parameters
    ----------
    folder : Path
        The data folder; nothing is written.
    now_utc_s : float
        Wall time, seconds since 1970 UTC.
    session : str
        The code of the one that is meant; empty for any.
    """
    tokens = [
        token
        for place, token in find_tokens(folder / SESSIONS)
        if session in ("", token.head.session) and token.is_resumable(now_utc_s) and hold_is_free(place)
    ]
    return max(tokens, key=lambda token: token.seen_utc_s, default=None)


def read_resumable(folder: Path, token: ResumeToken) -> StoredSession:
    """Open what was recorded before the crash, before it goes on.

    Its items, put through a new pipeline, bring that to where the old one was: only then does a replay of the whole
    session give the numbers of the part that follows.

    Raises
    ------
    StoreError
        When the disk fails, or nothing is known of the session.
    """
    keys = {name: key for name, key in token.keys.items() if name != NOTES}
    return StoredSession(session_folder(folder, token.head.session), keys, token.notes, token.head)


def resume(folder: Path, session: str, wall: Clock, registrar: Registrar | None) -> LiveSession | None:
    """Go on with a session.

    Parameters
    ----------
    folder : Path
        The data folder.
    session : str
        Its code.
    wall : Clock
        Wall time, seconds since 1970 UTC.
    registrar : Registrar or None
        The open store; None while it is locked.

    Returns
    -------
    LiveSession or None
        None where it was ended, or is recorded by another Attune, or too long ago.
    """
    place = session_folder(folder, session)
    held = hold(place / LOCK_FILE) if place.is_dir() else None
    if held is None:
        return None
    token = read_token(place)
    if token is None or not token.is_resumable(wall()):
        held.let_go()
        return None
    try:
        write_token(place, token)  # the folder can still be written, before anybody counts on it
    except AppError:
        held.let_go()
        raise
    if registrar is not None:
        registrar.resume_session(session)
    return LiveSession(place, token, registrar, held, wall)
