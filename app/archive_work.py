# SPDX-License-Identifier: MIT
"""What is done with the open store for the screens: each function waits for the disk, on the archive's own thread."""

from collections.abc import Callable, Mapping, Sequence

from app.archive_rows import terms_of
from app.store.backups import BackupNote
from app.store.checklist import Condition
from app.store.delete import delete_from_here_back, delete_session
from app.store.erase import erase, what_goes
from app.store.system_keyring import Safe
from app.store.unlock import Protection, set_passphrase, set_recovery_code
from app.store.vault import Vault
from ui.archive.seam import Decision, Keep
from ui.archive.shelf import Erased, Going

SESSION = "S-"
"""How a session's code begins; a person's begins with C-."""


def decided(
    vault: Vault, safe: Safe, decisions: Sequence[Decision], show_code: Callable[[str], None]
) -> Mapping[str, str]:
    """Put on record what people agreed to; give the codes of those who are stored.

    Of somebody new who wants nothing stored nothing is written. A name is refused before anything is written of its
    person where nothing protects the store. A passphrase that is set comes with a recovery code, which `show_code`
    shows.

    Raises
    ------
    AppError
        `NOT_PROTECTED`, `WEAK_PASSPHRASE`, `UNKNOWN_CODE` or `NO_CONSENT`.
    """
    codes: dict[str, str] = {}
    for decision in decisions:
        if decision.name:
            _protect(vault, safe, decision.passphrase, show_code)
        code = _recorded(vault, decision)
        if code is not None:
            codes[decision.person] = code
    return codes


def _recorded(vault: Vault, decision: Decision) -> str | None:
    code = vault.clients.find(decision.code) if decision.code else None
    if decision.agreement is None:
        if code is not None:
            vault.consents.require_storing(code)
        return code
    if not decision.agreement.stores and code is None:
        return None
    code = code or vault.clients.add()
    if decision.name:
        vault.clients.set_name(code, decision.name)
    vault.consents.give(code, terms_of(decision.agreement))
    if decision.conditions is not None:
        vault.checklists.set(code, map(Condition, decision.conditions))
    return code if decision.agreement.stores else None


def _protect(vault: Vault, safe: Safe, passphrase: str, show_code: Callable[[str], None]) -> None:
    if vault.protection is Protection.NOT_YET and passphrase:
        set_passphrase(vault.keys, vault.folder, safe, passphrase)
        show_code(set_recovery_code(vault.keys))
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


def _places(notes: Sequence[BackupNote]) -> tuple[str, ...]:
    return tuple(note.place for note in notes)
