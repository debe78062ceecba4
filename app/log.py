# SPDX-License-Identifier: MIT
"""The log file: one line a change of state, in the data folder, never anything of a client."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

_BYTES = 1_000_000
_OLD_FILES = 3
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_OURS = ("app", "sensors", "ui")


def start_log(folder: Path) -> Path | None:
    """Write the log of our own packages to `attune.log` in `folder`, from the first call on.

    Parameters
    ----------
    folder : Path
        The data folder; made where it is missing.

    Returns
    -------
    Path or None
        The file, None where it cannot be written: a session goes on without a log.
    """
    path = folder / "attune.log"
    if any(_writes_to(path, handler) for handler in logging.getLogger(_OURS[0]).handlers):
        return path
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_OLD_FILES, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter(_FORMAT))
    for name in _OURS:
        logger = logging.getLogger(name)
        logger.setLevel(logging.INFO)
        logger.addHandler(handler)
    return path


def _writes_to(path: Path, handler: logging.Handler) -> bool:
    return isinstance(handler, logging.FileHandler) and Path(handler.baseFilename) == path.absolute()
