# SPDX-License-Identifier: MIT
"""The NN intervals of the last minutes against time, and whether they may be read as one curve.

Every measure that looks at how the rhythm swings, rather than how much it varies, begins here: a window of NN, fit for
a spline, or the reason why it is not. The reasons are those of the time domain (`dsp/heart/hrv.py`) and two more: a gap
inside the window, and a window that is not yet long enough. One tachogram serves all stages of a person.

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
from dsp.heart.growing_slopes import GrowingSlopes
from dsp.heart.rate import STALE_AFTER_S
from dsp.heart.spline import Spline
from dsp.heart.unevenness import Unevenness
from dsp.ring import Ring
from dsp.stream import Beat, FloatArray, Notice, read_only

SAMPLE_HZ = 4.0

_LONGEST_S = 300.0  # that a window can be
_GAP_S = 3.0
_MOST_FLAGGED = 0.05
_FEWEST_BEATS = 20  # a share of fewer says nothing
_NN_MS = (200.0, 3000.0)
_SHORTEST_S = 0.2
_HELD = 1800  # 300 s at 300 bpm, and a fifth as many false beats again
_TIMES = read_only(np.arange(int(_LONGEST_S * SAMPLE_HZ) + 1) / SAMPLE_HZ)


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

    def has_gap(self) -> bool:
        """Tell whether the NN break off and go on more than 3 s later."""
        return bool(np.maximum.reduce(self.t[1:] - self.t[:-1]) > _GAP_S)

    @property
    def samples(self) -> int:
        """How many samples at 4 Hz lie from the first to the last."""
        return math.floor(float(self.t[-1] - self.t[0]) * SAMPLE_HZ) + 1


class Tachogram:
    """Hold one person's NN of the last 300 s."""

    delay_s = 2.0  # that of the verdicts

    def __init__(self) -> None:
        self._beats = Ring(_HELD, channels=2)  # 1 where flagged; 1 where too uneven
        self._nn = Ring(_HELD)  # in ms
        self._slopes = GrowingSlopes(_HELD)  # of the spline through all NN
        self._unevenness = Unevenness()
        self._newest_t = self._judged_t = self._nn_t = -math.inf  # of all beats, confirmed ones, and NN
        self._why_nothing = Reason.NOT_COMPUTED

    def update(self, item: Beat | Notice) -> None:
        """Take a beat, or the notice that none will come from this device."""
        if isinstance(item, Beat):
            self._take(item)
        elif item.code is NoticeCode.NO_RR:
            self._why_nothing = Reason.NO_RR

    def _take(self, beat: Beat) -> None:
        """Keep a confirmed beat; a provisional one says only that the heart is still heard."""
        if beat.verdict is not Verdict.PROVISIONAL:
            if not self._judged_t < beat.t < math.inf:
                return
            self._judged_t = beat.t
            is_flagged = beat.verdict is not Verdict.NORMAL and beat.verdict is not Verdict.AFTER_GAP
            self._beats.push(beat.t, (is_flagged, self._unevenness.update(beat)))
            if beat.nn_ms is not None and _counts(beat) and beat.t - self._nn_t >= _SHORTEST_S:
                self._nn_t = beat.t
                self._nn.push(beat.t, beat.nn_ms)
                self._slopes.append(beat.t, beat.nn_ms)
        self._newest_t = max(self._newest_t, beat.t)

    def window_at(
        self, t: float, *, length_s: float, at_least_s: float, may_have_gaps: bool = False
    ) -> NnWindow | Reason:
        """Give the NN that end in (t - length, t], or why they cannot be read as one curve.

        Parameters
        ----------
        t : float
            Seconds on the session clock.
        length_s : float
            At most 300.
        at_least_s : float
            How far the first NN must lie before the last.
        may_have_gaps : bool
            Whether the caller looks after gaps by itself.
        """
        why = self._why_unfit(t, length_s)
        if why is not None:
            return why
        nn = self._nn.between(t - length_s, t)
        if len(nn.t) < _FEWEST_BEATS:
            return Reason.TOO_FEW_BEATS
        window = NnWindow(nn.t, nn.values, min(float(np.add.reduce(nn.values)) / (1000.0 * length_s), 1.0))
        if not may_have_gaps and window.has_gap():
            return Reason.GAP_INSIDE
        return window if nn.t[-1] - nn.t[0] >= at_least_s else Reason.SETTLING

    def _why_unfit(self, t: float, length_s: float) -> Reason | None:
        """Tell what the beats themselves say against a window."""
        if not len(self._beats):
            return self._why_nothing
        if t - self._newest_t > STALE_AFTER_S:
            return Reason.STALE
        beats = self._beats.between(t - length_s, t).values
        flagged, uneven = (np.count_nonzero(column) for column in beats.T)
        if uneven:
            return Reason.UNEVEN_BEATS
        is_spoiled = len(beats) >= _FEWEST_BEATS and flagged > _MOST_FLAGGED * len(beats)
        return Reason.TOO_MANY_FLAGGED if is_spoiled else None

    def evenly(self, window: NnWindow, at_most: int | None = None) -> FloatArray:
        """Give a window's NN at 4 Hz in ms, from the first one on, by a cubic spline.

        Parameters
        ----------
        window : NnWindow
            Some of the newest NN.
        at_most : int or None
            How many samples are wanted, where not all are.

        Returns
        -------
        array, shape (m,)
            As many as the window has, `at_most` where these are more.
        """
        count = window.samples if at_most is None else min(window.samples, at_most)
        times = _TIMES[:count]
        since_first = window.t - window.t[0]
        knots = int(since_first.searchsorted(times[-1])) + 1  # further on no piece is read
        slopes = self._slopes.between(window.t, window.nn_ms, knots)
        return Spline(since_first[:knots], window.nn_ms[:knots], slopes).at(times)


def _counts(beat: Beat) -> bool:
    return beat.verdict is Verdict.NORMAL and beat.nn_ms is not None and _NN_MS[0] <= beat.nn_ms <= _NN_MS[1]
