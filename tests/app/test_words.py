# SPDX-License-Identifier: MIT
"""Which language is spoken, a clinic's own wording over it, and what becomes of entries that would break."""

import gettext
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.catalogue import write_catalogue
from app.own_wording import read_own_wording
from app.words import bind_words, languages, shipped, system_language

KNOWN = {"Pause": "Pause", "{n} of {count}": "{n} of {count}"}
HEAD = {"": "Content-Type: text/plain; charset=utf-8\n"}


@pytest.fixture(autouse=True)
def _unbound(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave the words of the other tests alone."""
    monkeypatch.setenv("LANGUAGE", "en")
    before = gettext.textdomain()
    yield
    gettext.textdomain(before)


def worded(folder: Path, language: str, text: str) -> None:
    path = folder / "wording" / f"{language}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_words_come_from_our_own_catalogue(tmp_path: Path) -> None:
    assert bind_words(tmp_path, "es").language == "es"
    assert gettext.textdomain() == "attune"
    assert Path(gettext.bindtextdomain("attune")) == shipped()
    assert gettext.gettext("Too slow for me") == "Demasiado lento para mí"


def test_nothing_is_written_without_an_own_wording(tmp_path: Path) -> None:
    bind_words(tmp_path, "es")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("code", "spoken"), [("es_MX", "es"), ("tlh", "en"), ("", "en"), ("en_GB", "en")])
def test_the_nearest_language_is_spoken(tmp_path: Path, code: str, spoken: str) -> None:
    assert bind_words(tmp_path, code).language == spoken


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "es_ES.UTF-8"}, "es_ES"),
        ({"LANGUAGE": "es:en", "LANG": "de_DE.UTF-8"}, "es"),
        ({"LC_ALL": "C", "LANG": "es_AR@euro"}, "es_AR"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_system_says_its_language(environment: dict[str, str], language: str) -> None:
    assert system_language(environment) == language


def test_english_and_spanish_ship_by_their_own_names() -> None:
    assert languages() == (("en", "English"), ("es", "Español"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_clinics_own_wording_lies_over_every_language(tmp_path: Path, language: str) -> None:
    worded(tmp_path, language, '"Too slow for me" = "A little quicker, please"')
    bound = bind_words(tmp_path, language)
    assert gettext.gettext("Too slow for me") == "A little quicker, please"
    assert gettext.gettext("Pause") == {"en": "Pause", "es": "Pausa"}[language]
    assert not bound.own.problems


def test_an_entry_without_its_placeholder_stays_in_english(tmp_path: Path) -> None:
    words = {**HEAD, "{n} of {count}": "{n} de todos", "Pause": "Pausa"}
    write_catalogue(tmp_path / "shipped" / "xx" / "LC_MESSAGES" / "attune.mo", words)
    bind_words(tmp_path / "data", "xx", catalogues=tmp_path / "shipped")
    assert gettext.gettext("{n} of {count}") == "{n} of {count}"
    assert gettext.gettext("Pause") == "Pausa"


def test_a_damaged_catalogue_is_english(tmp_path: Path) -> None:
    path = tmp_path / "shipped" / "xx" / "LC_MESSAGES" / "attune.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xde\x12\x04\x95 no more")
    bind_words(tmp_path / "data", "xx", catalogues=tmp_path / "shipped")
    assert gettext.gettext("Pause") == "Pause"


def test_own_wording_where_nothing_can_be_written_leaves_the_usual_words(tmp_path: Path) -> None:
    worded(tmp_path, "en", '"Pause" = "Rest"')
    (tmp_path / "locale").write_text("a file stands where the folder would be", encoding="utf-8")
    bind_words(tmp_path, "en")
    assert gettext.gettext("Pause") == "Pause"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('"Paus" = "Rest"', "there is no such sentence"),
        ('"{n} of {count}" = "{n} of all"', "the words in braces must be the same"),
        ('"Pause" = 3', "must be words in quotation marks"),
        ('"Pause" = "\\u200b"', "must be words in quotation marks"),
        (f'"Pause" = "{"a" * 500}"', "at most 240 characters"),
    ],
)
def test_an_entry_that_cannot_be_used_is_told_and_the_others_hold(tmp_path: Path, line: str, problem: str) -> None:
    other = '"{n} of {count}" = "{n}, of {count}"' if "Pau" in line else '"Pause" = "Rest"'
    worded(tmp_path, "en", f"{line}\n{other}\n")
    own = read_own_wording(tmp_path / "wording" / "en.toml", KNOWN)
    assert len(own.words) == 1
    assert problem in own.problems[0]


@pytest.mark.parametrize("text", ['"Pause" "Rest"', "\ufffe = 1", "[" * 300])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, text: str) -> None:
    worded(tmp_path, "en", text)
    own = read_own_wording(tmp_path / "wording" / "en.toml", KNOWN)
    assert not own.words
    assert "is left out" in own.problems[0]
