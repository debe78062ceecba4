# SPDX-License-Identifier: MIT
"""`attune report` from a store: what it writes, what it refuses, and its exit codes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.commands import commands
from tests.app.report.stored import stored
from tests.app.store.vaults import agreed, opened, protect

ROOT = Path(__file__).parents[3]


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path / "home"))
    with opened(tmp_path / "home") as vault:
        return stored(vault, {"client": agreed(vault), "partner": agreed(vault)})


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(commands, ["report", *arguments])
    assert "Traceback" not in result.stderr
    return result.exit_code, result.stdout, result.stderr


def test_a_page_is_written_and_named(tmp_path: Path, session: str) -> None:
    out = tmp_path / "out.html"
    code, said, errors = run(session.lower(), "--out", str(out))
    assert (code, errors) == (0, "")
    assert str(out) in said.replace("\n", "")
    assert session in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("reader", ["client", "handout"])
def test_a_persons_own_has_their_code_alone(tmp_path: Path, session: str, reader: str) -> None:
    out = tmp_path / "out.html"
    assert run(session, "--out", str(out), "--for", reader, "--person", "partner")[0] == 0
    with opened(tmp_path / "home") as vault:
        codes = vault.sessions.entry(session).head.codes
    written = out.read_text(encoding="utf-8")
    assert codes["partner"] in written
    assert codes["client"] not in written


def test_notes_are_ticked_for_the_clinician_alone(tmp_path: Path, session: str) -> None:
    plain, noted = tmp_path / "a.html", tmp_path / "b.html"
    run(session, "--out", str(plain))
    code, said, _errors = run(session, "--out", str(noted), "--notes")
    assert code == 0
    assert "notes" in said
    assert ("canary" in plain.read_text(encoding="utf-8"), "canary" in noted.read_text(encoding="utf-8")) == (
        False,
        True,
    )
    code, _said, errors = run(session, "--out", str(tmp_path / "c.html"), "--notes", "--for", "client")
    assert code == 2
    assert "clinician" in errors
    assert not (tmp_path / "c.html").exists()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.html").write_text("before", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("S-ZZZZZ", "--out", "out.html"), 1, "S-ZZZZZ"),
        (("SESSION", "--out", "out.txt"), 1, ".html"),
        (("SESSION", "--out", "missing/out.html"), 1, "folder"),
        (("SESSION", "--out", "there.html"), 1, "--force"),
        (("SESSION", "--out", "out.html", "--person", "nobody"), 1, "partner"),
        (("SESSION", "--out", "out.html", "--for", "everybody"), 2, "handout"),
        (("SESSION",), 2, "--out"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    here: Path, session: str, arguments: tuple[str, ...], code: int, said: str
) -> None:
    found, _said, errors = run(*(session if word == "SESSION" else word for word in arguments))
    assert found == code
    assert said in errors.replace("│", "").replace("\n", " ")
    assert (here / "there.html").read_text(encoding="utf-8") == "before"
    assert not (here / "out.html").exists()


def test_a_locked_store_says_so(tmp_path: Path, session: str) -> None:
    with opened(tmp_path / "home") as vault:
        protect(vault)
    wrong = tmp_path / "passphrase"
    wrong.write_text("another horse", encoding="utf-8")
    code, _said, errors = run(session, "--out", str(tmp_path / "o.html"), "--passphrase-file", str(wrong))
    assert code == 1
    assert errors.startswith("attune:")
    assert not (tmp_path / "o.html").exists()


@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_it_works_without_any_display(tmp_path: Path, session: str, ending: str) -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "DISPLAY", "WAYLAND"))}
    out = tmp_path / f"out.{ending}"
    done = subprocess.run(
        [sys.executable, "-m", "app", "report", session, "--out", str(out)],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert out.stat().st_size > 1000
