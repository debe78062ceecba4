# SPDX-License-Identifier: MIT
"""From the store to a file: whole or not at all, with notes only where they were ticked, and on the audit."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.errors import AppError, Fault
from app.report.blocks import Variant
from app.report.writing import ReportWish, record_of, write_report
from app.store.delete import delete_session
from app.store.erase import erase
from app.store.moving import move_session
from app.store.vault import Vault
from tests.app.report.stored import NOTE, stored
from tests.app.store.vaults import agreed, everything, opened


def wish_of(vault: Vault, path: Path, variant: Variant = Variant.CLINICIAN, *, has_notes: bool = False) -> ReportWish:
    return ReportWish(stored(vault, {"client": agreed(vault)}), path, variant, has_notes=has_notes)


@pytest.mark.parametrize("variant", Variant)
def test_a_note_is_in_no_report_unless_it_was_ticked(tmp_path: Path, variant: Variant) -> None:
    out = tmp_path / "report.html"
    with opened(tmp_path / "home") as vault:
        write_report(vault, wish_of(vault, out, variant), {})
        assert not [row for row in vault.audit.rows() if row.action == "notes_read"]
    assert "canary" not in out.read_text(encoding="utf-8")


def test_a_ticked_note_is_in_the_clinicians_and_never_in_the_persons(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as vault:
        for variant in Variant:
            write_report(vault, wish_of(vault, tmp_path / f"{variant}.html", variant, has_notes=True), {})
    told = {v: "canary" in (tmp_path / f"{v}.html").read_text(encoding="utf-8") for v in Variant}
    assert told == {Variant.CLINICIAN: True, Variant.CLIENT: False, Variant.HANDOUT: False}


def test_the_audit_keeps_the_report(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as vault:
        wish = wish_of(vault, tmp_path / "report.html")
        write_report(vault, wish, {})
        actions = [(row.action, row.object) for row in vault.audit.rows()]
    assert ("session_read", wish.session) in actions
    assert ("session_exported", wish.session) in actions


def test_what_is_there_stays_unless_it_is_forced(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    out.write_text("before", encoding="utf-8")
    with opened(tmp_path / "home") as vault:
        wish = wish_of(vault, out)
        with pytest.raises(AppError) as refusal:
            write_report(vault, wish, {})
        assert refusal.value.fault is Fault.ALREADY_THERE
        assert out.read_text(encoding="utf-8") == "before"
        write_report(vault, wish, {}, force=True)
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_what_ends_it_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:100])
        raise KeyboardInterrupt

    folder = tmp_path / "out"
    folder.mkdir()
    with opened(tmp_path / "home") as vault:
        wish = wish_of(vault, folder / "report.html")
        monkeypatch.setattr(Path, "write_bytes", stop)
        with pytest.raises(KeyboardInterrupt):
            write_report(vault, wish, {})
    assert list(folder.iterdir()) == []


def test_a_pdf_is_written_too(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(tmp_path / "home") as vault:
        write_report(vault, wish_of(vault, tmp_path / "report.PDF"), {})
    assert (tmp_path / "report.PDF").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["report.txt", "report", "report.html.exe"])
def test_another_ending_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    with opened(tmp_path / "home") as vault, pytest.raises(AppError, match=r"\.html"):
        write_report(vault, wish_of(vault, tmp_path / name), {})


def test_a_folder_of_that_name_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    (tmp_path / "report.html" / "mine").write_text("kept", encoding="utf-8")
    with opened(tmp_path / "home") as vault:
        wish = wish_of(vault, tmp_path / "report.html")
        with pytest.raises(AppError, match="folder"):
            write_report(vault, wish, {}, force=True)
    assert (tmp_path / "report.html" / "mine").exists()


def test_what_is_said_on_looking_back_stays_with_the_session_and_goes_with_it(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        session = stored(vault, {"client": code})
        vault.looking_back.rate(code, session, 4.0)
        vault.looking_back.rate(code, session, 9.0)  # the first answer, before anything was seen, counts
        vault.looking_back.add_words(code, session, 52.0, "my shoulders let go")
        (person,) = record_of(vault, session, {}).persons
        assert person.looked_back is not None
        assert person.looked_back.number == 4.0
        assert "my shoulders let go" in [moment.label for moment in person.moments]
        delete_session(vault, session)
        assert vault.looking_back.of(code, session).words == ()


def test_what_is_said_moves_with_the_session(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        wrong, right = agreed(vault), agreed(vault)
        session = stored(vault, {"client": wrong})
        vault.looking_back.rate(wrong, session, 4.0)
        move_session(vault, session, right, person="client")
        assert vault.looking_back.of(wrong, session).rating is None
        assert vault.looking_back.of(right, session).rating == 4.0


def test_what_is_said_is_nowhere_readable_and_gone_with_the_person(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        session = stored(vault, {"client": code})
        vault.looking_back.add_words(code, session, 1.0, "canary of the person")
        assert b"canary" not in everything(tmp_path)
        erase(vault, code)
        assert code not in vault.keys.book.clients


def test_the_clinicians_note_is_in_no_file_in_plain(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        stored(vault, {"client": agreed(vault)})
        assert NOTE.encode() not in everything(tmp_path)
