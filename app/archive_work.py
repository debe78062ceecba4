# SPDX-License-Identifier: MIT
"""What is done with the open store for the screens: each function waits for the disk, on the archive's own thread."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import cast

from app.archive_rows import terms_of
from app.recording import Recorded
from app.store.backups import BackupNote
from app.store.delete import delete_from_here_back, delete_session
from app.store.erase import erase, what_goes
from app.store.session_file import SessionFile
from app.store.session_folder import COMMON, file_of
from app.store.system_keyring import Safe
from app.store.unlock import Protection, set_passphrase
from app.store.vault import Vault
from ui.archive.seam import Decision, Erased, Going, Keep

SESSION = "S-"
"""How a session's code begins; a person's begins with C-."""


def decided(vault: Vault, safe: Safe, decisions: Sequence[Decision]) -> Mapping[str, str]:
    """Put on record what people agreed to; give the codes of those who are stored.

    Of somebody new who wants nothing stored nothing is written. A name is refused before anything is written of its
    person where nothing protects the store.

    Raises
    ------
    AppError
        `NOT_PROTECTED`, `WEAK_PASSPHRASE`, `UNKNOWN_CODE` or `NO_CONSENT`.
    """
    codes: dict[str, str] = {}
    for decision in decisions:
        code = _recorded(vault, safe, decision)
        if code is not None:
            codes[decision.person] = code
    return codes


def _recorded(vault: Vault, safe: Safe, decision: Decision) -> str | None:
    code = vault.clients.find(decision.code) if decision.code else None
    if decision.agreement is None:
        if code is not None:
            vault.consents.require_storing(code)
        return code
    if not decision.agreement.stores and code is None:
        return None
    if decision.name:
        _protect(vault, safe, decision.passphrase)
    code = code or vault.clients.add()
    if decision.name:
        vault.clients.set_name(code, decision.name)
    vault.consents.give(code, terms_of(decision.agreement))
    return code if decision.agreement.stores else None


def _protect(vault: Vault, safe: Safe, passphrase: str) -> None:
    if vault.protection is Protection.NOT_YET and passphrase:
        set_passphrase(vault.keys, vault.folder, safe, passphrase)
    vault.clients.require_protection()


def end(vault: Vault, session: str, code: str, keep: Keep) -> None:
    """Do what a person decided about a session that has ended."""
    if keep is Keep.DELETE:
        delete_session(vault, session, code)
    elif keep is Keep.DELETE_BACK:
        delete_from_here_back(vault, session, code)


def going(vault: Vault, code: str) -> Going:
    """Say what erasing a person or a session would take."""
    if code.startswith(SESSION):
        vault.sessions.entry(code)
        return Going(code, (code,), (), _places(vault.backups.all()))
    goes = what_goes(vault, code)
    return Going(code, tuple(goes.sessions), tuple(goes.shared), _places(goes.backups))


def erased(vault: Vault, code: str) -> Erased:
    """Erase a person or a session."""
    if code.startswith(SESSION):
        delete_session(vault, code)
        return Erased(code, _places(vault.backups.older_than(vault.keys.book.generation)))
    return Erased(code, _places(erase(vault, code).backups))


def sources_of(recorded: Recorded) -> Sequence[str]:
    """Give the sources that an interrupted session had, each with its person."""
    live = recorded.live
    with closing(SessionFile(file_of(live.folder, COMMON), live.keys[COMMON], mode="ro")) as file:
        kept = cast("Mapping[str, object]", file.meta("configuration") or {})
    addresses = kept.get("addresses")
    return [str(address) for address in addresses] if isinstance(addresses, list) else []


def _places(notes: Sequence[BackupNote]) -> tuple[str, ...]:
    return tuple(note.place for note in notes)
