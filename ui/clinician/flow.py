# SPDX-License-Identifier: MIT
"""The clinician's window from opening to hiding, fed by the frames of the one mailbox.

Law: there is no second path: what is shown comes from the frames that the client's window gets; a frame of the session
before is shown nowhere; notes go to the store and to nothing else.
"""

from gettext import gettext as _
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from dsp.stream import CLIENT, Chunk, Frame
from ui.archive.seam import Closed, Storing
from ui.backstage import Backstage, Message
from ui.choices import PreferenceKeeper
from ui.clinician.capture import leave_out_of_capture
from ui.clinician.decisions import Decisions
from ui.clinician.displays import Displays, SystemDisplays, home_of, is_private
from ui.clinician.keys import ClinicianKeys
from ui.clinician.marker_words import MarkerWords
from ui.clinician.people import People
from ui.clinician.words import sensor_words
from ui.cue_words import CueWords
from ui.foreign import safe_text
from ui.theme import Look

if TYPE_CHECKING:
    from ui.clinician.window import ClinicianWindow

_EVERY_S = 0.2  # screens.md, Drawing: trends at most 5 times a second


class ClinicianFlow(QObject):
    """The second window and its readings.

    Parameters
    ----------
    look : Look
        The look it follows.
    backstage : Backstage
        Takes what is decided, and has the clock.
    keeper : PreferenceKeeper
        Remembers the display and the types of markers.
    cues : CueWords
        What may be offered.
    client : QWidget
        The client's window.
    displays : Displays or None
        The displays; those of the system by default.
    """

    end_wanted = Signal()

    def __init__(
        self,
        look: Look,
        backstage: Backstage,
        keeper: PreferenceKeeper,
        *,
        cues: CueWords,
        client: QWidget,
        displays: Displays | None = None,
    ) -> None:
        super().__init__(client)
        self._look = look
        self._backstage = backstage
        self._keeper = keeper
        self._cues = cues
        self._client = client
        self._displays = displays or SystemDisplays(self)
        self._markers = MarkerWords(keeper.now.markers)
        self.people = People(self._markers, cues)
        self.decisions = Decisions(backstage, self._markers, lambda: self.people, self)
        self.window: ClinicianWindow | None = None
        self._began_t = self._started_t = backstage.clock()
        self._refreshed_t = float("-inf")
        self._displays.watch(self.settle)
        client.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether the window is shown."""
        return self.window is not None and self.window.isVisible()

    def begin(self) -> None:
        """Forget everybody: another session begins."""
        self._began_t = self._started_t = self._backstage.clock()
        self.people = People(self._markers, self._cues)
        self.decisions.begin()
        if self.window is not None:
            self.window.people.clear()
            self.window.signals.clear()
            self.window.question.leave()
            self.window.window_card.forget()

    def follow_screen(self, name: str) -> None:
        """Follow the client's window to another screen: open by itself only where there is a display of its own."""
        if name == "start":
            self.begin()
        if name == "session" and self.window is None:
            self._started_t = self._backstage.clock()
            if home_of(self._displays.all(), self._client.frameGeometry(), self._keeper.now.clinician_display):
                self.open()

    def take(self, message: Message) -> None:
        """Take in what arrived; nothing is painted here."""
        if isinstance(message, Storing | Closed):
            self.people.hear(message)
        elif isinstance(message, Frame):
            item = message.item
            if (item.arrival if isinstance(item, Chunk) else item.t) >= self._began_t:
                self.people.take(message)

    def turn(self, t: float) -> None:
        """Draw what moves, and renew the rest at most 5 times a second; nothing while nobody can see it."""
        window = self.window
        if window is None or not window.isVisible() or not window.is_seen:
            return
        if t - self._refreshed_t >= _EVERY_S or t < self._refreshed_t:
            self._refreshed_t = t
            self._refresh(window, t)
        reading = self.decisions.selected
        window.people.refresh(t, self.people, "" if reading is None else reading.person)
        window.signals.follow(t)

    def open(self) -> None:
        """Show the window, on its own display where there is one."""
        if self.window is None:
            from ui.clinician.window import ClinicianWindow  # its plots come after the first window

            self.window = ClinicianWindow(self._look, self._markers, self._cues)
            self._wire(self.window)
        self.window.show()
        if not leave_out_of_capture(self.window):
            self.window.bar.show_place(_("this system cannot leave the window out of screen sharing"))
        self.settle()
        self.window.activateWindow()

    def toggle(self) -> None:
        """Hide the window, or bring it back."""
        if self.window is not None and self.is_open:
            self.window.hide()
        else:
            self.open()

    def close(self) -> None:
        """Close the window with the client's."""
        if self.window is not None:
            self.window.close()

    def settle(self) -> None:
        """Go to the display that is meant for it, and cover the readings where there is none."""
        window = self.window
        if window is None or not window.isVisible():
            return
        displays, client = self._displays.all(), self._client.frameGeometry()
        home = home_of(displays, client, self._keeper.now.clinician_display)
        is_at_home = home is not None and home.place.contains(window.frameGeometry().center())
        is_own = is_private(displays, window.frameGeometry(), client)
        if home is not None and not is_at_home and (not is_own or home.key == self._keeper.now.clinician_display):
            window.setGeometry(home.place.adjusted(0, 0, -1, -1))
        self.guard()

    def guard(self) -> None:
        """Cover the readings, or show them, by where the windows lie now."""
        if self.window is not None:
            own, client = self.window.frameGeometry(), self._client.frameGeometry()
            self.window.guard(is_private=is_private(self._displays.all(), own, client))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look where the client's window lies whenever it moves."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show):
            self.guard()
        return False

    def be_done(self) -> None:
        """Tell that the client said they are done."""
        if CLIENT in self.people.names:
            self.people[CLIENT].be_done(self._backstage.clock())
        if self.window is not None:
            words = _("{code} says: I’m done. Their screen is calm. End the session?")
            self.window.question.ask(words.format(code=self.people.code_of(CLIENT)), _("End"), self.end_wanted.emit)

    def show_veiled(self, *, is_veiled: bool) -> None:
        """Show whether the client's screen is veiled."""
        if self.window is not None:
            self.window.bar.veil.setChecked(is_veiled)

    def _refresh(self, window: "ClinicianWindow", t: float) -> None:
        window.bar.show_session(t - self._started_t, t, self.people.recording)
        reading = self.decisions.selected
        if reading is None:
            return
        code = self.people.code_of(reading.person)
        window.whose.say(_("{code}: raw signals, and which beats count").format(code=code))
        sensors = self.people.sensors.of(reading.person)
        window.sensors.say("   ".join(sensor_words(seen, self._name_of(seen.source)) for seen in sensors))
        window.signals.show_person(reading.person, reading.raw)
        window.signals.refresh(t)
        window.notes.whose.say(_("for {code}").format(code=code))
        window.notes.hint.say(self._hint())
        window.notes.show_log(reading.events, self._started_t)
        state = reading.arousal.state_at(t)
        window.window_card.show_window(reading.arousal.window(), state.level)
        window.pacer.show_pacer(t, reading)
        window.cue.show_person(code, state.zone, has_screen=reading.person == CLIENT, offered=reading.cue.offer)

    def _hint(self) -> str:
        if self.decisions.is_rating:
            return _("How is it now? 0 to 9, T for ten; F leaves it.")
        is_stored = bool(self.people.recording.persons)
        return _("Kept apart, never on the client’s screen.") if is_stored else _("Live only: notes are kept nowhere.")

    def _name_of(self, source: str) -> str:
        return self._keeper.label_of(source) or safe_text(source.partition(":")[0])

    def _wire(self, window: "ClinicianWindow") -> None:
        decisions = self.decisions
        ClinicianKeys(window, decisions, window.cue).bind_all()
        decisions.chosen.connect(self._renew)
        decisions.write_wanted.connect(window.notes.write)
        decisions.hide_wanted.connect(self.toggle)
        decisions.asked.connect(window.question.ask)
        window.placed.connect(self.guard)
        window.stilled.connect(decisions.still)
        window.people.chosen.connect(decisions.choose)
        window.notes.noted.connect(decisions.note)
        window.notes.marked.connect(decisions.mark)
        window.notes.felt_wanted.connect(decisions.feel)
        window.window_card.bounded.connect(decisions.bound)
        window.window_card.reverted.connect(decisions.revert)
        window.window_card.rest_wanted.connect(decisions.ask_rest)
        window.pacer.stepped.connect(lambda steps: decisions.pace("quicker" if steps > 0 else "slower"))
        window.pacer.toggled.connect(lambda: decisions.pace("toggle"))
        window.pacer.paused.connect(lambda: decisions.pace("pause"))
        window.pacer.shaped.connect(decisions.shape)
        window.cue.offered.connect(lambda: decisions.offer(window.cue.chosen))
        window.bar.veil_wanted.connect(decisions.veil)
        window.bar.stop_wanted.connect(decisions.still)
        window.bar.hide_wanted.connect(self.toggle)

    def _renew(self) -> None:
        """Show at once whom the keys mean now."""
        self._refreshed_t = float("-inf")
        if self.window is not None:
            self.window.window_card.forget()
