# SPDX-License-Identifier: MIT
"""The breathing pacer: a person's commands become a plan that screen and sound can follow by themselves.

Law: the pace never jumps. A breath that has begun keeps its length; from one breath to the next the period changes by
at most 2.5 %, and the rate by at most 2/min within any 30 s. Nothing starts by itself.

Notes
-----
- The first pace asked for is taken at once: there is nothing yet to glide from.
- `PACE` while paused says where to go on to; only `RESUME` goes on.
- A value that makes no sense is passed over, one that is out of range is taken to the range's end.
- A hold is at most as long as the longer of inhale and exhale: long retentions are not offered.
"""

from dataclasses import replace
from math import floor

from dsp.codes import Action, CueKind
from dsp.plan import BreathShape, PacingPlan, Segment
from dsp.stream import CLIENT, Command, Cue, Item, Tick, Value

_BY_HAND = (4.0, 12.0)  # breaths a minute
_WEIGHT = (0.1, 100.0)
_HOLD = (0.0, 100.0)
_BACK = 1.0  # breaths a minute that "too slow for me" gives back
_PERIOD_RATIO = 1.025  # of a breath to the one before it
_KEPT_S = 30.0  # of a plan's past, for a reader that is late
_LATEST_S = 1e12  # beyond it a float of seconds no longer tells the breaths apart


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

    def update(self, item: Item) -> tuple[Cue, ...]:
        """Give the cue at a tick, or the one that a command changed; other items pass unheard."""
        if isinstance(item, Tick):
            return (self._cue_at(item.t),)
        if not isinstance(item, Command) or not abs(item.t) <= _LATEST_S:
            return ()
        before = self._plan
        self._obey(item)
        return () if self._plan == before else (self._cue_at(item.t),)

    def _obey(self, command: Command) -> None:
        match command.action:
            case Action.PACE:
                self._ask(dict(command.values))
                self._pace(command.t)
            case Action.TOO_SLOW if self._plan is not None:
                rate = max(self._breaths_per_min, 60.0 / _held(self._plan, command.t).period_s)
                self._breaths_per_min = min(rate + _BACK, _BY_HAND[1])
                self._pace(command.t)
            case Action.PAUSE if self._plan is not None and self._plan.end_s is None:
                self._plan = replace(self._plan, end_s=command.t)
            case Action.RESUME if self._plan is not None and self._plan.end_s is not None:
                first = Segment(command.t, _held(self._plan, command.t).period_s, self._shape)
                self._plan = PacingPlan((first,))
                self._pace(command.t)
            case Action.STOP_CUES:
                self._plan = None

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
        elif self._plan.end_s is None:
            self._plan = glide(self._plan, t, self._breaths_per_min, self._shape)

    def _cue_at(self, t: float) -> Cue:
        if self._plan is None:
            return Cue(t, self._person)
        if self._plan.end_s is not None:
            return Cue(t, self._person, CueKind.PAUSED, plan=self._plan)
        phase = self._plan.phase_at(t)
        rate = phase.breaths_per_min or None
        return Cue(t, self._person, CueKind.BREATH, phase.part, phase.depth, rate, self._plan)


def glide(plan: PacingPlan, t: float, breaths_per_min: float, shape: BreathShape) -> PacingPlan:
    """Lead a plan to another rate and shape, breath by breath, from the first inhale after `t` on.

    Parameters
    ----------
    plan : PacingPlan
        The plan that holds at `t`.
    t : float
        The time of the decision, seconds on the session clock.
    breaths_per_min : float
        The rate to reach, 1 to 30.
    shape : BreathShape
        The proportions from the next inhale on.

    Returns
    -------
    PacingPlan
        The same until that inhale, but for breaths that ended more than 30 s before `t`, which are left out.

    Raises
    ------
    ValueError
        When the rate is out of its range.

    Notes
    -----
    A breath of p s may differ from the next one by the ratio 1 + p^2/1080 at most, which changes the rate by p/18 a
    minute or less. All changes that a span of 30 s can see add up to the breaths in it and the one before it, so to
    2/min when that one lasts 6 s or less. Where it is longer, 2.5 % a breath (the slower rule from 5.2 s on) allow
    1.7/min in 30 s.
    """
    if not 1.0 <= breaths_per_min <= 30.0:
        raise ValueError(f"breaths_per_min must be 1 to 30, not {breaths_per_min}")
    current = plan.segment_at(t)
    oldest = plan.segment_at(t - _KEPT_S)
    segments = [s for s in plan.segments if oldest.start_s <= s.start_s <= current.start_s]
    breaths = max(floor((t - current.start_s) / current.period_s) + 1, 1)
    onset_s = current.start_s + breaths * current.period_s
    target = Segment(onset_s, 60.0 / breaths_per_min, shape)
    while (segments[-1].period_s, segments[-1].shape) != (target.period_s, shape):
        period_s = _next_period(segments[-1].period_s, target.period_s)
        segments.append(Segment(onset_s, period_s, shape))
        onset_s += period_s
    return replace(plan, segments=tuple(segments))


def _next_period(period_s: float, target_s: float) -> float:
    ratio = min(_PERIOD_RATIO, 1.0 + period_s**2 / 1080.0)
    return min(max(target_s, period_s / ratio), period_s * ratio)


def _held(plan: PacingPlan, t: float) -> Segment:
    """Give the breath that holds at `t`, or held when the plan was paused."""
    return plan.segment_at(t if plan.end_s is None else plan.end_s)


def _number(values: dict[str, Value], name: str, limits: tuple[float, float], present: float) -> float:
    """Read a number above 0 (or at the lower limit) into its limits; anything else leaves the present one."""
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not (value > 0 or value == limits[0]):
        return present
    return float(min(max(value, limits[0]), limits[1]))
