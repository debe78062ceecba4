# SPDX-License-Identifier: MIT
"""Made-up people in front of the closed-loop pacer: some follow it, some breathe their own way."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dsp.codes import Action, Modality
from dsp.pipeline import Pipeline
from dsp.plan import PacingPlan
from dsp.stream import CLIENT, Chunk, Command, Cue, Tick, Values

_STEP_HZ = 16
_BEFORE_S = 150.0  # at rest, so that the person's own breath is known


@dataclass(frozen=True, slots=True)
class Breather:
    """One made-up person.

    Parameters
    ----------
    rsa_bpm : float
        From the lowest rate of a breath to the highest.
    own_rate : float
        Breaths a minute when nobody leads, wandering by a tenth.
    follows : bool
        Whether they breathe with the pacer.
    noise_bpm : float
        SD of what else moves the heart, correlated over 6 s.
    """

    rsa_bpm: float
    own_rate: float = 14.0
    follows: bool = True
    noise_bpm: float = 1.0


def cues_of(
    person: Breather, seed: int, *, minutes: float = 12.0, by_hand: float | None = None
) -> Iterator[tuple[float, Cue]]:
    """Give the cue at each second from the pacer's start on, with the seconds since then.

    Parameters
    ----------
    person : Breather
        Who sits in front of it.
    seed : int
        Of all that is random about them.
    minutes : float
        How long it leads.
    by_hand : float or None
        A pace that never changes; None for the closed loop.
    """
    pipeline = Pipeline((CLIENT,))
    heart = _Heart(person, np.random.default_rng(seed))
    plan: PacingPlan | None = None
    wish: Values = (("closed_loop", True),) if by_hand is None else (("breaths_per_min", by_hand),)
    for second in range(1, int(_BEFORE_S + 60.0 * minutes)):
        t, rr_ms = heart.beats_until(float(second), plan)
        if len(t):
            pipeline.update(Chunk(Modality.RR, t, rr_ms, float(second), "made-up"))
        if second == _BEFORE_S:
            pipeline.update(Command(float(second), Action.PACE, "bench", CLIENT, wish))
        for cue in pipeline.update(Tick(float(second))).cues:
            plan = cue.plan
            if second > _BEFORE_S:
                yield second - _BEFORE_S, cue


class _Heart:
    def __init__(self, person: Breather, rng: np.random.Generator) -> None:
        self._person = person
        self._rng = rng
        self._t = self._phase = self._noise = self._turn = 0.0
        self._own_rate = person.own_rate
        self._last_beat_s: float | None = None

    def beats_until(self, until_s: float, plan: PacingPlan | None) -> tuple[np.ndarray, np.ndarray]:
        times, intervals = [], []
        while self._t < until_s:
            self._t += 1.0 / _STEP_HZ
            before = self._phase
            self._phase += self._rate(plan) / 60.0 / _STEP_HZ
            if math.floor(self._phase) > math.floor(before):
                beat_s = self._t - (self._phase % 1.0) / (self._phase - before) / _STEP_HZ
                if self._last_beat_s is not None:
                    times.append(beat_s)
                    intervals.append(1000.0 * (beat_s - self._last_beat_s))
                self._last_beat_s = beat_s
        return np.array(times), np.array(intervals)

    def _rate(self, plan: PacingPlan | None) -> float:
        keep = math.exp(-1.0 / (6.0 * _STEP_HZ))
        self._noise = keep * self._noise + math.sqrt(1.0 - keep**2) * self._rng.standard_normal()
        swing = self._paced(plan) if plan is not None and self._person.follows else self._own()
        return 66.0 + self._person.rsa_bpm * (swing - 0.5) + self._person.noise_bpm * self._noise

    def _paced(self, plan: PacingPlan) -> float:
        return plan.phase_at(self._t - 0.5).depth  # half a second behind

    def _own(self) -> float:
        self._own_rate += 0.02 * (self._person.own_rate - self._own_rate) / _STEP_HZ
        self._own_rate += 0.12 * self._rng.standard_normal() / math.sqrt(_STEP_HZ)
        self._turn += self._own_rate / 60.0 / _STEP_HZ
        return 0.5 - 0.5 * math.cos(2.0 * math.pi * self._turn)
