# SPDX-License-Identifier: MIT
"""The commands about what is stored: what they write, and their exit codes."""

import json
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from app.cli.commands import commands
from app.store.reading import open_session
from tests.app.store.vaults import agreed, opened, protect, recorded

ROOT = Path(__file__).parents[3]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def client(home: Path) -> str:
    """Give the code of somebody with one stored session."""
    with opened(home) as vault:
        code = agreed(vault)
        recorded(vault, {"client": code}, note="a private word")
        return code


@pytest.fixture
def passphrase(tmp_path: Path) -> str:
    path = tmp_path / "passphrase"
    path.write_text("correct horse\n", encoding="utf-8")
    return str(path)


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(commands, list(arguments))
    assert "Traceback" not in result.stderr
    return result.exit_code, result.stdout, result.stderr


def sessions() -> list[Mapping[str, Any]]:
    code, out, _errors = run("sessions", "--json")
    assert code == 0
    return [json.loads(line)["session"] for line in out.splitlines()]


def test_where_nothing_is_stored_the_list_is_empty_and_makes_nothing(home: Path) -> None:
    assert sessions() == []
    assert "attune live SOURCE --record" in run("sessions")[1]
    assert not home.exists()


def test_the_list_says_when_how_long_and_who(client: str) -> None:
    (session,) = sessions()
    assert (session["codes"], session["duration_s"], session["state"]) == ({"client": client}, 3.0, "closed")
    assert session["session"] in run("sessions")[1]


def test_a_recorded_session_is_in_the_list(home: Path) -> None:
    code, out, errors = run("live", "demo", "--record", "--seconds", "0", "--json")
    assert code == 0
    assert "summary" in json.loads(out.splitlines()[-1])
    (session,) = sessions()
    assert session["session"] in errors
    assert session["is_synthetic"]


def test_without_record_nothing_is_stored(home: Path) -> None:
    assert run("live", "demo", "--seconds", "0", "--json")[0] == 0
    assert {path.name for path in home.iterdir()} == {"attune.log"}


def test_a_person_who_was_not_asked_is_not_recorded(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "rr.txt"
    path.write_text("800\n", encoding="utf-8")
    code, _out, errors = run("live", f"file:{path}", "--record", "--seconds", "0", "--json")
    assert (code, sessions()) == (1, [])
    assert "there is nobody to ask" in errors


def test_a_consent_on_record_is_enough_to_record(client: str, tmp_path: Path) -> None:
    path = tmp_path / "rr.txt"
    path.write_text("800\n", encoding="utf-8")
    source = f"file:{path}@partner"
    assert run("live", source, "--record", "--consent", client, "--seconds", "0", "--json")[0] == 0
    assert sessions()[0]["codes"] == {"partner": client}
    assert run("consent", client, "--take-back")[0] == 0
    code, _out, errors = run("live", source, "--record", "--consent", client, "--seconds", "0", "--json")
    assert (code, len(sessions())) == (1, 2)
    assert f"{client} has not agreed" in errors


def test_consent_goes_with_record_alone(home: Path) -> None:
    assert run("live", "demo", "--consent", "C-2222")[0] == 2


def test_consent_makes_a_code_and_says_what_was_agreed_to(home: Path) -> None:
    code, out, _errors = run("consent", "--stored", "--keep-days", "30", "--audience", "research")
    assert code == 0
    client, *words = out.splitlines()
    assert "30 days" in " ".join(words)
    assert run("consent", client, "--show")[1] == out
    assert "No consent holds" in run("consent", client, "--take-back")[1]
    assert run("consent", "--stored", "--audience", "everybody")[0] == 2


def test_a_name_asks_for_a_passphrase_first(home: Path, passphrase: str) -> None:
    code, _out, errors = run("consent", "--stored", "--name", "Ann")
    assert (code, "attune protect" in errors) == (1, True)
    code, out, _errors = run("protect", "--new-passphrase-file", passphrase)
    recovery = next(line.strip() for line in out.splitlines() if line.count("-") == 7)
    code, _out, errors = run("consent", "--stored", "--name", "Ann")
    assert (code, "the store is locked" in errors) == (1, True)
    assert run("consent", "--stored", "--name", "Ann", "--passphrase-file", passphrase)[0] == 0
    Path(passphrase).write_text(recovery, encoding="utf-8")
    assert run("sessions", "--passphrase-file", passphrase)[0] == 0


def test_a_wrong_passphrase_is_one_sentence(home: Path, passphrase: str) -> None:
    with opened(home) as vault:
        protect(vault, "another passphrase")
    code, _out, errors = run("sessions", "--passphrase-file", passphrase)
    assert (code, len(errors.splitlines())) == (1, 1)
    assert "does not open the store" in errors
    assert "cannot be read" in run("sessions", "--passphrase-file", "/nowhere")[2]


def test_erase_asks_for_the_code_and_does_nothing_without_it(client: str) -> None:
    for answer in ((), ("--yes", "C-2222")):
        code, out, errors = run("erase", client, *answer)
        assert (code, len(sessions())) == (1, 1)
        assert "takes 1 session" in out
        assert "nothing was changed" in errors


def test_erase_takes_everything_and_names_the_backups(client: str, tmp_path: Path) -> None:
    place = str(tmp_path / "copy")
    assert run("backup", place)[0] == 0
    code, out, _errors = run("erase", client.lower(), "--yes", client)
    assert (code, sessions()) == (0, [])
    assert place in out
    assert run("erase", client, "--yes", client)[0] == 1


def test_erase_takes_one_session_by_its_code(client: str) -> None:
    session = sessions()[0]["session"]
    assert run("erase", session)[0] == 1
    assert run("erase", session, "--yes", session)[0] == 0
    assert sessions() == []
    assert run("consent", client, "--show")[0] == 0


def test_backup_and_restore_bring_the_store_to_another_folder(
    client: str, passphrase: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Only this computer" in run("backup", str(tmp_path / "copy"))[1]
    run("protect", "--new-passphrase-file", passphrase)
    code, out, _errors = run("backup", str(tmp_path / "copy"), "--passphrase-file", passphrase)
    assert (code, "Only this computer" in out) == (0, False)
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path / "new"))
    assert run("restore", str(tmp_path / "copy"))[0] == 1
    code, out, _errors = run("restore", str(tmp_path / "copy"), "--passphrase-file", passphrase)
    assert (code, "1 session" in out) == (0, True)
    assert client in run("sessions", "--passphrase-file", passphrase)[1]
    assert run("restore", str(tmp_path))[0] == 1


