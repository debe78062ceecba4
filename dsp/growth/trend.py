# SPDX-License-Identifier: MIT
"""Whether a measure really moves over sessions: more than chance would, and more than it wavers by itself.

A trend is shown when both hold: the slope over the order of the sessions is one that the same values in another order
seldom have (permutation, two-sided p < .05, Holm over the measures asked for together), and the change over all of the
sessions is beyond the minimal detectable change, MDC = 1.96 sqrt(2) SEM, SEM = SD of the differences of successive
sessions / sqrt(2).

Law: values that are shuffled, or that only waver, show a trend in at most 5 of 100 people.

Notes
-----
- Up to 7 sessions every order is counted, and the p is exact; from 8 on 4999 orders are drawn, p = (1+b)/(1+m)
  (Phipson & Smyth 2010).
- The SD of the differences is taken about their mean, so that a steady growth does not count as wavering.

References
----------
Holm 1979, Scand J Stat 6:65. Weir 2005, J Strength Cond Res 19:231, doi 10.1519/15184.1 (SEM and MDC). Phipson & Smyth
2010, doi 10.2202/1544-6115.1585.
"""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dsp.stream import FloatArray

_FEWEST_SESSIONS = 5
_MOST_COUNTED = 7  # 5040 orders
_DRAWN = 4999
_LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Trend:
    """A measure over sessions.

    `change` is the fitted line's change from the first session to the last, `mdc` the least change that is more than
    wavering, `p` after Holm; `is_shown` where both say so.
    """

    n_sessions: int
    change: float
    mdc: float
    p: float
    is_shown: bool


def trends(measures: Mapping[str, Sequence[float | None]], rng: np.random.Generator) -> Mapping[str, Trend | None]:
    """Look for a trend in each measure.

    Parameters
    ----------
    measures : mapping of str to sequence of float or None
        One value a session, oldest first, of sessions with the same device and posture; None where it was not known.
    rng : numpy.random.Generator
        Draws the orders.

    Returns
    -------
    mapping of str to Trend or None
        None for a measure that is known in fewer than 5 sessions.
    """
    known = {name: np.array([v for v in values if v is not None]) for name, values in measures.items()}
    enough = {name: values for name, values in known.items() if len(values) >= _FEWEST_SESSIONS}
    by_chance = _holm({name: _chance_of_slope(values, rng) for name, values in enough.items()})
    return {name: _trend(enough[name], by_chance[name]) if name in enough else None for name in measures}


def minimal_detectable_change(values: FloatArray) -> float:
    """Give the MDC of one measure over successive sessions, shape (n,), n at least 3; in its own unit."""
    sem = float(np.std(np.diff(values), ddof=1)) / math.sqrt(2.0)
    return 1.96 * math.sqrt(2.0) * sem


def _trend(values: FloatArray, p: float) -> Trend:
    change = _slope(values) * (len(values) - 1)
    mdc = minimal_detectable_change(values)
    return Trend(len(values), change, mdc, p, p < _LEVEL and abs(change) > mdc)


def _slope(values: FloatArray) -> float:
    order = _centred(len(values))
    return float(order @ values / (order @ order))


def _centred(n: int) -> FloatArray:
    return np.asarray(np.arange(n) - (n - 1) / 2.0)


def _chance_of_slope(values: FloatArray, rng: np.random.Generator) -> float:
    """Give the share of the orders in which the slope is at least as steep, either way."""
    order = _centred(len(values))
    steepest = abs(order @ values) - 1e-9 * float(np.abs(order) @ np.abs(values))  # but for rounding
    if len(values) <= _MOST_COUNTED:
        others = np.array(list(itertools.permutations(values)))
        return float(np.mean(np.abs(others @ order) >= steepest))
    others = rng.permuted(np.tile(values, (_DRAWN, 1)), axis=1)
    return float((1 + np.sum(np.abs(others @ order) >= steepest)) / (1 + _DRAWN))


def _holm(chances: Mapping[str, float]) -> Mapping[str, float]:
    """Adjust p for as many looks as there are measures (Holm 1979)."""
    adjusted: dict[str, float] = {}
    at_least = 0.0
    for rank, (name, p) in enumerate(sorted(chances.items(), key=lambda pair: pair[1])):
        at_least = max(at_least, min(1.0, p * (len(chances) - rank)))
        adjusted[name] = at_least
    return adjusted
