# SPDX-License-Identifier: MIT
"""Trying the paces that cannot be told apart, a minute each: which one is felt as easier, only the person knows.

Law: where a trial is depends on its beginning and the clock alone.
"""

from dataclasses import dataclass

_EACH_S = 60.0


@dataclass(frozen=True, slots=True)
class Trial:
    """Some paces, one after the other.

    Parameters
    ----------
    rates : tuple of float
        Breaths a minute, in their order.
    start_s : float
        When it began, seconds on the session clock.
    before : float
        The pace that was set before.
    """

    rates: tuple[float, ...]
    start_s: float
    before: float

    def rate_at(self, t: float) -> float | None:
        """Give the pace that is tried at `t`; None when all were."""
        index = int(max(t - self.start_s, 0.0) // _EACH_S)
        return self.rates[index] if index < len(self.rates) else None

    def left_s(self, t: float) -> float:
        """Give how long the pace of now still goes on, seconds."""
        return _EACH_S - max(t - self.start_s, 0.0) % _EACH_S

    def share_at(self, t: float) -> float:
        """Give the share of the whole trial that is done, 0 to 1."""
        return min(max((t - self.start_s) / (_EACH_S * len(self.rates)), 0.0), 1.0)
