# SPDX-License-Identifier: MIT
"""The synthetic person's breath: its own, or the pacer's as far as it follows.

Each breath has a length of its own (a correlated row, some 8 % about the mean). At its onset the person decides whether
to follow the pacer through it; who follows is drawn to the pacer's phase within about one breath, not quite exactly.
"""

import math

import numpy as np

from dsp.plan import BreathShape, PacingPlan, Segment

_SPREAD = 0.08  # SD of a breath's length about its mean, as a share; 5 to 10 % in people at rest
_MEMORY = 0.6  # correlation of one breath's length with the next
_PULL = 1.5  # how strongly a follower makes up for the phase that is missing, shares of the rate a cycle
_CLUMSY = 0.25  # how much of the own variability is left while following
_OWN_SHAPE = BreathShape()


class Breathing:
    """The breath of one person.

    Parameters
    ----------
    rng : Generator
        Its variability.
    adherence : float
        The probability of following the pacer through a breath, 0 to 1.
    """

    def __init__(self, rng: np.random.Generator, *, adherence: float) -> None:
        self._rng = rng
        self._adherence = adherence
        self._cycle = rng.random()
        self._restless = rng.standard_normal()
        self._follows = False
        self._wave = _one_breath(_OWN_SHAPE)

    def advance(self, t: float, step_s: float, own_per_min: float, plan: PacingPlan | None) -> float:
        """Go on by one step.

        Parameters
        ----------
        t, step_s : float
            The time at the end of the step and its length, seconds.
        own_per_min : float
            The rate without a pacer.
        plan : PacingPlan or None
            What the person sees.

        Returns
        -------
        float
            How full the chest is, 0 to 1.
        """
        self._cycle += self._rate_hz(t, own_per_min, plan) * step_s
        if self._cycle >= 1.0:
            self._cycle -= 1.0
            self._begin_breath(t, plan)
        return self._wave.phase_at(self._cycle).depth

    def _rate_hz(self, t: float, own_per_min: float, plan: PacingPlan | None) -> float:
        pacer = plan.phase_at(t) if plan and self._follows else None
        if pacer is None or not pacer.breaths_per_min:
            return own_per_min / 60.0 * math.exp(_SPREAD * self._restless)
        missing = (pacer.cycle - self._cycle + 0.5) % 1.0 - 0.5
        return pacer.breaths_per_min / 60.0 * (1.0 + _PULL * missing) * math.exp(_CLUMSY * _SPREAD * self._restless)

    def _begin_breath(self, t: float, plan: PacingPlan | None) -> None:
        fresh = math.sqrt(1.0 - _MEMORY**2) * self._rng.standard_normal()
        self._restless = _MEMORY * self._restless + fresh
        self._follows = self._rng.random() < self._adherence
        self._wave = _one_breath(plan.segment_at(t).shape if plan and self._follows else _OWN_SHAPE)


def _one_breath(shape: BreathShape) -> PacingPlan:
    """Make a breath of length 1, whose phase at a cycle gives the depth."""
    return PacingPlan((Segment(0.0, 1.0, shape),))
