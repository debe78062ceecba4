# SPDX-License-Identifier: MIT
"""The NN intervals of the last minutes against time, and whether they may be read as one curve.

Every measure that looks at how the rhythm swings, rather than how much it varies, begins here: a window of NN, fit for
a spline, or the reason why it is not. The reasons are those of the time domain (`dsp/heart/hrv.py`) and two more: a gap
inside the window, and a window that is not yet long enough.

Law: the window at `t` depends on the beats confirmed until then, however they were cut.

Notes
-----
- A flagged beat leaves a hole that the curve bridges; one wider than 3 s is a gap, and bridges nothing.
- What is no heartbeat's interval, or ends within 0.2 s of the one before it, does not count, whatever its verdict says:
  a curve through it would swing without bound.
"""

import math
from dataclasses import dataclass

import numpy as np

from dsp.codes import NoticeCode, Reason, Verdict
from dsp.heart.rate import STALE_AFTER_S
from dsp.heart.spline import Spline
from dsp.heart.unevenness import Unevenness
from dsp.ring import Ring
from dsp.stream import Beat, FloatArray, Notice

SAMPLE_HZ = 4.0

_GAP_S = 3.0
_MOST_FLAGGED = 0.05
_FEWEST_BEATS = 20  # a share of fewer says nothing
_NN_MS = (200.0, 3000.0)
_SHORTEST_S = 0.2
_HELD_HZ = 6.0  # 300 bpm, and a fifth as many false beats again


@dataclass(frozen=True, slots=True, eq=False)
class NnWindow:
    """The NN that end within a window.

    Parameters
    ----------
    t : array, shape (n,)
        When each ends, seconds on the session clock.
    nn_ms : array, shape (n,)
        How long each is.
    coverage : float
        The share of the window that they cover, 0 to 1.
    """

    t: FloatArray
    nn_ms: FloatArray
    coverage: float

    def evenly(self) -> FloatArray:
        """Give the NN at 4 Hz in ms, from the first one on, by a cubic spline; shape (m,)."""
        since_first = self.t - self.t[0]
        count = math.floor(since_first[-1] * SAMPLE_HZ) + 1
        return Spline(since_first, self.nn_ms).at(np.arange(count) / SAMPLE_HZ)

    def has_gap(self) -> bool:
        """Tell whether the NN break off and go on more than 3 s later."""
        return bool(np.any(self.t[1:] - self.t[:-1] > _GAP_S))


class Tachogram:
    """Hold one person's NN.

    Parameters
    ----------
    length_s : float
        How far a window reaches back.
    at_least_s : float
        How far its first NN must lie before its last, for there to be a window.
    """

    def __init__(self, *, length_s: float, at_least_s: float) -> None:
        self._length_s = length_s
        self._at_least_s = at_least_s
        self._ring = Ring(
            math.ceil(length_s * _HELD_HZ), channels=3
        )  # NN in ms or NaN; 1 where flagged; 1 where uneven
        self._unevenness = Unevenness()
        self._newest_t = self._newest_nn_t = -math.inf
        self._why_nothing = Reason.NOT_COMPUTED

    def update(self, item: Beat | Notice) -> None:
        """Take a beat, or the notice that none will come from this device."""
        if isinstance(item, Beat):
            self._take(item)
        elif item.code is NoticeCode.NO_RR:
            self._why_nothing = Reason.NO_RR

    def _take(self, beat: Beat) -> None:
        """Keep a confirmed beat; a provisional one says only that the heart is still heard."""
        if beat.verdict is Verdict.PROVISIONAL:
            self._newest_t = max(self._newest_t, beat.t)
        elif not len(self._ring) or self._ring.newest(1).t[0] < beat.t < math.inf:
            self._newest_t = max(self._newest_t, beat.t)
            is_flagged = beat.verdict not in (Verdict.NORMAL, Verdict.AFTER_GAP)
            row = (self._nn_ms(beat), is_flagged, self._unevenness.update(beat))
            self._ring.append(np.array([beat.t]), np.array([row], dtype=np.float64))

    def _nn_ms(self, beat: Beat) -> float:
        is_late_enough = beat.t - self._newest_nn_t >= _SHORTEST_S
        if beat.verdict is not Verdict.NORMAL or beat.nn_ms is None or not is_late_enough:
            return math.nan
        if not _NN_MS[0] <= beat.nn_ms <= _NN_MS[1]:
            return math.nan
        self._newest_nn_t = beat.t
        return beat.nn_ms

    def window_at(self, t: float, *, may_have_gaps: bool = False) -> NnWindow | Reason:
        """Give the NN that end in (t - length, t], or why they cannot be read as one curve.

        Parameters
        ----------
        t : float
            Seconds on the session clock.
        may_have_gaps : bool
            Whether the caller looks after gaps by itself.
        """
        if not len(self._ring):
            return self._why_nothing
        if t - self._newest_t > STALE_AFTER_S:
            return Reason.STALE
        held = self._ring.between(t - self._length_s, t)
        nn_ms, flagged, uneven = held.values.T
        if uneven.any():
            return Reason.UNEVEN_BEATS
        counts = ~np.isnan(nn_ms)
        window = NnWindow(held.t[counts], nn_ms[counts], self._coverage(nn_ms[counts]))
        return _why_unfit(window, flagged, self._at_least_s, may_have_gaps=may_have_gaps) or window

    def _coverage(self, nn_ms: FloatArray) -> float:
        return min(float(np.add.reduce(nn_ms)) / (1000.0 * self._length_s), 1.0)


def _why_unfit(window: NnWindow, flagged: FloatArray, at_least_s: float, *, may_have_gaps: bool) -> Reason | None:
    if len(flagged) >= _FEWEST_BEATS and np.count_nonzero(flagged) > _MOST_FLAGGED * len(flagged):
        return Reason.TOO_MANY_FLAGGED
    if len(window.t) < _FEWEST_BEATS:
        return Reason.TOO_FEW_BEATS
    if not may_have_gaps and window.has_gap():
        return Reason.GAP_INSIDE
    if window.t[-1] - window.t[0] < at_least_s:
        return Reason.SETTLING
    return None
