# SPDX-License-Identifier: MIT
"""When a prompt to the clinician is due: after a minute outside the window with a probability of 0.8, not too often.

Law: prompts lie at least 5 min apart, and each follows 60 s in which the state was known and sure.
"""

import math

from dsp.codes import Zone

_SURE = 0.8
_FOR_S = 60.0
_APART_S = 300.0


class Prompts:
    """Follow one person's states."""

    def __init__(self) -> None:
        self._since_s: float | None = None
        self._zone = Zone.UNKNOWN
        self._last_s = -math.inf

    def update(self, t: float, zone: Zone, probability: float | None) -> Zone | None:
        """Take the state of a second; give the direction of a prompt that is due.

        Parameters
        ----------
        t : float
            Seconds on the session clock.
        zone : Zone
            The state that is shown.
        probability : float or None
            That the level lies beyond that zone's bound.
        """
        is_sure = zone in (Zone.ABOVE, Zone.BELOW) and probability is not None and probability >= _SURE
        if not is_sure:
            self._since_s = None
        elif self._since_s is None or zone is not self._zone:
            self._since_s, self._zone = t, zone
        if self._since_s is None or t - self._since_s < _FOR_S or t - self._last_s < _APART_S:
            return None
        self._last_s = t
        return zone
