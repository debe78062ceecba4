# SPDX-License-Identifier: MIT
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from keyring.errors import KeyringError

from app.store import system_keyring
from app.store.system_keyring import SystemKeyring

ROOT = Path(__file__).parents[3]


class Memory:
    """As a backend of the keyring library, without being known to it; keeps its secrets in memory."""

    priority = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Refusing(Memory):
    """A keyring that its owner does not unlock."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringError("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringError("locked")


class Silent(Memory):
    """A keyring that never answers."""

    def get_password(self, service: str, username: str) -> str | None:
        threading.Event().wait()
        return None


def chosen(monkeypatch: pytest.MonkeyPatch, backend: Memory) -> SystemKeyring:
    monkeypatch.setattr("keyring.get_keyring", lambda: backend)
    return SystemKeyring()


def test_a_secret_comes_back_until_it_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    safe = chosen(monkeypatch, Memory())
    assert safe.put("V-2222", bytes(range(32)))
    assert safe.get("V-2222") == bytes(range(32))
    assert safe.get("V-3333") is None
    safe.remove("V-2222")
    assert safe.get("V-2222") is None


def test_a_keyring_that_is_not_unlocked_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    safe = chosen(monkeypatch, Refusing())
    assert safe.is_there
    assert not safe.put("V-2222", b"secret")
    assert safe.get("V-2222") is None


def test_a_keyring_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_keyring, "_ANSWER_S", 0.05)
    assert chosen(monkeypatch, Silent()).get("V-2222") is None


@pytest.mark.parametrize("name", ["keyring.backends.fail.Keyring", "keyring.backends.null.Keyring"])
def test_a_headless_computer_has_none_and_nothing_is_printed(name: str) -> None:
    code = (
        "from app.store.system_keyring import SystemKeyring\ns = SystemKeyring()\nprint(s.is_there, s.put('a', b'b'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PYTHON_KEYRING_BACKEND": name, "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("False False\n", "")
