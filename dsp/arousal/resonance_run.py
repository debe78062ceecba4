# SPDX-License-Identifier: MIT
"""The resonance assessment as it runs: which plan is followed, which beats came, and what it found.

Law: what is found depends on the beats, the plan and the seed that the command carries; what is kept is bounded by the
longest assessment.
"""

from collections import deque

import numpy as np

from dsp.arousal.resonance import answers, assess, recheck_plan, sliding_plan, stepped_plan
from dsp.codes import Action
from dsp.finding import Resonance
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
        self._plan: PacingPlan | None = None
        self._seed = 0

    def hear(self, beat: Beat) -> None:
        """Take a beat; those that are settled and normal count."""
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
        if command.action is Action.RESONANCE:
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
        since_s = plan.segments[0].start_s - _BEFORE_S
        beats = np.array([beat for beat in self._nn if beat[0] >= since_s]).reshape(-1, 2)
        rng = np.random.Generator(np.random.PCG64(abs(self._seed)))
        return (Resonance(t, self._person, assess(answers(beats[:, 0], beats[:, 1], plan), rng)),)
