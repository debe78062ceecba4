# SPDX-License-Identifier: MIT
import shutil
from pathlib import Path

import pytest

from app.errors import AppError, Fault
from app.store.backup import back_up
from app.store.erase import erase
from app.store.reading import open_session
from app.store.restore import RestoreReport, restore
from app.store.unlock import set_recovery_code
from tests.app.store.vaults import NoKeyring, Wall, agreed, begun, opened, protect, recorded


def had_back(source: Path, folder: Path) -> RestoreReport:
    return restore(source, folder, safe=NoKeyring(), wall=Wall(), ask=lambda: "correct horse")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy"


def test_a_backup_opens_on_another_computer_with_all_that_was_there(home: Path, copy: Path, tmp_path: Path) -> None:
    with opened(home) as vault:
        protect(vault)
        code = agreed(vault)
        vault.clients.set_name(code, "Ann")
        live = recorded(vault, {"client": code}, note="private")
        report = back_up(vault, copy)
        assert (report.sessions, report.copied, report.is_bound_here) == (1, 3, False)
    shutil.rmtree(home)
    back = had_back(copy, tmp_path / "new")
    assert (back.sessions, back.copied, back.missing, back.has_new_vault) == (1, 3, (), True)
    with opened(tmp_path / "new", ask=lambda: "correct horse") as vault:
        assert vault.clients.name(code) == "Ann"
        assert len(list(open_session(vault, live.head.session).items())) == 2
        assert vault.audit.first_fault() is None


def test_the_plain_key_file_never_goes_along(home: Path, copy: Path) -> None:
    with opened(home) as vault:
        agreed(vault)
        assert back_up(vault, copy).is_bound_here
        set_recovery_code(vault.keys)
        assert not back_up(vault, copy).is_bound_here
    assert {path.name for path in copy.iterdir()} == {"keys.attune", "vault.db"}


def test_a_refreshed_backup_copies_what_is_new_alone(home: Path, copy: Path) -> None:
    with opened(home) as vault:
        code = agreed(vault)
        recorded(vault, {"client": code})
        assert back_up(vault, copy).copied == 2
        recorded(vault, {"client": code})
        assert back_up(vault, copy).copied == 2
        assert back_up(vault, copy).copied == 0


def test_a_session_that_is_being_recorded_is_left_for_the_next_time(home: Path, copy: Path) -> None:
    with opened(home) as vault:
        live = begun(vault, {"client": agreed(vault)})
        assert back_up(vault, copy).left_open == (live.head.session,)


def test_whoever_was_erased_cannot_be_opened_from_a_refreshed_backup(home: Path, copy: Path, tmp_path: Path) -> None:
    with opened(home) as vault:
        protect(vault)
        gone, stays = agreed(vault), agreed(vault)
        live = recorded(vault, {"client": gone})
        recorded(vault, {"client": stays})
        back_up(vault, copy)
        erase(vault, gone)
        back_up(vault, copy)
        assert vault.backups.older_than(vault.keys.book.generation) == ()
    assert not (copy / "sessions" / live.head.session).exists()
    had_back(copy, tmp_path / "new")
    with opened(tmp_path / "new", ask=lambda: "correct horse") as vault:
        assert [one.code for one in vault.clients.all()] == [stays]


def test_restore_leaves_out_whoever_was_erased_since(home: Path, copy: Path) -> None:
    with opened(home) as vault:
        protect(vault)
        gone, stays = agreed(vault), agreed(vault)
        recorded(vault, {"client": gone})
        shared = recorded(vault, {"client": stays, "partner": gone})
        back_up(vault, copy)
        erase(vault, gone)
    (home / "vault.db").unlink()
    shutil.rmtree(home / "sessions")
    report = had_back(copy, home)
    assert (report.sessions, report.copied, report.has_new_vault) == (1, 2, True)
    with opened(home, ask=lambda: "correct horse") as vault:
        assert [one.code for one in vault.clients.all()] == [stays]
        assert open_session(vault, shared.head.session).head.codes == {"client": stays}


