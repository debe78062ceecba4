# SPDX-License-Identifier: MIT
"""A list of RR intervals, one number a line, in milliseconds or seconds by their range.

Law: beat k ends at the sum of the intervals up to it, from 0 on; blocks of text do not change a bit of it.
"""

from collections.abc import Iterator

import numpy as np

from dsp.codes import Modality
from dsp.stream import FloatArray
from sensors.recorded.cells import numbers
from sensors.recorded.lines import Lines, malformed
from sensors.recorded.track import Samples

_TYPICAL_S = (0.2, 3.0)  # 300 to 20 beats a minute: where the median of real intervals lies
_FIRST = 64  # intervals that tell the unit
_ALLOWED_S = (0.001, 300.0)  # a dropout may stand as one long interval; longer ones, or none at all, are a slip


def read_intervals(blocks: Iterator[Lines]) -> Iterator[tuple[Samples, ...]]:
    """Read the beats of an RR list.

    Parameters
    ----------
    blocks : iterator of Lines
        The file's lines; the unit is told by the median of the first 64.

    Yields
    ------
    tuple of one Samples
        RR in ms with the times of the beats in s.

    Raises
    ------
    SensorError
        `FILE_MALFORMED` where a line is no interval.
    """
    per_unit_ms = 0.0
    sum_ms = 0.0
    for block in blocks:
        given = numbers("the RR interval", block.texts, block.numbers)
        per_unit_ms = per_unit_ms or _ms_per_unit(given[:_FIRST], block.numbers[0])
        _refuse_impossible(given, per_unit_ms, block)
        rr_ms = given * per_unit_ms
        sums_ms = np.cumsum(np.concatenate([[sum_ms], rr_ms]))[1:]
        sum_ms = sums_ms[-1]
        yield (Samples(Modality.RR, sums_ms / 1000.0, rr_ms),)


def _ms_per_unit(given: FloatArray, line: int) -> float:
    """Tell the unit by the range."""
    typical = float(np.median(given))
    for per_unit_ms in (1.0, 1000.0):
        if _TYPICAL_S[0] <= typical * per_unit_ms / 1000.0 <= _TYPICAL_S[1]:
            return per_unit_ms
    raise malformed(
        line,
        f"from here on the RR intervals are {typical:.6g} in the middle; allowed are 200 to 3000 ms, or 0.2 to 3 s",
    )


def _refuse_impossible(given: FloatArray, per_unit_ms: float, block: Lines) -> None:
    low, high = (limit_s * 1000.0 / per_unit_ms for limit_s in _ALLOWED_S)
    wrong = np.flatnonzero((given < low) | (given > high))
    if len(wrong):
        k = wrong[0]
        unit = "ms" if per_unit_ms == 1.0 else "s"
        raise malformed(
            block.numbers[k], f"the RR interval is {given[k]:.6g} {unit}; allowed is {low:.6g} to {high:.6g} {unit}"
        )
