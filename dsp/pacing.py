# SPDX-License-Identifier: MIT
"""The breathing pacer: a person's commands become a plan that screen and sound can follow by themselves.

Law: the pace never jumps (`dsp/glide.py`). Nothing starts by itself.

Notes
-----
- The first pace asked for is taken at once: there is nothing yet to glide from.
- `PACE` while paused says where to go on to; only `RESUME` goes on.
- A value that makes no sense is passed over, one that is out of range is taken to the range's end.
- `PACE` with `closed_loop` lets the person's own breath lead (`dsp/arousal/closed_loop.py`): from the rate asked
  for, or their own, or 12/min, down to `floor`, else to their own resonance where it is known, else to 6/min. A pace
  set by hand ends that.
- A hold is at most as long as the longer of inhale and exhale: long retentions are not offered.
"""

from dataclasses import replace

from dsp.arousal.adherence import BreathFollowing
from dsp.arousal.closed_loop import ClosedLoop
from dsp.arousal.resonance_run import plan_of, rate_told_by
from dsp.codes import Action, Adherence, CueKind
from dsp.glide import glide
from dsp.plan import BreathShape, PacingPlan, Segment
from dsp.stream import CLIENT, Command, Cue, Features, Item, Tick, Value

_BY_HAND = (4.0, 12.0)  # breaths a minute
_OWN_RATE = (4.5, 24.0)  # at which a plan that only slows may begin
_USUAL_OWN_RATE = 12.0
_FLOOR = (4.5, 12.0)
_USUAL_FLOOR = 6.0
_WEIGHT = (0.1, 100.0)
_HOLD = (0.0, 100.0)
_BACK = 1.0  # breaths a minute that "too slow for me" gives back
_LATEST_S = 1e12  # beyond it a float of seconds no longer tells the breaths apart
_CLEAR_BREATH = 0.5  # quality from which the measured breath is believed


