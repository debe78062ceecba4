# SPDX-License-Identifier: MIT
"""The commands of a study, as a script sees them: what they write, and their exit codes."""

import csv
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.commands import commands
from app.export.exporting import Format, export_session
from tests.app.recorded_session import synthetic_session

ROOT = Path(__file__).parents[3]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path / "home"


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(commands, list(arguments))
    assert "Traceback" not in result.stderr
    return result.exit_code, result.stdout, result.stderr


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        said = list(csv.DictReader(file))
    return [{k: v for k, v in row.items() if k not in ("recording", "file_sha256")} for row in said]


def test_a_session_imported_and_analysed_gives_the_table_of_its_export(home: Path, tmp_path: Path) -> None:
    export_session(synthetic_session(50.0), Format.CSV, tmp_path / "out", identified=True)
    code, session, errors = run("import", str(tmp_path / "out" / "samples.csv"))
    assert code == 0, errors
    tables = {}
    for name, path in (("stored", session.strip()), ("exported", str(tmp_path / "out"))):
        code, out, errors = run(
            "analyze", path, "--out", str(tmp_path / f"{name}.csv"), "--window", "20", "--jobs", "1"
        )
        assert (code, out) == (0, f"{tmp_path / name}.csv is made of 1 recordings.\n"), errors
        tables[name] = rows(tmp_path / f"{name}.csv")
    assert len(tables["stored"]) == 4
    assert tables["stored"] == tables["exported"]


def test_nothing_to_analyse_and_a_table_that_is_there_are_one_sentence(home: Path, tmp_path: Path) -> None:
    code, _out, errors = run("analyze", str(tmp_path / "gone"), "--out", str(tmp_path / "t.csv"))
    assert (code, len(errors.splitlines())) == (1, 1)
    (tmp_path / "t.csv").touch()
    (tmp_path / "rr.csv").write_text("t_s,rr_ms\n1,800\n", encoding="utf-8")
    code, _out, errors = run("analyze", str(tmp_path / "rr.csv"), "--out", str(tmp_path / "t.csv"))
    assert code == 1
    assert "--force" in errors


def test_without_a_session_a_marker_is_refused_in_one_sentence(home: Path) -> None:
    code, _out, errors = run("mark", "go")
    assert (code, len(errors.splitlines())) == (1, 1)
    assert "no session runs here" in errors


@pytest.mark.skipif(sys.platform == "win32", reason="there are no sockets in the file system")
def test_a_marker_from_another_terminal_is_in_the_sessions_lines(home: Path) -> None:
    command = [sys.executable, "-m", "app", "live", "demo@partner", "--json"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ.copy()) as live:
        assert live.stdout is not None
        patience = threading.Timer(60.0, live.kill)
        patience.start()
        next(line for line in live.stdout if '"t":' in line)
        code, out, errors = run("mark", "eyes closed@partner", "--json")
        assert code == 0, errors
        lines = (json.loads(line) for line in live.stdout)
        marker = next(line["marker"] for line in lines if "marker" in line)
        live.terminate()
        live.stdout.read()
        patience.cancel()
    assert json.loads(out)["marker"] == {name: marker[name] for name in ("t", "type", "person")}
    assert (marker["type"], marker["person"], marker["author"]) == ("eyes closed", "partner", "terminal")
