# SPDX-License-Identifier: MIT
"""Puts what is known of everybody onto the clinician's window: at most five times a second, and what moves each turn.

Law: everything shown comes from the readings; nothing is drawn while nobody can see it.
"""

from collections.abc import Callable

from dsp.stream import CLIENT
from resources.words import gettext as _
from ui.announcer import Announcer, speaker_of
from ui.clinician.decisions import Decisions
from ui.clinician.people import People
from ui.clinician.person import PROMPTS, PersonReading
from ui.clinician.sensors import SensorSeen
from ui.clinician.window import ClinicianWindow
from ui.clinician.words import sensor_words

_EVERY_S = 0.2  # screens.md, Drawing: trends at most 5 times a second
_PARTS = 3  # of what is renewed: one of them in a turn, so that no turn is long, and all where turns are rare


class Showing:
    """The window's hand.

    Parameters
    ----------
    window : ClinicianWindow
        What is filled.
    decisions : Decisions
        Who is chosen.
    label_of : callable
        Names a source by the label that is printed on it.
    """

    def __init__(self, window: ClinicianWindow, decisions: Decisions, label_of: Callable[[str], str]) -> None:
        self._window = window
        self._decisions = decisions
        self._label_of = label_of
        self._shown_t = [float("-inf")] * _PARTS
        self.announcer = Announcer(speaker_of(window))
        self._said_t = float("-inf")
        self.is_held = False

    def begin(self) -> None:
        """Forget everybody."""
        window = self._window
        window.people.clear()
        window.strips.signals.clear()
        window.question.leave()
        window.window_card.release()
        window.show_anybody(is_anybody=False)
        self._said_t = float("-inf")
        self.is_held = False

    def renew(self) -> None:
        """Show at once whom the keys mean now."""
        self._shown_t = [float("-inf")] * _PARTS
        self._window.window_card.release()
        self._window.notes.await_rating(is_awaited=self._decisions.is_rating)

    def turn(self, t: float, started_t: float, people: People) -> None:
        """Draw what moves, and renew one part of the rest at `t`, seconds on the session clock."""
        window, reading = self._window, self._decisions.selected
        window.people.refresh(t, people, "" if reading is None else reading.person)
        for part in self._due(t):
            self._shown_t[part] = t
            self._renew(part, t, started_t, people)
        if reading is not None:
            window.strips.signals.follow(t)
            window.pacer.follow(t, reading)

    def _due(self, t: float) -> list[int]:
        """Give what is to be renewed in this turn: the part that waits longest, and what waits far too long."""
        ages = {part: abs(t - shown_t) for part, shown_t in enumerate(self._shown_t)}  # a clock may jump back
        oldest = max(ages, key=lambda part: ages[part])
        return [part for part, age in ages.items() if age >= (_EVERY_S if part == oldest else 2 * _EVERY_S)]

    def _renew(self, part: int, t: float, started_t: float, people: People) -> None:
        reading = self._decisions.selected
        if part == 0:
            self._window.bar.show_session(t - started_t, t, people.recording, is_held=self.is_held)
            self._announce(t, people)
        if reading is None:
            return
        if part == 0:
            self._show_notes(reading, started_t, people)
        elif part == 1:
            self._show_strips(t, reading, people)
        else:
            self._show_controls(t, reading, people)

    def _announce(self, t: float, people: People) -> None:
        """Say what lights a card up, to somebody who does not see it."""
        for name in people.names:
            events = reversed(people[name].events)
            newest = next((event for event in events if event.t <= self._said_t or event.sign in PROMPTS), None)
            if newest is not None and newest.t > self._said_t:
                self._said_t = newest.t
                self.announcer.say(_("{code}: {words}").format(code=people.code_of(name), words=newest.words))
        self.announcer.refresh(t)

    def _show_notes(self, reading: PersonReading, started_t: float, people: People) -> None:
        notes = self._window.notes
        self._window.show_anybody(is_anybody=True)
        notes.whose.say(_("for {code}").format(code=people.code_of(reading.person)))
        notes.hint(self._hint(is_stored=bool(people.recording.persons)))
        notes.log.show_log(reading.events, started_t)

    def _show_strips(self, t: float, reading: PersonReading, people: People) -> None:
        strips = self._window.strips
        strips.show_people([(name, people.code_of(name)) for name in people.names], reading.person)
        seen = people.sensors.of(reading.person)
        strips.sensors.say("   ".join(map(self._sensor_words, seen)))
        is_compact = self._window.people.is_compact
        strips.values.setVisible(is_compact)
        if is_compact:
            strips.values.show_values(t, reading)
        strips.signals.show_person(reading.person, reading.raw)
        strips.signals.refresh(t)

    def _show_controls(self, t: float, reading: PersonReading, people: People) -> None:
        window, state = self._window, reading.arousal.state_at(t)
        window.window_card.show_window(reading.arousal, state)
        window.pacer.show_pacer(t, reading)
        code = people.code_of(reading.person)
        window.cue.show_person(code, state.zone, has_screen=reading.person == CLIENT, offered=reading.cue.offer)

    def _sensor_words(self, seen: SensorSeen) -> str:
        return sensor_words(seen, self._label_of(seen.source))

    def _hint(self, *, is_stored: bool) -> str:
        if self._decisions.is_rating:
            return _("How is it now? 0 to 9, T for ten")
        return _("a note, never on the client’s screen") if is_stored else _("live only: notes are kept nowhere")
