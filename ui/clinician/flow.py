# SPDX-License-Identifier: MIT
"""The clinician's window from opening to hiding, fed by the frames of the one mailbox.

Law: there is no second path: what is shown comes from the frames that the client's window gets; a frame of the session
before is shown nowhere; notes go to the store and to nothing else.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dsp.stream import CLIENT, Chunk, Frame
from resources.words import gettext as _
from ui.archive.seam import Closed, Storing
from ui.backstage import Backstage, Message
from ui.choices import PreferenceKeeper
from ui.clinician.capture import leave_out_of_capture
from ui.clinician.decisions import Decisions
from ui.clinician.displays import Displays, SystemDisplays
from ui.clinician.keys import ClinicianKeys
from ui.clinician.marker_words import MarkerWords
from ui.clinician.people import People
from ui.clinician.placement import Placement
from ui.clinician.question import Answer, Asked
from ui.cue_words import CueWords
from ui.foreign import safe_text
from ui.key_table import Act
from ui.keys import Keymap
from ui.theme import Look
from ui.widgets.button import Button

if TYPE_CHECKING:
    from ui.clinician.showing import Showing
    from ui.clinician.window import ClinicianWindow

_GUARDED_EVERY_S = 0.1  # a mirrored display is covered within 0.2 s, whether or not the system tells


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
    keymap : Keymap
        Which key does what.
    client : QWidget
        The client's window.
    displays : Displays or None
        The displays; those of the system by default.
    """

    end_wanted = Signal()
    made = Signal(object)  # the window, once
    theme_wanted = Signal()

    def __init__(
        self,
        look: Look,
        backstage: Backstage,
        keeper: PreferenceKeeper,
        *,
        cues: CueWords,
        keymap: Keymap,
        client: QWidget,
        displays: Displays | None = None,
    ) -> None:
        super().__init__(client)
        self._look = look
        self._backstage = backstage
        self._keeper = keeper
        self._cues = cues
        self._keymap = keymap
        self._client = client
        self._placement = Placement(displays or SystemDisplays(self), keeper, client)
        self._markers = MarkerWords(keeper.now.markers)
        self.people = People(self._markers, cues)
        self.decisions = Decisions(backstage, self._markers, lambda: self.people, self)
        self.window: ClinicianWindow | None = None
        self._showing: Showing | None = None
        self._began_t = self._started_t = backstage.clock()
        self._guarded_t = float("-inf")
        self._placement.changed.connect(self.settle)
        self._placement.client_moved.connect(self.guard)

    @property
    def is_open(self) -> bool:
        """Whether the window is shown."""
        return self.window is not None and self.window.isVisible()

    def owns(self, watched: QObject) -> bool:
        """Tell whether something is this window or in it: who uses it uses the session, and nothing beyond."""
        if self.window is None:
            return False
        ours = (self.window, self.window.windowHandle())
        above: QObject | None = watched
        while above is not None and above not in ours:
            above = above.parent()
        return above is not None

    def name_key(self, button: Button) -> None:
        """Let a button that opens the window name the key that does the same."""
        self._keymap.label(button, Act.SECOND_SCREEN)

    def begin(self) -> None:
        """Forget everybody: another session begins."""
        self._began_t = self._started_t = self._backstage.clock()
        if self._keeper.now.markers != self._markers.asked:
            self._renew_markers()
        self.people = People(self._markers, self._cues)
        self.decisions.begin()
        if self._showing is not None:
            self._showing.begin()

    def follow_screen(self, name: str) -> None:
        """Follow the client's window to another screen: open by itself only where there is a display of its own."""
        if self._client.isVisible():
            leave_out_of_capture(self._client)
        if name == "start":
            self.begin()
        if name == "session" and self.window is None:
            self._started_t = self._backstage.clock()
            if self._placement.home is not None:
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
        """Draw what moves and renew the rest, while somebody can see it; look again where the windows lie."""
        window = self.window
        if window is None or self._showing is None or not window.isVisible():
            return
        if t - self._guarded_t >= _GUARDED_EVERY_S or t < self._guarded_t:
            self._guarded_t = t
            self.guard()
        if window.is_seen:
            self._showing.turn(t, self._started_t, self.people)

    def open(self) -> None:
        """Show the window, on its own display where there is one."""
        window = self.window or self._make()
        window.show()
        leave_out_of_capture(window)
        leave_out_of_capture(self._client)
        self.settle()
        window.activateWindow()
        window.raise_()

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
        if self.window is not None and self.window.isVisible():
            self._placement.settle(self.window)
            self.guard()

    def guard(self) -> None:
        """Cover the readings, or show them, by where the windows lie now."""
        if self.window is not None:
            self.window.guard(is_private=self._placement.is_seen_by_clinician_alone(self.window))
            self.window.bar.show_place(self._placement.words())

    def be_done(self) -> None:
        """Tell that the client said they are done: from then on no signal is stored unless the clinician keeps it."""
        t = self._backstage.clock()
        lands = CLIENT in self.people.names and self.people[CLIENT].is_still_activated(t)
        if CLIENT in self.people.names:
            self.people[CLIENT].be_done(t)
        if self.window is not None:
            said = [_("{code} says: I’m done. Their screen is calm.").format(code=self.people.code_of(CLIENT))]
            answers = [Answer(_("End"), self.end_wanted.emit)]
            if self.people.recording.persons:
                self._hold(is_held=True)
                said.append(_("Nothing more is stored until you keep it."))
                answers.insert(0, Answer(_("Keep storing"), lambda: self._hold(is_held=False)))
            if lands:
                said.append(_("Still activated: time to land?"))
            self.window.question.ask(Asked(" ".join(said), answers))

    def show_veiled(self, *, is_veiled: bool) -> None:
        """Show whether the client's screen is veiled."""
        if self.window is not None:
            self.window.bar.veil.setChecked(is_veiled)

    def _hold(self, *, is_held: bool) -> None:
        self._backstage.archive.hold(is_held=is_held)
        if self._showing is not None:
            self._showing.is_held = is_held

    def _name_of(self, source: str) -> str:
        return self._keeper.label_of(source) or safe_text(source.partition(":")[0])

    def _renew_markers(self) -> None:
        """Take the types that were written in the settings; the window is made anew when it is next opened."""
        self._markers = MarkerWords(self._keeper.now.markers)
        self.decisions.know(self._markers)
        if self.window is not None:
            was_open = self.is_open
            self.window.close()
            self.window.deleteLater()
            self.window = self._showing = None
            if was_open:
                self.open()

    def _second_screen(self) -> None:
        """Go on to the next display of the clinician's; where there is no other, to the client's window."""
        if self.window is not None and not self._placement.go_on(self.window):
            self._client.activateWindow()
            self._client.raise_()

    def _fill_display(self) -> None:
        if self.window is not None and self.window.isFullScreen():
            self.window.showNormal()
        elif self.window is not None:
            self.window.showFullScreen()

    def _follow_window(self) -> None:
        """Somebody moved the window: remember its display, and look who can see it there."""
        if self.window is not None:
            self._placement.follow(self.window)
        self.guard()

    def _make(self) -> "ClinicianWindow":
        from ui.clinician.showing import Showing  # its plots come after the first window
        from ui.clinician.window import ClinicianWindow

        window = self.window = ClinicianWindow(self._look, self._keymap, self._markers, self._cues)
        self._showing = Showing(window, self.decisions, self._name_of)
        self._wire(window, self._showing)
        self.made.emit(window)
        return window

    def _wire(self, window: "ClinicianWindow", showing: "Showing") -> None:
        decisions = self.decisions
        ClinicianKeys(window, self._keymap, decisions, window.cue).bind_all()
        window.obey(decisions)
        decisions.chosen.connect(showing.renew)
        decisions.settled.connect(window.window_card.release)
        decisions.hide_wanted.connect(self.toggle)
        decisions.full_screen_wanted.connect(self._fill_display)
        decisions.second_screen_wanted.connect(self._second_screen)
        decisions.theme_wanted.connect(self.theme_wanted)
        window.bar.other_display_wanted.connect(self._second_screen)
        window.bar.hide_wanted.connect(self.toggle)
        window.placed.connect(self._follow_window)
