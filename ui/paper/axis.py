# SPDX-License-Identifier: MIT
"""The one time axis that all figures of a session share: where a second stands, its ticks, and what a column shows."""

from dataclasses import dataclass

import numpy as np

from dsp.stream import FloatArray
from resources.words import gettext as _
from ui.paper.shapes import Anchor, Shape, Text
from ui.words import clock_words

_STEPS_S = (5, 10, 15, 30, 60, 120, 300, 480, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400)
_TICK_PX = 96.0  # between two ticks at least


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Seconds from `start_s` to `end_s` over the px from `left` to `right`; `scale` is the text's size beside 1."""

    start_s: float
    end_s: float
    left: float
    right: float
    scale: float = 1.0

    def x(self, t: float) -> float:
        """Give where a time stands."""
        return self.left + (t - self.start_s) / self.seconds * self.width

    def xs(self, t: FloatArray) -> FloatArray:
        """Give where times stand, (n,)."""
        return self.left + (t - self.start_s) / self.seconds * self.width

    def t(self, x: float) -> float:
        """Give the time at a place."""
        return self.start_s + (x - self.left) / self.width * self.seconds

    def is_in(self, t: float) -> bool:
        """Tell whether a time is on it."""
        return self.start_s <= t <= self.end_s

    def clipped(self, start_s: float, end_s: float) -> tuple[float, float] | None:
        """Give the places of a stretch's ends as far as it is on the axis; None where it is not."""
        if end_s <= self.start_s or start_s >= self.end_s:
            return None
        return self.x(max(start_s, self.start_s)), self.x(min(end_s, self.end_s))

    @property
    def seconds(self) -> float:
        """How much time it shows."""
        return max(self.end_s - self.start_s, 1e-6)

    @property
    def width(self) -> float:
        """How wide it is, px."""
        return max(self.right - self.left, 1.0)

    def ticks(self) -> list[float]:
        """Give round times that stand far enough from each other."""
        most = self.width / (_TICK_PX * self.scale)
        step = next((step for step in _STEPS_S if self.seconds / step <= most), _STEPS_S[-1])
        return [float(t) for t in np.arange(np.ceil(self.start_s / step) * step, self.end_s + 1e-6, step)]

    def words(self, y: float) -> list[Shape]:
        """Write the ticks' times with their baseline at `y`."""
        ticks = self.ticks()
        is_whole = all(t % 60 == 0 for t in ticks)
        shapes: list[Shape] = []
        for t in ticks:
            x, room = self.x(t), 20 * self.scale
            anchor = Anchor.START if x < self.left + room else Anchor.END if x > self.right - room else Anchor.MIDDLE
            shapes.append(Text(x, y, _tick_words(t, is_whole=is_whole), anchor=anchor))
        return shapes


def _tick_words(t: float, *, is_whole: bool) -> str:
    if t == 0:
        return "0"
    return _("{n} min").format(n=round(t / 60)) if is_whole else clock_words(t)


def columns(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Gather the values of each column of one px: its place, the lowest and the highest of them.

    Parameters
    ----------
    x, y : array, (n,)
        Ascending places, px, and values; none is NaN.

    Returns
    -------
    tuple of array, each (m,)
        With m at most the number of columns; of few values each one stays by itself.
    """
    if not len(x):
        return x, y, y
    if len(x) <= 2 * (x[-1] - x[0] + 1):
        return x, y, y
    firsts = np.flatnonzero(np.diff(np.floor(x), prepend=np.floor(x[0]) - 1.0))
    return np.floor(x[firsts]), np.minimum.reduceat(y, firsts), np.maximum.reduceat(y, firsts)


def trace(x: FloatArray, y: FloatArray) -> FloatArray:
    """Give the points of a line, (m, 2), at most two a column: every peak stays."""
    place, low, high = columns(x, y)
    if low is high:
        return np.column_stack((place, low))
    points = np.empty((2 * len(place), 2))
    points[:, 0] = np.repeat(place, 2)
    is_rising = np.arange(len(place)) % 2 == 0  # alternate, so that neighbours join without a spike
    points[0::2, 1] = np.where(is_rising, low, high)
    points[1::2, 1] = np.where(is_rising, high, low)
    return points


def runs_of(known: np.ndarray, t: FloatArray, apart_s: float = 1.5) -> list[slice]:
    """Give the stretches of known values that no hole parts.

    Parameters
    ----------
    known : array of bool, (n,)
        Which values are there.
    t : array, (n,)
        Their times, seconds.
    apart_s : float
        Values further apart have a hole between them.
    """
    places = np.flatnonzero(known)
    if not len(places):
        return []
    cuts = np.flatnonzero((np.diff(places) > 1) | (np.diff(t[places]) > apart_s)) + 1
    parts = np.split(places, cuts)
    return [slice(int(part[0]), int(part[-1]) + 1) for part in parts]
