# SPDX-License-Identifier: MIT
"""What the store knows, as the screens are shown it."""

from collections.abc import Mapping
from types import MappingProxyType

from app.store.consent import Audience as StoredAudience
from app.store.consent import Consent, Terms
from app.store.session_index import SessionEntry, SessionState
from app.store.unlock import Protection
from app.store.vault import Vault
from app.store.wishes import VIEW, Wishes
from ui.archive.shelf import Agreement, Audience, ClientRow, Door, Kept, LastTime, SessionRow, Shelf

_KEPT: Mapping[SessionState, Kept] = MappingProxyType(
    {
        SessionState.OPEN: Kept.RUNNING,
        SessionState.CLOSED: Kept.WHOLE,
        SessionState.RECOVERED: Kept.RECOVERED,
    }
)


def shelf_of(vault: Vault) -> Shelf:
    """Give all that may be seen without opening a session."""
    return Shelf(
        Door.OPEN,
        tuple(_session(entry) for entry in vault.sessions.all()),
        tuple(_client(vault, one.code) for one in vault.clients.all()),
        is_protected=vault.protection is not Protection.NOT_YET,
    )


def terms_of(agreement: Agreement) -> Terms:
    """Give what is agreed to as the store keeps it."""
    return Terms(StoredAudience(agreement.audience), agreement.stores, agreement.keep_days)


def _client(vault: Vault, code: str) -> ClientRow:
    """Give somebody who was here before; how it was last time only of somebody who is still stored."""
    agreement = _agreement(vault.consents.current(code))
    if agreement is None or not agreement.stores:
        return ClientRow(code, agreement)
    view = Wishes(vault.settings).of(code).get(VIEW, ())
    rests = vault.baselines.of(code)
    return ClientRow(code, agreement, LastTime(view, rests[-1].t_utc_s if rests else None))


def _agreement(consent: Consent | None) -> Agreement | None:
    if consent is None:
        return None
    terms = consent.terms
    return Agreement(terms.stores, Audience(terms.audience), terms.keep_days)


def _session(entry: SessionEntry) -> SessionRow:
    head = entry.head
    return SessionRow(
        head.session,
        head.started_utc_s,
        head.utc_offset_s,
        entry.duration_s,
        tuple(head.codes.values()),
        _KEPT[entry.state],
        head.lost_s,
        entry.size_bytes,
        head.is_synthetic,
    )
