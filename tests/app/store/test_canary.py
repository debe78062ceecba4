# SPDX-License-Identifier: MIT
"""No name, note or other word of a person stands in clear anywhere; without consent nothing is written at all."""

import tempfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import AppError
from app.log import start_log
from app.store.backup import back_up
from app.store.checklist import Condition
from app.store.erase import erase
from tests.app.store.vaults import agreed, begun, everything, opened, protect, recorded

NAME = "Kanarienvogel-Name"
NOTE = "canary note: a red balloon"
PACE = "canary-setting"


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield folder
    tempfile.tempdir = None


def forms(text: str) -> list[bytes]:
    """Give how a text may stand in a file."""
    return [text.encode(), text.encode("utf-16-le"), b64encode(text.encode())[:-4], text.encode().hex().encode()]


def test_no_word_of_a_person_stands_in_clear_anywhere(tmp_path: Path, temp: Path) -> None:
    home = tmp_path / "home"
    start_log(home)
    with opened(home) as vault:
        protect(vault)
        code = agreed(vault)
        vault.clients.set_name(code, NAME)
        vault.settings.set(PACE, PACE, code)
        vault.checklists.set(code, [Condition.PREGNANCY])
        recorded(vault, {"client": code}, note=NOTE, is_closed=False)
        back_up(vault, tmp_path / "copy")
        found = everything(tmp_path)  # while it is open: the WAL too
        words = [NAME, NOTE, PACE, "pregnancy", "trigger", "change your mind"]
        assert [text for text in words for form in forms(text) if form in found] == []
    assert [text for text in words for form in forms(text) if form in everything(tmp_path)] == []


def test_a_name_is_not_even_in_the_decrypted_vault(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        protect(vault)
        code = agreed(vault)
        vault.clients.set_name(code, NAME)
        tables = [str(name) for (name,) in vault.database.read("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        rows = [row for table in tables for row in vault.database.read(f"SELECT * FROM {table}")]  # noqa: S608 - ours
        dump = "".join(cell.hex() if isinstance(cell, bytes) else f"{cell}\n" for row in rows for cell in row)
        assert code in dump
        assert NAME not in dump
        assert NAME.encode().hex() not in dump.lower()


def test_without_consent_no_byte_is_written(tmp_path: Path) -> None:
    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".db-shm"}

    with opened(tmp_path) as vault:
        code = vault.clients.add()
        before = files()
        with pytest.raises(AppError):
            begun(vault, {"client": code})
        assert files() == before


def test_an_erased_persons_key_is_in_no_file_that_is_left(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        recorded(vault, {"client": code})
        sealed = b64encode(vault.keys.book.clients[code])
        assert sealed in everything(tmp_path)
        erase(vault, code)
        assert sealed not in everything(tmp_path)