def test_disclose_writes_all_of_a_person_readably(client: str, tmp_path: Path) -> None:
    out = tmp_path / "all.zip"
    assert run("disclose", client, "--out", str(out))[0] == 0
    with ZipFile(out) as archive:
        assert archive.testzip() is None
        assert "README.txt" in archive.namelist()
    assert run("disclose", client, "--out", str(out))[0] == 1
    assert run("disclose", client, "--out", str(out), "--force", "--notes")[0] == 0
    assert run("disclose", "C-2222", "--out", str(tmp_path / "none.zip"))[0] == 1
    assert not (tmp_path / "none.zip").exists()


def test_retention_shows_what_is_due_and_changes_nothing(client: str) -> None:
    code, out, _errors = run("retention", "--days", "1")
    assert (code, client in out, len(sessions())) == (0, True, 1)
    assert "--delete" in out
    assert run("retention", "--delete")[0] == 0
    assert sessions() == []


def test_the_audit_is_written_with_the_operators_names(client: str) -> None:
    code, out, _errors = run("audit", "--json")
    assert code == 0
    rows = [json.loads(line)["audit"] for line in out.splitlines()]
    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    assert {"client_added", "consent_given", "session_closed"} <= {row["action"] for row in rows}
    assert all(row["operator_name"] for row in rows)
    assert "session_begun" in run("audit")[1]


def test_a_changed_audit_row_is_told(home: Path, client: str) -> None:
    with opened(home) as vault, vault.database.write() as connection:
        connection.execute("DROP TRIGGER audit_is_not_edited")
        connection.execute("UPDATE audit SET operator = 'O-9999' WHERE number = 2")
    code, _out, errors = run("audit")
    assert (code, "row 2 of the audit" in errors) == (1, True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals for programs")
def test_consent_is_asked_in_plain_words_on_the_terminal(home: Path) -> None:
    import pty

    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "app", "consent"])  # noqa: S606 - our own program
    os.write(terminal, b"y\n30\nn\ny\n")
    said = b""
    while True:
        try:
            more = os.read(terminal, 4096)
        except OSError:  # the program ended
            break
        if not more:
            break
        said += more
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert b"Does the person agree?" in said
    with opened(home) as vault:
        (identity,) = vault.clients.all()
        consent = vault.consents.current(identity.code)
        assert consent is not None
        assert (consent.terms.stores, consent.terms.keep_days, consent.terms.network) == (True, 30, False)


def test_a_consent_is_shown_of_somebody_alone(home: Path) -> None:
    code, _out, errors = run("consent", "--show")
    assert code == 1
    assert errors.startswith("attune: whose consent?")


def test_growth_reads_a_persons_sessions_and_leaves_made_up_people_out(client: str, tmp_path: Path) -> None:
    path = tmp_path / "rr.txt"
    path.write_text("800\n" * 40, encoding="utf-8")
    for source in (f"file:{path}", "demo"):
        assert run("live", source, "--record", "--consent", client, "--seconds", "2", "--json")[0] == 0
    code, out, errors = run("growth", client, "--json")
    assert (code, errors) == (0, "")
    growth = json.loads(out)["growth"]
    assert (len(growth["sessions"]), growth["left_out"]) == (2, 1)  # one that was there, and the recording
    assert growth["felt_edge"] == {"why": "too_few_ratings"}
    assert growth["trends"] == {"edge_bpm": None, "return_s": None}
    assert "too few sessions to say" in run("growth", client)[1]
    assert run("growth", "C-2222")[0] == 1


def test_a_checklist_is_put_on_record_and_said(client: str) -> None:
    assert "Nothing was asked yet" in run("checklist", client)[1]
    code, out, _errors = run("checklist", client, "--set", "pregnancy, Beta-Blockers")
    assert code == 0
    assert "version 1: beta_blockers, pregnancy" in out
    assert "stays off in this person’s sessions: beta_blockers" in out
    assert "version 2: none of the conditions" in run("checklist", client, "--set", "")[1]


def test_an_unknown_condition_changes_nothing(client: str) -> None:
    code, _out, errors = run("checklist", client, "--set", "pacemaker,flu")
    assert code == 1
    assert "there is no condition called 'flu'; there are heart_disease" in errors
    assert "Nothing was asked yet" in run("checklist", client)[1]


def test_a_session_that_lies_in_another_folder_is_brought_back(client: str, home: Path, tmp_path: Path) -> None:
    (session,) = sessions()
    name = str(session["session"])
    shutil.move(home / "sessions" / name, tmp_path / "stick" / name)
    code, out, _errors = run("bring-back", str(tmp_path / "stick" / name))
    assert code == 0
    assert f"{name} is in the store again" in out
    with opened(home) as vault:
        assert len(list(open_session(vault, name).items())) == 2
