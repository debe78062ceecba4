# SPDX-License-Identifier: MIT
"""How far the vault is known to be whole, kept apart from it: the newest audit row's number and chain value.

A bit that flips in a WAL, a WAL that is taken away and an older vault that is put back all open in silence, with less
in them than was acknowledged (measured). The mark is written after each commit: it never promises more than there was.
"""

import contextlib
import hashlib
import hmac
import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path

_log = logging.getLogger(__name__)

MARK_FILE = "vault.mark"
_BYTES = 512  # one sector, always written whole: a mark costs one sync and no new name


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest audit row that was acknowledged: its number and its chain value."""

    number: int
    chain: bytes


class VaultMark:
    """The mark of one vault.

    Parameters
    ----------
    folder : Path
        The vault's folder.
    key : bytes, 32
        Seals the mark, so that only a holder of the master key can make one.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self._path = folder / MARK_FILE
        self._key = key

    def write(self, mark: Mark) -> None:
        """Keep a mark; where the disk does not take it, an older one stays, which still holds, or none."""
        text = json.dumps({"number": mark.number, "chain": mark.chain.hex(), "seal": self._seal(mark)})
        try:
            _overwrite(self._path, text.encode().ljust(_BYTES))
        except OSError as error:
            _log.warning("the vault's mark stays behind: %s", error.strerror)

    def read(self) -> Mark | None:
        """Give the mark, None where there is none that the master key made."""
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            found = json.loads(self._path.read_bytes())
            mark = Mark(int(found["number"]), bytes.fromhex(found["chain"]))
            if hmac.compare_digest(str(found["seal"]), self._seal(mark)):
                return mark
        return None

    def remove(self) -> None:
        """Forget the mark: another vault takes the place of the one that it was of."""
        with contextlib.suppress(OSError):
            self._path.unlink()

    def _seal(self, mark: Mark) -> str:
        return hmac.new(self._key, b"mark %d " % mark.number + mark.chain, hashlib.sha256).hexdigest()


def _overwrite(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
