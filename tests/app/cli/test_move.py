# SPDX-License-Identifier: MIT
"""`attune move`: what it says, and what the list and the audit say afterwards."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli.commands import commands


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(commands, list(arguments))
    assert "Traceback" not in result.stderr
    return result.exit_code, result.stdout, result.stderr


def sessions() -> list[Mapping[str, Any]]:
    return [json.loads(line)["session"] for line in run("sessions", "--json")[1].splitlines()]


def test_a_moved_session_says_which_version_counts_and_which_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path))
    assert run("live", "demo", "--record", "--seconds", "0", "--json")[0] == 0
    right = run("consent", "--stored")[1].splitlines()[0]
    (session,) = sessions()
    code, _out, errors = run("move", session["session"], right, "--person", "partner")
    assert code == 1
    assert errors.strip().endswith("one of: client.")
    code, out, errors = run("move", session["session"].lower(), right)
    assert (code, errors) == (0, "")
    assert right in out
    assert "version 2; 1 is kept" in out
    assert sessions()[0]["codes"] == {"client": right}
    assert "version 2, version 1 kept" in run("audit")[1]
    assert run("move", session["session"], right)[0] == 2
