# SPDX-License-Identifier: MIT
"""Foreign text in cells: nothing runs, everything comes back."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sensors.recorded.cell_text import cell_of, text_of

RUNS = "=+-@\uff1d\uff0b\uff0d\uff20"


@given(st.text())
@example("\\u0041")
@example("'=1")
@example("\ud800")
def test_every_text_comes_back(text: str) -> None:
    assert text_of(cell_of(text)) == text


@given(st.text(alphabet=[*RUNS, "'", " ", "\t", "\r", "\n", "\x00", "a", "\\", '"', ","]))
def test_no_cell_runs_or_holds_a_control_character(text: str) -> None:
    cell = cell_of(text)
    assert cell.lstrip()[:1] not in tuple(RUNS)
    assert not [c for c in cell if ord(c) < 32]


@given(st.lists(st.text(), min_size=1))
def test_a_row_of_cells_is_one_line_and_comes_back_through_csv(texts: list[str]) -> None:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([cell_of(text) for text in texts])
    assert line.getvalue().count("\n") == 1
    assert len(line.getvalue().splitlines()) == 1
    assert [text_of(cell) for cell in next(csv.reader([line.getvalue()]))] == texts


@pytest.mark.parametrize("text", ["breath", "C-7F3K", "1.5", "a=b", "Ärztin", ""])
def test_a_harmless_text_stays_as_it_is(text: str) -> None:
    assert cell_of(text) == text
