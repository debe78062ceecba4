# SPDX-License-Identifier: MIT
"""The contract of the command line: what is written where, and the exit codes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli.commands import commands

ROOT = Path(__file__).parents[3]
NO_BLUETOOTH = {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere/bus"}


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "rest.txt"
    path.write_text("800\n810\n" * 20, encoding="utf-8")
    return path


def attune(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a user does, on a machine without a display or Bluetooth."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        env=kept | NO_BLUETOOTH | environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def run(*arguments: str) -> tuple[int, list[Mapping[str, Any]], str]:
    """Run a command in this process; give its code, its JSON lines and what it said on standard error."""
    result = CliRunner().invoke(commands, list(arguments), env=NO_BLUETOOTH)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()], result.stderr


def said(*arguments: str) -> tuple[int, str]:
    """Give the code and the one sentence of a command that could not do it."""
    result = CliRunner().invoke(commands, list(arguments), env=NO_BLUETOOTH)
    (sentence,) = result.stderr.splitlines()
    return result.exit_code, sentence


def test_replay_writes_a_start_the_seconds_and_a_summary(recording: Path) -> None:
    code, lines, errors = run("replay", str(recording), "--json")
    assert (code, errors) == (0, "")
    assert lines[0]["start"]["sources"] == [f"file:{recording}"]
    assert [line["t"] for line in lines if "hr_bpm" in line] == [float(t) for t in range(1, 34)]
    assert lines[-1]["summary"]["counts"]["beats"] == 40
    assert not [line for line in lines if "beat" in line]


def test_replay_in_time_gives_the_same_lines(recording: Path) -> None:
    assert run("replay", str(recording), "--json", "--beats", "--speed", "1e6") == run(
        "replay", str(recording), "--json", "--beats"
    )


def test_several_recordings_are_merged_by_time(recording: Path, tmp_path: Path) -> None:
    skin = tmp_path / "skin.csv"
    skin.write_text("t_s,eda_microsiemens\n" + "".join(f"{t},2.5\n" for t in range(10)), encoding="utf-8")
    code, lines, _ = run("replay", str(recording), str(skin), "--json")
    assert code == 0
    assert next(line["t"] for line in lines if "hr_bpm" in line) == 0.0


def test_replay_without_json_is_a_summary_for_people(recording: Path) -> None:
    result = CliRunner().invoke(commands, ["replay", str(recording)])
    assert result.exit_code == 0
    assert "40 (39 count)" in result.stdout
    assert "unknown 100%" in result.stdout


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "holds no samples"),
        ("800\neight hundred\n810\n", "line 2"),
        ("t_s,rr_ms\n0.8,800\n1.6,abc\n", "line 3"),
        ("0.8,800\n1.6,800\n", "line 1"),
        ("t_s,rr_ms\n0.8,800\n0.7,800\n", "line 3"),
    ],
)
def test_a_bad_recording_is_one_sentence_with_its_line(text: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    code, told = said("replay", str(path))
    assert code == 1
    assert told.startswith(f"attune: {path}")
    assert sentence in told


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    code, told = said("replay", str(tmp_path / "nothing.csv"))
    assert (code, told) == (1, f"attune: there is no file {tmp_path / 'nothing.csv'}")


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="only setpriv takes root's right to read everything")
def test_a_file_that_may_not_be_read_is_one_sentence(recording: Path) -> None:
    recording.chmod(0)
    rights = "-dac_override,-dac_read_search"
    as_nobody = ["setpriv", "--bounding-set", rights, "--inh-caps", rights] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*as_nobody, sys.executable, "-m", "app", "replay", str(recording), "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"attune: {recording} cannot be read: Permission denied\n"


def test_a_refused_file_leaves_the_output_empty(recording: Path, tmp_path: Path) -> None:
    code, lines, _ = run("replay", str(recording), str(tmp_path / "nothing.csv"), "--json")
    assert (code, lines) == (1, [])


def test_a_name_with_control_characters_stays_one_plain_sentence(tmp_path: Path) -> None:
    code, told = said("replay", str(tmp_path / "a\nb\x1b[2Jc.csv"))
    assert (code, told) == (1, f"attune: there is no file {tmp_path / 'a b[2Jc.csv'}")


def test_a_recording_given_twice_is_wrong_use(recording: Path) -> None:
    code, told = said("replay", str(recording), str(recording))
    assert code == 2
    assert told.endswith("is given twice for client; leave one out")


def test_a_source_given_twice_for_one_person_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path))
    assert said("live", "demo", "demo:1") == (
        2,
        "attune: demo:1 is given twice for client; leave one out",
    )


def test_two_sources_for_two_persons_are_right_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path))
    code, lines, _ = run("live", "demo", "demo:2@partner", "--json", "--seconds", "0")
    assert (code, lines[0]["start"]["persons"]) == (0, ["client", "partner"])


def test_the_version_is_one_line() -> None:
    result = CliRunner().invoke(commands, ["--version"])
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert line.startswith("attune ")


def test_a_folder_is_one_sentence(tmp_path: Path) -> None:
    code, told = said("replay", str(tmp_path), "--json")
    assert code == 1
    assert "is a folder" in told


def test_live_plays_a_recording_until_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path))
    path = tmp_path / "one.txt"
    path.write_text("800\n", encoding="utf-8")
    code, lines, errors = run("live", f"file:{path}@partner", "--json", "--beats", "--pace", "6")
    assert (code, errors) == (0, "")
    assert lines[0]["start"]["persons"] == ["partner"]
    assert [line["beat"]["person"] for line in lines if "beat" in line] == ["partner"]
    assert "summary" in lines[-1]


def test_live_tells_of_a_file_that_is_missing_after_its_summary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path))
    code, lines, errors = run("live", f"file:{tmp_path / 'nothing.csv'}", "--json")
    assert code == 1
    assert [line["notice"]["reason"] for line in lines if "notice" in line] == ["file_missing"]
    assert "summary" in lines[-1]
    assert errors == f"attune: there is no file {tmp_path / 'nothing.csv'}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["live"],
        ["live", "usb:EmotiBit"],
        ["live", "demo", "--pace", "40"],
        ["live", "demo", "--dance"],
        ["replay"],
        ["replay", "x.csv", "--speed", "fast"],
        ["replay", "x.csv", "--speed", "0"],
        ["replay", "x.csv", "--speed", "nan"],
        ["devices", "--seconds", "0"],
        ["--demo", "replay", "x.csv"],
        ["dance"],
    ],
    ids=" ".join,
)
def test_wrong_use_has_exit_code_2(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path))
    result = CliRunner().invoke(commands, arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


def test_a_source_that_is_none_is_answered_with_what_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path))
    assert said("live", "usb:EmotiBit") == (
        2,
        "attune: 'usb:EmotiBit' is not a source; there are ble:ADDRESS, ble:any, lsl:NAME, lsl:type=TYPE, "
        "lsl:name=NAME&type=TYPE&source_id=ID, demo, demo:SEED and file:PATH, each with @PERSON behind it "
        "if it is not the client's",
    )


def test_without_bluetooth_devices_say_so_in_a_sentence() -> None:
    code, told = said("devices", "--seconds", "1", "--json")
    assert code == 1
    assert "Bluetooth" in told


def test_the_doctor_names_a_fix_for_each_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path / "new"))
    code, lines, _ = run("doctor", "--json")
    assert code == 0
    checks = {check["name"]: check for check in lines[0]["checks"]}
    assert {"python", "PySide6-Essentials", "liblsl", "bluetooth", "display", "data folder", "disk"} <= set(checks)
    assert not checks["bluetooth"]["is_fine"]
    assert all(bool(check["fix"]) != check["is_fine"] for check in checks.values())
    assert not (tmp_path / "new").exists()


def test_the_doctors_table_shows_what_is_to_do() -> None:
    result = CliRunner().invoke(commands, ["doctor"], env=NO_BLUETOOTH)
    assert result.exit_code == 0
    assert "systemctl start bluetooth" in " ".join(result.stdout.split())


def test_without_a_display_the_window_names_the_way_that_works(tmp_path: Path) -> None:
    done = attune(ATTUNE_HOME=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr == "attune: there is no display here; attune live shows a session in the terminal.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_display_that_does_not_answer_is_told_before_qt_gives_up(tmp_path: Path) -> None:
    done = attune("--demo", ATTUNE_HOME=str(tmp_path), DISPLAY=":7777")
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert "display :7777 does not answer" in sentence or "apt install" in sentence


def test_help_is_quick_to_come_by() -> None:
    code = "import sys, app.cli.commands; print(sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert not {"'numpy'", "'bleak'", "'pylsl'", "'PySide6'", "'scipy'"} & set(done.stdout.strip("[]\n").split(", "))


def test_a_protocol_leads_the_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path))
    plan = tmp_path / "short.toml"
    plan.write_text('name = "Short"\n[[step]]\nname = "Breathe"\nminutes = 1\ncue = "breath"\nbreaths_per_min = 7.0\n')
    code, lines, errors = run("live", "demo", "--protocol", str(plan), "--seconds", "3", "--json")
    assert (code, errors) == (0, "")
    rates = [line["cue"]["breaths_per_min"] for line in lines if "cue" in line]
    assert rates[-1] == pytest.approx(7.0)


@pytest.mark.parametrize(
    ("name", "says"),
    [("dance", "there are resonance_training, touch_and_return"), ("gone.toml", "there is no file gone.toml")],
)
def test_an_unknown_protocol_is_said_in_one_sentence(
    name: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path))
    code, _, errors = run("live", "demo", "--protocol", name, "--seconds", "1", "--json")
    assert code == 1
    assert says in errors
    assert errors.count("\n") == 1
