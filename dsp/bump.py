# SPDX-License-Identifier: MIT
"""The bump test: how much later than it happened a stream says it.

Somebody taps the sensor and gives a marker in the same moment (space bar, `attune mark bump`, another program's LSL
marker), ten times. A tap stands out of a stream as nothing around it does; when it begins there, less the marker's
time, is one offset. The median of them is told with the interval that holds the true median with at least 95 %, by
order statistics alone: nothing is assumed of how hands and radios err.

Law: what is told depends on samples, markers and ticks, not on how the samples were cut. A tap that does not stand out
of a stream counts nothing there; with fewer than 6 nothing is told, since no interval of 95 % exists.

References
----------
Conover 1999, Practical Nonparametric Statistics, 3.2 (interval of a quantile by order statistics).
"""

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dsp.codes import BUMP as BUMP  # noqa: PLC0414  # its words are the vocabulary's
from dsp.codes import TAPS as TAPS  # noqa: PLC0414
from dsp.codes import Modality, NoticeCode
from dsp.stream import Chunk, FloatArray, Item, Marker, Notice, Tick

_FEWEST = 6  # 2 ** -6 on either side is the first below 2.5 %
_PAUSE_S = 20.0  # after the last tap: no more will come
_REACH_S = 0.75  # a tap lies so near to its marker: hands, and 0.5 s of a radio
_CALM_S = 1.5  # before that, what the stream does by itself
_LATE_S = 2.0  # packets of a second, and one that is repeated
_KEPT_S = 2 * _REACH_S + _CALM_S + _LATE_S + 4.0
_STANDS_OUT = 2.0  # times the most that there was in the calm
_LOOKED_AT = frozenset({Modality.ACC, Modality.ECG, Modality.EDA, Modality.PPG, Modality.RESP})
_HIGHEST = 1e9  # in any unit no sensor's value
_TAIL = 0.025


@dataclass(frozen=True, slots=True)
class MedianOffset:
    """The median of offsets with its interval, seconds; `n` is how many there were."""

    median_s: float
    low_s: float
    high_s: float
    n: int


def median_offset(offsets_s: Sequence[float]) -> MedianOffset | None:
    """Give the median and the interval that holds the true one with at least 95 %.

    Parameters
    ----------
    offsets_s : sequence of float
        Seconds.

    Returns
    -------
    MedianOffset or None
        None for fewer than 6.
    """
    n, ordered = len(offsets_s), sorted(offsets_s)
    k, tail = 0, 0.0
    while (tail := tail + math.comb(n, k) / 2.0**n) <= _TAIL:
        k += 1
    if n < _FEWEST or k == 0:
        return None
    return MedianOffset(float(np.median(ordered)), ordered[k - 1], ordered[n - k], n)


def tap_begins(t: FloatArray, values: FloatArray, marker_t: float) -> float | None:
    """Tell when a tap near a marker begins in a stream.

    Parameters
    ----------
    t : array, shape (n,)
        Times, seconds.
    values : array, shape (n,)
        The stream as one number a sample; NaN is a missing one.
    marker_t : float
        The marker's time.

    Returns
    -------
    float or None
        Where it first reaches half of its height; None where it does not stand out of the time before.
    """
    is_there = np.isfinite(values)
    t, values = t[is_there], values[is_there]
    is_calm = (t >= marker_t - _REACH_S - _CALM_S) & (t < marker_t - _REACH_S)
    near = np.flatnonzero((t >= marker_t - _REACH_S) & (t <= marker_t + _REACH_S))
    if is_calm.sum() < 3 or len(near) < 3:
        return None
    away = np.abs(values - np.median(values[is_calm]))
    most = float(away[near].max())
    if not most > _STANDS_OUT * float(away[is_calm].max()):
        return None
    first = int(near[np.argmax(away[near] >= most / 2.0)])
    if first == 0 or away[first] == away[first - 1]:
        return float(t[first])
    share = (most / 2.0 - away[first - 1]) / (away[first] - away[first - 1])
    return float(t[first - 1] + min(max(share, 0.0), 1.0) * (t[first] - t[first - 1]))


def _sizes(values: FloatArray) -> FloatArray:
    """Give one number a sample, of acceleration its size; NaN where it is none that a sensor gives."""
    known = np.where(np.abs(values) < _HIGHEST, values, math.nan)
    return np.sqrt((known**2).sum(axis=1)) if known.ndim == 2 else known


class BumpTest:
    """Watches one person's streams and markers, and tells the offsets when the taps are over.

    Parameters
    ----------
    person : str
        Whose.
    """

    delay_s = _REACH_S + _LATE_S

    def __init__(self, person: str) -> None:
        self._person = person
        self._seen: dict[tuple[str, Modality], deque[tuple[FloatArray, FloatArray]]] = {}
        self._waiting: list[float] = []  # markers whose samples may still come
        self._taps: list[float] = []
        self._offsets: dict[tuple[str, Modality], list[float]] = {}

    def update(self, item: Item) -> None:
        """Take samples and markers."""
        if isinstance(item, Chunk) and item.modality in _LOOKED_AT and len(item.t):
            self._seen.setdefault((item.source, item.modality), deque()).append((item.t, _sizes(item.values)))
        elif isinstance(item, Marker) and item.type == BUMP:
            self._waiting.append(item.t)

    def second(self, tick: Tick) -> tuple[Notice, ...]:
        """Look at the taps whose samples have come; give the offsets when the last one has been."""
        due = [t for t in self._waiting if tick.t >= t + self.delay_s]
        for t in due:
            self._look(t)
        self._waiting = [t for t in self._waiting if t not in due]
        self._forget(tick.t - _KEPT_S)
        is_over = len(self._taps) >= TAPS or (self._taps and tick.t > self._taps[-1] + _PAUSE_S)
        if self._waiting or not is_over:
            return ()
        told = tuple(self._told(tick.t))
        self._taps, self._offsets = [], {}
        return told

    def _look(self, marker_t: float) -> None:
        self._taps.append(marker_t)
        for key, pieces in self._seen.items():
            if not pieces:
                continue
            t, values = (np.concatenate(parts) for parts in zip(*pieces, strict=True))
            begins_t = tap_begins(t, values, marker_t)
            if begins_t is not None:
                self._offsets.setdefault(key, []).append(begins_t - marker_t)

    def _forget(self, before_t: float) -> None:
        for pieces in self._seen.values():
            while pieces and pieces[0][0][-1] < before_t:
                pieces.popleft()

    def _told(self, t: float) -> list[Notice]:
        notices = []
        for (source, modality), offsets_s in sorted(self._offsets.items()):
            found = median_offset(offsets_s)
            if found is not None:
                values = (
                    ("modality", str(modality)),
                    ("median_s", found.median_s),
                    ("low_s", found.low_s),
                    ("high_s", found.high_s),
                    ("taps", found.n),
                )
                notices.append(Notice(t, NoticeCode.OFFSET, source, self._person, values))
        return notices
