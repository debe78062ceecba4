# SPDX-License-Identifier: MIT
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError, Fault
from app.store.key_book import KeyBookError, read_book
from app.store.keys import Keys
from tests.app.store.vaults import opened


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    with opened(tmp_path) as vault:
        vault.keys.add_client("C-AAAA")
        vault.keys.add_client("C-BBBB")
        return vault.keys


def on_disk(keys: Keys) -> dict[str, object]:
    content: dict[str, object] = json.loads(keys._path.read_bytes().splitlines()[0])
    return content


def test_keys_are_the_same_after_opening_again(keys: Keys) -> None:
    made = keys.add_session("S-22222", {"client": "C-AAAA", "partner": "C-BBBB"})
    again = Keys(keys._path.parent, keys.opened)
    assert again.session_keys("S-22222") == made
    assert set(made) == {"common", "notes", "client", "partner"}
    assert len({*made.values(), again.client_key("C-AAAA"), again.client_key("C-BBBB")}) == 6


def test_a_destroyed_person_takes_their_files_and_the_shared_notes(keys: Keys) -> None:
    keys.add_session("S-22222", {"client": "C-AAAA", "partner": "C-BBBB"})
    keys.add_session("S-33333", {"client": "C-BBBB"})
    keys.destroy_client("C-BBBB", notes_of=["S-22222", "S-33333"])
    assert set(keys.session_keys("S-22222")) == {"common", "client"}
    with pytest.raises(AppError, match="there is no S-33333"):
        keys.session_keys("S-33333")
    with pytest.raises(AppError) as told:
        keys.client_key("C-BBBB")
    assert told.value.fault is Fault.UNKNOWN_CODE
    erased = ["C-BBBB", "S-22222/notes", "S-22222/partner", "S-33333/client", "S-33333/common", "S-33333/notes"]
    assert on_disk(keys)["erased"] == erased
    assert b"C-BBBB" in keys._path.read_bytes()
    assert set(on_disk(keys)["clients"]) == {"C-AAAA"}  # type: ignore[call-overload]  # the file's own shape


def test_a_session_without_persons_has_no_keys_left(keys: Keys) -> None:
    keys.add_session("S-22222", {"client": "C-AAAA"})
    keys.destroy_parts("S-22222", ["client"])
    assert on_disk(keys)["sessions"] == {}


def test_a_moved_file_keeps_its_key_and_outlives_whom_it_was_taken_from(keys: Keys) -> None:
    before = keys.add_session("S-22222", {"client": "C-AAAA"})
    keys.move_parts("S-22222", ["client", "notes"], "C-BBBB")
    keys.destroy_client("C-AAAA")
    assert keys.session_keys("S-22222") == before


def test_each_change_makes_a_new_generation_and_leaves_nothing_beside_the_file(keys: Keys) -> None:
    before = keys.book.generation
    keys.add_client("C-CCCC")
    assert keys.book.generation == before + 1
    assert {path.name for path in keys._path.parent.glob("keys*")} == {"keys.attune", "keys.lock"}


def test_another_programs_change_is_not_lost(keys: Keys) -> None:
    other = Keys(keys._path.parent, keys.opened)
    other.add_client("C-CCCC")
    keys.add_client("C-DDDD")
    other.refresh()
    assert {"C-AAAA", "C-BBBB", "C-CCCC", "C-DDDD"} <= set(other.book.clients)


def test_what_a_stopped_program_left_of_an_old_file_goes_at_the_next_opening(keys: Keys) -> None:
    left = keys._path.with_name("keys.attune.old")
    left.write_bytes(b"an old key file")
    Keys(keys._path.parent, keys.opened)
    assert not left.exists()


@given(st.binary(max_size=200))
def test_any_bytes_are_a_book_or_are_refused(data: bytes) -> None:
    with pytest.raises(KeyBookError):
        read_book(data)


def test_a_change_without_the_master_key_is_found(keys: Keys) -> None:
    content = on_disk(keys)
    content["erased"] = []
    content["clients"] = dict(reversed(content["clients"].items()))  # type: ignore[attr-defined]  # the file's shape
    keys._path.write_text(json.dumps(content | {"generation": 7}), encoding="utf-8")
    with pytest.raises(AppError) as told:
        keys.refresh()
    assert told.value.fault is Fault.KEYS_DAMAGED


def test_a_newer_format_is_told_as_that(keys: Keys) -> None:
    keys._path.write_text(json.dumps(on_disk(keys) | {"format": 2}), encoding="utf-8")
    with pytest.raises(AppError) as told, opened(keys._path.parent):
        pass
    assert told.value.fault is Fault.NEWER_STORE
