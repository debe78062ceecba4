# SPDX-License-Identifier: MIT
"""Made-up people with a known truth: a felt edge, a resonance, a growth. Nothing here knows how they are measured."""

import math

import numpy as np

from dsp.growth.felt_edge import Felt, Rating
from dsp.plan import PacingPlan
from dsp.stream import FloatArray

_RATE_HZ = 8.0
_LEAD_S, _TAIL_S = 60.0, 20.0


def ratings_of_a_person(rng: np.random.Generator, *, edge: float, count: int = 20) -> list[Rating]:
    """Rate levels from 1.5 below the edge to 1.0 above it, with a logistic doubt of 0.25 (an SD of 0.45 levels)."""
    ratings = []
    for index in range(count):
        level = rng.uniform(edge - 1.5, edge + 1.0)
        felt = level + rng.logistic(scale=0.25) - edge
        word = Felt.TOO_MUCH if felt > 0 else Felt.NEARLY_TOO_MUCH if felt > -0.4 else Felt.STILL_WITH_IT
        ratings.append(Rating(f"S-{index % 4}", level, word))
    return ratings


def random_ratings(rng: np.random.Generator, *, count: int = 20) -> list[Rating]:
    """Give the same answers to levels that have nothing to do with them."""
    answered = ratings_of_a_person(rng, edge=1.2, count=count)
    return [Rating(rating.session, rng.uniform(-0.5, 2.3), rating.felt) for rating in answered]


def beats_of_a_resonator(
    rng: np.random.Generator, plan: PacingPlan, *, resonance: float, rsa_bpm: float, noise_bpm: float = 1.0
) -> tuple[FloatArray, FloatArray]:
    """Let a heart answer a plan as a second-order resonator does (Q 2.5, in phase with the breath at its resonance).

    Parameters
    ----------
    resonance : float
        Breaths a minute at which it answers most.
    rsa_bpm : float
        Its swing there, from lowest to highest.
    noise_bpm : float
        SD of what else moves the rate, correlated over 6 s.

    Returns
    -------
    t, nn_ms : array, shape (n,)
        When each interval ends, and how long it is.
    """
    from scipy.signal import bilinear, lfilter

    begin_s, end_s = plan.segments[0].start_s, plan.end_s or plan.segments[-1].start_s
    t = np.arange(begin_s - _LEAD_S, end_s + _TAIL_S, 1.0 / _RATE_HZ)
    depth = np.array([plan.phase_at(s).depth - 0.5 if begin_s <= s < end_s else 0.0 for s in t])
    turning = 2.0 * math.pi * resonance / 60.0
    band = bilinear([turning / 2.5, 0.0], [1.0, turning / 2.5, turning**2], _RATE_HZ)
    noise = lfilter([1.0], [1.0, -math.exp(-1.0 / (_RATE_HZ * 6.0))], rng.standard_normal(len(t)))
    hr_bpm = 65.0 + rsa_bpm * lfilter(*band, depth) + noise * (noise_bpm / noise.std())
    beats = np.cumsum(hr_bpm / 60.0) / _RATE_HZ
    at = np.interp(np.arange(math.ceil(beats[0]), math.floor(beats[-1])), beats, t)
    return at[1:], np.diff(at) * 1000.0
