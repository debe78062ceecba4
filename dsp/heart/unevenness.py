# SPDX-License-Identifier: MIT
"""Whether beats come too unevenly for variability measures: hardly any interval follows from those around it.

Variability counts what the heart does between beats that follow one another. Where most intervals differ much from the
middle of their neighbours, and from what breathing at any rate makes of these, there is no course that RMSSD or a
spectrum could describe, whatever the cause; often the electrodes are. This says so, and no more.

Over the last 9 beats three things must hold:

- the intervals that count do not lie within 15 % of each other: early beats amid steady ones are no more than that;
- |x[i] - (x[i-1] + x[i+1])/2| exceeds 10 % of the median interval for about half of them, which the slope of slow
  breathing does not;
- so does 7 % the rest of x[i-1] + x[i+1] = a + k x[i], fitted by least squares. A sine wave of any frequency w obeys it
  with k = 2 cos w: breathing fast and deep leaves no rest.

A flagged interval counts as one that exceeds every limit, and its neighbours are not compared with it. More than four
flagged of nine are uneven whatever their lengths.

An uneven place of a few beats in a minute that is otherwise even does no harm where RMSSD is the same without it: such
a minute can be interpreted, and is. Many steady hearts have such places, about an early beat while a breath is drawn.

Law: the answer depends on the last 9 beats since the last gap alone; that on a window, on its beats.

Notes
-----
An implausible interval is passed over: of a heart too fast for us nothing uneven is known.

References
----------
That quantiles over few beats tell beats that are uneven from a few early ones: Petrenas, Marozas & Sornmo (2015),
doi 10.1016/j.compbiomed.2015.01.019. The three measures and their limits are our own.
"""

import math
from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from dsp.codes import Verdict
from dsp.stream import Beat

BEATS = 9  # at 60 bpm these and the one that confirms the last are there within 10 s

_STEADY = 0.15  # these three are shares of the median interval
_BEND = 0.10
_REST = 0.07
_BENT, _UNEXPLAINED = 0.4, 0.5  # the share of the values from which on they exceed the limit where beats are uneven
_FEWEST_FITTED = 4  # two numbers fitted to three say nothing of the rest

_SOUND = 0.6  # of a window's NN lie outside its uneven places, at least, where RMSSD may be the same without them:
_THE_SAME = 1.1  # times

Known = tuple[float | None, bool]  # NN in ms, None where it does not count; whether the beats up to it are too uneven
Triple = tuple[float, float]  # an interval, and the sum of the two around it


class Unevenness:
    """Follow confirmed beats; tell with each whether those up to it are too uneven."""

    def __init__(self) -> None:
        self._intervals: deque[float | None] = deque(maxlen=BEATS)  # in ms, None where flagged

    def update(self, beat: Beat) -> bool:
        """Take a confirmed beat; say whether the last 9 come too unevenly."""
        if beat.verdict is Verdict.AFTER_GAP:
            self._intervals.clear()
        elif beat.verdict is not Verdict.IMPLAUSIBLE:
            self._intervals.append(beat.nn_ms)
        return len(self._intervals) == BEATS and _is_uneven(list(self._intervals))


def is_borne_out(beats: Sequence[Known], fewest: int) -> bool:
    """Tell whether the RMSSD of a window's beats is the same without its uneven places.

    Parameters
    ----------
    beats : sequence of tuple
        Of each beat its NN in ms or None, and whether the 9 up to it are too uneven.
    fewest : int
        How many NN must lie outside these places, whatever their share.
    """
    every = [nn_ms for nn_ms, _ in beats]
    outside = _without_places(beats)
    count, sound = (sum(nn_ms is not None for nn_ms in series) for series in (every, outside))
    squares, sound_squares = _squares(every), _squares(outside)
    if sound < max(fewest, _SOUND * count) or not sound_squares:
        return False
    power, sound_power = sum(squares) / len(squares), sum(sound_squares) / len(sound_squares)
    return power <= _THE_SAME**2 * sound_power and sound_power <= _THE_SAME**2 * power


def _without_places(beats: Sequence[Known]) -> list[float | None]:
    """Give the NN, but None in uneven places: each reaches back over 9 beats."""
    outside: list[float | None] = []
    left = 0
    for nn_ms, is_uneven in reversed(beats):
        left = BEATS if is_uneven else left - 1
        outside.append(nn_ms if left <= 0 else None)
    return outside[::-1]


def _squares(series: Sequence[float | None]) -> list[float]:
    """Give the squares of the differences of successive NN."""
    return [(b - a) ** 2 for a, b in pairwise(series) if a is not None and b is not None]


def _is_uneven(intervals: list[float | None]) -> bool:
    normal = [ms for ms in intervals if ms is not None]
    flagged = [math.inf] * (BEATS - len(normal))
    if len(flagged) > BEATS // 2:
        return True
    shortest_ms = min(normal)
    range_ms = max(normal) - shortest_ms
    if range_ms <= _STEADY * shortest_ms:  # as mostly: then all the more of the median
        return False
    median_ms = median(normal)
    if range_ms <= _STEADY * median_ms:
        return False
    triples = _triples(intervals)
    bends = [abs(ms - around / 2.0) for ms, around in triples]
    if _quantile(bends + flagged, _BENT) <= _BEND * median_ms:
        return False
    return _quantile(_rests(triples) + flagged, _UNEXPLAINED) > _REST * median_ms


def _triples(intervals: list[float | None]) -> list[Triple]:
    threes = zip(intervals, intervals[1:], intervals[2:], strict=False)
    return [(b, a + c) for a, b, c in threes if a is not None and b is not None and c is not None]


def _rests(triples: list[Triple]) -> list[float]:
    """Give what a recurrence of second order does not explain of the sums."""
    if not triples:
        return []
    mean_x = sum(x for x, _ in triples) / len(triples)
    mean_y = sum(y for _, y in triples) / len(triples)
    power = sum((x - mean_x) ** 2 for x, _ in triples)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in triples) / power if power > 0.0 else 0.0
    slope = min(max(slope, -2.0), 2.0) if len(triples) >= _FEWEST_FITTED else 0.0  # 2 cos w
    return [abs(y - mean_y - slope * (x - mean_x)) for x, y in triples]


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)] if values else 0.0
