# SPDX-License-Identifier: MIT
"""How long sessions are kept: what a person agreed to, and what the practice allows; the shorter of the two.

Nothing goes by itself: what is due is shown first, and goes when somebody says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from app.store.audit import AuditAction
from app.store.places import session_folder
from app.store.session_index import SessionEntry
from app.store.vault import Vault, hold_is_free

_PRACTICE_DAYS = "keep_days"
_DAY_S = 86400.0


@dataclass(frozen=True, slots=True)
class Due:
    """One person's part of a session that has been kept for longer than it may be."""

    session: str
    person: str
    code: str
    age_days: float
    keep_days: int


def practice_days(vault: Vault) -> int | None:
    """Give how many days the practice keeps sessions, None where it sets no bound."""
    return cast(int | None, vault.settings.all().get(_PRACTICE_DAYS))


def set_practice_days(vault: Vault, days: int | None) -> None:
    """Set how many days the practice keeps sessions; None is without a bound."""
    if days is not None and days < 1:
        raise ValueError(f"a session must be kept for at least 1 day, not {days}")
    vault.settings.set(_PRACTICE_DAYS, days)


def what_is_due(vault: Vault) -> Sequence[Due]:
    """Say what has been kept for longer than it may be; nothing is changed."""
    practice, due = practice_days(vault), list[Due]()
    for entry in vault.sessions.all():
        for person, code in entry.head.codes.items():
            due += _due(vault, entry, person, code, practice)
    return due


def delete_due(vault: Vault) -> Sequence[Due]:
    """Delete what has been kept for longer than it may be; a session that is being recorded stays."""
    due = [one for one in what_is_due(vault) if hold_is_free(session_folder(vault.folder, one.session))]
    for one in due:
        vault.delete_part(one.session, one.person)
    vault.audit.note_alone(AuditAction.RETENTION_RUN)
    return due


def _due(vault: Vault, entry: SessionEntry, person: str, code: str, practice: int | None) -> Sequence[Due]:
    consents = vault.consents.history(code)
    agreed = consents[-1].terms.keep_days if consents else None
    bounds = [days for days in (practice, agreed) if days is not None]
    age_days = (vault.wall() - entry.head.started_utc_s) / _DAY_S
    if not bounds or age_days <= min(bounds):
        return ()
    return (Due(entry.head.session, person, code, age_days, min(bounds)),)
