# SPDX-License-Identifier: MIT
"""`attune live --lsl`: who can read is said, and nothing goes out that somebody did not agree to."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.commands import commands
from app.store.consent import Terms
from tests.app.store.vaults import agreed, opened


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def recording(tmp_path: Path) -> str:
    path = tmp_path / "rr.txt"
    path.write_text("800\n" * 5, encoding="utf-8")
    return f"file:{path}"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands, ["live", *arguments, "--seconds", "0", "--json"])
    assert "Traceback" not in result.stderr
    return result.exit_code, result.stderr


def test_without_the_option_nothing_is_sent(home: Path) -> None:
    assert "LSL" not in run("demo")[1]


def test_it_is_said_that_nobody_else_can_read(home: Path) -> None:
    assert run("demo", "--lsl") == (0, "sending by LSL: every program on this computer can read this, nobody else\n")


def test_the_network_is_told_of_in_a_banner(home: Path) -> None:
    assert "anyone on this network can read this" in run("demo", "--lsl-network")[1]


def test_another_computer_needs_a_consent_on_record(home: Path, recording: str) -> None:
    code, errors = run(recording, "--lsl-network")
    assert code == 1
    assert "client has not agreed to be shown on another computer" in errors
    with opened(home) as vault:
        stays, leaves = agreed(vault), vault.clients.add()
        vault.consents.give(leaves, Terms(network=True))
    assert run(recording, "--lsl-network", "--consent", stays)[0] == 1
    assert run(recording, "--lsl-network", "--consent", leaves)[0] == 0


def test_a_consent_that_was_taken_back_sends_nothing(home: Path, recording: str) -> None:
    with opened(home) as vault:
        code = agreed(vault)
        vault.consents.take_back(code)
    exit_code, errors = run(recording, "--lsl", "--consent", code)
    assert exit_code == 1
    assert "took the consent back" in errors


def test_a_session_can_be_stored_and_sent(home: Path) -> None:
    code, errors = run("demo", "--lsl", "--record")
    assert code == 0
    assert "storing S-" in errors
