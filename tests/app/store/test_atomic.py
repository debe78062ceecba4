# SPDX-License-Identifier: MIT
import os
import stat
from pathlib import Path

import pytest

from app.errors import AppError, Fault
from app.store.atomic import hold, overwrite_left, replace_and_overwrite, write_whole


def test_a_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "file"
    write_whole(path, b"content")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"content", 0o600)


def test_the_old_bytes_are_overwritten(tmp_path: Path) -> None:
    path, kept = tmp_path / "file", tmp_path / "the old file"
    write_whole(path, b"the old secret")
    os.link(path, kept)  # as a snapshot sees it
    replace_and_overwrite(path, b"new")
    assert path.read_bytes() == b"new"
    assert b"secret" not in kept.read_bytes()
    assert {one.name for one in tmp_path.iterdir()} == {"file", "the old file"}


def test_a_program_that_was_stopped_before_the_replacement_has_lost_nothing(tmp_path: Path) -> None:
    path, left = tmp_path / "file", tmp_path / "file.old"
    write_whole(path, b"what counts")
    os.link(path, left)
    overwrite_left(path)
    assert (path.read_bytes(), left.exists()) == (b"what counts", False)
    left.write_bytes(b"from before")
    overwrite_left(path)
    assert (path.read_bytes(), left.exists()) == (b"what counts", False)


def test_a_write_that_fails_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_whole(path, b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AppError, match="free some space") as told:
        write_whole(path, b"new")
    assert told.value.fault is Fault.NOT_WRITTEN
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_a_file_is_held_by_one_until_it_lets_go(tmp_path: Path) -> None:
    held = hold(tmp_path / "lock")
    assert held is not None
    assert hold(tmp_path / "lock") is None
    held.let_go()
    held.let_go()
    again = hold(tmp_path / "lock")
    assert again is not None
    again.let_go()


def test_the_content_is_on_the_disk_before_the_name_and_the_name_before_the_call_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    did: list[str] = []
    fsync, replace = os.fsync, os.replace

    def synced(handle: int) -> None:
        did.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def replaced(source: Path, target: Path) -> None:
        did.append("name")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    write_whole(tmp_path / "file", b"content")
    assert did == ["file", "name", "folder"]
