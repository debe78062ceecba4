# SPDX-License-Identifier: MIT
from pathlib import Path

import pytest

import resources
from app.profiles import read_profiles
from app.wiring import Wiring

BUILT_IN = Path(resources.__file__ or ".").parent / "devices"
OWN = (BUILT_IN / "nordic_uart_eda.toml").read_text(encoding="utf-8")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "devices"
    folder.mkdir()
    return folder


def test_what_attune_brings_along_is_without_fault() -> None:
    shelf = read_profiles([BUILT_IN])
    assert len(shelf.profiles) == 2
    assert shelf.problems == ()


def test_a_broken_profile_of_the_users_own_is_said_and_keeps_nothing_back(own: Path) -> None:
    (own / "mine.toml").write_text("name = 3", encoding="utf-8")
    shelf = read_profiles([BUILT_IN, own])
    assert len(shelf.profiles) == 2
    assert len(shelf.problems) == 1
    assert Wiring(own.parent).problem == shelf.problems[0]
    assert "mine.toml: " in shelf.problems[0]


@pytest.mark.parametrize("service", ["180d", "c566488a-0882-4e1b-a6d0-0b717e652234"])
def test_a_profile_that_a_kind_of_attunes_own_would_hide_is_refused(own: Path, service: str) -> None:
    text = OWN.replace("6e400001-b5a3-f393-e0a9-e50e24dcca9e", service)
    (own / "strap.toml").write_text(text, encoding="utf-8")
    shelf = read_profiles([own])
    assert shelf.profiles == ()
    assert "strap.toml: match.service must be one that Attune has no kind of its own for" in shelf.problems[0]


def test_without_profiles_of_ones_own_there_is_no_problem(tmp_path: Path) -> None:
    assert Wiring(tmp_path).problem == ""
