# SPDX-License-Identifier: MIT
"""What the clinician's keys and buttons do, for the person whose signals are shown.

Law: a note goes to the store and to nothing else; what would interrupt somebody is asked first.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from dsp.stream import CLIENT
from resources.words import gettext as _
from ui.arousal.bounds_card import usual_reasons
from ui.arousal.decisions import WindowDecisions
from ui.arousal.words import signed
from ui.backstage import Backstage
from ui.clinician.hand import Hand
from ui.clinician.marker_words import BADLY, MarkerWords
from ui.clinician.people import People
from ui.clinician.person import PersonReading
from ui.clinician.question import Answer, Asked
from ui.cue_words import OfferWords
from ui.foreign import safe_text
from ui.pacing import RATIOS


class Decisions(QObject):
    """The clinician's decisions.

    Parameters
    ----------
    backstage : Backstage
        Takes them, and has the clock.
    markers : MarkerWords
        The types of markers.
    people : callable
        Gives everybody of the session.
    parent : QObject
        Its owner.
    """

    stilled = Signal()
    veil_wanted = Signal()
    rest_wanted = Signal()  # of the client, who has a screen
    write_wanted = Signal()
    hide_wanted = Signal()
    full_screen_wanted = Signal()
    theme_wanted = Signal()
    second_screen_wanted = Signal()
    chosen = Signal()
    asked = Signal(object)  # Asked
    settled = Signal()  # moved bounds are set, or left: nothing waits any more

    def __init__(
        self, backstage: Backstage, markers: MarkerWords, people: Callable[[], People], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._backstage = backstage
        self._markers = markers
        self._people = people
        self._hand = Hand(backstage)
        self._selected = ""
        self.is_rating = False

    def know(self, markers: MarkerWords) -> None:
        """Take other types of markers."""
        self._markers = markers

    def begin(self) -> None:
        """Forget who was chosen: another session begins."""
        self._selected, self.is_rating = "", False

    @property
    def selected(self) -> PersonReading | None:
        """Whose signals are shown, and whom the keys mean; None before anybody is there."""
        people = self._people()
        if self._selected not in people.names and people.names:
            self._selected = people.names[0]
        return people[self._selected] if self._selected in people.names else None

    def choose(self, name: str) -> None:
        """Look at another person."""
        self._selected = name
        self.chosen.emit()

    def mark(self, kind: str) -> None:
        """Put a marker; what went badly stops every cue and begins a note."""
        reading = self.selected
        if reading is None:
            return
        self._hand.mark(reading.person, kind)
        if kind == BADLY:
            self.still()
            self.write_wanted.emit()

    def press(self, key: str) -> None:
        """Answer a felt rating by a digit or T; else put the marker of this digit."""
        reading = self.selected
        if reading is None:
            return
        if self.is_rating:
            self.feel()
            self._hand.rate_felt(reading.person, 10.0 if key == "T" else float(key))
        elif key.isdigit() and 1 <= int(key) <= len(self._markers.types):
            self._hand.mark(reading.person, self._markers.types[int(key) - 1])

    def feel(self) -> None:
        """Await a felt rating, or leave it."""
        self.is_rating = not self.is_rating
        self.chosen.emit()

    def write(self) -> None:
        """Begin a note."""
        self.write_wanted.emit()

    def note(self, text: str) -> None:
        """Keep a note."""
        reading, t = self.selected, self._backstage.clock()
        if reading is not None:
            self._backstage.archive.note(t, reading.person, text)
            reading.note(t, safe_text(text))

    def ask_rest(self) -> None:
        """Ask before a new rest begins; the one before can be had back here too."""
        reading = self.selected
        if reading is None:
            return
        words = _("Begin a new rest for {code}? The window of now stays until it is done.")
        then = self.rest_wanted.emit if reading.person == CLIENT else lambda: self._hand.begin_rest(reading.person)
        answers = [Answer(_("Begin"), then)]
        holding = reading.arousal.holding
        if holding.can_go_back:
            back = _("Take the new one after all") if holding.is_back else _("Have the old one back")
            answers.append(Answer(back, self._window_of(reading.person).go_back))
        self.asked.emit(Asked(words.format(code=self._people().code_of(reading.person)), answers))

    def ask_reason(self, lower: float, upper: float) -> None:
        """Ask why the window is moved: it is set with the reason, and stays as it was without one."""
        reading = self.selected
        if reading is None:
            return
        window = self._window_of(reading.person)

        def put(reason: str) -> None:
            window.set_bounds(lower, upper, reason)
            self.settled.emit()

        words = _("Why is the window of {code} moved to {lower} to {upper}? The reason is kept with the change.")
        code = self._people().code_of(reading.person)
        asked = words.format(code=code, lower=signed(lower), upper=signed(upper))
        answers = [Answer(reason, partial(put, reason)) for reason in usual_reasons()]
        self.asked.emit(Asked(asked, answers, put, self.settled.emit))

    def hold_against(self, reference: str) -> None:
        """Hold the level against the usual rest, or that of today."""
        if self.selected is not None:
            self._window_of(self.selected.person).hold_against(reference)

    def offer(self, offer: OfferWords | None) -> None:
        """Hand something over to the client, whose screen shows it."""
        reading = self.selected
        if reading is not None and reading.person == CLIENT and offer is not None:
            self._hand.offer(reading.person, offer)

    def still(self) -> None:
        """Stop every cue of everybody; the client's window stops the client's."""
        for name in self._people().names:
            if name != CLIENT:
                self._hand.stop_cues(name)
        self.stilled.emit()

    def veil(self) -> None:
        """Veil the client's screen, or lift the veil."""
        self.veil_wanted.emit()

    def toggle(self) -> None:
        """Hide the window."""
        self.hide_wanted.emit()

    def full_screen(self) -> None:
        """Fill the display, or not."""
        self.full_screen_wanted.emit()

    def next_theme(self) -> None:
        """Change the colours of both windows."""
        self.theme_wanted.emit()

    def second_screen(self) -> None:
        """Go to the next display."""
        self.second_screen_wanted.emit()

    def pace(self, act: str) -> None:
        """Steer the chosen person's pacer: toggle, pause, quicker, slower or too_slow."""
        reading = self.selected
        if reading is None:
            return
        match act:
            case "toggle":
                self._hand.toggle_pacer(reading)
            case "pause":
                self._hand.pause_or_go_on(reading)
            case "too_slow":
                self._hand.be_quicker(reading.person)
            case _:
                self._hand.step(reading, 1 if act == "quicker" else -1)

    def shape(self, index: int) -> None:
        """Ask for other proportions of the breath."""
        if self.selected is not None:
            self._hand.shape(self.selected, *RATIOS[index])

    def revert(self) -> None:
        """Go back to the window that was measured."""
        if self.selected is not None:
            self._window_of(self.selected.person).revert()

    def _window_of(self, person: str) -> WindowDecisions:
        return WindowDecisions.behind(self._backstage, person=person)
