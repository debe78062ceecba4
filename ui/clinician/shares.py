# SPDX-License-Identifier: MIT
"""How long a person was inside, above, below, and how long nobody can say: each second counted once, in one place.

Law: a second counts only once there is a window to hold it against; what is not known is never inside. "Inside" is a
range: surely, where the whole 90 % band lies between the bounds, and possibly, where the band touches one of them.
"""

from dataclasses import dataclass

from dsp.baseline import ArousalState
from dsp.codes import Reason, Zone

_WITHOUT_WINDOW = (Reason.NO_BASELINE, Reason.WINDOW_OLD, Reason.CONDITION)


@dataclass(frozen=True, slots=True)
class Shares:
    """Seconds of a session so far, by where the person was in them."""

    sure_s: int = 0
    possible_s: int = 0  # inside, with a band that touches a bound
    above_s: int = 0
    below_s: int = 0
    unknown_s: int = 0

    @property
    def counted_s(self) -> int:
        """All seconds that were counted."""
        return self.sure_s + self.possible_s + self.above_s + self.below_s + self.unknown_s

    def percent(self, seconds: int) -> int:
        """Give so many seconds as a share of all, in whole percent; 0 before any was counted."""
        return round(100.0 * seconds / self.counted_s) if self.counted_s else 0


class ShareCount:
    """Counts one person's seconds."""

    def __init__(self) -> None:
        self._sure = self._possible = self._above = self._below = self._unknown = 0

    @property
    def shares(self) -> Shares:
        """What was counted so far."""
        return Shares(self._sure, self._possible, self._above, self._below, self._unknown)

    def add(self, state: ArousalState) -> None:
        """Count one second."""
        if state.bounds is None or state.why in _WITHOUT_WINDOW:
            return
        if state.is_grey or state.zone is Zone.UNKNOWN:
            self._unknown += 1
        elif state.zone is Zone.ABOVE:
            self._above += 1
        elif state.zone is Zone.BELOW:
            self._below += 1
        elif _is_sure(state):
            self._sure += 1
        else:
            self._possible += 1


def _is_sure(state: ArousalState) -> bool:
    lower, upper = state.bounds or (0.0, 0.0)
    return state.band is not None and lower <= state.band[0] and state.band[1] <= upper
