# SPDX-License-Identifier: MIT
import io

from hypothesis import given
from hypothesis import strategies as st

from sensors.recorded.lines import read_lines


class Dripping(io.BytesIO):
    """A file that gives only so many bytes at a time."""

    def __init__(self, data: bytes, at_once: int) -> None:
        super().__init__(data)
        self._at_once = at_once

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self._at_once)


def lines_of(data: bytes, at_once: int) -> list[tuple[int, str]]:
    blocks = read_lines(Dripping(data, at_once))
    return [pair for block in blocks for pair in zip(block.numbers, block.texts, strict=True)]


@given(text=st.text("a1é,# \r\n"), at_once=st.integers(1, 20))
def test_the_size_of_blocks_does_not_change_the_lines(text: str, at_once: int) -> None:
    assert lines_of(text.encode(), at_once) == lines_of(text.encode(), 1000)


def test_lines_keep_their_numbers_over_blank_lines_and_comments() -> None:
    assert lines_of(b"\n800\r\n# pause\n\n 810 \n", 3) == [(2, "800"), (5, "810")]


def test_a_byte_order_mark_is_no_text() -> None:
    assert lines_of(b"\xef\xbb\xbf800\n", 1000) == [(1, "800")]
