# SPDX-License-Identifier: MIT
"""Opens the store: by itself where the keyring or a file has its key, else by a passphrase or the recovery code.

The first start needs no decision: a key is made and kept in the keyring, or in a file readable by its owner alone.
Setting a passphrase takes it out of both.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path

from app.errors import AppError, Fault
from app.store.atomic import alone, overwrite, write_whole, written
from app.store.codes import new_code
from app.store.key_book import KeyBook, write_book
from app.store.keys import KEY_FILE, Keys, Opened, damaged, read_key_file
from app.store.recovery_code import (
    looks_like_recovery_code,
    new_recovery_secret,
    read_recovery_code,
    write_recovery_code,
)
from app.store.sealing import SealError, key_for, new_key
from app.store.system_keyring import Safe
from app.store.wraps import Stretch, Wrap, WrapKind, passphrase_bytes, unwrap, wrap
from resources.words import gettext as _

VAULT_FILE = "vault.db"
PLAIN_KEY_FILE = "open.key"

_LEAST_LETTERS = 8  # NIST SP 800-63B, 3.1.1

Ask = Callable[[], str | None]
"""Asks for the passphrase or the recovery code; None where nobody answers."""


class Protection(StrEnum):
    """What keeps the store from whoever has the computer."""

    NOT_YET = "not_yet"  # the key lies in a file beside it
    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind


def protection_of(keys: Keys) -> Protection:
    """Tell what protects a store."""
    if keys.has_way(WrapKind.FILE):
        return Protection.NOT_YET
    return Protection.KEYRING if keys.has_way(WrapKind.KEYRING) else Protection.PASSPHRASE


def store_ways(folder: Path) -> frozenset[WrapKind]:
    """Tell by what a store opens, without opening it; nothing where there is none yet.

    Raises
    ------
    AppError
        `KEYS_DAMAGED` or `NEWER_STORE`.
    """
    path = folder / KEY_FILE
    if not path.exists():
        return frozenset()
    return frozenset(one.kind for one in read_key_file(path).wraps)


def make_keys(folder: Path, safe: Safe) -> None:
    """Make the keys of a new store, where there is none yet.

    Raises
    ------
    AppError
        `KEYS_DAMAGED` when there is a vault whose keys are gone: new ones would not open it.
    """
    path = folder / KEY_FILE
    with written(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with alone(path.with_name("keys.lock")):
        if path.exists():
            return
        if (folder / VAULT_FILE).exists():
            raise damaged(path)
        store, master, secret = new_code("V"), new_key(), new_key()
        is_kept = safe.put(store, secret)
        if not is_kept:
            write_whole(folder / PLAIN_KEY_FILE, b64encode(secret))
        kind = WrapKind.KEYRING if is_kept else WrapKind.FILE
        book = KeyBook(store, wraps=(wrap(master, secret, kind, new_code("O"), Stretch()),))
        write_whole(path, write_book(book, key_for(master, "keys")))


def open_keys(folder: Path, safe: Safe, ask: Ask | None = None, *, plain: Path | None = None) -> Keys:
    """Open the keys of the store in a folder.

    Parameters
    ----------
    folder : Path
        The data folder, or a backup.
    safe : Safe
        The keyring.
    ask : callable or None
        Asks a person; only where nothing else opens the store.
    plain : Path or None
        The folder of the plain key file, if there is one; None is the same folder.

    Raises
    ------
    AppError
        `LOCKED`, `WRONG_KEY` or `NO_KEYRING`, each with what to do; `KEYS_DAMAGED`; `NEWER_STORE`.
    """
    book = read_key_file(folder / KEY_FILE)
    opened = _opened_alone(plain or folder, book, safe) or _opened_by_person(book, ask)
    return Keys(folder, opened)


def set_passphrase(
    keys: Keys, folder: Path, safe: Safe, passphrase: str, *, operator: str = "", stretch: Stretch | None = None
) -> None:
    """Let a passphrase open the store, and neither the keyring nor a file any more.

    Parameters
    ----------
    keys : Keys
        The open store's.
    folder : Path
        The data folder.
    safe : Safe
        The keyring.
    passphrase : str
        At least eight letters.
    operator : str
        The code of whose it is; its earlier passphrase stops working. Empty: of whoever opened the store.
    stretch : Stretch or None
        What a guess costs; None is as much as is advised.

    Raises
    ------
    AppError
        `WEAK_PASSPHRASE`.
    """
    secret, owner = passphrase_bytes(passphrase), operator or keys.operator
    if len(secret.decode()) < _LEAST_LETTERS:
        words = _("a passphrase must have at least {count} letters; a few words in a row are easy to remember.")
        raise AppError(Fault.WEAK_PASSPHRASE, words.format(count=_LEAST_LETTERS))

    def choose(wraps: tuple[Wrap, ...], master: bytes) -> Iterator[Wrap]:
        for one in wraps:
            if one.kind is WrapKind.RECOVERY or (one.kind is WrapKind.PASSPHRASE and one.operator != owner):
                yield one
        yield wrap(master, secret, WrapKind.PASSPHRASE, owner, stretch or Stretch())

    keys.set_wraps(choose)
    safe.remove(keys.book.store)
    overwrite(folder / PLAIN_KEY_FILE)


def set_recovery_code(keys: Keys) -> str:
    """Make a new recovery code, to be printed; the one before it stops working."""
    secret = new_recovery_secret()

    def choose(wraps: tuple[Wrap, ...], master: bytes) -> Iterator[Wrap]:
        yield from (one for one in wraps if one.kind is not WrapKind.RECOVERY)
        yield wrap(master, secret, WrapKind.RECOVERY, keys.operator, Stretch())

    keys.set_wraps(choose)
    return write_recovery_code(secret)


def _opened_alone(folder: Path, book: KeyBook, safe: Safe) -> Opened | None:
    """Open by what lies in the keyring or in a file."""
    for one in book.wraps:
        secret = None
        if one.kind is WrapKind.KEYRING:
            secret = safe.get(book.store)
        elif one.kind is WrapKind.FILE:
            secret = _plain_key(folder / PLAIN_KEY_FILE)
        if secret is not None and (opened := _tried(one, secret)):
            return opened
    return None


def _opened_by_person(book: KeyBook, ask: Ask | None) -> Opened:
    if not any(one.kind in (WrapKind.PASSPHRASE, WrapKind.RECOVERY) for one in book.wraps):
        raise _out_of_reach(book)
    answer = ask() if ask is not None else None
    if not answer or not answer.strip():
        words = _("the store is locked; type its passphrase or the recovery code, or give --passphrase-file.")
        raise AppError(Fault.LOCKED, words)
    for one in book.wraps:
        if opened := _answered(one, answer):
            return opened
    raise AppError(Fault.WRONG_KEY, _wrong(answer))


def _answered(one: Wrap, answer: str) -> Opened | None:
    """Try what a person typed at a wrap that a person opens."""
    if one.kind is WrapKind.PASSPHRASE:
        return _tried(one, passphrase_bytes(answer))
    if one.kind is not WrapKind.RECOVERY:
        return None
    try:
        return _tried(one, read_recovery_code(answer))
    except ValueError:
        return None


def _tried(one: Wrap, secret: bytes) -> Opened | None:
    try:
        return Opened(unwrap(one, secret), one.operator)
    except SealError:
        return None


def _plain_key(path: Path) -> bytes | None:
    try:
        return b64decode(path.read_bytes(), validate=True)
    except (OSError, ValueError):
        return None


def _out_of_reach(book: KeyBook) -> AppError:
    if any(one.kind is WrapKind.KEYRING for one in book.wraps):
        return AppError(
            Fault.NO_KEYRING,
            _(
                "the key of this store lies in this computer's keyring, which does not give it; log in to its desktop "
                "and unlock the keyring, and then set a passphrase too: attune protect."
            ),
        )
    words = _(
        "the key of this store lies in {name}, which is not here; copy it here from the data folder in which it was "
        "made: no backup holds it."
    )
    return AppError(Fault.KEYS_DAMAGED, words.format(name=PLAIN_KEY_FILE))


def _wrong(answer: str) -> str:
    if looks_like_recovery_code(answer):
        return _("this recovery code does not open the store; compare each group with the printed one.")
    return _("this passphrase does not open the store; try again, or use the printed recovery code.")
