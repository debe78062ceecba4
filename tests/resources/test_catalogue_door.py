# SPDX-License-Identifier: MIT
"""The door to the words: the standard library's own answer, without its way to the disk."""

import gettext as library
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.catalogue import read_catalogue, write_catalogue
from app.words import shipped
from resources.words import bind, gettext, ngettext, number

HEAD = {"": "Content-Type: text/plain; charset=utf-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"}


@pytest.fixture(autouse=True)
def _unbound(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave the words of the other tests alone."""
    monkeypatch.setenv("LANGUAGE", "en")
    before = library.textdomain()
    yield
    library.textdomain(before)


def test_each_sentence_is_the_one_of_the_standard_library() -> None:
    bind("attune", str(shipped()), "es")
    known = list(read_catalogue(shipped() / "es" / "LC_MESSAGES" / "attune.mo"))
    assert len(known) > 500
    assert [gettext(key) for key in known] == [library.gettext(key) for key in known]
    counted = [[door(known[1], known[2], n) for n in range(3)] for door in (ngettext, library.ngettext)]
    assert counted[0] == counted[1]


def test_what_has_no_translation_stands_as_it_is() -> None:
    bind("attune", str(shipped()), "es")
    assert gettext("Nobody ever said this.") == "Nobody ever said this."
    assert ngettext("{n} owl", "{n} owls", 2) == "{n} owls"


def test_another_language_is_spoken_from_the_next_sentence_on() -> None:
    bind("attune", str(shipped()), "es")
    spanish = gettext("Pause")
    bind("attune", str(shipped()), "en")
    assert (spanish, gettext("Pause")) == ("Pausa", "Pause")


def test_once_read_the_disk_is_asked_no_more(tmp_path: Path) -> None:
    path = tmp_path / "en" / "LC_MESSAGES" / "told.mo"
    path.parent.mkdir(parents=True)
    write_catalogue(path, {**HEAD, "Pause": "Rest"})
    bind("told", str(tmp_path), "en")
    assert gettext("Pause") == "Rest"
    path.unlink()
    assert gettext("Pause") == "Rest"


def test_numbers_in_sentences_and_alone_have_the_decimal_mark_of_the_language() -> None:
    bind("attune", str(shipped()), "es")
    assert gettext("{free:.1f} GB; eight hours of one person take about 25 MB").format(free=3.25).startswith("3,2 GB")
    assert gettext("Nobody said {a:.2f} of {n}.").format(a=-0.5, n=3) == "Nobody said -0,50 of 3."
    assert number(6.5, "+.1f") == "+6,5"
    bind("attune", str(shipped()), "en")
    assert (number(6.5, "+.1f"), gettext("{a:g}").format(a=0.5)) == ("+6.5", "0.5")


def test_a_mark_that_is_none_leaves_the_point(tmp_path: Path) -> None:
    path = tmp_path / "en" / "LC_MESSAGES" / "odd.mo"
    write_catalogue(path, {**HEAD, ".": "{x}"})
    bind("odd", str(tmp_path), "en")
    assert number(6.5, ".1f") == "6.5"
