# SPDX-License-Identifier: MIT
"""The level at which a person says "too much": the felt edge, from ratings over several sessions.

Each rating stands beside the arousal level over the minute before it. Three of the four answers are steps of one
ladder: still with it, nearly too much, too much. A proportional-odds logistic curve is fitted to them (McCullagh 1980);
its edge is the level at which half of the answers are "too much". "Far away" is no step of this ladder and is left out.

Law: the same ratings and the same generator state give the same answer, and the order of the ratings does not matter.

Notes
-----
- The fit is the posterior mean over a grid, with a weak prior on how sharply a person tells the steps apart, so that
  ratings which separate perfectly have an edge as well; the prior on the edge itself is flat.
- There is an edge only where the ladder really rises with the level: ratings dealt out anew among the same levels
  must fit worse in at least 98 of 100 deals. Random ratings then find one in 2 of 100 at most.
- The band is that of ratings drawn anew with replacement (Efron 1979), 90 %.

References
----------
McCullagh 1980, J R Stat Soc B 42:109, doi 10.1111/j.2517-6161.1980.tb01109.x. Efron 1979, Ann Stat 7:1,
doi 10.1214/aos/1176344552.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from dsp.stream import FloatArray


class Felt(StrEnum):
    """How much it is, as a person says it."""

    STILL_WITH_IT = "still_with_it"
    NEARLY_TOO_MUCH = "nearly_too_much"
    TOO_MUCH = "too_much"
    FAR_AWAY = "far_away"


class NoEdge(StrEnum):
    """Why no edge is told."""

    TOO_FEW_RATINGS = "too_few_ratings"
    TOO_FEW_SESSIONS = "too_few_sessions"
    ONE_SIDED = "one_sided"  # nearly all answers are on one side of "too much"
    NO_EDGE_FOUND = "no_edge_found"  # the answers do not follow the level


@dataclass(frozen=True, slots=True)
class Rating:
    """One answer; `level` is the mean arousal level over the 60 s before it."""

    session: str
    level: float
    felt: Felt


@dataclass(frozen=True, slots=True)
class FeltEdge:
    """The level at which half of the answers are "too much", with its 90 % band."""

    level: float
    low: float
    high: float
    n_ratings: int


_LADDER = (Felt.STILL_WITH_IT, Felt.NEARLY_TOO_MUCH, Felt.TOO_MUCH)
_FEWEST_RATINGS, _FEWEST_SESSIONS, _FEWEST_A_SIDE = 12, 3, 3
_EDGES = np.linspace(-2.0, 4.0, 151)  # the level is squashed to -3..3, and nobody's edge lies below -2
_SHARPNESS = np.array([0.1, 0.15, 0.22, 0.33, 0.5, 0.75, 1.1])  # of the logistic curve, in levels
_STEP = np.array([0.1, 0.2, 0.4, 0.7, 1.2])  # from "nearly" to "too much", in levels
_DRAWS, _DEALS = 400, 400
_MOST_AS_GOOD = 0.02


def felt_edge(ratings: Sequence[Rating], rng: np.random.Generator) -> FeltEdge | NoEdge:
    """Tell the felt edge, or why there is none.

    Parameters
    ----------
    ratings : sequence of Rating
        Of one person, from at least 3 sessions, at least 12 of them.
    rng : numpy.random.Generator
        Draws and deals the ratings anew.
    """
    used = sorted((r for r in ratings if r.felt in _LADDER and np.isfinite(r.level)), key=lambda r: (r.level, r.felt))
    if fault := _too_little(used):
        return fault
    levels = np.array([rating.level for rating in used])
    steps = np.array([_LADDER.index(rating.felt) for rating in used])
    of_answers = _log_likelihoods(levels)
    if _is_by_chance(of_answers, steps, rng):
        return NoEdge.NO_EDGE_FOUND
    each = of_answers[np.arange(len(steps)), steps]  # (n ratings, n grid)
    draws = rng.multinomial(len(steps), np.full(len(steps), 1.0 / len(steps)), size=_DRAWS)
    low, high = np.quantile(_edges_of(draws @ each), (0.05, 0.95))
    (level,) = _edges_of(each.sum(axis=0)[None, :])
    return FeltEdge(float(level), float(low), float(high), len(used))


def _too_little(used: Sequence[Rating]) -> NoEdge | None:
    n_too_much = sum(rating.felt is Felt.TOO_MUCH for rating in used)
    if len(used) < _FEWEST_RATINGS:
        return NoEdge.TOO_FEW_RATINGS
    if len({rating.session for rating in used}) < _FEWEST_SESSIONS:
        return NoEdge.TOO_FEW_SESSIONS
    if min(n_too_much, len(used) - n_too_much) < _FEWEST_A_SIDE:
        return NoEdge.ONE_SIDED
    return None


def _log_likelihoods(levels: FloatArray) -> FloatArray:
    """Give the log likelihood of each of the three answers at each level, for every curve of the grid.

    Returns
    -------
    array, shape (n ratings, 3, n grid)
    """
    edge, sharpness, step = (axis.ravel() for axis in np.meshgrid(_EDGES, _SHARPNESS, _STEP, indexing="ij"))
    too_much = _logistic((levels[:, None] - edge) / sharpness)
    nearly_or_more = _logistic((levels[:, None] - (edge - step)) / sharpness)
    answers = np.stack([1.0 - nearly_or_more, nearly_or_more - too_much, too_much], axis=1)
    lapses = 0.02  # a slip of the finger must not veto a curve
    return np.asarray(np.log((1.0 - lapses) * answers + lapses / 3.0))


def _is_by_chance(of_answers: FloatArray, steps: np.ndarray, rng: np.random.Generator) -> bool:
    """Tell whether answers dealt out anew among the levels fit as well too often."""
    deals = rng.permuted(np.tile(steps, (_DEALS, 1)), axis=1)
    deals[0] = steps
    evidence = np.zeros((_DEALS, of_answers.shape[2]))
    for index in range(len(steps)):
        evidence += of_answers[index, deals[:, index]]
    best = evidence.max(axis=1)
    return bool(np.mean(best >= best[0]) > _MOST_AS_GOOD)


def _edges_of(evidence: FloatArray) -> FloatArray:
    """Give the posterior mean of the edge of each row of log likelihoods, shape (n rows, n grid)."""
    weights = np.exp(evidence - evidence.max(axis=1, keepdims=True)) * _PRIOR
    by_edge = weights.reshape(len(evidence), len(_EDGES), -1).sum(axis=2)
    return np.asarray(by_edge @ _EDGES / by_edge.sum(axis=1))


def _prior() -> FloatArray:
    """Give the weak prior: a person tells the steps apart within some 0.3 of the level, give or take a factor of 2."""
    sharp = np.exp(-0.5 * (np.log(_SHARPNESS / 0.3) / 0.7) ** 2)
    step = np.exp(-0.5 * (np.log(_STEP / 0.4) / 0.7) ** 2)
    return np.asarray(np.tile(np.outer(sharp, step).ravel(), len(_EDGES)))


def _logistic(x: FloatArray) -> FloatArray:
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * x)))


_PRIOR = _prior()
