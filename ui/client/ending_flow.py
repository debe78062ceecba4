# SPDX-License-Identifier: MIT
"""From "I'm done" to the end of the session: its pages, what is said on them, and the way back.

Law: the breath and the sound rest at once, and nothing more is stored of who is done but what they say. The session
closes when the last thing that was said has gone through it, so that it is stored with the rest.
"""

from PySide6.QtCore import QObject, Signal

from dsp.stream import Command, Frame
from ui.backstage import Backstage
from ui.client.ending import EndingScreen
from ui.client.own_things import OwnThings
from ui.pacing import Pacing
from ui.theme import Look

NAME = "ending"
_AT_MOST_S = 1.0  # for the last word to come back from the session


class EndingFlow(QObject):
    """The end of one session.

    Parameters
    ----------
    look : Look
        The look it follows.
    backstage : Backstage
        Has the store, and the clock.
    pacing : Pacing
        The breathing.
    own : OwnThings
        Takes what the person says.
    parent : QObject
        Its owner.
    """

    turned = Signal(str)  # the screen that is wanted now
    over = Signal()

    def __init__(
        self,
        look: Look,
        backstage: Backstage,
        pacing: Pacing,
        own: OwnThings,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._backstage = backstage
        self._pacing = pacing
        self._own = own
        self._leaves_t: float | None = None
        self._heard_t = float("-inf")
        self.screen = EndingScreen(look)
        self._wire()

    def begin(self, *, is_stored: bool) -> None:
        """Let breath, sound and storing rest, and show the first page."""
        if self._pacing.is_on:
            self._pacing.toggle()
        if is_stored:
            self._own.tell_view()
            self._backstage.archive.hold(is_held=True)
        self._leaves_t = None
        self.screen.begin(self._backstage.clock(), self._own.lane.words, is_stored=is_stored)
        self.turned.emit(NAME)

    def take(self, frame: Frame) -> None:
        """Hear what came back from the session."""
        if isinstance(frame.item, Command):
            self._heard_t = max(self._heard_t, frame.item.t)

    def refresh(self, t: float) -> None:
        """Let the ring go on; close what waits to be closed."""
        if self._leaves_t is None:
            self.screen.refresh(t)
        elif self._heard_t >= self._own.sent_t or t - self._leaves_t >= _AT_MOST_S:
            self._leaves_t = None
            self.over.emit()

    def _leave(self) -> None:
        self._leaves_t = self._backstage.clock()
        self.refresh(self._leaves_t)

    def _take_back(self) -> None:
        """Go on with the session, as if nobody had been done."""
        self._backstage.archive.hold(is_held=False)
        self.turned.emit("session")

    def _wire(self) -> None:
        self.screen.taken_back.connect(self._take_back)
        self.screen.rated.connect(lambda rating: self._own.feel(rating, "after"))
        self.screen.sensed.connect(self._own.sense)
        self.screen.wrote.connect(self._own.write)
        self.screen.left.connect(self._leave)
