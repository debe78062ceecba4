# SPDX-License-Identifier: MIT
from pathlib import Path

import pytest

from app.errors import AppError, Fault
from app.store.unlock import Protection, make_keys, set_passphrase, set_recovery_code
from tests.app.store.vaults import CHEAP, MemoryKeyring, NoKeyring, opened, protect


def fault_of(folder: Path, safe: NoKeyring | MemoryKeyring | None = None, answer: str | None = None) -> AppError:
    with pytest.raises(AppError) as told, opened(folder, safe=safe, ask=lambda: answer):
        pass
    return told.value


def test_the_first_start_asks_nothing_and_says_that_it_is_not_protected(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        assert vault.protection is Protection.NOT_YET
    assert (tmp_path / "open.key").stat().st_mode & 0o077 == 0
    with opened(tmp_path):
        pass


def test_where_there_is_a_keyring_the_key_lies_in_it_and_in_no_file(tmp_path: Path) -> None:
    safe = MemoryKeyring()
    with opened(tmp_path, safe=safe) as vault:
        assert vault.protection is Protection.KEYRING
        assert list(safe.secrets) == [vault.keys.book.store]
    assert not (tmp_path / "open.key").exists()
    with opened(tmp_path, safe=safe):
        pass


def test_a_keyring_that_is_gone_has_its_sentence_and_next_step(tmp_path: Path) -> None:
    with opened(tmp_path, safe=MemoryKeyring()):
        pass
    told = fault_of(tmp_path)
    assert told.fault is Fault.NO_KEYRING
    assert "unlock the keyring" in told.detail


def test_a_passphrase_takes_the_key_out_of_file_and_keyring(tmp_path: Path) -> None:
    safe = MemoryKeyring()
    with opened(tmp_path, safe=safe) as vault:
        protect(vault, safe=safe)
        assert vault.protection is Protection.PASSPHRASE
    assert safe.secrets == {}
    assert fault_of(tmp_path, safe).fault is Fault.LOCKED


def test_a_passphrase_removes_the_plain_key_file(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        protect(vault)
    assert not (tmp_path / "open.key").exists()
    with opened(tmp_path, ask=lambda: "  correct horse "):
        pass


def test_a_locked_store_and_a_wrong_passphrase_are_told_apart(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        protect(vault)
    assert (fault_of(tmp_path).fault, fault_of(tmp_path, answer=" ").fault) == (Fault.LOCKED, Fault.LOCKED)
    wrong = fault_of(tmp_path, answer="correct house")
    assert wrong.fault is Fault.WRONG_KEY
    assert "recovery code" in wrong.detail


def test_a_changed_passphrase_opens_and_the_old_one_does_not(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        protect(vault, "first passphrase")
        protect(vault, "second passphrase")
    assert fault_of(tmp_path, answer="first passphrase").fault is Fault.WRONG_KEY
    with opened(tmp_path, ask=lambda: "second passphrase"):
        pass


def test_a_passphrase_opens_however_its_letters_were_composed(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        protect(vault, "caf\u00e9 au lait")
    with opened(tmp_path, ask=lambda: "cafe\u0301 au lait"):
        pass


def test_a_short_passphrase_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as vault, pytest.raises(AppError, match="at least 8 letters"):
        protect(vault, "seven77")
    with opened(tmp_path):
        pass


def test_the_recovery_code_opens_where_the_passphrase_is_forgotten(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        protect(vault)
        code = set_recovery_code(vault.keys)
    with opened(tmp_path, ask=lambda: code.lower().replace("-", " ")):
        pass


def test_a_recovery_code_with_a_slip_is_told_as_one(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        protect(vault)
        code = set_recovery_code(vault.keys)
    slip = ("2" if code[0] != "2" else "3") + code[1:]
    told = fault_of(tmp_path, answer=slip)
    assert told.fault is Fault.WRONG_KEY
    assert "compare each group" in told.detail


def test_a_new_recovery_code_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        protect(vault)
        before, after = set_recovery_code(vault.keys), set_recovery_code(vault.keys)
    assert fault_of(tmp_path, answer=before).fault is Fault.WRONG_KEY
    with opened(tmp_path, ask=lambda: after):
        pass


def test_each_operator_opens_with_an_own_passphrase_and_is_known_by_it(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        protect(vault, "owner's words")
        other = vault.operators.named("Noor")
        set_passphrase(vault.keys, tmp_path, NoKeyring(), "noor's own words", operator=other, stretch=CHEAP)
    with opened(tmp_path, ask=lambda: "noor's own words") as vault:
        assert vault.operators.all()[vault.keys.operator] == "Noor"
        vault.clients.add()
        assert list(vault.audit.rows())[-1].operator == other
    with opened(tmp_path, ask=lambda: "owner's words") as vault:
        assert vault.keys.operator != other


def test_a_vault_whose_keys_are_gone_gets_no_new_ones(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    (tmp_path / "keys.attune").unlink()
    with pytest.raises(AppError) as told:
        make_keys(tmp_path, NoKeyring())
    assert told.value.fault is Fault.KEYS_DAMAGED


def test_two_programs_that_start_at_once_make_one_store(tmp_path: Path) -> None:
    make_keys(tmp_path, NoKeyring())
    before = (tmp_path / "keys.attune").read_bytes()
    make_keys(tmp_path, NoKeyring())
    assert (tmp_path / "keys.attune").read_bytes() == before
