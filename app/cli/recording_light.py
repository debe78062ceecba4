# SPDX-License-Identifier: MIT
"""The recording light of a terminal: when the disk takes nothing, when it does again, and when it will be full."""

from collections.abc import Callable

from app.advice import terminal_advice
from app.cli.door import tell
from dsp.codes import Reason
from dsp.stream import Frame, Recording, Tick
from resources.words import gettext as _

_WARN_S = 900.0  # promised is at least ten minutes before


class RecordingLight:
    """A sink that looks once a second how the recording is.

    Parameters
    ----------
    look : callable
        Gives how far the session is on the disk.
    """

    def __init__(self, look: Callable[[], Recording]) -> None:
        self._look = look
        self._reason: Reason | None = None
        self._has_warned = False

    def put(self, frame: Frame) -> None:
        """Say what changed since the last second, on standard error."""
        if not isinstance(frame.item, Tick):
            return
        state = self._look()
        if state.reason is not self._reason:
            self._reason = state.reason
            tell(f"{_words(state.reason)}\n")
        if state.full_in_s is not None and state.full_in_s < _WARN_S and not self._has_warned:
            self._has_warned = True
            tell(_("the disk will be full in {minutes:.0f} minutes\n").format(minutes=state.full_in_s / 60.0))


def _words(reason: Reason | None) -> str:
    if reason is None:
        return _("storing again")
    advice = terminal_advice(reason)
    return _("not stored just now, kept in memory: {why} {step}").format(why=advice.sentence, step=advice.step)
