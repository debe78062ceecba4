# SPDX-License-Identifier: MIT
import tracemalloc
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensors.foreign_text import clean_text


@given(st.text(max_size=400))
def test_what_comes_out_is_short_and_has_no_control_or_bidirectional_mark(raw: str) -> None:
    shown = clean_text(raw)
    assert len(shown) <= 64
    assert not any(unicodedata.category(c)[0] == "C" or unicodedata.category(c) in ("Zl", "Zp") for c in shown)
    assert shown == shown.strip()


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Polar H10 8A2B", "Polar H10 8A2B"),
        ("  a\t\n b\u2028c ", "a b c"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("Brustgurt für Ä", "Brustgurt für Ä"),
        ("x" * 100, "x" * 64),
        ("\x00" * 10_000_000 + "late", ""),
    ],
)
def test_names_are_shown_as(raw: str, shown: str) -> None:
    assert clean_text(raw) == shown


def test_a_name_of_ten_megabytes_costs_no_memory() -> None:
    huge = "\u202eA" * 5_000_000
    tracemalloc.start()
    try:
        assert clean_text(huge) == "A" * 64
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()
