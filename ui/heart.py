# SPDX-License-Identifier: MIT
"""What may be shown of the heart at any instant: a number while it is fresh, two dashes when it is not.

Law (promises.md 17): a value older than 2 s is dimmed and carries its age, one older than 5 s is gone; an unknown value
is never a number. Before the first heartbeat there is nothing to show.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from dsp.codes import Modality, Reason
from dsp.stream import ABSENT, CLIENT, Features, Frame, Measure

DIM_AFTER_S = 2.0
GONE_AFTER_S = 5.0
_CLEAR_SHARE = 0.8  # of the intervals accepted, signals.md section 3


class Signal(StrEnum):
    """How well the sensor can be read."""

    CLEAR = "clear"
    FAINT = "faint"
    RESTING = "resting"


@dataclass(frozen=True, slots=True)
class HeartShown:
    """The heart rate as it may be shown; `age_s` is None before the first heartbeat."""

    bpm: int | None
    is_dim: bool
    age_s: float | None
    signal: Signal

    def to_the_second(self) -> "HeartShown":
        """Give the same with its age in whole seconds: what is equal then looks equal."""
        return self if self.age_s is None else replace(self, age_s=float(int(self.age_s)))


class HeartReading:
    """Holds the newest features of one person and tells what may be shown of them.

    Parameters
    ----------
    person : str
        Whose heart it is.
    """

    def __init__(self, person: str = CLIENT) -> None:
        self._person = person
        self._features = Features(0.0, person)
        self._newest_t: float | None = None

    @property
    def newest_t(self) -> float | None:
        """Time of the newest heart data, None before any."""
        return self._newest_t

    @property
    def rmssd_ms(self) -> Measure:
        """The newest RMSSD, or why there is none."""
        return self._features.rmssd_ms

    @property
    def corrected_percent(self) -> Measure:
        """The newest share of beats that were set aside, or why it is not known."""
        return self._features.corrected_percent

    @property
    def came_from(self) -> Modality | None:
        """What the heart's numbers are made of, None where there are none."""
        return self._features.heart_from

    def take(self, frame: Frame) -> None:
        """Read what a frame says of this person's heart."""
        for features in frame.features:
            if features.person == self._person:
                self._features = features
                self._note(features.heart_t)
        for beat in frame.beats:
            if beat.person == self._person:
                self._note(beat.t)

    def at(self, t: float) -> HeartShown:
        """Tell what may be shown at `t`, seconds on the session clock."""
        if self._newest_t is None:
            return HeartShown(None, is_dim=False, age_s=None, signal=Signal.RESTING)
        age_s = max(t - self._newest_t, 0.0)
        if age_s >= GONE_AFTER_S:
            return HeartShown(None, is_dim=False, age_s=age_s, signal=Signal.RESTING)
        rate = self._features.hr_bpm.value
        is_dim = age_s >= DIM_AFTER_S
        is_clear = rate is not None and not is_dim and self._share_clear() >= _CLEAR_SHARE
        signal = Signal.CLEAR if is_clear else Signal.FAINT
        return HeartShown(None if rate is None else round(rate), is_dim=is_dim, age_s=age_s, signal=signal)

    def rmssd_at(self, t: float) -> Measure:
        """Give the RMSSD that may be shown at `t`, or why there is none."""
        if self._newest_t is None:
            return ABSENT
        if t - self._newest_t >= GONE_AFTER_S:
            return Measure(why=Reason.STALE)
        return self._features.rmssd_ms

    def _share_clear(self) -> float:
        share = self._features.quality.rr
        return self._features.hr_bpm.quality if share is None else share

    def _note(self, t: float | None) -> None:
        if t is not None and (self._newest_t is None or t > self._newest_t):
            self._newest_t = t
