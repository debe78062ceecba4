# SPDX-License-Identifier: MIT
import csv
import io
import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.errors import AppError, Fault
from app.store.checklist import Condition
from app.store.disclose import disclose
from tests.app.store.vaults import agreed, opened, protect, recorded

NAME = "=Ann"


@pytest.fixture
def disclosed(tmp_path: Path) -> dict[str, str]:
    """Give the files of what is disclosed to somebody who had a session alone and one with somebody else."""
    with opened(tmp_path / "home") as vault:
        protect(vault)
        code, other = agreed(vault), agreed(vault)
        vault.clients.set_name(code, NAME)
        vault.clients.set_name(other, "Somebody Else")
        vault.checklists.set(code, [Condition.SEIZURES])
        recorded(vault, {"client": code}, note="a note")
        recorded(vault, {"client": other, "partner": code}, note="of both")
        assert disclose(vault, code, tmp_path / "all.zip") == 2
        assert [row.action for row in vault.audit.rows()][-1] == "client_disclosed"
    with ZipFile(tmp_path / "all.zip") as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()} | {"other": other, "code": code}


def test_it_holds_what_is_known_of_the_person(disclosed: dict[str, str]) -> None:
    person = json.loads(disclosed["person.json"])
    assert (person["code"], person["name"]) == (disclosed["code"], NAME)
    assert person["checklists"][0]["conditions"] == ["seizures"]
    assert disclosed["code"] in disclosed["README.txt"]
    (consent,) = csv.DictReader(io.StringIO(disclosed["consents.csv"]))
    assert "You can change your mind" in consent["words"]
    assert len(list(csv.DictReader(io.StringIO(disclosed["sessions.csv"])))) == 2
    actions = [row["action"] for row in csv.DictReader(io.StringIO(disclosed["who_did_what.csv"]))]
    assert {"consent_given", "session_begun", "name_set"} <= set(actions)


def test_the_sessions_hold_this_persons_part_alone(disclosed: dict[str, str]) -> None:
    text = "".join(text for name, text in disclosed.items() if name not in {"other", "code"})
    assert disclosed["other"] not in text
    assert "Somebody Else" not in text
    beats = [list(csv.DictReader(io.StringIO(text))) for name, text in disclosed.items() if name.endswith("/beats.csv")]
    assert sorted(row["person"] for rows in beats for row in rows) == ["client", "partner"]


def test_notes_go_along_only_when_they_are_asked_for(disclosed: dict[str, str], tmp_path: Path) -> None:
    assert not [name for name, text in disclosed.items() if "a note" in text or "notes.csv" in name]
    with opened(tmp_path / "home", ask=lambda: "correct horse") as vault:
        disclose(vault, disclosed["code"], tmp_path / "notes.zip", with_notes=True)
    with ZipFile(tmp_path / "notes.zip") as archive:
        notes = [archive.read(name).decode() for name in archive.namelist() if name.endswith("notes.csv")]
    assert ["a note" in text or "of both" in text for text in notes] == [True, True]


def test_nothing_is_left_beside_it(disclosed: dict[str, str], tmp_path: Path) -> None:
    assert {path.name for path in tmp_path.iterdir()} == {"home", "all.zip"}
    assert (tmp_path / "all.zip").stat().st_mode & 0o077 == 0


def test_an_unknown_code_writes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as vault, pytest.raises(AppError) as told:
        disclose(vault, "C-2222", tmp_path / "all.zip")
    assert told.value.fault is Fault.UNKNOWN_CODE
    assert not (tmp_path / "all.zip").exists()
