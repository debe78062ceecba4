# SPDX-License-Identifier: MIT
"""The person's hand on the breathing: every key and button becomes a command, and the shape answers at once.

Law: nothing here computes a breath. The pace is asked for; the plan that comes back with a cue is what is shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from PySide6.QtCore import QObject, Signal

from dsp.codes import Action, Adherence, CueKind
from dsp.finding import ASSESSMENTS, TOLD
from dsp.plan import PacingPlan
from dsp.stream import CLIENT, Command, Cue, Value
from ui.backstage import Backstage
from ui.breath import Breath, BreathReader
from ui.choices import PreferenceKeeper

_STEP = 0.5  # breaths a minute, signals.md section 4

RATIOS = ((4.0, 6.0), (1.0, 1.0), (1.0, 2.0))
"""Inhale to exhale, without holds."""


@dataclass(frozen=True, slots=True)
class OwnPace:
    """The pace at which the person's heart answers the breath most, and how many days ago that was found."""

    breaths_per_min: float
    age_days: int


class Pacing(QObject):
    """What every screen with a breathing shape shares.

    Parameters
    ----------
    backstage : Backstage
        Takes the commands and has the clock.
    keeper : PreferenceKeeper
        Remembers the person's pace.
    parent : QObject
        Its owner.
    """

    changed = Signal()
    steered = Signal()  # by a cue, whether or not it changes what the screens say

    def __init__(self, backstage: Backstage, keeper: PreferenceKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backstage = backstage
        self._keeper = keeper
        self._reader = BreathReader()
        self._is_on = False
        self._is_led = False  # by the person's own breath, or by an assessment: then nobody sets the pace by hand
        self._cue = Cue(float("-inf"))
        self._sent_t = float("-inf")
        self.resonance: OwnPace | None = None

    @property
    def clock(self) -> Callable[[], float]:
        """The session clock."""
        return self._backstage.clock

    @property
    def is_on(self) -> bool:
        """Whether the breathing was started and not stopped; a pause leaves it on."""
        return self._is_on

    @property
    def is_paused(self) -> bool:
        """Whether the breathing is on and rests."""
        return self._is_on and self._reader.is_paused

    @property
    def is_at_own_pace(self) -> bool:
        """Whether the person's own breath leads."""
        return self._is_on and self._is_led

    @property
    def adherence(self) -> Adherence | None:
        """Whether the breath follows the shape, None where nobody looks."""
        return self._cue.adherence if self._is_on and not self.is_paused else None

    @property
    def breaths_per_min(self) -> float:
        """The pace that was asked for; where the own breath leads, the pace of now."""
        led = self._cue.breaths_per_min if self._is_led else None
        return self._keeper.now.breaths_per_min if led is None else round(led, 1)

    @property
    def ratio(self) -> tuple[float, float]:
        """Inhale and exhale, as weights."""
        return self._keeper.now.inhale, self._keeper.now.exhale

    @property
    def plan(self) -> PacingPlan | None:
        """The plan that shape and sound follow right now; None while they rest."""
        return self._reader.plan

    def breath(self) -> Breath:
        """Give the breath of this instant."""
        return self._reader.at(self._backstage.clock())

    def depths_around(self, offsets: Sequence[float]) -> Sequence[float]:
        """Give the depths of the breath so many seconds before and after this instant."""
        return self._reader.around(self._backstage.clock(), offsets)

    def style(self) -> str:
        """Give the shape that shows the breath: the person's own, or rings alone where there is nothing to follow."""
        return "rings" if self.is_noticing else self._keeper.now.style

    @property
    def is_noticing(self) -> bool:
        """Whether the person only notices: no shape leads, and none waits to."""
        return self._keeper.now.guide == "notice" and not self._is_on

    def take(self, cue: Cue) -> None:
        """Follow a cue that was meant for the client; one from before the newest decision is old."""
        if cue.person != CLIENT or cue.t < self._sent_t:
            return
        before = self._told()
        self._cue = cue
        self._reader.take(cue)
        self._is_on = cue.kind is not CueKind.SILENCE
        if cue.plan is not None and not self._is_led:
            self._keeper.keep_rate(round(60.0 / cue.plan.segments[-1].period_s, 2))  # what the plan leads to
        self.steered.emit()
        if before != self._told():
            self.changed.emit()

    def hear(self, command: Command) -> None:
        """Learn from a decision, of this person or of a protocol, who leads the breath from then on."""
        if command.person != CLIENT or command.t < self._sent_t:
            return
        match command.action:
            case Action.PACE:
                self._is_led = dict(command.values).get("closed_loop") is True
            case Action.RESONANCE:
                self._hear_resonance(dict(command.values))
            case Action.STOP_CUES:
                self._is_led = False

    def forget(self) -> None:
        """Begin anew with the next session: what still comes of the one before is old."""
        self._reader = BreathReader()
        self._cue = Cue(float("-inf"))
        self._is_on = self._is_led = False
        self.resonance = None
        self._sent_t = self._backstage.clock()
        self.changed.emit()

    def start(self) -> None:
        """Ask for the breathing at the person's pace."""
        self._keeper.keep_guide("breath")
        self._reader.release()
        self._is_on = True
        self._ask()

    def start_at(self, breaths_per_min: float) -> None:
        """Ask for the breathing at this pace, and remember it."""
        self._is_led = False
        self._keeper.keep_rate(breaths_per_min)
        self.start()

    def choose(self, breaths_per_min: float) -> None:
        """Take this as the person's own comfortable pace: remembered, no pace is led below it, and it starts."""
        self._send(Action.RESONANCE, way="chosen", best=breaths_per_min)
        self.start_at(breaths_per_min)

    def remember(self, breaths_per_min: float) -> None:
        """Have this as the pace to start with, whatever was tried meanwhile."""
        self._keeper.keep_rate(breaths_per_min)
        self.changed.emit()

    def lead(self) -> None:
        """Let the person's own breath lead: from their own pace slowly down, no faster than they follow."""
        self._reader.release()
        self._is_on = self._is_led = True
        inhale, exhale = self.ratio
        self._send(Action.PACE, closed_loop=True, inhale=inhale, exhale=exhale, hold_full=0.0, hold_empty=0.0)

    def assess(self, way: str) -> None:
        """Try out several slow paces, one after the other: `stepped`, `sliding` or `recheck`."""
        known = self._keeper.now.breaths_per_min if self.resonance is None else self.resonance.breaths_per_min
        about, seed = known, int(self._backstage.clock() * 1000.0) % 1_000_000
        self._reader.release()
        self._is_on = self._is_led = True
        self._send(Action.RESONANCE, way=way, about=about, seed=seed)

    def stop(self) -> None:
        """Stop every cue; the shape stands still at once."""
        self._reader.freeze(self._backstage.clock())
        self._is_on = False
        self._send(Action.STOP_CUES)

    def notice(self) -> None:
        """Let go of the breath's shape: from now on there is nothing to follow, only to notice."""
        if self._is_on:
            self.toggle()
        self._keeper.keep_guide("notice")
        self.changed.emit()

    def restyle(self, style: str) -> None:
        """Breathe with another shape from now on."""
        self._keeper.keep_style(style)
        self.changed.emit()

    def settle(self) -> None:
        """Come back from standing still to rest."""
        self._reader.thaw()

    def toggle(self) -> None:
        """Switch the breathing on or off; off lets the shape sink to rest."""
        if not self._is_on:
            self.start()
            return
        self._reader.hold()
        self._is_on = False
        self._send(Action.STOP_CUES)

    def pause_or_go_on(self) -> None:
        """Rest, or go on where the breath begins."""
        if not self._is_on:
            self.start()
        elif self.is_paused:
            self._reader.release()
            self._send(Action.RESUME)
        else:
            self._reader.hold()
            self._send(Action.PAUSE)

    def too_slow(self) -> None:
        """Quicken, when the person finds it too slow; by how much comes back with the plan."""
        if self._is_on:
            self._send(Action.TOO_SLOW)

    def quicker(self) -> None:
        """Ask for the next half breath a minute more."""
        self._step_to((floor(self.breaths_per_min / _STEP) + 1) * _STEP)

    def slower(self) -> None:
        """Ask for the next half breath a minute less."""
        self._step_to((ceil(self.breaths_per_min / _STEP) - 1) * _STEP)

    def choose_ratio(self, inhale: float, exhale: float) -> None:
        """Ask for other proportions of the breath."""
        self._keeper.keep_ratio(inhale, exhale)
        self._ask_if_on()

    def _hear_resonance(self, values: dict[str, Value]) -> None:
        """Follow an assessment that begins, or learn the pace that was found before or chosen now."""
        best, age_days = values.get("best"), values.get("age_days", 0)
        if values.get("way") in ASSESSMENTS:
            self._is_led = True
        elif values.get("way") in TOLD and isinstance(best, float | int) and isinstance(age_days, float | int):
            self.resonance = OwnPace(float(best), int(age_days))
            if not self._is_on:
                self._keeper.keep_rate(float(best))
            self.changed.emit()

    def _step_to(self, rate: float) -> None:
        self._keeper.keep_rate(rate)
        self._ask_if_on()

    def _ask_if_on(self) -> None:
        if self._is_on:
            self._ask()
        else:
            self.changed.emit()

    def _told(self) -> tuple[object, ...]:
        """Give what the screens say of the breathing."""
        return self._is_on, self._reader.is_paused, self.breaths_per_min, self.adherence

    def _ask(self) -> None:
        self._is_led = False
        rate = self.breaths_per_min
        inhale, exhale = self.ratio
        self._send(Action.PACE, breaths_per_min=rate, inhale=inhale, exhale=exhale, hold_full=0.0, hold_empty=0.0)

    def _send(self, action: Action, **values: Value) -> None:
        """Put the decision into the session's stream, with the time it was made."""
        self._sent_t = self._backstage.clock()
        self._backstage.send(Command(self._sent_t, action, CLIENT, values=tuple(values.items())))
        self.changed.emit()
