# SPDX-License-Identifier: MIT
"""What a clinician decides about a person's window: the one way in `ui` to make these commands.

A slider, a list or a key of any screen calls a method here; what comes of it arrives with the frames, and
`ui.arousal.reading.ArousalReading` tells what holds. Each decision is a command with its author and, where bounds are
set by hand, its reason: it is stored with the session, and a replay is the session again.

Law: bounds are never set without a reason; whatever is set can be taken back.
"""

from collections.abc import Callable

from dsp.codes import Action, CalibrationStep
from dsp.stream import CLIENT, Command, Value
from ui.backstage import Backstage

LEAST, MOST = 0.3, 2.7
"""How near to the rest, and how far from it, a bound may be set by hand (`dsp/arousal/held.py`)."""

LONGEST_REASON = 64  # characters


class WindowDecisions:
    """Makes the commands about one person's window.

    Parameters
    ----------
    clock : callable
        The session clock.
    send : callable
        Puts a decision into the session.
    person : str
        Whose window it is.
    author : str
        Who decides.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        send: Callable[[Command], None],
        *,
        person: str = CLIENT,
        author: str = "clinician",
    ) -> None:
        self._clock = clock
        self._send = send
        self._person = person
        self._author = author

    @classmethod
    def behind(cls, backstage: Backstage, *, person: str = CLIENT) -> "WindowDecisions":
        """Make the one that sends into the running session."""
        return cls(backstage.clock, backstage.send, person=person)

    def set_bounds(self, lower: float, upper: float, reason: str) -> bool:
        """Set both bounds by hand, taken into their range; tell whether a reason was given, without it nothing is."""
        why = " ".join(reason.split())[:LONGEST_REASON]
        if why:
            upper, lower = min(max(upper, LEAST), MOST), -min(max(-lower, LEAST), MOST)
            self._decide(Action.BOUNDS, upper=upper, lower=lower, reason=why)
        return bool(why)

    def revert(self) -> None:
        """Go back to the bounds that were measured."""
        self._decide(Action.BOUNDS, revert=True)

    def hold_against(self, reference: str) -> None:
        """Hold the level against the `usual` rest, or that of `today`."""
        self._decide(Action.CALIBRATE, step=CalibrationStep.AGAINST.value, reference=reference)

    def go_back(self) -> None:
        """Have the calibration back that was before the last one; once more, and the last one holds again."""
        self._decide(Action.CALIBRATE, step=CalibrationStep.BACK.value)

    def _decide(self, action: Action, **values: Value) -> None:
        self._send(Command(self._clock(), action, self._author, self._person, tuple(values.items())))
