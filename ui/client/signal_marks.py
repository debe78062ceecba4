# SPDX-License-Identifier: MIT
"""What the last minute of frames says about the raw signals: beats, skin responses, and how well each second was read.

Law: nothing older than is shown is kept.
"""

from collections import deque
from dataclasses import dataclass
from typing import Literal

from dsp.codes import Modality, Reason
from dsp.stream import ABSENT, CLIENT, Features, Frame, Measure, SignalQuality
from ui.heart import Signal

_KEPT_S = 64.0  # the longest strip, and what it is behind now
_CLEAR, _FAINT = 0.8, 0.6  # signals.md section 3: what is accepted, and what nothing may rest on below

Judged = Literal["ecg", "eda"]
"""The raw signals whose quality is judged, as `SignalQuality` names them."""


@dataclass(frozen=True, slots=True)
class Second:
    """How well a signal was read in the second that ends at `end_s`."""

    end_s: float
    signal: Signal


class SignalMarks:
    """What stands beside one person's raw signals.

    Parameters
    ----------
    person : str
        Whose they are.
    """

    def __init__(self, person: str = CLIENT) -> None:
        self._person = person
        self._beats: dict[float, Modality] = {}  # ordered, with their origin; each comes twice, first provisional
        self._peaks: deque[float] = deque()
        self._seconds: deque[tuple[float, SignalQuality]] = deque()
        self.scr_per_min: Measure = ABSENT
        self.scr_least = Features(0.0).scr_least_microsiemens  # the smallest that counts
        self.ecg_why: Reason | None = None
        self.came_from: Modality | None = None

    def take(self, frame: Frame) -> None:
        """Add what a frame says of this person."""
        self._beats |= {beat.t: beat.origin for beat in frame.beats if beat.person == self._person}
        self._peaks += [scr.peak_t for scr in frame.scrs if scr.person == self._person]
        for features in frame.features:
            if features.person == self._person:
                self._hear(features)

    def beats(self, after_s: float) -> list[float]:
        """Give the times of the beats after a time."""
        return [t for t in self._beats if t > after_s]

    def r_peaks(self, after_s: float) -> list[float]:
        """Give the times of the beats after a time that were seen in the ECG; a strap's own lie elsewhere in it."""
        return [t for t, origin in self._beats.items() if t > after_s and origin is Modality.ECG]

    def peaks(self, after_s: float) -> list[float]:
        """Give the times of the skin responses' peaks after a time."""
        return [t for t in self._peaks if t > after_s]

    def seconds(self, judged: Judged) -> list[Second]:
        """Give how well a signal was read, second by second, oldest first."""
        return [Second(t, _signal_of(getattr(quality, judged))) for t, quality in self._seconds]

    def _hear(self, features: Features) -> None:
        self.scr_per_min, self.scr_least = features.scr_per_min, features.scr_least_microsiemens
        self.ecg_why, self.came_from = features.quality.ecg_why, features.heart_from
        self._seconds.append((features.t, features.quality))
        oldest_t = features.t - _KEPT_S
        self._beats = {t: origin for t, origin in self._beats.items() if t >= oldest_t}
        for kept in (self._peaks, self._seconds):
            while kept and _time_of(kept[0]) < oldest_t:
                kept.popleft()


def _time_of(kept: float | tuple[float, SignalQuality]) -> float:
    return kept if isinstance(kept, float) else kept[0]


def _signal_of(quality: float | None) -> Signal:
    if quality is None or quality < _FAINT:
        return Signal.RESTING
    return Signal.CLEAR if quality >= _CLEAR else Signal.FAINT
