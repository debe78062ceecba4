# SPDX-License-Identifier: MIT
"""A recording's file, opened: an ordinary file, and every fault of it one sentence with its path."""

import contextlib
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dsp.codes import Reason
from sensors.source import SensorError


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open an ordinary file, and put its path before the sentence of each fault in it."""
    _refuse_what_is_no_file(path)
    try:
        with path.open("rb") as file:
            yield file
    except SensorError as error:
        raise SensorError(error.reason, f"{path}, {error.detail}") from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _refuse_what_is_no_file(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise _unreadable(path, error) from error
    except ValueError as error:  # a NUL in the name
        raise SensorError(Reason.FILE_MISSING, f"there is no file {path!r}") from error
    if stat.S_ISDIR(mode):
        raise SensorError(Reason.FILE_IS_FOLDER, f"{path} is a folder; a recording is a file")
    if not stat.S_ISREG(mode):  # opening a pipe waits for a writer, and a device may never end
        raise SensorError(Reason.FILE_DENIED, f"{path} is a pipe or a device; a recording is a file")


def _unreadable(path: Path, error: OSError) -> SensorError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return SensorError(Reason.FILE_MISSING, f"there is no file {path}")
    return SensorError(Reason.FILE_DENIED, f"{path} cannot be read: {error.strerror}")
