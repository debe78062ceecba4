# SPDX-License-Identifier: MIT
"""The state: above, within or below the window, entered and left with dwell, or unknown at its edge.

Above is entered when the level was over U for 20 s, and left when it was under U - 0.4 for 20 s; below is the mirror.
While heart and skin say opposite things nothing is told outside: one of them alone can carry the level over a bound, as
a skin that hydrates under its electrodes does while the heart rests (Boucsein 2012). Inside, the state is told where
the level lies between the bounds with a probability of a half; once it was not so, it has to be for 20 s: what flickers
at the edge is at the edge.

Law: the zone depends on the levels and bounds of the seconds before it; what is unknown for more than 30 s has to be
earned anew.
"""

import math

from dsp.arousal.estimate import Estimate
from dsp.codes import Reason, Zone

_DWELL_S = 20.0
_BACK = 0.4  # a gate at a probability of 0.8 instead doubled the latency to 256 s
_SURE = 0.5
_FORGOTTEN_S = 30.0
_OPPOSED_Z = 1.0  # heart and skin on different sides of the rest, each by so much


class Zones:
    """Follow one person's levels."""

    def __init__(self) -> None:
        self.settled = Zone.WITHIN  # the zone without regard to how sure it is
        self._since_s: float | None = None  # since when the level asks for another zone
        self._known_s: float | None = None
        self._edge_s = -math.inf  # when it was last at the edge

    def forget(self) -> None:
        """Begin anew."""
        self.settled = Zone.WITHIN
        self._since_s = self._known_s = None
        self._edge_s = -math.inf

    def update(
        self, t: float, now: Estimate, bounds: tuple[float, float], *, may_be_below: bool
    ) -> tuple[Zone, Reason | None]:
        """Take the level of a second; give the zone, and why it is unknown.

        Parameters
        ----------
        t : float
            Seconds on the session clock.
        now : Estimate
            The level and how sure it is.
        bounds : tuple of float
            L and U.
        may_be_below : bool
            Whether what was seen allows to enter below the window.
        """
        if self._known_s is not None and t - self._known_s > _FORGOTTEN_S:
            self.forget()
        self._known_s = t
        self._dwell(t, now.level, bounds, may_be_below=may_be_below)
        if self.settled is not Zone.WITHIN:
            return (Zone.UNKNOWN, Reason.CONTRADICTORY) if _is_opposed(now.modalities) else (self.settled, None)
        if 1.0 - now.p_below(bounds[0]) - now.p_above(bounds[1]) < _SURE:
            self._edge_s = t
        if t - self._edge_s >= _DWELL_S:
            return Zone.WITHIN, None
        return Zone.UNKNOWN, Reason.CONTRADICTORY if _is_opposed(now.modalities) else Reason.AT_EDGE

    def _dwell(self, t: float, level: float, bounds: tuple[float, float], *, may_be_below: bool) -> None:
        asked = self._asked(level, bounds, may_be_below=may_be_below)
        if asked is self.settled:
            self._since_s = None
        elif self._since_s is None:
            self._since_s = t
        elif t - self._since_s >= _DWELL_S:
            self.settled, self._since_s = asked, None

    def _asked(self, level: float, bounds: tuple[float, float], *, may_be_below: bool) -> Zone:
        lower, upper = bounds
        if level > upper or (self.settled is Zone.ABOVE and level >= upper - _BACK):
            return Zone.ABOVE
        if self.settled is Zone.BELOW and level <= lower + _BACK:
            return Zone.BELOW
        return Zone.BELOW if level < lower and may_be_below else Zone.WITHIN


def _is_opposed(modalities: tuple[float, ...]) -> bool:
    return len(modalities) > 1 and min(modalities) < -_OPPOSED_Z and max(modalities) > _OPPOSED_Z
