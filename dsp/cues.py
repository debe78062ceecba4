# SPDX-License-Identifier: MIT
"""One person's cues: the breathing pacer and what is offered beside it, in one value.

Law: a cue at each tick, and one at once where a command changed something.
"""

from dataclasses import replace

from dsp.arousal.offers import Offers
from dsp.pacing import Pacing
from dsp.plan import PacingPlan
from dsp.stream import CLIENT, Command, Cue, Features, Item, Tick


class Cues:
    """Follow one person's commands.

    Parameters
    ----------
    person : str
        Whose cues they are.
    """

    delay_s = 0.0

    def __init__(self, person: str = CLIENT) -> None:
        self._pacing = Pacing(person)
        self._offers = Offers()

    @property
    def plan(self) -> PacingPlan | None:
        """The breathing plan that holds; None while it is silent."""
        return self._pacing.plan

    def update(self, item: Item) -> tuple[Cue, ...]:
        """Give the cue at a tick, or the one that a command changed; other items pass unheard."""
        if isinstance(item, Tick):
            return tuple(self._with_offer(cue) for cue in self._pacing.update(item))
        if not isinstance(item, Command):
            return ()
        before = self._offers.at(item.t)
        self._offers.obey(item)
        changed = self._pacing.update(item)
        if not changed and self._offers.at(item.t) != before:
            changed = (self._pacing.cue_at(item.t),)
        return tuple(self._with_offer(cue) for cue in changed)

    def feel(self, features: Features, level: float | None, *, can_be_seen: bool = True) -> None:
        """Let the pacer follow how the person takes it (`dsp.pacing.Pacing.feel`)."""
        self._pacing.feel(features, level, can_be_seen=can_be_seen)

    def know_resonance(self, breaths_per_min: float) -> None:
        """Let the pacer lead no lower than this (`dsp.pacing.Pacing.know_resonance`)."""
        self._pacing.know_resonance(breaths_per_min)

    def _with_offer(self, cue: Cue) -> Cue:
        offer = self._offers.at(cue.t)
        return cue if offer is None else replace(cue, offer=offer)
