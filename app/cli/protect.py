# SPDX-License-Identifier: MIT
"""`attune protect` and `attune audit`: what keeps the store, who works with it, and what was done."""

import getpass
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from app.cli.door import open_store, read_passphrase
from app.cli.lines import write_line
from app.errors import AppError, Fault
from app.store.audit import AuditAction
from app.store.system_keyring import SystemKeyring
from app.store.unlock import set_passphrase, set_recovery_code
from app.store.vault import Vault
from resources.words import gettext as _


def protect(
    passphrase_file: Path | None, *, new_file: Path | None, operator: str | None, only_recovery_code: bool
) -> None:
    """Set a passphrase and print a recovery code, or print a new recovery code alone.

    Parameters
    ----------
    passphrase_file : Path or None
        Opens a locked store.
    new_file : Path or None
        Holds the new passphrase; None asks for it twice.
    operator : str or None
        Whose passphrase it is, by name; somebody new gets an own one. None is whoever opened the store.
    only_recovery_code : bool
        Leave the passphrase as it is.
    """
    with open_store(passphrase_file) as vault:
        is_first = operator is None
        if not only_recovery_code:
            _set(vault, _new_passphrase(new_file), operator)
            write_line(_("The passphrase is set; from now on Attune asks for it.") + "\n")
        if only_recovery_code or is_first:
            code = set_recovery_code(vault.keys)
            vault.audit.note_alone(AuditAction.RECOVERY_CODE_SET)
            write_line(
                _("Recovery code, in place of any earlier one. Print it, and keep it away from the computer:") + "\n"
            )
            write_line(f"\n    {code}\n\n")


def audit(passphrase_file: Path | None, *, as_lines: bool) -> None:
    """Write what was done, the oldest first, and check that no row was changed or removed.

    Raises
    ------
    AppError
        `VAULT_DAMAGED` when one was.
    """
    with open_store(passphrase_file) as vault:
        names = vault.operators.all()
        for row in vault.audit.rows():
            t = datetime.fromtimestamp(row.t_utc_s, UTC).isoformat(timespec="seconds")
            if as_lines:
                fields = {**asdict(row), "t_utc": t, "operator_name": names.get(row.operator)}
                write_line(json.dumps({"audit": fields}) + "\n")
            else:
                write_line(
                    f"{row.number:6d}  {t}  {names.get(row.operator, row.operator)}  {row.action}  {row.object}\n"
                )
        fault = vault.audit.first_fault()
    if fault is not None:
        words = _("row {number} of the audit was changed or removed, or the one before it.")
        raise AppError(Fault.VAULT_DAMAGED, words.format(number=fault))


def _set(vault: Vault, passphrase: str, operator: str | None) -> None:
    code = vault.keys.operator if operator is None else vault.operators.named(operator)
    set_passphrase(vault.keys, vault.folder, SystemKeyring(), passphrase, operator=code)
    vault.audit.note_alone(AuditAction.PASSPHRASE_SET, code)


def _new_passphrase(file: Path | None) -> str:
    if file is not None:
        return read_passphrase(file)
    if not sys.stdin.isatty():
        raise AppError(Fault.LOCKED, _("there is nobody to type the new passphrase; give --new-passphrase-file."))
    first = getpass.getpass(_("New passphrase: "))
    if getpass.getpass(_("Once more: ")) != first:
        raise AppError(Fault.NOT_CONFIRMED, _("the two were not the same; nothing was changed."))
    return first
