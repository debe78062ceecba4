# SPDX-License-Identifier: MIT
"""A session in the terminal that is killed, and goes on."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.store.reading import open_session
from dsp.stream import Gap
from tests.app.store.vaults import opened

ROOT = Path(__file__).parents[3]

Line = Mapping[str, Any]


def attune(home: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        env=os.environ | {"ATTUNE_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def done(home: Path, *arguments: str) -> tuple[int, list[Line], str]:
    with attune(home, *arguments) as running:
        out, errors = running.communicate(timeout=60)
    return running.returncode, [json.loads(line) for line in out.splitlines()], errors


def killed_after(home: Path, seconds: int, *arguments: str) -> None:
    """Run a session and kill it once it has said so many seconds."""
    with attune(home, *arguments) as running:
        assert running.stdout is not None
        told = 0
        while told < seconds:
            told += "t" in json.loads(running.stdout.readline())
        running.kill()


def test_a_killed_session_goes_on_from_its_own_sources_and_replays_as_one(tmp_path: Path) -> None:
    killed_after(tmp_path, 3, "live", "demo:4@partner", "--record", "--json", "--pace", "6")
    code, lines, errors = done(tmp_path, "live", "--go-on", "--seconds", "1.5", "--json")
    assert (code, "going on with S-" in errors) == (0, True)
    assert lines[0]["start"]["persons"] == ["partner"]
    (gap,) = [line["gap"] for line in lines if "gap" in line]
    assert gap["reason"] == "program_stopped"
    with opened(tmp_path) as vault:
        (entry,) = vault.sessions.all()
        contents = open_session(vault, entry.head.session)
        assert [item.end_s for item in contents.items() if isinstance(item, Gap)] == [gap["end_s"]]
    code, replayed, _errors = done(tmp_path, "replay", entry.head.session, "--json")
    assert (code, replayed[-1]["replay"]["outcome"]) == (0, "equal")
    assert replayed[-2]["summary"]["sha256"] == lines[-1]["summary"]["sha256"]


@pytest.mark.parametrize("more", [(), ("demo",)])
def test_where_nothing_was_interrupted_nothing_goes_on(tmp_path: Path, more: tuple[str, ...]) -> None:
    code, lines, errors = done(tmp_path, "live", *more, "--go-on", "--json")
    assert (code, lines) == (1, [])
    assert "there is no session to go on with" in errors


def test_a_live_session_needs_a_source_unless_it_goes_on(tmp_path: Path) -> None:
    assert done(tmp_path, "live")[0] == 2
    assert done(tmp_path, "live", "demo", "--go-on", "--record")[0] == 2
