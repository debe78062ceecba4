# SPDX-License-Identifier: MIT
"""The keyring of the operating system, where there is one: it keeps a key for whoever is logged in.

Law: a keyring that does not answer costs some seconds and is then no keyring; nothing waits for it for ever.
"""

import contextlib
import logging
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_SERVICE = "attune"
_FINDING_S = 5.0  # a session bus that takes a connection and says nothing
_ANSWER_S = 60.0  # it may ask its owner for its own password
_LEAST_PRIORITY = 1  # keyring's own bound for a backend that is safe to choose without asking


class Safe(Protocol):
    """Keeps a secret under a name, for whoever is logged in."""

    @property
    def is_there(self) -> bool:
        """Whether it can keep anything."""

    def get(self, name: str) -> bytes | None:
        """Give the secret, None where there is none or the keyring does not open."""

    def put(self, name: str, secret: bytes) -> bool:
        """Keep the secret; tell whether it is kept."""

    def remove(self, name: str) -> None:
        """Forget the secret."""


class SystemKeyring:
    """The operating system's keyring, found when it is first needed."""

    def __init__(self) -> None:
        self._found: KeyringBackend | None = None
        self._is_looked_for = False

    @property
    def is_there(self) -> bool:
        """Whether there is a keyring; a headless Linux has none."""
        return self._backend() is not None

    def get(self, name: str) -> bytes | None:
        """Give the secret, None where there is none or the keyring does not open."""
        backend = self._backend()
        text = None if backend is None else _answered(lambda: backend.get_password(_SERVICE, name), _ANSWER_S)
        return b64decode(text) if text else None

    def put(self, name: str, secret: bytes) -> bool:
        """Keep the secret; tell whether the keyring gives it back."""
        backend = self._backend()
        if backend is None:
            return False
        _answered(lambda: backend.set_password(_SERVICE, name, b64encode(secret).decode()), _ANSWER_S)
        return self.get(name) == secret

    def remove(self, name: str) -> None:
        """Forget the secret."""
        backend = self._backend()
        if backend is not None:
            _answered(lambda: backend.delete_password(_SERVICE, name), _ANSWER_S)

    def _backend(self) -> "KeyringBackend | None":
        if not self._is_looked_for:
            self._found, self._is_looked_for = _answered(_find, _FINDING_S), True
        return self._found


def _find() -> "KeyringBackend | None":
    import keyring

    backend = keyring.get_keyring()
    return backend if backend.priority >= _LEAST_PRIORITY else None


def _answered(ask: Callable[[], _T | None], seconds: float) -> _T | None:
    """Ask in a thread of its own and wait so long at most; None where nothing came.

    A fault of the keyring is no fault of ours: without one there is always the passphrase.
    """
    answers: SimpleQueue[_T | None] = SimpleQueue()

    def run() -> None:
        from keyring.errors import KeyringError

        try:
            with contextlib.suppress(KeyringError, OSError, RuntimeError, ValueError):
                answers.put(ask())
        finally:
            answers.put(None)  # the first answer counts

    threading.Thread(target=run, daemon=True, name="keyring").start()
    try:
        return answers.get(timeout=seconds)
    except Empty:
        _log.warning("the keyring does not answer in %g s", seconds)
        return None
