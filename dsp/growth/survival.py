# SPDX-License-Identifier: MIT
"""How long the way back takes, counting those whose way was cut short: the Kaplan-Meier median.

References
----------
Kaplan & Meier 1958, J Am Stat Assoc 53:457, doi 10.1080/01621459.1958.10501452.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wait:
    """One way back: how long it took, or how long it was watched without an end (`is_over` False: censored)."""

    seconds: float
    is_over: bool = True


def median_wait(waits: Sequence[Wait]) -> float | None:
    """Give the time by which half have come back; None ("not reached") where the record does not show it.

    Parameters
    ----------
    waits : sequence of Wait
        In any order.

    Notes
    -----
    A way that is cut short in the very second in which another one ends was still going on in that second.
    """
    staying = 1.0
    for seconds in sorted({wait.seconds for wait in waits if wait.is_over}):
        at_risk = sum(wait.seconds >= seconds for wait in waits)
        came_back = sum(wait.is_over and wait.seconds == seconds for wait in waits)
        staying *= 1.0 - came_back / at_risk
        if staying <= 0.5 + 1e-12:
            return seconds
    return None
