# SPDX-License-Identifier: MIT

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.commands import commands
from app.recording import recorded
from tests.app.store.kept_frames import frames_of, live_items
from tests.app.store.vaults import agreed, opened


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the code of a stored session of somebody made up."""
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path))
    with opened(tmp_path) as vault, recorded(vault, {"client": agreed(vault)}, lambda: 12.0) as running:
        for frame in frames_of(live_items(12.0)):
            running.recorder.put(frame)
        return running.live.head.session


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(commands, ["replay", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_a_stored_session_replays_and_says_that_it_is_equal(session: str) -> None:
    code, out, _ = run(session.lower())
    stored, new, said = out.splitlines()[-3:]
    assert code == 0
    assert stored.split()[1] == new.split()[1]
    assert said == "Equal to the last bit."


def test_a_stored_session_replays_as_lines_with_both_hashes_at_the_end(session: str) -> None:
    code, out, _ = run(session, "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    replayed = lines[-1]["replay"]
    assert code == 0
    assert replayed["outcome"] == "equal"
    assert replayed["same_environment"] is True
    assert replayed["stored_sha256"] == replayed["new_sha256"] == lines[-2]["summary"]["sha256"]


def test_a_calibration_cannot_be_given_to_a_stored_session(session: str) -> None:
    code, _, errors = run(session, "--rest", "0:10")
    assert code == 2
    assert "calibration" in errors


def test_a_session_that_is_not_stored_is_said(session: str) -> None:
    code, _, errors = run("S-22222")
    assert code != 0
    assert "S-22222" in errors
