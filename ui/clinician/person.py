# SPDX-License-Identifier: MIT
"""All that the clinician's window knows of one person, taken from the frames of the one mailbox.

Law: nothing is computed of signals here; seconds are counted, and what frames say is kept with its age.
"""

from collections import deque
from dataclasses import dataclass
from enum import Enum

from dsp.codes import Action, Zone
from dsp.stream import ArousalState, Command, Cue, Frame, Marker
from resources.words import gettext as _
from ui.arousal.reading import ArousalReading
from ui.clinician.marker_words import MarkerWords
from ui.clinician.measures import LiveValues
from ui.clinician.raw import RawSignals
from ui.clinician.shares import ShareCount
from ui.clinician.trajectory import Trajectory
from ui.cue_words import CueWords
from ui.foreign import safe_text
from ui.heart import HeartReading

CLINICIAN = "clinician"
"""Who decides in this window: the author of its commands and markers."""

PROMPTS = ("▲", "▼", "◆")
"""Signs of what lights a card up: above, below, and what the person asked for."""

_MOST_EVENTS = 200
_LANDING_S = 300.0  # screens.md, End
_LIT_S = 30.0  # a prompt, or what somebody asked for


class Lit(Enum):
    """Why a card has a light at its edge."""

    ABOVE = "above"
    BELOW = "below"
    ASKED = "text"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log: when, a short sign, and (safe) words."""

    t: float
    sign: str
    words: str


class PersonReading:
    """What is known of one person.

    Parameters
    ----------
    name : str
        The person's code in the items.
    markers : MarkerWords
        The types of markers and their keys.
    cues : CueWords
        What may be offered, in words.
    """

    def __init__(self, name: str, markers: MarkerWords, cues: CueWords) -> None:
        self.person = name
        self._markers = markers
        self._cues = cues
        self.heart = HeartReading(name)
        self.arousal = ArousalReading(name)
        self.trajectory = Trajectory()
        self.values = LiveValues()
        self.raw = RawSignals(name)
        self.cue = Cue(float("-inf"), name)
        self.events: deque[Event] = deque(maxlen=_MOST_EVENTS)
        self.zone, self.zone_since_t = Zone.UNKNOWN, 0.0
        self._shares = ShareCount()
        self._lit: tuple[Lit, float] | None = None
        self._asked: tuple[str, float] | None = None

    @property
    def shares(self) -> ShareCount:
        """Where the counted seconds were."""
        return self._shares

    def lit_at(self, t: float) -> Lit | None:
        """Give the light at the card's edge, None most of the time."""
        return self._lit[0] if self._lit is not None and t - self._lit[1] < _LIT_S else None

    def asked_at(self, t: float) -> str:
        """Give what the person asked for just now, in words; empty most of the time."""
        return self._asked[0] if self._asked is not None and t - self._asked[1] < _LIT_S else ""

    def is_still_activated(self, t: float) -> bool:
        """Tell whether the last five minutes were above or unknown; of whom there is no window, nobody can say it."""
        last = [second for second in self.trajectory.seconds(t) if second.t > t - _LANDING_S]
        is_outside = all(second.zone in (Zone.ABOVE, Zone.UNKNOWN) for second in last)
        return bool(last) and is_outside and self.arousal.window() is not None

    def note(self, t: float, words: str) -> None:
        """Put a (safe) line into the log that is in no frame."""
        self.events.append(Event(t, "", words))

    def be_done(self, t: float) -> None:
        """Take that the person said they are done."""
        self._ask(t, _("says: I’m done"))

    def take(self, frame: Frame) -> None:
        """Take what a frame says of this person."""
        self.heart.take(frame)
        self.arousal.take(frame)
        self.raw.take(frame)
        if isinstance(frame.item, Command) and frame.item.person == self.person:
            self._hear(frame.item)
        for marker in (marker for marker in frame.markers if marker.person == self.person):
            self._mark(marker)
        self._take_second(frame)

    def _take_second(self, frame: Frame) -> None:
        self.cue = next((cue for cue in reversed(frame.cues) if cue.person == self.person), self.cue)
        for features in frame.features:
            if features.person == self.person:
                self.values.take(features)
        for state in frame.states:
            if state.person == self.person:
                self._follow(state)

    def _follow(self, state: ArousalState) -> None:
        self.trajectory.add(state)
        self._shares.add(state)
        if state.zone is not self.zone:
            self.zone, self.zone_since_t = state.zone, state.t
        if state.prompt in (Zone.ABOVE, Zone.BELOW):
            is_above = state.prompt is Zone.ABOVE
            self._lit = Lit.ABOVE if is_above else Lit.BELOW, state.t
            words = _("above for a minute") if is_above else _("below for a minute")
            self.events.append(Event(state.t, "▲" if is_above else "▼", words))

    def _mark(self, marker: Marker) -> None:
        kind = safe_text(marker.type)
        self.trajectory.mark(marker, self._markers.tag_of(kind))
        self.events.append(Event(marker.t, self._markers.tag_of(kind), self._markers.words_of(kind)))

    def _hear(self, command: Command) -> None:
        if safe_text(command.author) == CLINICIAN:
            if command.action is Action.FELT:
                rating = dict(command.values).get("rating")
                self.events.append(Event(command.t, "F", _("felt: {rating}").format(rating=safe_text(str(rating)))))
            return
        if command.action is Action.TOO_SLOW:
            self._ask(command.t, _("asked: too slow"))
        elif command.action is Action.ANSWER:
            self._hear_answer(command)

    def _hear_answer(self, command: Command) -> None:
        values = dict(command.values)
        offer = self._cues.find(str(values.get("offer")))
        if values.get("answer") != "no" and offer is not None:
            self.trajectory.take_up(command.t)
            self._ask(command.t, _("asked for grounding"), safe_text(offer.title))

    def _ask(self, t: float, words: str, what: str = "") -> None:
        self._lit, self._asked = (Lit.ASKED, t), (words, t)
        self.events.append(Event(t, "◆", f"{words}: {what}" if what else words))
