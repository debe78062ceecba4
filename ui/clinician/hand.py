# SPDX-License-Identifier: MIT
"""The clinician's hand: every key and button becomes a command or a marker of one person.

Law: nothing is computed here, and words that somebody typed are in no command.
"""

from dsp.codes import Action, CueKind
from dsp.stream import Command, Marker, Value
from ui.backstage import Backstage
from ui.choices import MAX_RATE, MIN_RATE
from ui.clinician.person import CLINICIAN, PersonReading
from ui.cue_words import OfferWords

_STEP = 0.5  # breaths a minute, signals.md section 4
_USUAL_RATE = 6.0


class Hand:
    """Sends what the clinician decides.

    Parameters
    ----------
    backstage : Backstage
        Takes it, and has the clock.
    """

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    def mark(self, person: str, kind: str) -> None:
        """Put a marker of a type."""
        self._backstage.mark(Marker(self._backstage.clock(), kind, CLINICIAN, person))

    def rate_felt(self, person: str, rating: float) -> None:
        """Keep what a person says, 0 to 10."""
        self._send(person, Action.FELT, rating=rating)

    def toggle_pacer(self, reading: PersonReading) -> None:
        """Switch the breathing on or off."""
        if reading.cue.kind is CueKind.SILENCE:
            self.pace(reading.person, _USUAL_RATE)
        else:
            self._send(reading.person, Action.STOP_CUES)

    def pause_or_go_on(self, reading: PersonReading) -> None:
        """Let the breathing rest, or go on."""
        if reading.cue.kind is CueKind.SILENCE:
            self.toggle_pacer(reading)
        else:
            self._send(reading.person, Action.RESUME if reading.cue.kind is CueKind.PAUSED else Action.PAUSE)

    def step(self, reading: PersonReading, steps: int) -> None:
        """Ask for a pace of so many half breaths more."""
        self.pace(reading.person, rate_of(reading) + steps * _STEP)

    def pace(self, person: str, breaths_per_min: float) -> None:
        """Ask for a pace; what is not named of it stays as it is."""
        rate = min(max(round(breaths_per_min / _STEP) * _STEP, MIN_RATE), MAX_RATE)
        self._send(person, Action.PACE, breaths_per_min=rate)

    def shape(self, reading: PersonReading, inhale: float, exhale: float) -> None:
        """Ask for other proportions of the breath."""
        self._send(reading.person, Action.PACE, breaths_per_min=rate_of(reading), inhale=inhale, exhale=exhale)

    def be_quicker(self, person: str) -> None:
        """Take it as too slow for the person."""
        self._send(person, Action.TOO_SLOW)

    def offer(self, person: str, offer: OfferWords) -> None:
        """Hand something over to a person."""
        self._send(person, Action.OFFER, offer=offer.id, is_breath=offer.is_breath)

    def begin_rest(self, person: str) -> None:
        """Begin a calibration of somebody who has no screen of their own."""
        self._send(person, Action.CALIBRATE, step="settle")

    def stop_cues(self, person: str) -> None:
        """Stop every cue of a person."""
        self._send(person, Action.STOP_CUES)

    def _send(self, person: str, action: Action, **values: Value) -> None:
        command = Command(self._backstage.clock(), action, CLINICIAN, person, tuple(values.items()))
        self._backstage.send(command)


def rate_of(reading: PersonReading) -> float:
    """Give the pace that a person's plan leads to."""
    plan = reading.cue.plan
    return _USUAL_RATE if plan is None else round(60.0 / plan.segments[-1].period_s, 2)
