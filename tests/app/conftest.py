# SPDX-License-Identifier: MIT
"""What holds for the tests of the application: no keyring but none, and no disk to wait for where there is memory."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from keyring.backends.fail import Keyring

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - each test has a folder of its own in it


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test, and the programs that it starts, away from the keyring of whoever runs it."""
    monkeypatch.setattr("keyring.get_keyring", Keyring)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Give a folder in memory, where there is such: a store syncs with the disk hundreds of times in a test."""
    with tempfile.TemporaryDirectory(dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as folder:
        yield Path(folder)
