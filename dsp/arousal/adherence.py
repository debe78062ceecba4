# SPDX-License-Identifier: MIT
"""Whether a person's breath follows the pacer, as far as the heart and the chest can tell.

Three answers over the last 6 paced breaths:

- following: the heart answers the breaths alike (phase locking >= 0.8) and at least 0.3 of its variance is that answer;
  or the measured breath (`dsp/heart/respiration.py`: chest, waveform and rhythm together) has the pacer's rate;
- not following: the heart's swing with this person's own breath is large enough to be seen in 6 breaths, and is not at
  the pacer's rate; or the measured breath has another rate;
- cannot see: neither. Then the person is trusted.

Law: the answer depends on the seconds told and on nothing else; what is kept is bounded.

Notes
-----
- What is expected of |C| is half of the swing that the person had before the pacer led (the median of that minute). The
  heart answers a slower breath more, so it is a cautious guess.
- The noise of |C| is that of the mean of the 6 complex answers: their scatter about it, over sqrt(6).

References
----------
Lachaux et al. 1999, doi 10.1002/(SICI)1097-0193(1999)8:4<194::AID-HBM4>3.0.CO;2-C (phase locking).
"""

import cmath
import math
from collections import deque

import numpy as np

from dsp.codes import Adherence
from dsp.stream import Features

_LEAST_LOCKING, _LEAST_SHARE = 0.8, 0.3  # 1.2 % of people who follow nothing reach both
_BREATHS = 6
_LEAST_OVER_NOISE = 2.5
_OWN_SECONDS = 60
_CLEAR_BREATH = 0.5  # quality from which the measured breath is believed
_SAME_RATE, _OTHER_RATE = 0.1, 0.2  # relative; between the two nothing is said


class BreathFollowing:
    """Follow one person's adherence, a second at a time."""

    def __init__(self) -> None:
        self._own_bpm: deque[float] = deque(maxlen=_OWN_SECONDS)  # half of the swing, with nobody leading
        self._waves: deque[complex] = deque(maxlen=_BREATHS)
        self._newest_s = -math.inf

    def adherence(self, features: Features, pace: float | None, *, can_be_seen: bool = True) -> Adherence | None:
        """Tell the answer at one second.

        Parameters
        ----------
        features : Features
            What is known at that second.
        pace : float or None
            The pacer's breaths a minute; None while nobody leads.
        can_be_seen : bool
            False for a heart that does not answer the breath as others do (a beta-blocker, the index off).

        Returns
        -------
        Adherence or None
            None while nobody leads.
        """
        if pace is None:
            self._rest(features)
            return None
        self._listen(features)
        if not can_be_seen:
            return Adherence.CANNOT_SEE
        if _is_locked(features):
            return Adherence.FOLLOWING
        return self._by_breath(features, pace)

    def _rest(self, features: Features) -> None:
        self._waves.clear()
        swing = features.rsa_bpm.value
        if swing is not None:
            self._own_bpm.append(swing / 2.0)

    def _listen(self, features: Features) -> None:
        """Keep the heart's answer to each paced breath as it becomes known."""
        locking = features.breath_locking
        size, angle, end_s = locking.half_amplitude_bpm.value, locking.lag.value, locking.breath_end_s
        if size is not None and angle is not None and end_s is not None and end_s > self._newest_s:
            self._newest_s = end_s
            self._waves.append(cmath.rect(size, angle))

    def _by_breath(self, features: Features, pace: float) -> Adherence:
        """Answer by the measured breath; only a heart whose swing can be seen may say "not following"."""
        breath = features.breaths_per_min
        if breath.value is None or breath.quality < _CLEAR_BREATH:
            return Adherence.CANNOT_SEE
        off = abs(breath.value - pace) / pace
        if off <= _SAME_RATE:
            return Adherence.FOLLOWING
        return Adherence.NOT_FOLLOWING if off >= _OTHER_RATE and self._would_be_seen() else Adherence.CANNOT_SEE

    def _would_be_seen(self) -> bool:
        """Tell whether an answer as large as this person's own swing would stand out of 6 breaths."""
        if len(self._waves) < _BREATHS or not self._own_bpm:
            return False
        waves = np.array(self._waves)
        scatter = float(np.mean(np.abs(waves - waves.mean()) ** 2)) * _BREATHS / (_BREATHS - 1)
        expected = float(np.median(self._own_bpm)) ** 2 - scatter
        return expected >= _LEAST_OVER_NOISE**2 * scatter / _BREATHS


def _is_locked(features: Features) -> bool:
    plv, share = features.breath_locking.plv.value, features.breath_locking.paced_share.value
    return plv is not None and share is not None and plv >= _LEAST_LOCKING and share >= _LEAST_SHARE
