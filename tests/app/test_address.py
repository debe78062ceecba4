# SPDX-License-Identifier: MIT
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.address import Address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ble:A0:9E", Address("ble", "A0:9E")),
        ("ble:A0:9E@partner", Address("ble", "A0:9E", "partner")),
        ("ble:A0:9E?port=A3&board=2015@nobody", Address("ble", "A0:9E", "nobody", (("port", "A3"), ("board", "2015")))),
        ("demo", Address("demo", "")),
        ("demo@C-7F3K", Address("demo", "", "C-7F3K")),
        ("lsl:What? type=EDA", Address("lsl", "What? type=EDA")),
        ("lsl:name?port=A3", Address("lsl", "name?port=A3")),
        ("file:/a@b/rest?x=1", Address("file", "/a@b/rest?x=1")),
        ("", Address("", "")),
    ],
)
def test_an_address_is_taken_apart(text: str, expected: Address) -> None:
    assert Address.read(text) == expected


def test_the_source_is_called_without_options_and_person() -> None:
    assert Address.read("ble:A0:9E?port=A3@partner").source == "ble:A0:9E"
    assert Address.read("demo@partner").source == "demo"


def test_options_are_written_as_they_are_read() -> None:
    assert Address.read("ble:A0:9E?port=A3&board=2015@partner").tail == "?port=A3&board=2015"
    assert Address.read("ble:A0:9E").tail == ""


@given(st.text())
def test_any_text_can_be_taken_apart_and_its_source_stays_the_same(text: str) -> None:
    source = Address.read(text).source
    assert text.startswith(source) or source == text.rstrip(":")
