# SPDX-License-Identifier: MIT
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.commands import commands


def said(*arguments: str) -> tuple[int, str]:
    """Give the code and the one sentence of a command that could not do it."""
    result = CliRunner().invoke(commands, list(arguments))
    (sentence,) = result.stderr.splitlines()
    return result.exit_code, sentence


def test_a_source_given_for_two_persons_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path))
    code, told = said("live", "demo:1", "demo:1@partner", "--seconds", "0")
    assert code == 2
    assert told == ("attune: demo:1 is given for client and for partner; a source is one person's: leave one out")


def test_a_stream_that_never_came_is_told_and_the_exit_code_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path))
    code, told = said("live", "lsl:Nope", "--seconds", "1", "--json")
    assert code == 1
    assert told.startswith("attune: lsl:Nope sent nothing. It is not in reach. ")
