# SPDX-License-Identifier: MIT
"""The day of a session, counted from its client's first one: all that a de-identified export says of a date."""

from app.store.contents import SessionHead
from app.store.vault import Vault
from dsp.stream import CLIENT

_DAY_S = 86_400.0


def day_of(vault: Vault, session: str) -> int:
    """Count the days from the client's first session to this one.

    Parameters
    ----------
    vault : Vault
        The open store.
    session : str
        The session's code.
    """
    head = vault.sessions.entry(session).head
    client = head.codes.get(CLIENT) or next(iter(head.codes.values()), "")
    return _date(head) - min([_date(entry.head) for entry in vault.sessions.of(client)], default=_date(head))


def _date(head: SessionHead) -> int:
    """Give the day on which a session began, where it was."""
    return int((head.started_utc_s + head.utc_offset_s) // _DAY_S)
