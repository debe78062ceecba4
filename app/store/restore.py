# SPDX-License-Identifier: MIT
"""Brings a store back from a backup: what is missing or damaged here, with the newest keys that there are.

Law: whoever was erased stays erased: of two `keys.attune` the newer one counts, one that is older than an erasure that
the vault knows of is refused, and what has no key is left out. What is whole here is never replaced.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from app.clock import Clock
from app.errors import AppError, Fault
from app.store.atomic import not_written, sync_folder, write_whole
from app.store.audit import AuditAction
from app.store.backup import Told, copy_part
from app.store.cipher import Database, is_sound_file
from app.store.key_book import KeyBook
from app.store.keys import KEY_FILE, Keys, read_key_bytes, read_key_file
from app.store.opening import open_vault
from app.store.places import session_folder
from app.store.reindex import index_again
from app.store.session_folder import COMMON, NOTES, file_of
from app.store.system_keyring import Safe
from app.store.unlock import VAULT_FILE, Ask, open_keys
from app.store.vault import hold_is_free
from app.store.vault_mark import VaultMark
from resources.words import gettext as _


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What a restore did: sessions that are whole now, files that were copied, sessions that could not be had back."""

    sessions: int
    copied: int
    missing: tuple[str, ...]
    has_new_vault: bool


def restore(
    source: Path,
    folder: Path,
    *,
    safe: Safe,
    wall: Clock,
    ask: Ask | None = None,
    told: Told = lambda _done, _all: None,
) -> RestoreReport:
    """Bring a store back from a backup.

    Parameters
    ----------
    source : Path
        The backup.
    folder : Path
        The data folder; empty, or with what is left of the same store.
    safe, wall, ask
        As for `open_vault`.
    told : callable
        Hears how many sessions are done, and of how many.

    Raises
    ------
    AppError
        `NO_BACKUP` where there is none or it is damaged; `OTHER_STORE` where the data folder holds another store;
        `KEYS_DAMAGED` where newer keys are needed; what `open_vault` raises.
    """
    newest = _newest(source, folder)
    keys = open_keys(newest, safe, ask, plain=folder)
    try:
        if newest != folder:
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(folder / KEY_FILE, read_key_bytes(source / KEY_FILE))
            keys = Keys(folder, keys.opened)
        has_new_vault = _bring_vault(source, folder, keys)
        copied, missing = _bring_sessions(source, folder, keys, told)
    except OSError as error:
        raise not_written(folder, error) from error
    vault = open_vault(folder, safe=safe, wall=wall, opened=keys.opened)
    vault.audit.note_alone(AuditAction.RESTORED)
    if has_new_vault:
        index_again(vault)
    sessions = len(vault.sessions.all())
    vault.close()
    return RestoreReport(sessions, copied, missing, has_new_vault)


def _newest(source: Path, folder: Path) -> Path:
    """Give the folder with the newer keys, of one store."""
    if not (source / KEY_FILE).is_file():
        words = _("there is no backup in {path}: it has no keys.attune.")
        raise AppError(Fault.NO_BACKUP, words.format(path=source))
    if not (folder / KEY_FILE).is_file():
        return source
    there, here = read_key_file(source / KEY_FILE), read_key_file(folder / KEY_FILE)
    if there.store != here.store:
        words = _("{folder} holds another store than the backup; let ATTUNE_HOME name an empty folder.")
        raise AppError(Fault.OTHER_STORE, words.format(folder=folder))
    return folder if here.generation >= there.generation else source


def _bring_vault(source: Path, folder: Path, keys: Keys) -> bool:
    """Take the backup's vault where there is none here that is sound."""
    key, here, beside = keys.for_purpose("vault"), folder / VAULT_FILE, folder / f"{VAULT_FILE}.new"
    if here.exists() and is_sound_file(here, key):
        return False
    if not (source / VAULT_FILE).is_file():
        words = _("there is no backup in {path}: it has no vault.db.")
        raise AppError(Fault.NO_BACKUP, words.format(path=source))
    shutil.copyfile(source / VAULT_FILE, beside)
    if not is_sound_file(beside, key):
        _remove(beside)
        words = _("the vault of the backup in {path} is damaged, or its keys are another store's; try another backup.")
        raise AppError(Fault.NO_BACKUP, words.format(path=source))
    _refuse_old_keys(beside, key, keys.book)
    _set_aside(here)
    VaultMark(folder, keys.for_purpose("mark")).remove()
    beside.replace(here)
    _remove(beside)
    sync_folder(folder)
    return True


def _refuse_old_keys(vault: Path, key: bytes, book: KeyBook) -> None:
    """Refuse keys that are older than an erasure: they would give the erased back."""
    database = Database(vault, key)
    try:
        erased = {str(code) for (code,) in database.read("SELECT code FROM erasures")}
    finally:
        database.close()
    if erased - book.erased:
        _remove(vault)
        words = _(
            "these keys are older than the vault, and {count} who were erased would come back; put the newest "
            "keys.attune in the place of the backup's."
        )
        raise AppError(Fault.KEYS_DAMAGED, words.format(count=len(erased - book.erased)))


def _bring_sessions(source: Path, folder: Path, keys: Keys, told: Told) -> tuple[int, tuple[str, ...]]:
    copied, missing, sessions = 0, list[str](), keys.book.sessions
    for done, session in enumerate(sessions):
        told(done, len(sessions))
        here, there = session_folder(folder, session), session_folder(source, session)
        if not hold_is_free(here):
            continue  # it is being recorded
        brought = {name: _bring_part(there, here, name, key) for name, key in keys.session_keys(session).items()}
        copied += sum(found is True for found in brought.values())
        if any(found is None for name, found in brought.items() if name not in (COMMON, NOTES)):
            missing.append(session)
    told(len(sessions), len(sessions))
    return copied, tuple(missing)


def _bring_part(there: Path, here: Path, name: str, key: bytes) -> bool | None:
    """Tell whether a file was copied (True), is whole here (False), or cannot be had (None)."""
    path, copy = file_of(here, name), file_of(there, name)
    if path.exists() and is_sound_file(path, key):
        return False
    if not copy.exists() or not is_sound_file(copy, key):
        return None
    _set_aside(path)
    copy_part(copy, path, key)
    return True


def _set_aside(path: Path) -> None:
    """Keep a damaged file beside its place, without what SQLite keeps beside it."""
    if path.exists():
        path.replace(path.with_name(f"{path.name}.damaged"))
    for end in ("-wal", "-shm"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
