# SPDX-License-Identifier: MIT
"""The live numbers of one person, each with its quality and its age.

Law (promises.md 17): a value older than 2 s is dimmed, one older than 5 s is gone; a value that is withheld is never
the one before it, and says why.
"""

from dataclasses import dataclass
from enum import Enum

from dsp.codes import Reason
from dsp.stream import ABSENT, Features, Measure
from ui.heart import DIM_AFTER_S, GONE_AFTER_S


class Live(Enum):
    """Which number."""

    HEART_RATE = "hr_bpm"
    RMSSD = "rmssd_ms"
    SCL = "scl_microsiemens"
    BREATH = "breaths_per_min"


_OF_THE_HEART = (Live.HEART_RATE, Live.RMSSD)  # as old as the newest heartbeat; the rest as old as their second


@dataclass(frozen=True, slots=True)
class LiveValue:
    """A number as it may be shown; without a value `why` says the reason, None where there is no sensor for it."""

    value: float | None = None
    quality: float = 0.0
    age_s: float | None = None
    is_dim: bool = False
    why: Reason | None = None


class LiveValues:
    """Keeps the newest features of one person."""

    def __init__(self) -> None:
        self._features: Features | None = None
        self._was_there: set[Live] = set()

    def take(self, features: Features) -> None:
        """Take what is known at one second."""
        self._features = features
        self._was_there |= {kind for kind in Live if self._measure(kind).value is not None}

    def at(self, kind: Live, t: float) -> LiveValue:
        """Tell what may be shown at `t`, seconds on the session clock."""
        measure, since_t = self._measure(kind), self._since(kind)
        if measure.value is None or since_t is None:
            has_sensor = kind in self._was_there or measure.why is not Reason.NOT_COMPUTED
            return LiveValue(why=measure.why if has_sensor else None)
        age_s = max(t - since_t, 0.0)
        if age_s >= GONE_AFTER_S:
            return LiveValue(age_s=age_s, why=Reason.STALE)
        return LiveValue(measure.value, measure.quality, age_s, is_dim=age_s >= DIM_AFTER_S)

    def _measure(self, kind: Live) -> Measure:
        measure: Measure = ABSENT if self._features is None else getattr(self._features, kind.value)
        return measure

    def _since(self, kind: Live) -> float | None:
        if self._features is None:
            return None
        return self._features.heart_t if kind in _OF_THE_HEART else self._features.t
