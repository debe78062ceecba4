# SPDX-License-Identifier: MIT
import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest

from app.advice import terminal_advice
from app.display import display_fault
from app.doctor import Check, examine
from dsp.codes import Reason, SourceState
from dsp.stream import Sighting, Status
from tests.app.store.vaults import opened, protect

Search = Callable[[Callable[[], float]], AsyncIterator[Sighting | Status]]


def searching(*messages: Sighting | Status) -> Search:
    async def search(_clock: Callable[[], float]) -> AsyncIterator[Sighting | Status]:
        for message in messages:
            yield message
        await asyncio.Event().wait()

    return search


def named(checks: Sequence[Check], name: str) -> Check:
    return next(check for check in checks if check.name == name)


def test_bluetooth_works_when_a_search_can_start(tmp_path: Path) -> None:
    search = searching(Status(0.0, "scan", SourceState.SCANNING))
    assert named(examine(tmp_path, lambda: 0.0, search), "bluetooth").is_fine


def test_a_radio_that_is_off_is_told_with_its_fix(tmp_path: Path) -> None:
    search = searching(Status(0.0, "scan", SourceState.FAILED, reason=Reason.RADIO_OFF))
    check = named(examine(tmp_path, lambda: 0.0, search), "bluetooth")
    advice = terminal_advice(Reason.RADIO_OFF)
    assert (check.is_fine, check.found, check.fix) == (False, advice.sentence, advice.step)


def test_a_data_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    search = searching(Status(0.0, "scan", SourceState.SCANNING))
    check = named(examine(tmp_path / "file", lambda: 0.0, search), "data folder")
    assert not check.is_fine
    assert "ATTUNE_HOME" in check.fix


def test_what_is_wrong_with_ones_own_files_is_told_with_where_to_mend_it(tmp_path: Path) -> None:
    search = searching(Status(0.0, "scan", SourceState.SCANNING))
    check = named(examine(tmp_path, lambda: 0.0, search, "mine.toml: name is missing."), "own files")
    assert (check.is_fine, check.found) == (False, "mine.toml: name is missing.")
    assert str(tmp_path) in check.fix


def test_every_check_has_a_fix_exactly_where_something_is_wrong(tmp_path: Path) -> None:
    checks = examine(tmp_path, lambda: 0.0, searching(Status(0.0, "scan", SourceState.SCANNING)))
    assert all(bool(check.fix) != check.is_fine for check in checks)
    assert len({check.name for check in checks}) == len(checks)


def test_sound_is_told_by_the_names_of_its_devices(tmp_path: Path) -> None:
    search = searching(Status(0.0, "scan", SourceState.SCANNING))
    there = named(examine(tmp_path, lambda: 0.0, search, sound=lambda: ["Head\x1bphones", "Hall"]), "audio")
    assert (there.is_fine, there.found) == (True, "Headphones, Hall")
    none = named(examine(tmp_path, lambda: 0.0, search, sound=tuple), "audio")
    assert not none.is_fine
    assert "headphones" in none.fix


def test_what_only_some_commands_need_is_no_fault_where_it_is_missing(tmp_path: Path) -> None:
    search = searching(Status(0.0, "scan", SourceState.SCANNING))
    checks = examine(tmp_path, lambda: 0.0, search, sound=tuple)
    assert named(checks, "pyarrow").is_fine
    assert named(checks, "distributed").is_fine


def test_the_store_is_said_to_be_encrypted_by_what_encrypts_it(tmp_path: Path) -> None:
    search = searching(Status(0.0, "scan", SourceState.SCANNING))
    assert "SQLCipher 4" in named(examine(tmp_path, lambda: 0.0, search, sound=tuple), "sqlcipher3").found


def test_a_liblsl_that_cannot_be_used_is_told_with_its_fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pylsl", None)
    search = searching(Status(0.0, "scan", SourceState.SCANNING))
    check = named(examine(tmp_path, lambda: 0.0, search, sound=tuple), "liblsl")
    assert not check.is_fine
    assert "cannot be loaded" in check.found
    assert "PYLSL_LIB" in check.fix


def test_what_keeps_the_store_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    search = searching(Status(0.0, "scan", SourceState.SCANNING))
    home = tmp_path / "home"

    def told() -> tuple[bool, str]:
        check = named(examine(home, lambda: 0.0, search), "keyring")
        return check.is_fine, check.found

    assert told() == (False, "there is none here")
    assert not home.exists()
    with opened(home) as vault:
        assert told() == (False, "not yet protected: the key lies beside the data")
        protect(vault)
    assert told() == (True, "a passphrase keeps the store")
    (home / "keys.attune").write_bytes(b"nonsense")
    assert "is damaged or was changed" in told()[1]


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:port=5900"])
def test_a_platform_that_needs_no_display_opens_a_window(platform: str) -> None:
    assert display_fault({"QT_QPA_PLATFORM": platform}) == ""


def test_a_wayland_socket_is_a_display_and_a_name_alone_is_none(tmp_path: Path) -> None:
    environ = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    missing = display_fault(environ)
    (tmp_path / "wayland-0").touch()
    assert (bool(missing), display_fault(environ)) == (True, "")
