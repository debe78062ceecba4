# SPDX-License-Identifier: MIT
"""The screens, and the ways from one to another.

Law: a way ends what has to end before the next begins; what arrives is handed to whoever shows it, and nothing else
knows two screens.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from dsp.stream import Frame, Recording, Sighting, Status
from resources.words import gettext as _
from ui.announcer import Announcer
from ui.archive.flow import ArchiveFlow
from ui.archive.seam import Hidden
from ui.backstage import Backstage, Message
from ui.choices import PreferenceKeeper
from ui.client.asking import Asking
from ui.client.breathe import BreatheScreen
from ui.connecting import Connecting
from ui.foreign import safe_text
from ui.guides import Guides
from ui.pacing import Pacing
from ui.review.flow import ReviewFlow
from ui.session_flow import SessionFlow
from ui.start.screen import StartScreen
from ui.theme import Look

if TYPE_CHECKING:
    from ui.client.session import SessionScreen

_OF_A_PERSON = ("session", "ending", "end", "connect", "consent", "people")


class Screens(QStackedWidget):
    """One screen at a time.

    Parameters
    ----------
    look : Look
        The look of all of them.
    backstage : Backstage
        The worker behind the screens.
    keeper : PreferenceKeeper
        The preferences of now.
    pacing : Pacing
        The breathing.
    asking : Asking
        What a person is asked or offered.
    announcer : Announcer
        Speaks to somebody who does not see the screens.
    """

    turned = Signal(str)
    done = Signal()
    sound_wanted = Signal()

    def __init__(
        self,
        look: Look,
        backstage: Backstage,
        keeper: PreferenceKeeper,
        pacing: Pacing,
        *,
        asking: Asking,
        announcer: Announcer,
    ) -> None:
        super().__init__()
        self._backstage = backstage
        self._pacing = pacing
        self._announcer = announcer
        self._named: dict[str, QWidget] = {}
        self.shown = ""
        self.start = StartScreen(look)
        self.connecting = Connecting(look, backstage, keeper, self)
        self.breathe = BreatheScreen(look, pacing)
        self._flow = SessionFlow(look, backstage, keeper, pacing, asking=asking, parent=self)
        self.archive = ArchiveFlow(look, backstage.archive, self)
        self.review = ReviewFlow(look, backstage.archive, self.archive, self)
        self.guides = Guides(look, backstage, pacing, asking, self.archive)
        self.setAccessibleName("Attune")
        ours = (("start", self.start), ("connect", self.connecting.screen), ("breathe", self.breathe))
        for name, screen in (*self.archive.screens, *ours, ("window", self.guides.window)):
            self.take_in(name, screen)
        self._wire()

    @property
    def session(self) -> "SessionScreen | None":
        """The session's screen, None before it was needed."""
        return self._flow.screen

    def minimumSizeHint(self) -> QSize:
        """Need as much room as the screen that shows."""
        return self._named[self.shown].minimumSizeHint() if self.shown else super().minimumSizeHint()

    def turn_to(self, name: str) -> None:
        """Show a screen."""
        self.shown = name
        screen = self._named[name]
        self.setCurrentWidget(screen)
        screen.setFocus()  # no ring anywhere until Tab is pressed
        if name == "start":
            self.start.take_focus()
        self.refresh(self._backstage.clock())
        self.turned.emit(name)

    def take(self, message: Message) -> None:
        """Hand on what arrived."""
        if isinstance(message, Frame):
            if self._flow.take(message):
                self.connecting.take(message)
                self.guides.take(message)
        elif isinstance(message, Sighting):
            self.connecting.see(message)
        elif isinstance(message, Status):
            self.connecting.hear(message)
            self._flow.hear(message)
        else:
            self.archive.take(message)

    def refresh(self, t: float) -> None:
        """Renew the words and numbers of the screen that shows, at `t` on the session clock."""
        self._announcer.refresh(t)
        if self.shown == "connect":
            self.connecting.refresh(t)
        elif self.session is not None and self.shown == "session":
            self.session.refresh(t)
        self.guides.refresh(self.shown, t)

    def follow(self, t: float) -> None:
        """Draw what moves evenly on the screen that shows."""
        if self.session is not None and self.shown == "session":
            self.session.follow(t)

    def begin(self, sources: Sequence[str], name: str = "") -> None:
        """Start a session on these sources (as on the command line) and show it as soon as the first one streams."""
        self._begin(sources)
        self._flow.name(safe_text(name or sources[0]))

    def start_breathing(self) -> None:
        """Breathe, without any sensor."""
        self._begin(())
        self._pacing.start()
        self.turn_to("breathe")

    def start_connecting(self) -> None:
        """Look for sensors."""
        self.connecting.enter(is_visit=False)
        self.turn_to("connect")

    def visit_sensors(self) -> None:
        """Look after the sensors of the session, which goes on meanwhile."""
        self.connecting.enter(is_visit=True)
        self.turn_to("connect")

    def open_recording(self, choose_file: Callable[[], str]) -> None:
        """Open a recording, if one is chosen."""
        path = choose_file()
        if path:
            name = safe_text(Path(path).name)
            self.start.notice.opening(name)
            self.begin((f"file:{path}",), name)

    def open_session(self) -> None:
        """Go to the session of the connected sensors, or back to it, once everybody in it was asked about storing."""
        self.connecting.rest()
        self.archive.ask(self.connecting.persons(), self._enter_session)

    def leave_consent(self) -> None:
        """Go back to the sensors: nothing was decided."""
        self.connecting.enter(is_visit=self.connecting.is_visit)
        self.turn_to("connect")

    def resume_session(self) -> None:
        """Show the session that goes on, and breathe."""
        self._flow.open()
        self.start.forget_offer()
        self._pacing.start()
        self.turn_to("session")

    def start_known(self, sources: Sequence[str]) -> None:
        """Begin a session on sources that are known, and show it at once, whatever they do."""
        self._begin(sources)
        self.connecting.resume(sources)
        self._flow.open()
        self.turn_to("session")
        self._name_sensors()

    def _enter_session(self) -> None:
        if not self.connecting.is_visit:
            self._flow.open()
        self.turn_to("session")
        self._name_sensors()

    def leave_connecting(self) -> None:
        """Go back to where the connect screen was entered."""
        if self.connecting.is_visit:
            self.open_session()
        else:
            self.go_back()

    def go_back(self) -> None:
        """Leave whatever was going on for the first window; of a session that was stored, its end comes next."""
        self.archive.finish()
        self.connecting.rest()
        self._flow.end()
        self.connecting.forget_session()
        self.archive.forget_session()
        self.start.notice.clear()
        self.turn_to("start")

    def close_all(self) -> None:
        """End the search and the session."""
        self.connecting.rest()
        self._backstage.finish()

    def _begin(self, sources: Sequence[str]) -> None:
        self.connecting.rest()
        self.connecting.forget_session()
        self.archive.forget_session()
        self.start.forget_offer()
        self._flow.begin(sources)

    def _refuse(self, status: Status, is_file: bool) -> None:  # a slot of Qt's
        if is_file:
            (self.archive.refuse_play if self.shown == "sessions" else self.start.notice.refuse)(status)

    def _name_sensors(self) -> None:
        if self.session is not None and self.shown == "session" and self.connecting.gives():
            connecting = self.connecting
            self.session.name_sensors(connecting.gives(), connecting.kinds(), has_heart=connecting.gives_heart())

    def tell(self, words: str) -> None:
        """Say quiet words about a sensor or the sound, to the eye and to the ear."""
        self._announcer.say(words)
        self.breathe.tell(words)
        if self.session is not None:
            self.session.tell(words)

    def take_in(self, name: str, screen: QWidget) -> None:
        """Have one more screen."""
        self._named[name] = screen
        self.addWidget(screen)

    def _turn_if_free(self, name: str) -> None:  # a slot of Qt's
        """Show a screen about what is stored; the end of a session only where nothing else has begun."""
        if name != "end" or self.shown == "start":
            self.turn_to(name)

    def _hide(self, hidden: Hidden) -> None:  # a slot of Qt's
        """Leave what was a person's once nobody has been there for long; the breathing goes on."""
        if hidden.is_all and self.shown in {*_OF_A_PERSON, *self.guides.names}:
            self.go_back()

    def _show_recording(self, recording: Recording) -> None:  # a slot of Qt's
        if self.session is not None:
            self.session.show_recording(recording)

    def _wire_archive(self) -> None:
        archive = self.archive
        self.start.sessions_wanted.connect(archive.open_list)
        self.start.go_on.wanted.connect(archive.resume)
        archive.turned.connect(self._turn_if_free)
        archive.interrupted.connect(self.start.offer)
        archive.resume_wanted.connect(self.resume_session)
        archive.resumed.connect(self.connecting.resume)
        archive.stored.connect(self._show_recording)
        archive.told.connect(self.tell)
        archive.hidden.connect(self._hide)
        archive.play_wanted.connect(lambda session: self.begin((f"session:{session}",), session))
        archive.sessions.left.connect(self.go_back)
        archive.end.left.connect(self.go_back)
        archive.consent.left.connect(self.leave_consent)

    def _wire(self) -> None:
        connect = self.connecting.screen
        self.start.breathe_wanted.connect(self.start_breathing)
        self.start.connect_wanted.connect(self.start_connecting)
        connect.left.connect(self.leave_connecting)
        connect.foot.start_wanted.connect(self.open_session)
        connect.aside.made_up_wanted.connect(lambda: self.begin(("demo",), _("a made-up person")))
        connect.aside.pacer_wanted.connect(self.start_breathing)
        connect.wearing.pacer_wanted.connect(self.start_breathing)
        self.connecting.told.connect(self.tell)
        self.connecting.renamed.connect(self._name_sensors)
        self.breathe.done.connect(self.go_back)
        for made in (self.guides.made, self.review.made):
            made.connect(self.take_in)
        self.review.wanted.connect(self.turn_to)
        self.guides.wanted.connect(self.turn_to)
        self.guides.left.connect(lambda: self.turn_to("session"))
        self._flow.begun.connect(self.guides.begin)
        self._flow.made.connect(lambda screen: self.take_in("session", screen))
        self._flow.came.connect(lambda: self.turn_to("session"))
        self._flow.refused.connect(self._refuse)
        self._wire_archive()
