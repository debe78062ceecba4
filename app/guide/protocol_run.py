# SPDX-License-Identifier: MIT
"""Goes through a protocol: a sink that watches the seconds, and decides by commands as a person would.

Its commands enter the merge like everybody's, so that a replay needs no protocol to be the session again.

Law: a step lasts its minutes at least; the next one opens when the person has been inside their window for as long as
it asks, each of these seconds known. Whatever somebody else decides in between stands until the next step.
"""

from collections.abc import Callable

from app.guide.protocol import Protocol, Step
from dsp.codes import Action, Zone
from dsp.stream import Command, Frame, Tick, Values

AUTHOR = "protocol"
"""Who its commands are from."""


class ProtocolRun:
    """Lead one person through a protocol.

    Parameters
    ----------
    protocol : Protocol
        The plan.
    person : str
        Whom it leads.
    send : callable
        Puts a command into the session.
    """

    def __init__(self, protocol: Protocol, person: str, send: Callable[[Command], None]) -> None:
        self._steps = protocol.steps
        self._person = person
        self._send = send
        self._index = -1
        self._since_s = 0.0
        self._inside_s = 0.0
        self._is_over = False

    def put(self, frame: Frame) -> None:
        """Watch a second go by."""
        if self._is_over or not isinstance(frame.item, Tick):
            return
        self._inside_s = self._counted(frame)
        if self._index < 0 or self._may_go_on(frame.item.t, self._steps[self._index]):
            self._next(frame.item.t)

    def _counted(self, frame: Frame) -> float:
        """Count the seconds inside; outside they begin anew, and what is unknown neither counts nor takes away."""
        zones = [state.zone for state in frame.states if state.person == self._person]
        if Zone.ABOVE in zones or Zone.BELOW in zones:
            return 0.0
        return self._inside_s + (1.0 if Zone.WITHIN in zones else 0.0)

    def _may_go_on(self, t: float, step: Step) -> bool:
        return t - self._since_s >= 60.0 * step.minutes and self._inside_s >= step.opens_after_s

    def _next(self, t: float) -> None:
        self._index += 1
        self._since_s, self._inside_s = t, 0.0
        if self._index == len(self._steps):
            self._is_over = True
            self._decide(t, Action.STOP_CUES)
            self._decide(t, Action.STEP, (("index", self._index), ("of", len(self._steps))))
            return
        step = self._steps[self._index]
        told: Values = (
            ("index", self._index),
            ("of", len(self._steps)),
            ("name", step.name),
            ("minutes", step.minutes),
            ("opens_after_s", step.opens_after_s),
        )
        self._decide(t, Action.STEP, told)
        self._lead(t, step)

    def _lead(self, t: float, step: Step) -> None:
        match step.cue:
            case "silence":
                self._decide(t, Action.STOP_CUES)
            case "breath":
                self._decide(t, Action.PACE, (("breaths_per_min", step.breaths_per_min),))
            case "own_breath":
                floor: Values = () if step.floor is None else (("floor", step.floor),)
                self._decide(t, Action.PACE, (("closed_loop", True), *floor))

    def _decide(self, t: float, action: Action, values: Values = ()) -> None:
        self._send(Command(t, action, AUTHOR, self._person, values))
