# SPDX-License-Identifier: MIT
"""Everybody in the session: one reading each, in the order in which they came.

Law: an item says something of its own person alone; time passes for all.
"""

from collections.abc import Mapping

from dsp.codes import Action
from dsp.stream import NOBODY, Command, Frame, Recording, Tick
from ui.archive.seam import Closed, Storing
from ui.clinician.marker_words import MarkerWords
from ui.clinician.person import PersonReading
from ui.clinician.sensors import Sensors
from ui.cue_words import CueWords
from ui.foreign import safe_text
from ui.people import PEOPLE, person_name

_LONGEST_CODE = 16  # characters: a code has six


class People:
    """The readings of a session.

    Parameters
    ----------
    markers : MarkerWords
        The types of markers.
    cues : CueWords
        What may be offered.
    """

    def __init__(self, markers: MarkerWords, cues: CueWords) -> None:
        self._markers = markers
        self._cues = cues
        self._readings: dict[str, PersonReading] = {}
        self._codes: Mapping[str, str] = {}
        self.sensors = Sensors()
        self.recording = Recording()

    @property
    def names(self) -> tuple[str, ...]:
        """Who is there."""
        return tuple(self._readings)

    def __getitem__(self, name: str) -> PersonReading:
        return self._readings[name]

    def code_of(self, name: str) -> str:
        """Give the code of a person, or what they are called until they have one."""
        code = self._codes.get(name, "")
        if not code and name in PEOPLE:
            return person_name(name)
        said = safe_text(code or name)
        return said if len(said) <= _LONGEST_CODE else f"{said[: _LONGEST_CODE - 1]}…"

    def take(self, frame: Frame) -> None:
        """Take a frame of the session."""
        self.sensors.take(frame)
        for features in frame.features:
            self._know(features.person)
        if isinstance(frame.item, Tick):
            for reading in self._readings.values():
                reading.take(frame)
        elif frame.item.person in self._readings:
            self._readings[frame.item.person].take(frame)
        elif isinstance(frame.item, Command) and frame.item.action is not Action.ASSIGN:
            self._know(frame.item.person).take(frame)

    def hear(self, message: Storing | Closed) -> None:
        """Take how the session is stored, and who is who."""
        self._codes = dict(message.codes)
        self.recording = message.recording if isinstance(message, Storing) else Recording()

    def _know(self, name: str) -> PersonReading:
        if name not in self._readings and name != NOBODY:
            self._readings[name] = PersonReading(name, self._markers, self._cues)
        return self._readings.get(name) or PersonReading(name, self._markers, self._cues)
