# SPDX-License-Identifier: MIT
"""What is offered to a person right now: one thing at most, handed over by somebody, and left alone it goes away.

Law: nothing is offered by itself; an offer stands for 30 s unless it is answered; "no" and "yes" both end it, as does
taking up something else in its place, and one key ends everything. Somebody who wants no breath cues is offered none.
"""

from collections.abc import Mapping

from dsp.codes import Action
from dsp.stream import Command, Value

_STANDS_S = 30.0
_LONGEST_NAME = 64
_NO_BREATH_CUES = "no_breath_cues"


class Offers:
    """Follow what one person is offered."""

    def __init__(self) -> None:
        self._offer = ""
        self._since_s = 0.0
        self._takes_breath = True

    def obey(self, command: Command) -> None:
        """Take an offer, an answer to it, or the wish for no breath cues."""
        values = dict(command.values)
        match command.action:
            case Action.OFFER:
                self._make(command.t, values)
            case Action.ANSWER if self._offer in (values.get("offer", self._offer), values.get("instead_of")):
                self._offer = ""
            case Action.STOP_CUES | Action.PACE:
                self._offer = ""
            case Action.CONDITION if values.get("name") == _NO_BREATH_CUES:
                self._takes_breath = values.get("on") is not True

    def at(self, t: float) -> str | None:
        """Give the name of what is offered at `t` (seconds on the session clock); None while nothing is."""
        if self._offer and t >= self._since_s + _STANDS_S:
            self._offer = ""
        return self._offer or None

    def _make(self, t: float, values: Mapping[str, Value]) -> None:
        name = values.get("offer")
        is_breath = values.get("is_breath") is True
        if isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME and (self._takes_breath or not is_breath):
            self._offer, self._since_s = name, t
