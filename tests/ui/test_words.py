# SPDX-License-Identifier: MIT
"""Every reason has its sentence, and no banned word reaches a client."""

import ast
import re
from pathlib import Path

import pytest

from dsp.codes import Reason, SourceState
from dsp.plan import BreathPart
from dsp.stream import Status
from ui.words import advice_about, advice_on, age_words, breath_words, clock_words, strap_unreadable

UI = Path(__file__).parents[2] / "ui"
SOURCES = sorted(UI.rglob("*.py"))
BANNED = (
    r"\birregular",
    r"\babnormal",
    r"\bnormal\b",
    r"\blost\b",
    r"\bfail(s|ed|ure|ing)?\b",
    r"\berrors?\b",
    r"\bno heart rate\b",
    r"\bdisconnect",
    r"\bartifacts?\b",
    r"\bdysregulat",
    r"\bdissociat",
    r"\bgood\b",
)


def said_in(path: Path) -> list[str]:
    """Every text that goes through gettext."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    return [
        str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "_" and isinstance(call.args[0], ast.Constant)
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(UI)))
def test_no_banned_word_is_said(path: Path) -> None:
    for text in said_in(path):
        judged = text.replace("equally good", "")  # of two paces: no judgement of a heart
        assert not [word for word in BANNED if re.search(word, judged, re.IGNORECASE)], text


def test_the_walk_finds_the_words() -> None:
    assert sum(len(said_in(path)) for path in SOURCES) > 120


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(UI)))
def test_words_are_looked_up_when_they_are_shown(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "_"]
    assert all(id(call) in inside for call in calls)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence_and_a_next_step(reason: Reason) -> None:
    advice = advice_on(reason)
    assert advice.sentence.endswith(".")
    assert advice.step


def test_a_malformed_recording_is_told_with_its_line_and_nothing_else_of_the_detail() -> None:
    status = Status(1.0, "file:x", SourceState.FAILED, reason=Reason.FILE_MALFORMED, detail="line 12: <img src=x>")
    advice = advice_about(status)
    assert advice.sentence == "This file stops being a recording in line 12."
    assert "img" not in advice.sentence + advice.step


def test_a_source_that_ended_without_a_reason_is_told_too() -> None:
    assert advice_about(Status(1.0, "ble:x", SourceState.FAILED)).sentence


def test_the_strap_sentence_is_about_the_strap() -> None:
    whole = strap_unreadable(breathing=True)
    assert whole == (
        "We can’t read the strap clearly just now. This is about the strap, not about you. The breathing goes on."
    )
    assert strap_unreadable(breathing=False) in whole


def test_every_part_of_a_breath_has_its_word() -> None:
    assert breath_words(BreathPart.INHALE) == "breathe in"
    assert breath_words(BreathPart.EXHALE) == "breathe out"
    assert all(breath_words(part) for part in BreathPart)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0:00"), (-3, "0:00"), (59.9, "0:59"), (872, "14:32"), (3600, "1:00:00")]
)
def test_durations_are_written_as_a_clock_shows_them(seconds: float, words: str) -> None:
    assert clock_words(seconds) == words


def test_an_age_is_seconds_and_then_minutes() -> None:
    assert (age_words(18.9), age_words(99.9), age_words(100)) == ("18 s", "99 s", "1:40")
