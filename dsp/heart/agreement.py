# SPDX-License-Identifier: MIT
"""Whether two devices see the same heartbeats, however late each tells of them.

A strap counts intervals and sends them up to two seconds later; an ECG shows each beat where it is. So the beats of the
one are laid over those of the other at every lag that puts one of the newest on another, and the lag is kept at which
most beats fall together with intervals that are alike.

Law: the answer depends on the beats alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dsp.stream import FloatArray

_ANCHORS = 3  # of the newest beats, in case one of them was missed
_MOST_LAG_S = 4.0
_TOGETHER_S = 0.15  # how far the times of one beat may lie apart: a strap's are estimated from when they arrive
_ALIKE = 0.03  # of the interval: beats that are placed by other means
_FEWEST = 8
_HEARTBEAT_MS = (100.0, 10_000.0)

Seen = tuple[float, float]
"""When a beat was, in seconds, and the interval in ms that it ends."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How much later one tells of a beat than the other, in seconds, and the share of beats that both tell alike."""

    lag_s: float
    share: float


def agreement(one: Sequence[Seen], other: Sequence[Seen]) -> Agreement | None:
    """Compare the beats of two devices.

    Parameters
    ----------
    one, other : sequence of Seen
        Beats of the same half minute, in order of time.

    Returns
    -------
    Agreement or None
        None where there are fewer than 8 beats to compare.
    """
    ours, theirs = _plain(one), _plain(other)
    if len(ours) < _FEWEST or len(theirs) < _FEWEST:
        return None
    lags = np.subtract.outer(ours[-_ANCHORS:, 0], theirs[:, 0]).ravel()
    found = [_at_lag(ours, theirs, lag) for lag in lags[np.abs(lags) <= _MOST_LAG_S].tolist()]
    known = [one for one in found if one is not None]
    return max(known, key=lambda at: (at.share, -abs(at.lag_s)), default=None)


def _plain(beats: Sequence[Seen]) -> FloatArray:
    rows = [(t, rr_ms) for t, rr_ms in beats if _HEARTBEAT_MS[0] <= rr_ms <= _HEARTBEAT_MS[1]]
    return np.array(rows, dtype=np.float64).reshape(-1, 2)


def _at_lag(ours: FloatArray, theirs: FloatArray, lag_s: float) -> Agreement | None:
    """Lay our beats over theirs; those before their first or after their last are not asked."""
    at = ours[:, 0] - lag_s
    inside = (at >= theirs[0, 0] - _TOGETHER_S) & (at <= theirs[-1, 0] + _TOGETHER_S)
    at, rr_ms = at[inside], ours[inside, 1]
    if len(at) < _FEWEST:
        return None
    after = np.clip(np.searchsorted(theirs[:, 0], at), 1, len(theirs) - 1)
    nearest = np.where(at - theirs[after - 1, 0] < theirs[after, 0] - at, after - 1, after)
    is_together = np.abs(theirs[nearest, 0] - at) <= _TOGETHER_S
    is_alike = np.abs(theirs[nearest, 1] - rr_ms) <= _ALIKE * rr_ms
    return Agreement(lag_s, float(np.count_nonzero(is_together & is_alike)) / len(at))
