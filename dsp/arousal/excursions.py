# SPDX-License-Identifier: MIT
"""Times outside the window: when each began, how deep it went, and how long the way back took.

Law: an excursion is told when it begins and once more when the person has been inside for 30 s without a break; the
return is the begin of those 30 s. What is unknown is neither inside nor a new excursion.
"""

from dsp.baseline import Excursion
from dsp.codes import Zone

_INSIDE_S = 30.0


class Excursions:
    """Follow one person's states.

    Parameters
    ----------
    person : str
        Whose they are.
    """

    def __init__(self, person: str) -> None:
        self._person = person
        self._open: Excursion | None = None
        self._inside_s: float | None = None

    def update(self, t: float, zone: Zone, level: float | None, bounds: tuple[float, float]) -> tuple[Excursion, ...]:
        """Take the state of a second; give what begins or ends with it."""
        if zone in (Zone.ABOVE, Zone.BELOW):
            return self._go_on(t, zone, _beyond(zone, level, bounds))
        if self._open is None or zone is Zone.UNKNOWN:
            self._inside_s = None
            return ()
        self._inside_s = t if self._inside_s is None else self._inside_s
        return self._close(t) if t - self._inside_s >= _INSIDE_S else ()

    def _go_on(self, t: float, zone: Zone, depth: float) -> tuple[Excursion, ...]:
        self._inside_s = None
        if self._open is not None and self._open.zone is zone:
            self._open = Excursion(t, self._person, zone, self._open.onset_s, max(self._open.depth, depth))
            return ()
        self._open = Excursion(t, self._person, zone, t, depth)
        return (self._open,)

    def _close(self, t: float) -> tuple[Excursion, ...]:
        done, inside_s = self._open, self._inside_s
        self._open = self._inside_s = None
        if done is None or inside_s is None:
            return ()
        return (Excursion(t, self._person, done.zone, done.onset_s, done.depth, inside_s - done.onset_s),)


def _beyond(zone: Zone, level: float | None, bounds: tuple[float, float]) -> float:
    if level is None:
        return 0.0
    return max(level - bounds[1] if zone is Zone.ABOVE else bounds[0] - level, 0.0)
