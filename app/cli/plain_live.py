# SPDX-License-Identifier: MIT
"""A live session where nothing can be drawn: a plain line every few seconds, and one for each change of a source.

Law: it shows what frames carry and computes nothing.
"""

from collections.abc import Callable, Sequence

from app.cli.panel import heart_text, status_text
from dsp.stream import Frame, Tick
from resources.words import gettext as _
from ui.foreign import safe_text
from ui.heart import HeartReading
from ui.words import clock_words

_EVERY_S = 5.0


class PlainLive:
    """A sink that writes lines for a log or a pipe.

    Parameters
    ----------
    persons : sequence of str
        Who is shown, in this order.
    start_s : float
        When the session began, seconds on the session clock.
    write : callable
        Takes one line with its end.
    """

    def __init__(self, persons: Sequence[str], start_s: float, write: Callable[[str], object]) -> None:
        self._readings = {person: HeartReading(person) for person in persons}
        self._start_s = start_s
        self._write = write
        self._due_s = start_s

    def put(self, frame: Frame) -> None:
        """Write the sources that changed, and from time to time how the hearts are."""
        for reading in self._readings.values():
            reading.take(frame)
        for status in frame.statuses:
            self._line(status.t, f"{safe_text(status.source)} {status_text(status)}")
        if isinstance(frame.item, Tick) and frame.item.t >= self._due_s:
            self._due_s = frame.item.t + _EVERY_S
            self._tell(frame.item.t)

    def _tell(self, t: float) -> None:
        for person, reading in self._readings.items():
            measure = reading.rmssd_at(t)
            rmssd = "--" if measure.value is None else _("{value:.0f} ms").format(value=measure.value)
            self._line(t, f"{person}  {heart_text(reading.at(t)).plain.strip()}  RMSSD {rmssd}")

    def _line(self, t: float, words: str) -> None:
        self._write(f"{clock_words(t - self._start_s)}  {words}\n")
