# SPDX-License-Identifier: MIT
"""The resonance assessment as it runs: which plan is followed, which beats came, and what it found.

Law: what is found depends on the beats, the plan and the seed that the command carries; what is kept is bounded by the
longest assessment.
"""

from collections import deque
from dataclasses import replace

import numpy as np

from dsp.arousal.resonance import RATES, answers, assess, recheck_plan, sliding_plan, stepped_plan
from dsp.codes import Action, Verdict
from dsp.finding import TOLD, Assessment, Resonance
from dsp.plan import BreathShape, PacingPlan
from dsp.stream import Beat, Command

_MOST_BEATS = 4000  # 20 minutes at 200 bpm
_BEFORE_S = 20.0  # the first breath is freed of its trend with the one before it
_AFTER_S = 5.0  # until the last beats are confirmed
_USUAL = 6.0  # breaths a minute about which is looked again, where nothing is known


def plan_of(command: Command, shape: BreathShape) -> PacingPlan | None:
    """Give the pacing plan that a `RESONANCE` command asks for; None for one that asks for nothing known."""
    values = dict(command.values)
    about = values.get("about", _USUAL)
    match values.get("way", "stepped"):
        case "stepped":
            return stepped_plan(command.t, shape)
        case "sliding":
            return sliding_plan(command.t, shape)
        case "recheck" if isinstance(about, float | int) and not isinstance(about, bool):
            return recheck_plan(command.t, float(about), shape)
    return None


def rate_told_by(command: Command) -> float | None:
    """Give the rate that a `RESONANCE` command tells: of an earlier session, or chosen by the person; else None."""
    values = dict(command.values)
    best = values.get("best")
    is_rate = isinstance(best, float | int) and not isinstance(best, bool) and RATES[-1] <= best <= RATES[0]
    if command.action is not Action.RESONANCE or values.get("way") not in TOLD or not is_rate:
        return None
    return float(best) if isinstance(best, float | int) else None


class ResonanceRun:
    """Gather the beats while an assessment is paced, and tell what it found when it has ended.

    Parameters
    ----------
    person : str
        Whose heart it is.
    """

    def __init__(self, person: str) -> None:
        self._person = person
        self._nn: deque[tuple[float, float]] = deque(maxlen=_MOST_BEATS)
        self._settled_t: deque[float] = deque(maxlen=_MOST_BEATS)  # of all beats, those that do not count as well
        self._plan: PacingPlan | None = None
        self._seed = 0

    def hear(self, beat: Beat) -> None:
        """Take a beat; those that are settled and normal count."""
        if beat.verdict is not Verdict.PROVISIONAL:
            self._settled_t.append(beat.t)
        if beat.nn_ms is not None and (not self._nn or beat.t > self._nn[-1][0]):
            self._nn.append((beat.t, beat.nn_ms))

    def obey(self, command: Command, plan: PacingPlan | None) -> None:
        """Begin with the plan that the pacer took up, or give up where the pacer was told something else.

        Parameters
        ----------
        command : Command
            Any command of this person.
        plan : PacingPlan or None
            The pacer's plan after it.
        """
        is_begun = command.action is Action.RESONANCE and dict(command.values).get("way") not in TOLD
        if is_begun and plan is not None and plan.segments[0].start_s == command.t:
            seed = dict(command.values).get("seed", 0)
            self._plan, self._seed = plan, seed if isinstance(seed, int) else 0
        elif self._plan is not None and plan != self._plan:
            self._plan = None

    def second(self, t: float) -> tuple[Resonance, ...]:
        """Tell what was found, once, a few seconds after the plan has ended."""
        plan = self._plan
        if plan is None or plan.end_s is None or t < plan.end_s + _AFTER_S:
            return ()
        self._plan = None
        return (Resonance(t, self._person, self._assessed(plan)),)

    def _assessed(self, plan: PacingPlan) -> Assessment | None:
        since_s = plan.segments[0].start_s - _BEFORE_S
        beats = np.array([beat for beat in self._nn if beat[0] >= since_s]).reshape(-1, 2)
        all_beats = sum(beat_t >= since_s for beat_t in self._settled_t)
        rng = np.random.Generator(np.random.PCG64(abs(self._seed)))
        found = assess(answers(beats[:, 0], beats[:, 1], plan), rng)
        return None if found is None else replace(found, clean_share=len(beats) / max(all_beats, 1))
