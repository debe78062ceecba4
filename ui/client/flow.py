# SPDX-License-Identifier: MIT
"""The client's part of a session: their own things, arriving and ending, the words, closed eyes, starting as last time.

Law: the screens stay strangers to each other; this knows which of them follows which, and asks the session for nothing
but by commands.
"""

from functools import partial

from PySide6.QtCore import QObject

from dsp.stream import CLIENT, Frame
from resources.words import gettext as _
from ui.archive.seam import Decision, Refused, Task
from ui.backstage import Backstage, Message
from ui.choices import PreferenceKeeper
from ui.client.asking import Asking
from ui.client.ending_flow import NAME as ENDING
from ui.client.ending_flow import EndingFlow
from ui.client.eyes import EyesClosed
from ui.client.own_things import OwnThings
from ui.key_table import Act
from ui.keys import Keys
from ui.pacing import Pacing
from ui.review.seam import Reported
from ui.screens import Screens
from ui.sound.sounding import Sounding
from ui.start.as_last_time import NAME as PEOPLE
from ui.start.as_last_time import AsLastTime
from ui.theme import Look

_REMEMBERED_AFTER_S = 20.0  # a session that was only looked into changes nothing for the next one
_DIGITS = (*"0123456789", "T")  # T is ten


class ClientFlow(QObject):
    """What a client meets beside the breathing.

    Parameters
    ----------
    look : Look
        The look it follows.
    backstage : Backstage
        The worker behind the screens.
    keeper : PreferenceKeeper
        The preferences of now.
    screens : Screens
        The client's screens.
    pacing : Pacing
        The breathing.
    sounding : Sounding
        Its sound.
    asking : Asking
        What a person is asked; a digit that it has no question for may be meant here.
    eyes : EyesClosed
        The way to closed eyes.
    """

    def __init__(
        self,
        look: Look,
        backstage: Backstage,
        keeper: PreferenceKeeper,
        screens: Screens,
        *,
        pacing: Pacing,
        sounding: Sounding,
        asking: Asking,
        eyes: EyesClosed,
    ) -> None:
        super().__init__(screens)
        self._backstage = backstage
        self._keeper = keeper
        self._screens = screens
        self._pacing = pacing
        self._sounding = sounding
        self._eyes = eyes
        self._entered_t: float | None = None
        self.own = OwnThings(backstage, keeper, screens.connecting.addresses, self)
        self.ending = EndingFlow(look, backstage, pacing, self.own, self)
        screens.take_in(ENDING, self.ending.screen)
        self.last = AsLastTime(look, backstage, keeper, screens=screens, pacing=pacing, own=self.own)
        self._is_wired = False
        self._wire(asking)

    def end(self) -> None:
        """End the session kindly; what has no session of a person's to end just goes."""
        session = self._screens.session
        if self._screens.shown == ENDING or session is None or session.is_recording or not self._is_in_session():
            self._screens.go_back()
        else:
            self.ending.begin(is_stored=bool(self._screens.archive.recording.persons))

    def take(self, message: Message) -> None:
        """Take in what arrived, behind the screens."""
        if isinstance(message, Frame):
            self.own.take(message)
            self.ending.take(message)
            self.last.take(message)

    def refresh(self, t: float) -> None:
        """Let go on what moves by time."""
        self.last.refresh(t)
        if self._screens.shown == "breathe":
            self._screens.breathe.refresh(t)
        elif self._screens.shown == ENDING:
            self.ending.refresh(t)
        elif self._entered_t is not None and t - self._entered_t >= _REMEMBERED_AFTER_S:
            self._entered_t = None
            if self._screens.archive.recording.persons:
                self.own.tell_view()

    def bind(self, keys: Keys) -> None:
        """Bind the keys of these screens."""
        keys.bind(Act.VIEW, self._other_view, ("session",))
        keys.bind(Act.SIGHTS, self._turn_sights, ("session",))
        keys.bind(Act.WORDS, self._offer_words, ("session",))
        keys.bind(Act.SIGHTS, self._screens.breathe.turn_ways, ("breathe",))
        keys.bind(Act.EYES, self._eyes.close, ("breathe", "session"))
        for key in _DIGITS:
            keys.bind(key, partial(self.ending.screen.press, key), (ENDING,))
        for key in ("Backspace", "Alt+Left"):
            keys.bind(key, self.ending.screen.go_back, (ENDING,))
            keys.bind(key, self._screens.go_back, (PEOPLE,))
        keys.bind("Esc", self._screens.go_back, (PEOPLE,))
        keys.bind("5", self.last.open_list, ("start",))
        keys.bind("6", self._only_notice, ("start",))
        keys.bind("7", self._breathe_unseen, ("start",))

    def _other_view(self) -> None:
        if self._screens.session is not None:
            self._screens.session.other_view()

    def _turn_sights(self) -> None:
        if self._screens.session is not None:
            self._screens.session.turn_sights()

    def _only_notice(self) -> None:
        """Notice only, from the first window: without a sensor and without a shape to follow."""
        self._screens.start_breathing()
        self._pacing.notice()

    def _breathe_unseen(self) -> None:
        """Breathe with closed eyes, from the first window."""
        self._screens.start_breathing()
        self._eyes.close()

    def _is_in_session(self) -> bool:
        return self._screens.shown in {"session", *self._screens.guides.names}

    def _offer_words(self) -> None:
        if self._screens.session is not None:
            self._screens.session.offer_words(self.own.lane)

    def _greet(self) -> None:
        session = self._screens.session
        if session is not None and not session.is_recording:
            session.greet(self.own.kind_words, self._backstage.clock())

    def _dress(self) -> None:
        """Show everywhere what holds now."""
        self._sounding.choose(self._keeper.now.sound)
        self._pacing.remember(self._keeper.now.breaths_per_min)
        if self._screens.session is not None:
            self._screens.session.show_sights()

    def _meet(self, decision: Decision) -> None:  # a slot of Qt's
        """Begin with somebody new as with everybody: with nothing switched on."""
        is_new = not decision.code and decision.agreement is not None and decision.agreement.stores
        if decision.person == CLIENT and is_new:
            self.own.meet()

    def _hear(self, message: object) -> None:  # a slot of Qt's
        """Show at the end of a session what became of its page."""
        is_of_report = isinstance(message, Reported) or (isinstance(message, Refused) and message.task is Task.REPORT)
        if is_of_report and isinstance(message, Reported | Refused) and self._screens.shown == "end":
            self._screens.archive.end.take(message)

    def _turn(self, name: str) -> None:  # a slot of Qt's
        if name == "start":
            self._entered_t = None
            self.own.leave()
        elif name == "session":
            self._entered_t = self._backstage.clock()
            self._serve()

    def _serve(self) -> None:
        """Hear of the session's screen, once it is made."""
        session = self._screens.session
        if session is None or self._is_wired:
            return
        self._is_wired = True
        screens = self._screens
        session.done.connect(screens.done)
        session.sound_wanted.connect(screens.sound_wanted)
        session.sensors_wanted.connect(screens.visit_sensors)
        session.taken_back.connect(screens.archive.take_back)
        session.elsewhere_wanted.connect(screens.archive.save_elsewhere)
        session.show_recording(screens.archive.recording)
        screens.guides.serve(session)
        session.words.sensed.connect(self._sense)
        session.words.changed.connect(self.own.keep_words)
        self.own.changed.connect(session.words.refresh)
        session.arrival.rated.connect(lambda rating: self.own.feel(rating, "before"))
        session.arrival.let_go.connect(lambda: self.own.write("", False))
        session.page.words_wanted.connect(self._offer_words)
        session.page.ways.eyes_wanted.connect(self._eyes.close)

    def _answer(self, key: str) -> None:  # a slot of Qt's
        """Take a digit that no question is open for as an answer of somebody who arrives."""
        if self._screens.session is not None:
            self._screens.session.arrival.press(key)

    def _sense(self, word: str) -> None:  # a slot of Qt's
        self.own.sense(word)
        self._screens.tell(_("noted, thank you"))

    def _wire(self, asking: Asking) -> None:
        self._screens.start.notice_wanted.connect(self._only_notice)
        self._screens.start.eyes_wanted.connect(self._breathe_unseen)
        self._screens.breathe.ways.eyes_wanted.connect(self._eyes.close)
        self.own.dressed.connect(self._dress)
        self.own.arrived.connect(self._greet)
        self.ending.turned.connect(self._screens.turn_to)
        self.ending.over.connect(self._screens.go_back)
        self._screens.turned.connect(self._turn)
        asking.unasked.connect(self._answer)
        archive = self._screens.archive
        archive.consent.decided.connect(self._meet)
        archive.end.report_wanted.connect(self._backstage.archive.report)
        archive.heard.connect(self._hear)
