# SPDX-License-Identifier: MIT
"""Catalogues go there and back; what would break a sentence is found."""

import gettext
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue import has_same_placeholders, read_catalogue, spoiled, write_catalogue

HEAD = {"": "Content-Type: text/plain; charset=utf-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"}
TEXT = st.text(st.characters(exclude_characters="\0\4", codec="utf-8"), min_size=1, max_size=40)


@given(st.dictionaries(TEXT, TEXT, max_size=20))
@settings(max_examples=30, deadline=None)
def test_a_catalogue_goes_there_and_back(tmp_path_factory: pytest.TempPathFactory, words: dict[str, str]) -> None:
    path = tmp_path_factory.mktemp("words") / "attune.mo"
    write_catalogue(path, {**HEAD, **words})
    assert read_catalogue(path) == {**HEAD, **words}
    with path.open("rb") as file:
        known = gettext.GNUTranslations(file)
    assert [known.gettext(sentence) for sentence in words] == list(words.values())


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_a_catalogue_or_the_one_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("words") / "attune.mo"
    path.write_bytes(data)
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong with it
        read_catalogue(path)


def test_a_catalogue_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "attune.mo"
    write_catalogue(path, {**HEAD, "Breathe": "Respirar"})
    whole = path.read_bytes()
    for length in range(len(whole) - 2):
        path.write_bytes(whole[:length])
        with pytest.raises(ValueError):  # noqa: PT011 - whatever is missing
            read_catalogue(path)


def test_a_sentence_keeps_its_placeholders_in_any_order() -> None:
    assert has_same_placeholders("{n} of {count}", "de {count}, {n}")
    assert has_same_placeholders("{size:.1f} MB", "{size:.1f} MB")
    assert not has_same_placeholders("{n} of {count}", "{n}")
    assert not has_same_placeholders("{n} left", "{n} {name}")
    assert not has_same_placeholders("{size:.1f} MB", "{size} MB")
    assert not has_same_placeholders("{n} left", "{n")


def test_each_form_of_a_count_is_checked() -> None:
    assert not list(spoiled({"{n} day\0{n} days": "{n} día\0{n} días"}))
    assert list(spoiled({"{n} day\0{n} days": "{n} día\0días"})) == ["{n} day\0{n} days"]
