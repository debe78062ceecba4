# SPDX-License-Identifier: MIT
"""When what is on the screen hides by itself, as pure rules.

In a session its live screens never lock; everything beyond them (other people, names, past sessions, exports, settings)
does after 5 minutes without use. Ten minutes after a session's end all is hidden, unless somebody goes on using it. The
pacer is never covered: breathing may outlast the session.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.clock import Clock

_PAST_S = 5 * 60.0
_ALL_S = 10 * 60.0


class Place(StrEnum):
    """What can be looked at."""

    PACER = "pacer"
    LIVE = "live"  # the screens of the running session, or of the one that ended last
    BEYOND = "beyond"  # other people, names, past sessions, exports, settings


@dataclass(frozen=True, slots=True)
class _Times:
    used_s: float
    ended_s: float | None = None


class AutoLock:
    """What is hidden now.

    Parameters
    ----------
    clock : Clock
        The session clock.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._is_in_session = False
        self._is_locked = False
        self._times = _Times(clock())

    def use(self) -> None:
        """Somebody pressed a key or moved the pointer; what is hidden stays so until `unlock`."""
        self._note()
        self._times = _Times(self._clock(), self._times.ended_s)

    def begin(self) -> None:
        """Begin a session."""
        self._note()
        self._is_in_session = True
        self._times = _Times(self._clock())

    def end(self) -> None:
        """End the session."""
        self._note()
        self._is_in_session = False
        self._times = _Times(self._times.used_s, self._clock())

    def unlock(self) -> None:
        """Show everything again: the passphrase was given, or none is set and somebody is there."""
        self._is_locked = False
        self._times = _Times(self._clock())

    def is_hidden(self, place: Place) -> bool:
        """Tell whether a place is hidden now."""
        self._note()
        if place is Place.PACER:
            return False
        if place is Place.LIVE:
            return not self._is_in_session and self._is_all_over()
        return self._is_locked

    def _note(self) -> None:
        """Lock what is beyond the session once its time is over: a later use does not open it again."""
        self._is_locked = self._is_locked or self._clock() - self._times.used_s >= _PAST_S or self._is_all_over()

    def _is_all_over(self) -> bool:
        ended_s = self._times.ended_s
        return ended_s is not None and self._clock() - max(ended_s, self._times.used_s) >= _ALL_S
