# SPDX-License-Identifier: MIT
from pathlib import Path

import pytest

from app.guide.language import menu_language
from app.guide.menu import read_menu


@pytest.mark.parametrize(("spoken", "language"), [("es", "es"), ("en", "en"), ("fr", "en")])
def test_the_menu_speaks_the_language_of_the_sentences_around_it(spoken: str, language: str) -> None:
    assert menu_language(spoken) == language


def test_without_a_wish_it_is_the_language_that_is_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "es_MX:en")
    assert menu_language() == "es"


def test_each_language_has_the_same_menu(tmp_path: Path) -> None:
    shapes = []
    for language in ("en", "es"):
        menu, fault = read_menu(tmp_path, language)
        assert fault is None
        assert all((menu.question, menu.standing_line, menu.uneasy_line))
        shapes.append([(o.id, o.when, o.audience, o.is_breath, o.asks_first, o.pace) for o in menu.cue])
    assert shapes[0] == shapes[1]
