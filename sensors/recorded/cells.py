# SPDX-License-Identifier: MIT
"""Cells of text to numbers: quickly where all is well, and one by one to say what is wrong.

Law: a cell is a finite number with a decimal point, or it is empty and gives NaN; anything else is refused by its line.
Where samples may be missing, so do the words that other programs write for one (`nan`, `inf`).
"""

import math
from collections.abc import Sequence

import numpy as np

from dsp.stream import FloatArray
from sensors.recorded.lines import malformed, shown

_LIMIT = 1e10  # beyond any sensor's numbers, and beyond seconds since 1970; squares and sums of it stay finite


def is_number(cell: str) -> bool:
    """Tell whether Python reads the cell as a number, be it finite or not."""
    try:
        float(cell)
    except ValueError:
        return False
    return True


def numbers(name: str, cells: Sequence[str], lines: Sequence[int], *, may_miss: bool = False) -> FloatArray:
    """Read the cells of one column.

    Parameters
    ----------
    name : str
        The column's name, for the error.
    cells : sequence of str, length n
        Empty or blank cells give NaN.
    lines : sequence of int, length n
        The line that each cell stands in.
    may_miss : bool
        Whether `nan` and `inf` give NaN too: a sample that is missing.

    Returns
    -------
    array, shape (n,)

    Raises
    ------
    SensorError
        `FILE_MALFORMED` with the line of the first cell that is no number of at most 1e10 either way.
    """
    try:
        values = np.array([float(cell) if cell else math.nan for cell in cells])
    except ValueError:
        return _one_by_one(name, cells, lines, may_miss=may_miss)
    told = np.count_nonzero(np.abs(values) <= _LIMIT) + cells.count("")
    if told != len(cells) or "_" in "".join(cells):  # a word such as inf, or digits that only Python groups so
        return _one_by_one(name, cells, lines, may_miss=may_miss)
    return values


def _one_by_one(name: str, cells: Sequence[str], lines: Sequence[int], *, may_miss: bool) -> FloatArray:
    given = (
        ("" if may_miss and _is_word(cell) else cell.strip(), line) for cell, line in zip(cells, lines, strict=True)
    )
    return np.array([_number(name, cell, line) for cell, line in given])


def _is_word(cell: str) -> bool:
    """Tell the words for what is no finite number from digits that overflow, which are a slip."""
    return is_number(cell) and not math.isfinite(float(cell)) and not any(char.isdigit() for char in cell)


def _number(name: str, cell: str, line: int) -> float:
    if not cell:
        return math.nan
    if "_" in cell or not is_number(cell) or not abs(float(cell)) <= _LIMIT:
        raise malformed(
            line, f"{name} is {shown(cell)}; allowed is a number with a decimal point, within {_LIMIT:.0e} either way"
        )
    return float(cell)
