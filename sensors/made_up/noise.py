# SPDX-License-Identifier: MIT
"""Slow wandering: the sum of a few first-order random walks drawn home, whose spectrum falls about as 1/f.

Law: each part is stepped exactly (Ornstein-Uhlenbeck), so its SD does not depend on the length of the steps.
"""

import math

import numpy as np

_TIMES_S = (8.0, 40.0, 200.0)  # a factor of five apart: near enough to 1/f between 0.001 and 0.02 Hz


class Drift:
    """A value that wanders about 0.

    Parameters
    ----------
    rng : Generator
        Where it wanders.
    sd : float
        Its standard deviation.
    """

    def __init__(self, rng: np.random.Generator, *, sd: float) -> None:
        self._rng = rng
        self._sd = sd / math.sqrt(len(_TIMES_S))
        self._parts = [self._sd * rng.standard_normal() for _ in _TIMES_S]

    def advance(self, step_s: float) -> float:
        """Go on by `step_s` seconds and give the value there."""
        for k, time_s in enumerate(_TIMES_S):
            keep = math.exp(-step_s / time_s)
            fresh = self._sd * math.sqrt(1.0 - keep**2) * self._rng.standard_normal()
            self._parts[k] = keep * self._parts[k] + fresh
        return sum(self._parts)
