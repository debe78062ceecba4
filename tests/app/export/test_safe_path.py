# SPDX-License-Identifier: MIT
"""Names and places of exports."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError, Fault
from app.export.safe_path import refuse_bad_target, safe_name, whole_path


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..", "session"),
        ("C:\\Windows", "C__Windows"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1", "_com1"),
        ("LPT9.csv", "_LPT9.csv"),
        ("report\u202egpj.exe", "reportgpj.exe"),
        ("a\x00b\nc", "abc"),
        ("name. . ", "name"),
        ("S-4TQ9Z", "S-4TQ9Z"),
        ("Ärztin 1", "Ärztin 1"),
        ("", "session"),
    ],
)
def test_a_name_made_from_data_stays_in_its_folder_and_is_one_everywhere(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text())
def test_any_text_makes_a_name_that_is_one_and_stays_one(text: str) -> None:
    name = safe_name(text)
    assert Path(name).name == name
    assert 0 < len(name.encode()) <= 202
    assert safe_name(name) == name


def test_a_long_name_is_cut_at_a_character(tmp_path: Path) -> None:
    name = safe_name("ä" * 5000)
    assert len(name.encode()) <= 200
    (tmp_path / name).touch()


@pytest.mark.parametrize("name", ["CON", "nul.xdf", "a\u202eb", "x" * 300, "a:b", "tab\t", "end.", "a?b"])
def test_a_target_that_not_every_computer_can_hold_is_refused_with_one_that_is(tmp_path: Path, name: str) -> None:
    with pytest.raises(AppError, match="try ") as caught:
        refuse_bad_target(tmp_path / name, force=True)
    assert caught.value.fault is Fault.BAD_TARGET


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="make it first"):
        refuse_bad_target(tmp_path / "no" / "x.xdf", force=False)


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "x"
    with whole_path(path) as beside:
        beside.write_bytes(b"all")
        assert not path.exists()
    assert path.read_bytes() == b"all"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("fault", [KeyboardInterrupt, ValueError])
def test_whatever_ends_it_nothing_is_left(tmp_path: Path, fault: type[BaseException]) -> None:
    def write_half() -> None:
        with whole_path(tmp_path / "x") as beside:
            beside.mkdir()
            (beside / "part").write_text("half")
            raise fault

    with pytest.raises(fault):
        write_half()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "x"
    for name in ("first", "second"):
        with whole_path(path, force=True) as beside:
            beside.mkdir()
            (beside / name).touch()
    assert [file.name for file in path.iterdir()] == ["second"]
    assert list(tmp_path.iterdir()) == [path]


def test_what_came_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "x"

    def write_late() -> None:
        with whole_path(path) as beside:
            beside.write_text("ours")
            path.write_text("theirs")

    with pytest.raises(AppError) as caught:
        write_late()
    assert caught.value.fault is Fault.ALREADY_THERE
    assert path.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_that_leads_nowhere_counts_as_there(tmp_path: Path) -> None:
    (tmp_path / "x").symlink_to(tmp_path / "gone")
    with pytest.raises(AppError) as caught:
        refuse_bad_target(tmp_path / "x", force=False)
    assert caught.value.fault is Fault.ALREADY_THERE


@pytest.mark.parametrize(
    ("number", "fault"),
    [(errno.ENOSPC, Fault.NO_SPACE), (errno.EDQUOT, Fault.NO_SPACE), (errno.EIO, Fault.CANNOT_WRITE)],
)
def test_what_the_system_says_becomes_a_sentence(tmp_path: Path, number: int, fault: Fault) -> None:
    with pytest.raises(AppError) as caught, whole_path(tmp_path / "x"):
        raise OSError(number, os.strerror(number))
    assert caught.value.fault is fault
    assert str(tmp_path) in caught.value.detail
