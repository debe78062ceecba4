# SPDX-License-Identifier: MIT
"""Names from outside are plain, short and cheap, whatever they are."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ui.foreign import plain, safe_text


@given(st.text(alphabet=st.characters(), max_size=300))
def test_a_foreign_text_is_one_short_line_of_plain_characters(text: str) -> None:
    safe = safe_text(text)
    assert len(safe) <= 64
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for c in safe)


@given(st.text(alphabet=st.characters(), max_size=300))
def test_what_is_safe_stays_as_it_is(text: str) -> None:
    assert safe_text(safe_text(text)) == safe_text(text)


def test_a_name_that_turns_the_writing_round_is_straightened() -> None:
    assert safe_text("Polar\u202egnp.01H\u2066 \x00\x1b[31m") == "Polargnp.01H [31m"


def test_only_the_beginning_of_a_hostile_name_is_looked_at() -> None:
    assert safe_text("x" * 300) == safe_text("x" * 10_000_000) == "x" * 63 + "…"


def test_own_words_keep_their_breaks_and_nothing_that_steers() -> None:
    assert plain("beats a\nminute\u202e\u2028next\t.") == "beats a\nminute next ."
