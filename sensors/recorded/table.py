# SPDX-License-Identifier: MIT
"""A table of samples: CSV with a header that names `t_s` and the signals, each in its own unit.

Law: rows go on in time, each cell is a number or a missing one (empty, `nan`, `inf`), and whatever else is refused by
its line; columns that Attune does not know are passed over.
"""

import itertools
import logging
import math
from collections.abc import Iterator, Sequence

import numpy as np

from dsp.codes import Modality
from dsp.stream import FloatArray
from sensors.recorded.cells import is_number, numbers
from sensors.recorded.lines import Lines, malformed, shown
from sensors.recorded.track import Samples

_LOG = logging.getLogger(__name__)

_TIME = "t_s"
_SIGNALS = {
    "ecg_mv": Modality.ECG,
    "rr_ms": Modality.RR,
    "hr_bpm": Modality.HR,
    "eda_microsiemens": Modality.EDA,
    "resp": Modality.RESP,
    "ppg": Modality.PPG,
}
_AXES = ("acc_x_mg", "acc_y_mg", "acc_z_mg")
_KNOWN = (_TIME, *_SIGNALS, *_AXES)
_RULE = f"the first line of a CSV names its columns: {_TIME} and any of {', '.join((*_SIGNALS, *_AXES))}"
_MAX_PAUSE_S = 25 * 3600.0  # a day and the samples beside it; each second is computed, so a slip must not cost hours


def read_table(blocks: Iterator[Lines]) -> Iterator[tuple[Samples, ...]]:
    """Read the samples of a table.

    Parameters
    ----------
    blocks : iterator of Lines
        The file's lines, the header first.

    Yields
    ------
    tuple of Samples
        What a block of rows holds, one for each modality that has samples there. A missing cell gives no sample, and
        NaN where another axis of the same sample is there.

    Raises
    ------
    SensorError
        `FILE_MALFORMED` for a header or a row that is none.
    """
    first = next(blocks)
    header = _header(first.texts[0], first.numbers[0])
    before = math.nan
    for block in itertools.chain([Lines(first.numbers[1:], first.texts[1:])], blocks):
        if block.numbers:
            columns = _columns(header, block)
            t = columns.pop(_TIME)
            _refuse_times(t, before, block.numbers)
            before = float(t[-1])
            yield tuple(_samples(t, columns))


def _header(text: str, line: int) -> tuple[str, ...]:
    """Give the names of the columns, in order."""
    names = tuple(cell.strip().lower() for cell in text.replace('"', "").split(","))
    known = [name for name in names if name in _KNOWN]
    if _TIME not in known:
        raise malformed(line, f"{shown(text)} is neither a header nor an RR interval; {_missing_header(text)}")
    if len(known) < 2:
        raise malformed(line, f"{shown(text)} names no signal; {_RULE}")
    if len(set(known)) < len(known):
        raise malformed(line, f"{shown(text)} names a column twice; {_RULE}")
    if unknown := [name for name in names if name not in _KNOWN]:
        _LOG.info("%d columns are not known and not read", len(unknown))
    return names


def _missing_header(text: str) -> str:
    """Say what to do about a first line that does not name the time."""
    if ";" in text or "\t" in text:
        return "save the table with commas between the columns and points in the numbers (CSV UTF-8, English format)"
    if is_number(text.replace(",", ".", 1)):
        return "write the numbers with a decimal point"
    return _RULE


def _columns(header: tuple[str, ...], block: Lines) -> dict[str, FloatArray]:
    """Read the known columns of a block of rows."""
    rows = [text.replace('"', "").split(",") for text in block.texts]
    for line, row in zip(block.numbers, rows, strict=True):
        if len(row) != len(header):
            raise malformed(line, f"{shown(','.join(row))} has {len(row)} cells; allowed are {len(header)}, as above")
    by_column = zip(header, zip(*rows, strict=True), strict=True)
    return {
        name: numbers(name, cells, block.numbers, may_miss=name != _TIME) for name, cells in by_column if name in _KNOWN
    }


def _refuse_times(t: FloatArray, before: float, lines: Sequence[int]) -> None:
    """Refuse rows whose time is missing, runs backwards, or pauses for more than 25 hours."""
    earlier = np.concatenate([[before], t[:-1]])
    for wrong, rule in (
        (np.isnan(t), "each row has a time"),
        (t < earlier, "times never run backwards"),
        (t - earlier > _MAX_PAUSE_S, f"a recording pauses for at most {_MAX_PAUSE_S:.0f} s"),
    ):
        if wrong.any():
            k = int(np.argmax(wrong))
            given = "empty" if math.isnan(t[k]) else f"{t[k]:.15g}, after {earlier[k]:.15g}"
            raise malformed(lines[k], f"{_TIME} is {given}; {rule}")


def _samples(t: FloatArray, columns: dict[str, FloatArray]) -> Iterator[Samples]:
    """Give the samples that are there, a modality at a time."""
    signals = {modality: columns[name] for name, modality in _SIGNALS.items() if name in columns}
    if not columns.keys().isdisjoint(_AXES):
        absent = np.full(len(t), math.nan)
        signals[Modality.ACC] = np.column_stack([columns.get(axis, absent) for axis in _AXES])
    for modality, values in signals.items():
        there = ~np.isnan(values.reshape(len(t), -1)).all(axis=1)
        if there.any():
            yield Samples(modality, t[there], values[there])
