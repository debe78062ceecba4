# SPDX-License-Identifier: MIT
"""Recordings become sessions: with consent, whole or not at all, and with the numbers that a replay gives."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli.commands import commands
from app.export.exporting import Format, export_session
from app.imports.opening import require_clocks
from app.store.contents import IMPORTED, SessionContents
from app.store.reading import open_session
from dsp.stream import Beat, Chunk, Features
from sensors.source import SensorError
from tests.app.recorded_session import STARTED_UTC_S, KeptSession, live_session, synthetic_session
from tests.app.store.vaults import agreed, opened

ROOT = Path(__file__).parents[3]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def client(home: Path) -> str:
    with opened(home) as vault:
        return agreed(vault)


@pytest.fixture(scope="module")
def session() -> KeptSession:
    return synthetic_session(40.0)


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(commands, list(arguments))
    assert "Traceback" not in result.stderr
    return result.exit_code, result.stdout, result.stderr


def sessions() -> list[Mapping[str, Any]]:
    return [json.loads(line)["session"] for line in run("sessions", "--json")[1].splitlines()]


def replayed(session: str) -> tuple[str, str]:
    code, out, _errors = run("replay", session, "--json")
    assert code == 0
    *_lines, summary, replay = out.splitlines()
    return json.loads(replay)["replay"]["outcome"], json.loads(summary)["summary"]["sha256"]


def test_an_exported_table_is_the_same_session_again(client: str, session: KeptSession, tmp_path: Path) -> None:
    export_session(session, Format.CSV, tmp_path / "out")
    code, out, errors = run("import", str(tmp_path / "out" / "samples.csv"), "--consent", client)
    assert (code, errors) == (0, "")
    (stored,) = sessions()
    assert (stored["session"], stored["codes"], stored["state"]) == (out.strip(), {"client": client}, "closed")
    assert replayed(out.strip()) == ("equal", session.head.sha256)


@pytest.mark.parametrize("form", [Format.XDF, Format.EDF])
def test_an_imported_file_holds_the_numbers_of_its_replay(
    client: str, session: KeptSession, tmp_path: Path, form: Format
) -> None:
    path = tmp_path / f"out.{form}"
    export_session(session, form, path)
    code, out, errors = run("import", str(path), "--consent", client)
    assert (code, errors) == (0, "")
    summary = json.loads(run("replay", str(path), "--json")[1].splitlines()[-1])["summary"]
    assert replayed(out.strip()) == ("equal", summary["sha256"])


def test_the_samples_of_an_imported_xdf_are_those_that_were_exported(
    client: str, home: Path, session: KeptSession, tmp_path: Path
) -> None:
    export_session(session, Format.XDF, tmp_path / "out.xdf")
    code = run("import", str(tmp_path / "out.xdf"), "--consent", client)[1].strip()
    with opened(home) as vault:
        imported = open_session(vault, code)

        def of(kept: SessionContents) -> list[tuple[str, float, float]]:
            chunks = [item for item in kept.items() if isinstance(item, Chunk) and item.values.ndim == 1]
            rows = [(str(c.modality), t, v) for c in chunks for t, v in zip(c.t, c.values, strict=True)]
            return sorted(rows)

        for one, other in zip(of(imported), of(session), strict=True):
            assert one[:2] == other[:2]
            assert one[2] == pytest.approx(other[2], abs=1e-9)
        rates = [value.hr_bpm.value for value in imported.values() if isinstance(value, Features)]
        before = [value.hr_bpm.value for value in session.values() if isinstance(value, Features)]
        assert rates[10:39] == pytest.approx(before[10:39], abs=1e-9)


def test_an_imported_session_says_so_and_keeps_its_date(client: str, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "out"
    export_session(synthetic_session(5.0), Format.XDF, tmp_path / "out.xdf")
    text = "t_s,rr_ms\n" + "".join(f"{k * 0.8:.1f},800\n" for k in range(1, 20))
    path.mkdir()
    (path / "today.csv").write_text(text, encoding="utf-8")
    assert run("import", str(path / "today.csv"), "--consent", client)[0] == 0
    (path / "about.json").write_text(
        json.dumps({"started_utc_s": STARTED_UTC_S - 1e8, "started_t_s": 0.0}), encoding="utf-8"
    )
    assert run("import", str(path / "today.csv"), "--consent", client)[0] == 0
    with opened(home) as vault:
        new, old = (entry.head for entry in vault.sessions.all())
        assert (new.versions[IMPORTED], old.versions[IMPORTED]) == ("csv", "csv")
        assert old.started_utc_s == pytest.approx(STARTED_UTC_S - 1e8 + 0.8)
        assert len([v for v in open_session(vault, old.session).values() if isinstance(v, Beat)]) > 10


def test_a_file_that_cannot_be_read_leaves_no_session(client: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xdf"
    bad.write_bytes(b"XDF:" + b"\xff" * 300)
    assert run("import", str(bad), "--consent", client)[0] == 1
    assert run("import", str(tmp_path / "none.csv"), "--consent", client)[0] == 1
    assert sessions() == []


def test_nobody_is_imported_who_was_not_asked(home: Path, client: str, tmp_path: Path) -> None:
    path = tmp_path / "rr.txt"
    path.write_text("800\n" * 20, encoding="utf-8")
    code, _out, errors = run("import", str(path))
    assert (code, "there is nobody to ask" in errors) == (1, True)
    assert run("consent", client, "--take-back")[0] == 0
    assert run("import", str(path), "--consent", client)[0] == 1
    assert sessions() == []


def test_both_persons_of_a_session_must_have_agreed(home: Path, client: str, tmp_path: Path) -> None:
    both = live_session(8.0, seeds={"client": 1, "partner": 2})
    export_session(both, Format.CSV, tmp_path / "out")
    with opened(home) as vault:
        partner = agreed(vault)
    path = str(tmp_path / "out" / "samples.csv")
    assert run("import", path, "--consent", client, "--consent", f"{partner}@partner")[0] == 0
    (stored,) = sessions()
    assert stored["codes"] == {"client": client, "partner": partner}
    assert replayed(stored["session"])[0] == "equal"


def test_an_import_that_is_killed_leaves_nothing(home: Path, client: str, tmp_path: Path) -> None:
    path = tmp_path / "rr.csv"
    path.write_text("t_s,rr_ms\n" + "".join(f"{k * 0.8:.1f},800\n" for k in range(1, 40_000)), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "app", "import", str(path), "--consent", client],
        cwd=ROOT,
        env=os.environ | {"ATTUNE_HOME": str(home)},
    ) as running:
        while running.poll() is None and not list(home.glob("sessions/*/common.db")):
            pass
        running.kill()
    assert list(home.glob("sessions/*/common.db"))
    assert sessions() == []
    assert not list(home.glob("sessions/*/*.db"))
    assert run("live", "--go-on", "--seconds", "0")[0] == 1


def test_a_clock_is_refused_where_there_is_none_to_choose(tmp_path: Path) -> None:
    path = tmp_path / "rr.txt"
    path.write_text("800\n810\n", encoding="utf-8")
    with pytest.raises(SensorError, match="leave --clock out"):
        require_clocks([path], "recorder")
    require_clocks([path], None)
