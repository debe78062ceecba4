# SPDX-License-Identifier: MIT
"""Writes small files whole or not at all, and lets one program at a time change them.

Law: after a crash at any moment the old content is there, or the new one.
"""

import contextlib
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import AppError, Fault
from resources.words import gettext as _

_OWNER_ALONE = 0o600


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in place, readable by its owner alone; it and its folder are on the disk afterwards.

    Raises
    ------
    AppError
        `NOT_WRITTEN`; the old content is still there.
    """
    new = path.with_name(f"{path.name}.new")
    with written(path):
        try:
            _write_new(new, content)
            new.replace(path)
            sync_folder(path.parent)
        except OSError:
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)
            raise


def replace_and_overwrite(path: Path, content: bytes) -> None:
    """Put a file in place and overwrite the old one's bytes, as far as the disk lets us.

    A journal, a snapshot or the wear levelling of a flash disk may still keep them: what was in the old file must not
    be a plain secret by itself.
    """
    with contextlib.suppress(OSError):  # no hard links here: only the overwriting is given up
        _old(path).hardlink_to(path)
    write_whole(path, content)
    overwrite_left(path)


def overwrite_left(path: Path) -> None:
    """Overwrite and remove what an earlier replacement may have left, the program having been stopped in it."""
    old = _old(path)
    with contextlib.suppress(OSError):
        if old.exists() and path.exists() and old.samefile(path):
            old.unlink()  # stopped before the replacement: the old file is still the one that counts
        elif old.exists():
            overwrite(old)


def overwrite(path: Path) -> None:
    """Overwrite a file's bytes as far as the disk lets us, and remove it."""
    with contextlib.suppress(OSError):
        with path.open("r+b", buffering=0) as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            os.fsync(file.fileno())
        path.unlink()


def sync_folder(folder: Path) -> None:
    """Put a folder's names on the disk; Windows does that by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until no other program holds `path`, and hold it; a crash lets go of it."""
    with written(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, _OWNER_ALONE)
    try:
        with written(path):
            _hold(handle)
        yield
    finally:
        os.close(handle)


class Held:
    """A file that this program holds until `let_go`, or its end; no other one can hold it meanwhile."""

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    def let_go(self) -> None:
        """Let others hold it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def hold(path: Path) -> Held | None:
    """Hold a file, made where there is none; None where another program, or this one, holds it."""
    with written(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, _OWNER_ALONE)
    if _try_to_hold(handle):
        return Held(handle)
    os.close(handle)
    return None


@contextmanager
def written(path: Path) -> Iterator[None]:
    """Turn what the system says of a file or folder into the one error `NOT_WRITTEN`."""
    try:
        yield
    except OSError as error:
        raise not_written(path, error) from error


def not_written(path: Path, error: OSError) -> AppError:
    """Make the one error of a file that cannot be written."""
    words = _("{path} cannot be written ({why}); free some space, or let ATTUNE_HOME name another folder.")
    return AppError(Fault.NOT_WRITTEN, words.format(path=path, why=error.strerror or error))


def _write_new(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _old(path: Path) -> Path:
    return path.with_name(f"{path.name}.old")


if sys.platform == "win32":
    import msvcrt

    def _hold(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)

    def _try_to_hold(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _hold(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _try_to_hold(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
