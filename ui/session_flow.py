# SPDX-License-Identifier: MIT
"""The session from asking for it to its end: what is awaited, and the screen that shows it.

Law: the screen is made, and pyqtgraph imported, when it is first needed; what is still of the session before is never
shown in the next one.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from dsp.codes import SourceState
from dsp.stream import Command, Frame, Status
from ui.awaited import Awaited
from ui.backstage import Backstage
from ui.choices import PreferenceKeeper
from ui.client.asking import Asking
from ui.pacing import Pacing
from ui.theme import Look

if TYPE_CHECKING:
    from ui.client.session import SessionScreen

_SEARCHES = ("scan", "lsl")


class SessionFlow(QObject):
    """At most one session, and its screen.

    Parameters
    ----------
    look : Look
        The look it follows.
    backstage : Backstage
        Runs the session.
    keeper : PreferenceKeeper
        The preferences of now.
    pacing : Pacing
        The breathing.
    asking : Asking
        What a person is asked or offered.
    parent : QObject
        Its owner.
    """

    made = Signal(object)  # SessionScreen
    begun = Signal()
    came = Signal()  # the awaited source streams
    refused = Signal(object, bool)  # Status, whether a recording was asked for

    def __init__(
        self,
        look: Look,
        backstage: Backstage,
        keeper: PreferenceKeeper,
        pacing: Pacing,
        *,
        asking: Asking,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._backstage = backstage
        self._keeper = keeper
        self._pacing = pacing
        self._asking = asking
        self._is_recording = False
        self._awaited = Awaited()
        self._screen: SessionScreen | None = None

    @property
    def screen(self) -> "SessionScreen | None":
        """The session's screen, None before it was needed."""
        return self._screen

    def begin(self, sources: Sequence[str]) -> None:
        """Ask for a session on these sources (as on the command line) and await the first one."""
        self._awaited.begin(sources[0] if sources else "", self._backstage.clock())
        self._is_recording = self._awaited.is_file
        self._pacing.forget()
        self._backstage.begin(sources)

    def name(self, name: str) -> None:
        """Let the screen begin anew with sources of this (safe) name."""
        self.begun.emit()
        self.made_screen().begin(name, self._backstage.clock(), is_recording=self._is_recording)

    def open(self) -> None:
        """Show the session of sensors that stream already, from now on."""
        self._is_recording = False
        self._awaited.forget()
        self._pacing.forget()
        self.name("")

    def end(self) -> None:
        """End whatever goes on."""
        self._awaited.forget()
        self._backstage.finish()
        self._pacing.forget()

    def take(self, frame: Frame) -> bool:
        """Take in a frame; False where it is still of the session before."""
        if self._awaited.is_old(frame):
            return False
        if isinstance(frame.item, Command):
            self._pacing.hear(frame.item)
        for cue in frame.cues:
            self._pacing.take(cue)
        if self._screen is not None:
            self._screen.take(frame)
        for status in frame.statuses:
            self.hear(status)
        return True

    def hear(self, status: Status) -> None:
        """Take a state; go on when the awaited source streams, and tell when it cannot."""
        if self._screen is not None and status.source not in _SEARCHES:
            self._screen.hear(status)
        if not self._awaited.is_answered_by(status):
            return
        if status.state is SourceState.STREAMING:
            self._awaited.forget()
            self.came.emit()
        elif status.state is SourceState.FAILED:
            is_file = self._awaited.is_file
            self._awaited.forget()
            self._backstage.finish()
            self.refused.emit(status, is_file)

    def made_screen(self) -> "SessionScreen":
        """Give the session's screen, made when it is first needed."""
        if self._screen is None:
            from ui.client.session import SessionScreen

            self._screen = SessionScreen(self._look, self._pacing, self._keeper, self._asking)
            self.made.emit(self._screen)
        return self._screen
