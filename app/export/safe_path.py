# SPDX-License-Identifier: MIT
"""Where an export goes: names that every system can hold, and files that are whole or not there.

Law: an export is written beside its place under a name of its own and moved there when it is whole; whatever ends it
before (a full disk, Ctrl+C, an error) leaves nothing behind, and what stood there stays as it was. Nothing is
overwritten without being asked for. A name made from data never leaves its folder.
"""

import errno
import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import AppError, Fault
from resources.words import gettext as _

_LONGEST_BYTES = 200  # most file systems take 255; room for the temporary name and a suffix
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')
_SPACE_GONE = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


def safe_name(text: str, *, otherwise: str = "session") -> str:
    """Make a file's name of a text that may come from anywhere.

    Parameters
    ----------
    text : str
        For instance a code, or what a device calls itself.
    otherwise : str
        The name where nothing is left of it.

    Returns
    -------
    str
        At most 200 bytes, without separators, control, bidirectional or invisible characters, and no name that a
        system keeps for itself.
    """
    visible = "".join(c if c == " " or not _is_hidden(c) else "" for c in text[: 4 * _LONGEST_BYTES])
    name = _NOT_IN_NAMES.sub("_", visible).strip(" .")
    name = name.encode()[:_LONGEST_BYTES].decode(errors="ignore").rstrip(" .")
    return f"_{name}" if _RESERVED.fullmatch(name) else name or otherwise


def refuse_bad_target(path: Path, *, force: bool) -> None:
    """Refuse a place that cannot be written, before any work is done.

    Parameters
    ----------
    path : Path
        As the person gave it.
    force : bool
        Whether what stands there may be replaced.

    Raises
    ------
    AppError
        `BAD_TARGET` or `ALREADY_THERE`, in a sentence with what to do.
    """
    if safe_name(path.name) != path.name:
        raise _bad(_("'{name}' is no name that every computer can hold; try {safe}"), path, safe=safe_name(path.name))
    try:
        if not path.parent.is_dir():
            raise _bad(_("there is no folder {folder}; make it first"), path, folder=path.parent)
        is_there = os.path.lexists(path)
    except (OSError, ValueError) as error:
        raise _bad(_("'{name}' cannot be written: {why}"), path, why=error) from error
    if is_there and not force:
        words = _("{path} is there already; choose another name, or say --force to replace it")
        raise AppError(Fault.ALREADY_THERE, words.format(path=path))


@contextmanager
def whole_path(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Give a free path beside `path`; what the block makes there is moved to `path` when it has ended well.

    Raises
    ------
    AppError
        `BAD_TARGET`, `ALREADY_THERE`, `NO_SPACE` or `CANNOT_WRITE`, in a sentence.
    """
    refuse_bad_target(path, force=force)
    beside = path.with_name(f".attune-{secrets.token_hex(6)}.part")
    try:
        with said_of(path):
            yield beside
            refuse_bad_target(path, force=force)  # it may have come meanwhile
            _sync(beside)
            _move(beside, path)
    finally:
        _remove(beside)


def _sync(path: Path) -> None:
    """Have it all on the disk before it gets its name: a power cut must not leave the name with half of it."""
    for file in path.rglob("*") if path.is_dir() else [path]:
        if file.is_file():
            with file.open("rb+") as opened:
                os.fsync(opened.fileno())


def _move(beside: Path, path: Path) -> None:
    """Put what is whole in its place; a folder there gives way first, and comes back if that fails."""
    if not path.is_dir() or path.is_symlink():
        beside.replace(path)
        return
    old = beside.with_suffix(".old")
    path.rename(old)
    try:
        beside.rename(path)
    except OSError:
        old.rename(path)
        raise
    _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def said_of(path: Path) -> Iterator[None]:
    """Turn what the system says of writing `path` into one sentence, `NO_SPACE` or `CANNOT_WRITE`."""
    try:
        yield
    except OSError as error:
        if error.errno in _SPACE_GONE:
            words = _("the disk is full, so {path} was not written; free some space, or choose another disk")
            raise AppError(Fault.NO_SPACE, words.format(path=path)) from error
        words = _("{path} cannot be written: {why}")
        raise AppError(Fault.CANNOT_WRITE, words.format(path=path, why=error.strerror or error)) from error


def _bad(words: str, path: Path, **more: object) -> AppError:
    return AppError(Fault.BAD_TARGET, words.format(name=path.name, **more))


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character)[0] in "CZ"
