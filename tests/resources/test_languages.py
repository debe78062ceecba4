# SPDX-License-Identifier: MIT
"""Every sentence goes through gettext, every language is complete, and no banned word reaches a client in any."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from app.catalogue import has_same_placeholders, read_catalogue
from app.words import shipped
from docs.make_messages import collect, is_translated, words_of

ROOT = Path(__file__).parents[2]
LANGUAGES = ("es",)
BANNED = {
    "es": (
        r"\birregular",
        r"\banormal",
        r"\bnormal(es)?\b",
        r"\bperdid[oa]s?\b",
        r"\bfall(o|os|a|ó|ar|ido|ida)\b",
        r"\berror(es)?\b",
        r"\bsin frecuencia cardíaca\b",
        r"\bdesconect",
        r"\bartefact",
        r"\bdesregul",
        r"\bdisocia",
        r"\bbuen[oa]?s?\b",
    )
}
SHOWS = {"setText", "say", "setWindowTitle", "setAccessibleName", "setAccessibleDescription", "setPlaceholderText"}
MAKES = {"safe_label", "Button", "Card", "ChoiceCard", "Segmented", "Field", "TopBar", "SettingRow", "Section"}
NAMES = re.compile(r"Attune|RMSSD|PDF|HTML")


def catalogue(language: str) -> Path:
    return shipped() / language / "LC_MESSAGES" / "attune.po"


def shown_literals(path: Path) -> Iterator[str]:
    """Give texts that are written into a call which shows them, and not through gettext."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in SHOWS or name in MAKES:
            shown = call.args if name in MAKES else call.args[:1]  # behind it there may be the name of an icon
            yield from (a.value for a in shown if isinstance(a, ast.Constant) and isinstance(a.value, str))


@pytest.mark.parametrize("package", ["ui", "app"])
def test_every_word_on_a_screen_goes_through_gettext(package: str) -> None:
    for path in sorted((ROOT / package).rglob("*.py")):
        found = [text for text in shown_literals(path) if re.search(r"[A-Za-z]{2}", NAMES.sub("", text))]
        assert not found, (path, found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_said_in_every_language(language: str) -> None:
    with catalogue(language).open("rb") as file:
        known = read_po(file, locale=language)
    missing = [
        m.id for m in collect() if m.id and ((k := known.get(m.id, m.context)) is None or not is_translated(k.string))
    ]
    assert not missing, f"{len(missing)} sentences: `make messages`, then fill them in"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_ships_is_compiled_from_what_was_written(language: str) -> None:
    with catalogue(language).open("rb") as file:
        written = words_of(read_po(file, locale=language))
    assert dict(read_catalogue(catalogue(language).with_suffix(".mo"))) == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_has_the_placeholders_of_its_sentence(language: str) -> None:
    for key, text in read_catalogue(catalogue(language).with_suffix(".mo")).items():
        assert all(has_same_placeholders(key.split("\0")[0], form) for form in text.split("\0")) or not key, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_banned_word_is_said_on_a_screen_in_any_language(language: str) -> None:
    with catalogue(language).open("rb") as file:
        known = read_po(file, locale=language)
    for message in known:
        if any(place.startswith("ui/") for place, _line in message.locations):
            for form in [message.string] if isinstance(message.string, str) else message.string or []:
                assert not [word for word in BANNED[language] if re.search(word, form, re.IGNORECASE)], form


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_banned_word_is_offered_in_any_language(language: str) -> None:
    menu = tomllib.loads((ROOT / "resources" / "cues" / f"{language}.toml").read_text(encoding="utf-8"))
    lines = [menu["question"], menu["standing_line"], menu["uneasy_line"]]
    offered = [text for cue in menu["cue"] if cue["audience"] == "client" for text in (cue["title"], cue["text"])]
    for text in (*lines, *offered):
        assert not [word for word in BANNED[language] if re.search(word, text, re.IGNORECASE)], text
        assert not re.search(r"\b(tú|tu|tus|te|contigo)\b", text), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_addressed_in_two_ways(language: str) -> None:
    """Spanish says usted throughout: to an adult in a practice, warm by its words and not by tú."""
    words = " ".join(read_catalogue(catalogue(language).with_suffix(".mo")).values())
    assert not re.search(r"\b(tú|tu|tus|te|contigo|vosotros|vuestr[oa]s?)\b", words)
