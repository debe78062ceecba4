# SPDX-License-Identifier: MIT
"""How a command comes to the open store, and how it asks a person before it does what cannot be undone."""

import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.clock import choose_wall_clock
from app.errors import AppError, Fault
from app.folders import data_folder
from app.log import start_log
from app.store.opening import open_vault
from app.store.system_keyring import SystemKeyring
from app.store.unlock import Ask
from app.store.vault import Vault
from resources.words import gettext as _


@contextmanager
def open_store(passphrase_file: Path | None) -> Iterator[Vault]:
    """Open the store of the data folder for one command.

    Parameters
    ----------
    passphrase_file : Path or None
        Holds the passphrase or the recovery code; None asks on the terminal.

    Raises
    ------
    AppError
        What `open_vault` raises.
    """
    start_log(data_folder())
    vault = open_vault(
        data_folder(), safe=SystemKeyring(), wall=choose_wall_clock(), ask=asks_passphrase(passphrase_file)
    )
    if vault.lost_rows:
        words = _(
            "attention: the vault has lost its newest {count} entries (attune audit shows the rest); restore it.\n"
        )
        tell(words.format(count=vault.lost_rows))
    try:
        yield vault
    finally:
        vault.close()


def asks_passphrase(file: Path | None) -> Ask:
    """Give what asks for a passphrase: reads the file, or asks on the terminal without showing it."""

    def ask() -> str | None:
        if file is not None:
            return read_passphrase(file)
        return getpass.getpass(_("Passphrase (or recovery code): ")) if sys.stdin.isatty() else None

    return ask


def read_passphrase(file: Path) -> str:
    """Read a passphrase from a file: its first line."""
    try:
        return (file.read_text(encoding="utf-8").splitlines() or [""])[0]
    except (OSError, UnicodeDecodeError) as error:
        words = _("the passphrase file {path} cannot be read.")
        raise AppError(Fault.LOCKED, words.format(path=file)) from error


def tell(words: str) -> None:
    """Say something to who sits at the terminal, by standard error: results stay alone on standard output."""
    sys.stderr.write(words)
    sys.stderr.flush()


def ask_line(question: str) -> str:
    """Ask who sits at the terminal; empty where nobody does."""
    if not sys.stdin.isatty():
        return ""
    tell(question)
    return sys.stdin.readline().strip()


def is_agreed(question: str) -> bool:
    """Ask for a yes; anything else is a no."""
    return ask_line(question).lower().startswith(("y", _("yes")[:1]))


def confirm_code(code: str, given: str | None, read: Callable[[str], str]) -> None:
    """Go on only when the person writes the code of what goes.

    Parameters
    ----------
    code : str
        What has to be written.
    given : str or None
        What was written already (`--yes CODE`).
    read : callable
        Reads a code however it was typed.

    Raises
    ------
    AppError
        `NOT_CONFIRMED`; nothing was changed.
    """
    written = given if given is not None else ask_line(_("Write {code} to go on: ").format(code=code))
    if read(written) != code:
        words = _("nothing was changed; to go on, write {code}, or give --yes {code}.")
        raise AppError(Fault.NOT_CONFIRMED, words.format(code=code))
