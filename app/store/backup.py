# SPDX-License-Identifier: MIT
"""A backup of the whole store in a folder, made by SQLite's backup interface, each copy opened and checked.

Session files are added and never changed; `keys.attune` is replaced, so that what was erased cannot be opened from a
backup that was refreshed since. The plain key file never goes along.

Law: keys, then the vault: a backup that was stopped at any moment has keys for all that its vault lists.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError, Fault
from app.store.atomic import not_written, replace_and_overwrite, sync_folder
from app.store.cipher import is_sound_file
from app.store.connection import connect
from app.store.keys import KEY_FILE, read_key_file
from app.store.places import session_folder
from app.store.session_folder import file_of
from app.store.settling import remove_erased
from app.store.unlock import VAULT_FILE
from app.store.vault import Vault, hold_is_free
from app.store.wraps import WrapKind
from resources.words import gettext as _

Told = Callable[[int, int], None]
"""Hears how many sessions are done, and of how many."""

_SAME_TIME_NS = 2_000_000_000  # FAT keeps times to 2 s


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup did.

    Parameters
    ----------
    place : str
        The folder.
    sessions : int
        How many sessions it holds.
    copied : int
        How many files were copied now.
    left_open : tuple of str
        Sessions that are being recorded and are not in it.
    is_bound_here : bool
        Whether only this computer opens it: there is neither a passphrase nor a recovery code.
    """

    place: str
    sessions: int
    copied: int
    left_open: tuple[str, ...]
    is_bound_here: bool


def back_up(vault: Vault, target: Path, told: Told = lambda _done, _all: None) -> BackupReport:
    """Make a backup, or refresh one.

    Parameters
    ----------
    vault : Vault
        The open store.
    target : Path
        Its folder; made where it is missing.
    told : callable
        Hears how far it is.

    Raises
    ------
    AppError
        `OTHER_STORE` when the folder holds another store's backup, or is the data folder itself; `NOT_WRITTEN`;
        `VAULT_DAMAGED` when a copy is not sound.
    """
    vault.keys.refresh()
    _refuse_other(vault, target)
    try:
        target.mkdir(parents=True, exist_ok=True)
        copied, left_open = _copy_sessions(vault, target, told)
        replace_and_overwrite(target / KEY_FILE, (vault.folder / KEY_FILE).read_bytes())
        _copy_vault(vault, target)
        book = read_key_file(target / KEY_FILE)
        remove_erased(target, book)
    except OSError as error:
        raise not_written(target, error) from error
    vault.backups.note(str(target.absolute()), book.generation)
    opened_anywhere = vault.keys.has_way(WrapKind.PASSPHRASE, WrapKind.RECOVERY)
    return BackupReport(
        str(target), len(book.sessions) - len(left_open), copied, left_open, is_bound_here=not opened_anywhere
    )


def copy_part(source: Path, target: Path, key: bytes) -> None:
    """Copy one encrypted file whole, checked, and dated like the source.

    Raises
    ------
    AppError
        `VAULT_DAMAGED` when the copy is not sound; nothing is left of it.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{target.name}.new")
    beside.unlink(missing_ok=True)
    reading, writing = connect(source, key, mode="ro"), None
    try:
        writing = connect(beside, key, mode="rwc")
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode = DELETE")
    finally:
        reading.close()
        if writing is not None:
            writing.close()
    if not is_sound_file(beside, key):
        beside.unlink()
        words = _("{path} is damaged and was not copied; the sessions before it were.")
        raise AppError(Fault.VAULT_DAMAGED, words.format(path=source))
    times = source.stat()
    os.utime(beside, ns=(times.st_atime_ns, times.st_mtime_ns))
    beside.replace(target)
    sync_folder(target.parent)


def _copy_sessions(vault: Vault, target: Path, told: Told) -> tuple[int, tuple[str, ...]]:
    copied, left_open, sessions = 0, list[str](), vault.keys.book.sessions
    for done, session in enumerate(sessions):
        told(done, len(sessions))
        here, there = session_folder(vault.folder, session), session_folder(target, session)
        if not hold_is_free(here):
            left_open.append(session)
            continue
        for name, key in vault.keys.session_keys(session).items():
            source, copy = file_of(here, name), file_of(there, name)
            if source.exists() and not _is_same(source, copy):
                copy_part(source, copy, key)
                copied += 1
    told(len(sessions), len(sessions))
    return copied, tuple(left_open)


def _copy_vault(vault: Vault, target: Path) -> None:
    beside = target / f"{VAULT_FILE}.new"
    beside.unlink(missing_ok=True)
    if not vault.database.copy_and_check(beside):
        beside.unlink(missing_ok=True)
        words = _("the copy of {name} is not sound; the backup holds the one before, if there was one.")
        raise AppError(Fault.VAULT_DAMAGED, words.format(name=VAULT_FILE))
    beside.replace(target / VAULT_FILE)
    sync_folder(target)


def _is_same(source: Path, copy: Path) -> bool:
    if not copy.exists():
        return False
    one, other = source.stat(), copy.stat()
    return one.st_size == other.st_size and abs(one.st_mtime_ns - other.st_mtime_ns) <= _SAME_TIME_NS


def _refuse_other(vault: Vault, target: Path) -> None:
    if target.absolute() == vault.folder.absolute():
        raise AppError(Fault.OTHER_STORE, _("this is the store itself; give another folder, best on another disk."))
    if (target / KEY_FILE).exists() and read_key_file(target / KEY_FILE).store != vault.keys.book.store:
        words = _("{path} is the backup of another store; give another folder.")
        raise AppError(Fault.OTHER_STORE, words.format(path=target))
