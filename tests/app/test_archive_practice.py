# SPDX-License-Identifier: MIT
"""What the settings do with the store: passphrases, the recovery code, what holds for a person."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.checklist import Condition
from app.store.unlock import open_keys
from app.store.wishes import Wishes
from dsp.codes import Action
from dsp.stream import Command
from tests.app.store.vaults import NoKeyring, Wall, opened
from tests.app.test_archive import Practice
from ui.archive.practice import Guard, KeyState, KeyWish, PersonRecord, PersonWish
from ui.archive.seam import Done, RecoveryCode, Refused, Task

FIRST, SECOND, THIRD = "eight quiet birds", "seven slow rivers", "six soft stones"


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    made = Practice(tmp_path, Wall())
    yield made
    assert made.worker.close()


def state(practice: Practice, guard: Guard) -> KeyState:
    return practice.hear(KeyState, lambda one: one.guard is guard)


def opens(folder: Path, secret: str) -> bool:
    return bool(open_keys(folder, NoKeyring(), lambda: secret).operator)


def test_where_nothing_is_stored_there_is_no_key(practice: Practice) -> None:
    practice.archive.ask_keys()
    assert state(practice, Guard.NO_STORE) == KeyState(Guard.NO_STORE)


def test_a_first_passphrase_comes_with_a_recovery_code_and_both_open_the_store(practice: Practice) -> None:
    practice.archive.protect(KeyWish(FIRST))
    code = practice.hear(RecoveryCode).code
    assert state(practice, Guard.PASSPHRASE).has_recovery_code
    assert opens(practice.folder, FIRST)
    assert opens(practice.folder, code)


def test_a_passphrase_is_changed_by_the_one_that_holds_and_by_no_other(practice: Practice) -> None:
    practice.archive.protect(KeyWish(FIRST))
    state(practice, Guard.PASSPHRASE)
    practice.archive.protect(KeyWish(SECOND, current="nobody knows this"))
    assert practice.hear(Refused) == Refused(Task.KEYS, "wrong_key")
    practice.archive.protect(KeyWish(SECOND, current=FIRST))
    practice.archive.ask_person("C-0000")  # comes after it
    practice.hear(Refused, lambda one: one.task is Task.PERSON)
    assert opens(practice.folder, SECOND)


def test_the_recovery_code_sets_a_new_passphrase_where_the_old_one_is_forgotten(practice: Practice) -> None:
    practice.archive.protect(KeyWish(FIRST))
    code = practice.hear(RecoveryCode).code
    practice.archive.protect(KeyWish(SECOND, current=code))
    practice.archive.ask_person("C-0000")
    practice.hear(Refused)
    assert opens(practice.folder, SECOND)


def test_a_weak_passphrase_is_refused_and_changes_nothing(practice: Practice) -> None:
    practice.archive.protect(KeyWish("short"))
    assert practice.hear(Refused) == Refused(Task.KEYS, "weak_passphrase")
    practice.archive.ask_keys()
    state(practice, Guard.FILE)


def test_somebody_else_gets_a_passphrase_of_their_own_beside_the_first(practice: Practice) -> None:
    practice.archive.protect(KeyWish(FIRST))
    state(practice, Guard.PASSPHRASE)
    practice.archive.protect(KeyWish(THIRD, current=FIRST, operator="Maria"))
    practice.hear(KeyState, lambda one: one.operators == 2)
    assert opens(practice.folder, FIRST)
    assert opens(practice.folder, THIRD)


def test_a_new_recovery_code_ends_the_one_before(practice: Practice) -> None:
    practice.archive.protect(KeyWish(FIRST))
    first = practice.hear(RecoveryCode).code
    practice.archive.protect(KeyWish(current=FIRST))
    second = practice.hear(RecoveryCode, lambda one: one.code != first).code
    assert opens(practice.folder, second)


def test_what_holds_for_a_person_is_told_and_changed(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = vault.clients.add()
        bounds = (("reason", "settled higher"), ("upper", 1.3))
        Wishes(vault.settings).keep(code, [Command(0.0, Action.BOUNDS, "clinician", code, bounds)])
    practice = Practice(tmp_path, Wall())
    practice.archive.ask_person(code[2:].lower())
    assert practice.hear(PersonRecord) == PersonRecord(code, None, takes_breath=True, has_own_bounds=True)
    practice.archive.set_person(PersonWish(code, ("pacemaker",), takes_breath=False, drops_bounds=True))
    assert practice.hear(Done) == Done(Task.PERSON, code)
    practice.archive.ask_person(code)
    changed = practice.hear(PersonRecord, lambda one: not one.takes_breath)
    assert changed == PersonRecord(code, ("pacemaker",), takes_breath=False)
    assert practice.worker.close()
    with opened(tmp_path) as vault:
        checklist = vault.checklists.current(code)
        assert checklist is not None
        assert checklist.conditions == {Condition.PACEMAKER}
