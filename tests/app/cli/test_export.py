# SPDX-License-Identifier: MIT
"""`attune export` from a store: what it writes, what it asks, and its exit codes."""

import json
from pathlib import Path

import pytest
import pyxdf
from typer.testing import CliRunner

from app.cli.commands import commands
from tests.app.store.vaults import DAY_S, Wall, agreed, opened, recorded

FORMATS = ("xdf", "csv", "bids", "parquet")  # a session of one interval has no signal for EDF+


@pytest.fixture
def sessions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the codes of two sessions of one person, 12 days apart."""
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path / "home"))
    wall = Wall()
    with opened(tmp_path / "home", wall) as vault:
        code = agreed(vault)
        first = recorded(vault, {"client": code}, note="a private word")
        wall.now += 12 * DAY_S
        second = recorded(vault, {"client": code}, note="a private word")
        return [first.head.session, second.head.session]


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(commands, list(arguments))
    assert "Traceback" not in result.stderr
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("form", FORMATS)
def test_a_session_is_exported_without_notes_or_codes(tmp_path: Path, sessions: list[str], form: str) -> None:
    out = tmp_path / "out"
    code, said, errors = run("export", sessions[0], "--to", form, "--out", str(out))
    assert (code, errors) == (0, "")
    assert str(out) in said
    files = [out] if out.is_file() else [path for path in out.rglob("*") if path.is_file()]
    content = b"".join(path.read_bytes() for path in files)
    assert b"a private word" not in content
    assert sessions[0].encode() not in content


def test_a_code_may_be_typed_small_and_the_audit_keeps_the_export(tmp_path: Path, sessions: list[str]) -> None:
    assert run("export", sessions[0].lower(), "--to", "csv", "--out", str(tmp_path / "out"))[0] == 0
    with opened(tmp_path / "home") as vault:
        assert [row.object for row in vault.audit.rows() if row.action == "session_exported"] == [sessions[0]]


def test_of_the_date_only_the_days_since_the_first_session_are_left(tmp_path: Path, sessions: list[str]) -> None:
    for session, days in zip(sessions, (0, 12), strict=True):
        out = tmp_path / session
        assert run("export", session, "--to", "csv", "--out", str(out))[0] == 0
        assert json.loads((out / "about.json").read_text(encoding="utf-8"))["started_utc_s"] == days * DAY_S


def test_identified_and_with_notes_it_holds_them(tmp_path: Path, sessions: list[str]) -> None:
    out = tmp_path / "x.xdf"
    code, said, _errors = run("export", sessions[0], "--to", "xdf", "--out", str(out), "--identified", "--notes")
    assert code == 0
    assert "identified" in said
    streams = {stream["info"]["name"][0]: stream for stream in pyxdf.load_xdf(out)[0]}
    assert streams["Attune Notes"]["time_series"] == [["a private word"]]
    assert sessions[0].encode() in out.read_bytes()


def test_what_is_there_stays_unless_it_is_forced(tmp_path: Path, sessions: list[str]) -> None:
    out = tmp_path / "out.xdf"
    out.write_text("before")
    code, _said, errors = run("export", sessions[0], "--to", "xdf", "--out", str(out))
    assert code == 1
    assert "--force" in errors
    assert out.read_text() == "before"
    assert run("export", sessions[0], "--to", "xdf", "--out", str(out), "--force")[0] == 0


@pytest.mark.parametrize(
    ("code", "said", "arguments"),
    [
        (1, "S-22222", ["S-22222", "--to", "xdf", "--out", "out"]),
        (2, "must be xdf, csv, edf, bids or parquet", ["SESSION", "--to", "pdf", "--out", "out"]),
        (1, "try _CON", ["SESSION", "--to", "xdf", "--out", "CON"]),
        (1, "make it first", ["SESSION", "--to", "xdf", "--out", "no/x.xdf"]),
        (1, "CSV or XDF", ["SESSION", "--to", "edf", "--out", "x.edf"]),
    ],
)
def test_what_cannot_be_is_one_sentence(
    in_folder: Path, sessions: list[str], code: int, said: str, arguments: list[str]
) -> None:
    given = [sessions[0] if argument == "SESSION" else argument for argument in arguments]
    ended, _out, errors = run("export", *given)
    assert ended == code
    assert said in " ".join(errors.replace("│", " ").split())
    assert [path.name for path in in_folder.iterdir()] == ["home"]