def test_keys_older_than_an_erasure_are_refused(home: Path, copy: Path, tmp_path: Path) -> None:
    with opened(home) as vault:
        protect(vault)
        gone = agreed(vault)
        back_up(vault, copy)
        shutil.copy(copy / "keys.attune", tmp_path / "old keys")
        erase(vault, gone)
        back_up(vault, copy)
    shutil.copy(tmp_path / "old keys", copy / "keys.attune")
    with pytest.raises(AppError, match="come back") as told:
        had_back(copy, tmp_path / "new")
    assert told.value.fault is Fault.KEYS_DAMAGED


def test_what_is_damaged_comes_back_and_what_is_whole_stays(home: Path, copy: Path) -> None:
    with opened(home) as vault:
        protect(vault)
        code = agreed(vault)
        one, two = recorded(vault, {"client": code}), recorded(vault, {"client": code})
        back_up(vault, copy)
    (path,) = one.folder.glob("client*")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    report = had_back(copy, home)
    assert (report.sessions, report.copied, report.missing, report.has_new_vault) == (2, 1, (), False)
    with opened(home, ask=lambda: "correct horse") as vault:
        for live in (one, two):
            assert len(list(open_session(vault, live.head.session).items())) == 2


def test_sessions_made_after_the_backup_are_found_again_when_the_vault_is_lost(home: Path, copy: Path) -> None:
    with opened(home) as vault:
        protect(vault)
        one = agreed(vault)
        recorded(vault, {"client": one})
        back_up(vault, copy)
        two = agreed(vault)
        later = recorded(vault, {"client": one, "partner": two})
    (home / "vault.db").unlink()
    assert had_back(copy, home).sessions == 2
    with opened(home, ask=lambda: "correct horse") as vault:
        assert {identity.code for identity in vault.clients.all()} == {one, two}
        entry = vault.sessions.entry(later.head.session)
        assert (entry.head.codes, entry.duration_s) == ({"client": one, "partner": two}, 3.0)
        assert len(list(open_session(vault, later.head.session).items())) == 4


def test_what_is_whole_in_neither_place_is_named(home: Path, copy: Path) -> None:
    with opened(home) as vault:
        protect(vault)
        live = recorded(vault, {"client": agreed(vault)})
        back_up(vault, copy)
    for folder in (home, copy):
        for path in (folder / "sessions" / live.head.session).glob("client*"):
            path.write_bytes(b"x" * 8192)
    assert had_back(copy, home).missing == (live.head.session,)


def test_another_stores_backup_is_refused_both_ways(home: Path, copy: Path, tmp_path: Path) -> None:
    with opened(home) as vault, opened(tmp_path / "other") as other:
        back_up(other, copy)
        with pytest.raises(AppError) as told:
            back_up(vault, copy)
        assert told.value.fault is Fault.OTHER_STORE
        with pytest.raises(AppError) as told:
            had_back(copy, home)
        assert told.value.fault is Fault.OTHER_STORE
        with pytest.raises(AppError) as told:
            back_up(vault, home)
        assert told.value.fault is Fault.OTHER_STORE


def test_a_folder_without_a_backup_is_told(home: Path, tmp_path: Path) -> None:
    with pytest.raises(AppError) as told:
        had_back(tmp_path, home)
    assert told.value.fault is Fault.NO_BACKUP
    assert not home.exists()


def test_a_wrong_passphrase_restores_nothing(home: Path, copy: Path, tmp_path: Path) -> None:
    with opened(home) as vault:
        protect(vault)
        back_up(vault, copy)
    with pytest.raises(AppError) as told:
        restore(copy, tmp_path / "new", safe=NoKeyring(), wall=Wall(), ask=lambda: "wrong words")
    assert told.value.fault is Fault.WRONG_KEY
    assert not (tmp_path / "new").exists()


def test_a_backup_whose_vault_is_damaged_restores_nothing(home: Path, copy: Path, tmp_path: Path) -> None:
    with opened(home) as vault:
        protect(vault)
        back_up(vault, copy)
    data = bytearray((copy / "vault.db").read_bytes())
    data[-1] ^= 1
    (copy / "vault.db").write_bytes(bytes(data))
    with pytest.raises(AppError) as told:
        had_back(copy, tmp_path / "new")
    assert told.value.fault is Fault.NO_BACKUP
    assert not (tmp_path / "new" / "vault.db").exists()
