# SPDX-License-Identifier: MIT
import json
import shutil
from pathlib import Path

import pytest

from app.errors import AppError, Fault
from app.store.checklist import Condition
from app.store.codes import is_code, new_code, read_code
from app.store.consent import LIVE_ONLY, Audience, Terms
from app.store.session_index import SessionState
from app.store.unlock import VAULT_FILE
from tests.app.store.vaults import START_UTC_S, MemoryKeyring, Wall, agreed, begun, opened, protect


def test_a_name_needs_protection_first_and_a_code_does_not(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = vault.clients.add()
        with pytest.raises(AppError) as told:
            vault.clients.set_name(code, "Ann")
        assert told.value.fault is Fault.NOT_PROTECTED
        protect(vault)
        vault.clients.set_name(code, " Ann ")
        assert vault.clients.name(code) == "Ann"


def test_a_keyring_is_protection_enough_for_a_name(tmp_path: Path) -> None:
    with opened(tmp_path, safe=MemoryKeyring()) as vault:
        code = vault.clients.add()
        vault.clients.set_name(code, "Ann")
        assert (vault.clients.all()[0].has_name, vault.clients.name(code)) == (True, "Ann")


def test_a_code_is_found_however_it_was_typed(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = vault.clients.add()
        bare = code.removeprefix("C-")
        assert {vault.clients.find(text) for text in (code, code.lower(), bare, f" c {bare.lower()} ")} == {code}
        with pytest.raises(AppError) as told:
            vault.clients.find("C-0000")
        assert told.value.fault is Fault.UNKNOWN_CODE


def test_a_new_code_is_none_that_was_ever_used() -> None:
    letters = iter("22223333")
    assert new_code("C", {"C-2222"}, lambda _letters: next(letters)) == "C-3333"
    assert is_code("C-3333", "C")
    assert not is_code("C-O333", "C")
    assert read_code("hello there", "C") == "hello there"


def test_the_newest_consent_holds_until_it_is_taken_back(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = vault.clients.add()
        assert vault.consents.current(code) is None
        vault.consents.give(code, LIVE_ONLY)
        terms = Terms(Audience.RESEARCH, keep_days=30, network=True)
        vault.consents.give(code, terms)
        current = vault.consents.current(code)
        assert current is not None
        assert (current.version, current.terms) == (2, terms)
        assert "30 days" in current.words
        vault.consents.take_back(code)
        assert vault.consents.current(code) is None
        assert [one.taken_back_utc_s for one in vault.consents.history(code)] == [None, START_UTC_S]


@pytest.mark.parametrize("terms", [None, LIVE_ONLY])
def test_without_consent_to_it_no_session_is_stored(terms: Terms | None, tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code, other = vault.clients.add(), agreed(vault)
        if terms is not None:
            vault.consents.give(code, terms)
        with pytest.raises(AppError) as told:
            begun(vault, {"client": other, "partner": code})
        assert told.value.fault is Fault.NO_CONSENT
        assert vault.sessions.all() == ()
        assert not (tmp_path / "sessions").exists()


def test_the_checklist_is_kept_by_version_and_turns_the_index_off(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = vault.clients.add()
        assert vault.checklists.current(code) is None
        vault.checklists.set(code, [Condition.PREGNANCY])
        vault.checklists.set(code, [Condition.PREGNANCY, Condition.BETA_BLOCKERS])
        assert [one.is_index_off for one in vault.checklists.history(code)] == [False, True]


def test_settings_belong_to_the_practice_or_to_one_person(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code, other = vault.clients.add(), vault.clients.add()
        vault.settings.set("pace", 6.0)
        vault.settings.set("pace", 5.5, code)
        assert (vault.settings.all(), vault.settings.all(code), vault.settings.all(other)) == (
            {"pace": 6.0},
            {"pace": 5.5},
            {},
        )


def test_a_session_is_listed_as_it_begins_and_ends(tmp_path: Path) -> None:
    wall = Wall()
    with opened(tmp_path, wall) as vault:
        code = agreed(vault)
        live = begun(vault, {"client": code})
        wall.now += 60.0
        live.note_chain("client", 5, b"c" * 32)
        (entry,) = vault.sessions.all()
        assert (entry.state, entry.duration_s, entry.head.codes) == (SessionState.OPEN, 60.0, {"client": code})
        live.close(190.0, "ab" * 32)
        (entry,) = vault.sessions.of(code)
        assert (entry.state, entry.duration_s, entry.head.sha256) == (SessionState.CLOSED, 90.0, "ab" * 32)
        assert not list(live.folder.glob("resume*"))


def test_a_chain_note_never_goes_back(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        live = begun(vault, {"client": agreed(vault)})
        live.note_chain("client", 9, b"nine")
        live.note_chain("client", 5, b"five")
        assert vault.chain_notes.newest(live.head.session)["client"].number == 9


def test_one_person_under_two_names_is_refused(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        with pytest.raises(AppError, match="a code of their own"):
            begun(vault, {"client": code, "partner": code})


def test_a_damaged_vault_is_one_sentence(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    path = tmp_path / VAULT_FILE
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(AppError, match="restore it from a backup") as told, opened(tmp_path):
        pass
    assert told.value.fault is Fault.VAULT_DAMAGED


def test_two_programs_work_with_one_store(tmp_path: Path) -> None:
    with opened(tmp_path) as one, opened(tmp_path) as two:
        code = agreed(one)
        two.keys.refresh()
        two.clients.find(code)
        live = begun(one, {"client": code})
        with opened(tmp_path) as three:
            assert three.sessions.entry(live.head.session).state is SessionState.OPEN


def test_a_vault_that_lost_its_newest_part_says_so(tmp_path: Path) -> None:
    home, older = tmp_path / "home", tmp_path / "older"
    with opened(home) as vault:
        agreed(vault)
    shutil.copytree(home, older)
    with opened(home) as vault:
        assert vault.lost_rows == 0
        agreed(vault)
    shutil.copy(older / VAULT_FILE, home / VAULT_FILE)
    with opened(home) as vault:
        assert vault.lost_rows == 3
        assert [row.object for row in vault.audit.rows() if row.action == "rows_lost"] == ["3"]
        assert vault.audit.first_fault() is None
    with opened(home) as vault:
        assert vault.lost_rows == 0


def test_a_flipped_bit_in_the_wal_is_found(tmp_path: Path) -> None:
    home, copy = tmp_path / "home", tmp_path / "copy"
    with opened(home) as vault:
        agreed(vault)
        shutil.copytree(home, copy)  # as a crash leaves it, with the WAL
    wal = copy / f"{VAULT_FILE}-wal"
    data = bytearray(wal.read_bytes())
    data[len(data) // 2] ^= 1
    wal.write_bytes(bytes(data))
    with opened(copy) as vault:
        assert vault.lost_rows


def test_a_mark_that_is_damaged_or_made_up_is_no_mark(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    path = tmp_path / "vault.mark"
    found = json.loads(path.read_bytes())
    for text in ("", "{}", json.dumps(found | {"number": 99}), json.dumps(found | {"chain": "zz"})):
        path.write_text(text, encoding="utf-8")
        with opened(tmp_path) as vault:
            assert vault.lost_rows == 0
