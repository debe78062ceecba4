# SPDX-License-Identifier: MIT
"""Raw LSL stamps, laid on the session clock.

A stamp plus the clock offset that liblsl measures is the time on this machine's LSL clock; what that clock and the
session clock are apart makes it the time on the session clock. The sum is followed slowly, so that a new estimate of
the offset never makes the samples of a regular stream change their spacing.

Law: times never lie after the arrival that brought them and never more than a minute before it; stamps that cannot be
(another clock, a leap) are anchored at their arrival and said to have leapt; no clock is read; constant cost a sample.
"""

import math
from dataclasses import dataclass

import numpy as np

from dsp.stream import FloatArray

_SLEW = 1e-3  # quartz clocks differ by less than 1e-4, and the estimates of their offset by less than a millisecond
_STEP_S = 0.1  # no estimate errs by so much: the sender, or its clock, is another one
_AHEAD_S = 0.1
_LATE_S = 30.0  # what a blocked worker catches up on; the inlet itself holds a minute
_OLDEST_S = 60.0
_FARTHEST_S = 1e12  # no clock has counted so long
_BACK_S = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """Times of samples: `t`, not yet in strict order; which of the samples they are; whether the clock has leapt."""

    t: FloatArray
    is_kept: np.ndarray[tuple[int], np.dtype[np.bool_]]
    has_leapt: bool


class SessionStamps:
    """Lays the stamps of one stream on the session clock."""

    def __init__(self) -> None:
        self._offset_s: float | None = None  # to be added to a stamp, as followed
        self._anchor_s = 0.0  # to be added besides, where the stamps are on no LSL clock
        self._newest = -math.inf
        self._newest_stamp = 0.0

    def start_segment(self) -> None:
        """Let the next stamps follow on nothing: the stream was opened anew."""
        self._offset_s = None
        self._anchor_s = 0.0

    def update(self, stamps: FloatArray, *, offset_s: float, arrival: float) -> Laid:
        """Lay the stamps of the samples that came at once.

        Parameters
        ----------
        stamps : array, shape (n,)
            As sent, seconds on the sender's clock.
        offset_s : float
            The latest estimate of session clock less sender's clock.
        arrival : float
            When they came, on the session clock.
        """
        is_kept = np.abs(stamps) < _FARTHEST_S  # neither NaN
        if not is_kept.any():
            return Laid(np.empty(0), is_kept, has_leapt=False)
        stamps = np.where(is_kept, stamps, -_FARTHEST_S)
        t = stamps + (self._followed(offset_s, float(stamps[is_kept][-1])) + self._anchor_s)
        newest = float(t[is_kept][-1])
        has_leapt = False
        if not -_AHEAD_S <= arrival - newest <= _LATE_S or newest < self._newest - _BACK_S:
            has_leapt = self._newest > -math.inf
            self._anchor_s += arrival - newest
            t, newest = t + (arrival - newest), arrival
        is_kept &= t > arrival - _OLDEST_S
        self._newest = max(self._newest, newest) if not has_leapt else newest
        return Laid(np.minimum(t[is_kept], arrival), is_kept, has_leapt)

    def _followed(self, offset_s: float, stamp: float) -> float:
        """Give the offset, moved towards its latest estimate."""
        offset_s = offset_s if abs(offset_s) < _FARTHEST_S else 0.0
        before, elapsed_s = self._offset_s, stamp - self._newest_stamp
        self._newest_stamp = stamp
        if before is None or abs(offset_s - before) > _STEP_S:
            self._offset_s = offset_s
            return offset_s
        most_s = _SLEW * min(max(elapsed_s, 0.0), 1.0)
        self._offset_s = followed = before + min(max(offset_s - before, -most_s), most_s)
        return followed
