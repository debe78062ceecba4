# SPDX-License-Identifier: MIT
"""Makes the store at the first start, without a question, and opens it at every other."""

from pathlib import Path

from app.clock import Clock
from app.store.audit import AuditAction
from app.store.keys import KEY_FILE, Keys, Opened
from app.store.settling import settle
from app.store.system_keyring import Safe
from app.store.unlock import Ask, make_keys, open_keys
from app.store.vault import Vault
from resources.words import gettext as _


def open_vault(folder: Path, *, safe: Safe, wall: Clock, ask: Ask | None = None, opened: Opened | None = None) -> Vault:
    """Open the store of a data folder; made where there is none.

    Parameters
    ----------
    folder : Path
        The data folder.
    safe : Safe
        The keyring.
    wall : Clock
        Wall time, seconds since 1970 UTC.
    ask : callable or None
        Asks for the passphrase or the recovery code, where nothing else opens the store.
    opened : Opened or None
        The master key, where it is known already.

    Raises
    ------
    AppError
        `LOCKED`, `WRONG_KEY`, `NO_KEYRING`, `KEYS_DAMAGED`, `VAULT_DAMAGED`, `STORE_BUSY`, `NOT_WRITTEN`.
    """
    is_new = not (folder / KEY_FILE).exists()
    if is_new:
        make_keys(folder, safe)
    keys = open_keys(folder, safe, ask) if opened is None else Keys(folder, opened)
    vault = Vault(folder, keys, wall)
    if not vault.is_read_only:
        if is_new:
            vault.audit.note_alone(AuditAction.STORE_MADE, vault.keys.book.store)
        vault.operators.know(vault.keys.operator, _("first operator"))
        if vault.lost_rows:
            vault.audit.note_alone(AuditAction.ROWS_LOST, str(vault.lost_rows))
        vault.audit.note_alone(AuditAction.STORE_OPENED)
        settle(vault)
    return vault