class Pacing:
    """Follow one person's pacing commands; tell the cue at each of them and at each tick.

    Parameters
    ----------
    person : str
        Whose cues they are.
    """

    delay_s = 0.0

    def __init__(self, person: str = CLIENT) -> None:
        self._person = person
        self._breaths_per_min = 6.0
        self._shape = BreathShape()
        self._plan: PacingPlan | None = None  # None: silent; with an end: paused
        self._ends_s: float | None = None  # of a plan that ends by itself
        self._following = BreathFollowing()
        self._adherence: Adherence | None = None
        self._loop: ClosedLoop | None = None
        self._own_rate: float | None = None
        self._floor = _USUAL_FLOOR

    @property
    def plan(self) -> PacingPlan | None:
        """The plan that holds; None while silent."""
        return self._plan

    def update(self, item: Item) -> tuple[Cue, ...]:
        """Give the cue at a tick, or the one that a command changed; other items pass unheard."""
        if isinstance(item, Tick):
            if self._ends_s is not None and item.t >= self._ends_s:
                self._plan = self._ends_s = None
            return (self.cue_at(item.t),)
        if not isinstance(item, Command) or not abs(item.t) <= _LATEST_S:
            return ()
        before = self._plan
        self._obey(item)
        if self._plan == before:
            return ()
        self._ends_s = self._plan.end_s if self._plan is not None and item.action is Action.RESONANCE else None
        return (self.cue_at(item.t),)

    def feel(self, features: Features, level: float | None, *, can_be_seen: bool = True) -> None:
        """Follow how the person takes it, once a second; the next cue has what comes of it.

        Parameters
        ----------
        features : Features
            What is known at this second.
        level : float or None
            The arousal level.
        can_be_seen : bool
            False where the heart does not answer the breath as others do.
        """
        pace = None if self._plan is None else self._plan.phase_at(features.t).breaths_per_min or None
        self._adherence = self._following.adherence(features, pace, can_be_seen=can_be_seen)
        if self._plan is None:
            breath = features.breaths_per_min
            self._own_rate = breath.value if breath.quality >= _CLEAR_BREATH else None
        elif self._loop is not None and self._adherence is not None:
            self._plan = self._loop.lead(features.t, self._plan, self._shape, self._adherence, level)

    def know_resonance(self, breaths_per_min: float) -> None:
        """Let this be the slowest pace that the person's own breath is led to, from the next time on."""
        self._floor = min(max(breaths_per_min, _FLOOR[0]), _FLOOR[1])

    def cue_at(self, t: float) -> Cue:
        """Tell what the pacer does at `t`, seconds on the session clock."""
        if self._plan is None:
            return Cue(t, self._person)
        if _is_paused(self._plan, t):
            return Cue(t, self._person, CueKind.PAUSED, plan=self._plan)
        phase = self._plan.phase_at(t)
        rate = phase.breaths_per_min or None
        question = None if self._loop is None else self._loop.question
        return Cue(
            t, self._person, CueKind.BREATH, phase.part, phase.depth, rate, self._plan, self._adherence, question
        )

    def _obey(self, command: Command) -> None:
        match command.action:
            case Action.PACE:
                self._begin(dict(command.values), command.t)
            case Action.TOO_SLOW if self._plan is not None:
                self._give_back(command.t, self._plan)
            case Action.RESONANCE if rate := rate_told_by(command):
                self.know_resonance(rate)
            case Action.RESONANCE if found := plan_of(command, self._shape):
                self._plan, self._loop = found, None
            case Action.PAUSE if self._plan is not None and not _is_paused(self._plan, command.t):
                self._plan = replace(self._plan, end_s=command.t)
            case Action.RESUME if self._plan is not None and _is_paused(self._plan, command.t):
                self._resume(command.t, self._plan)
            case Action.STOP_CUES:
                self._plan = self._loop = None

    def _resume(self, t: float, plan: PacingPlan) -> None:
        """Go on where a breath begins."""
        self._plan = PacingPlan((Segment(t, _held(plan, t).period_s, self._shape),))
        if self._loop is None:
            self._pace(t)

    def _give_back(self, t: float, plan: PacingPlan) -> None:
        """Go a little quicker, because it is too slow for the person."""
        if self._loop is not None and plan.end_s is None:
            self._plan = self._loop.give_back(t, plan, self._shape)
            return
        rate = max(self._breaths_per_min, 60.0 / _held(plan, t).period_s)
        self._breaths_per_min = min(rate + _BACK, _BY_HAND[1])
        self._pace(t)

    def _begin(self, values: dict[str, Value], t: float) -> None:
        """Start, or go on, at a pace set by hand or at the person's own."""
        self._ask(values)
        if values.get("closed_loop") is not True:
            self._loop = None
            self._pace(t)
            return
        if self._plan is None:
            own = min(max(self._own_rate or _USUAL_OWN_RATE, _OWN_RATE[0]), _OWN_RATE[1])
            start = _number(values, "breaths_per_min", _OWN_RATE, own)
            self._plan = PacingPlan((Segment(t, 60.0 / start, self._shape),))
        start = 60.0 / _held(self._plan, t).period_s
        self._loop = ClosedLoop(start, _number(values, "floor", _FLOOR, self._floor))

    def _ask(self, values: dict[str, Value]) -> None:
        """Take over what a command asks for; what it does not name stays as it is."""
        self._breaths_per_min = _number(values, "breaths_per_min", _BY_HAND, self._breaths_per_min)
        inhale = _number(values, "inhale", _WEIGHT, self._shape.inhale)
        exhale = _number(values, "exhale", _WEIGHT, self._shape.exhale)
        hold_full = _number(values, "hold_full", _HOLD, self._shape.hold_full)
        hold_empty = _number(values, "hold_empty", _HOLD, self._shape.hold_empty)
        longest = max(inhale, exhale)
        self._shape = BreathShape(inhale, exhale, min(hold_full, longest), min(hold_empty, longest))

    def _pace(self, t: float) -> None:
        """Start at the pace asked for, or glide there; what is paused waits."""
        if self._plan is None:
            self._plan = PacingPlan((Segment(t, 60.0 / self._breaths_per_min, self._shape),))
        elif not _is_paused(self._plan, t):
            self._plan = glide(replace(self._plan, end_s=None), t, self._breaths_per_min, self._shape)


def _is_paused(plan: PacingPlan, t: float) -> bool:
    return plan.end_s is not None and t >= plan.end_s


def _held(plan: PacingPlan, t: float) -> Segment:
    """Give the breath that holds at `t`, or held when the plan was paused."""
    return plan.segment_at(t if plan.end_s is None else min(t, plan.end_s))


def _number(values: dict[str, Value], name: str, limits: tuple[float, float], present: float) -> float:
    """Read a number above 0 (or at the lower limit) into its limits; anything else leaves the present one."""
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not (value > 0 or value == limits[0]):
        return present
    return float(min(max(value, limits[0]), limits[1]))
