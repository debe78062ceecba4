# SPDX-License-Identifier: MIT
"""What a resonance assessment found, as a part of the vocabulary (`dsp/arousal/resonance.py` makes it)."""

from dataclasses import dataclass

ASSESSMENTS = ("stepped", "sliding", "recheck")
"""The ways of an assessment, as the command asks for them."""

TOLD = ("known", "chosen")
"""The ways in which the command tells a rate instead: of an earlier session, or chosen by the person now."""

SEPARABLE = 0.8
"""The share of draws in which the best rate must beat the second one to be called the best."""

_LEAST_LOCKING = 0.7  # 8 breaths that follow nothing reach it in 2 of 100 tries: exp(-8 x 0.7^2)


@dataclass(frozen=True, slots=True)
class Criteria:
    """What rates are compared by: the swing, its amplitude at the paced frequency, the lag, the share of the power."""

    swing_bpm: float
    amplitude_bpm: float
    lag_rad: float
    power_share: float


@dataclass(frozen=True, slots=True)
class RateScore:
    """One rate: the mean of each criterion over its breaths, each one's z over the rates, and the mean of these.

    `low` and `high` are the ends of the score's 90 % range over the draws.
    """

    breaths_per_min: float
    n_breaths: int
    means: Criteria
    z: Criteria
    score: float
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class Assessment:
    """What came out.

    `certainty` is the share of draws in which the best rate beats the second one; `locking` (0 to 1) says how alike
    the heart answered the breaths of the best rate; `clean_share` which share of the beats counted.
    """

    scores: tuple[RateScore, ...]
    best: float
    second: float
    certainty: float
    locking: float
    clean_share: float = 1.0

    @property
    def is_seen(self) -> bool:
        """Whether the heart answered the breath at all; else there is nothing to compare."""
        return self.locking >= _LEAST_LOCKING

    @property
    def is_equally_good(self) -> bool:
        """Whether the best two rates cannot be told apart."""
        return self.certainty < SEPARABLE


@dataclass(frozen=True, slots=True)
class Resonance:
    """What was found at `t`; None where too little was clear to compare."""

    t: float
    person: str
    assessment: Assessment | None
