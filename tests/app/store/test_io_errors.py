# SPDX-License-Identifier: MIT
"""Each operation on the disk that the key file needs fails once: no crash, and the old keys or the new are there."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from app.errors import AppError
from app.store.keys import Keys
from tests.app.store.vaults import opened

OPERATIONS = ("open", "fsync", "replace", "link", "unlink")
MOST = 40  # operations of one change, and more


@contextmanager
def failing(at: int) -> Iterator[list[str]]:
    """Let the operation of that number fail, and give the operations that were asked for."""
    asked: list[str] = []

    def instead(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def operation(*given: object, **named: object) -> object:
            asked.append(name)
            if len(asked) == at:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return real(*given, **named)

        return operation

    with pytest.MonkeyPatch.context() as patched:
        for name in OPERATIONS:
            patched.setattr(os, name, instead(name, getattr(os, name)))
        yield asked


def at_every_operation(folder: Path, change: Callable[[Keys], None]) -> Iterator[Keys]:
    """Make a change again and again, each time with another operation that fails; give the keys as they are then."""
    with opened(folder) as vault:
        for code in ("C-AAAA", "C-BBBB"):
            vault.keys.add_client(code)
        first = (folder / "keys.attune").read_bytes()
        opened_by = vault.keys.opened
    for at in range(1, MOST):
        (folder / "keys.attune").write_bytes(first)
        keys = Keys(folder, opened_by)
        with failing(at) as asked, suppress(AppError):
            change(keys)
        yield Keys(folder, opened_by)
        if len(asked) < at:
            return
    pytest.fail(f"there are more than {MOST} operations")


def test_a_key_that_is_made_is_there_or_not(tmp_path: Path) -> None:
    found = [set(keys.book.clients) for keys in at_every_operation(tmp_path, lambda keys: keys.add_client("C-CCCC"))]
    assert all(codes - {"C-CCCC"} == {"C-AAAA", "C-BBBB"} for codes in found)
    assert found[-1] == {"C-AAAA", "C-BBBB", "C-CCCC"}
    assert len(found) > 5


def test_a_key_that_is_destroyed_is_there_or_not(tmp_path: Path) -> None:
    found = [keys.book for keys in at_every_operation(tmp_path, lambda keys: keys.destroy_client("C-AAAA"))]
    assert all(("C-AAAA" in book.clients) != ("C-AAAA" in book.erased) for book in found)
    assert set(found[-1].clients) == {"C-BBBB"}
    assert {path.name for path in tmp_path.glob("keys.attune*")} == {"keys.attune"}
