# SPDX-License-Identifier: MIT
"""What is told of a heart each second, and what is withheld of it where the signal does not bear it.

Law: what is withheld depends on what was known at the ticks up to now alone.
"""

from collections import deque
from dataclasses import dataclass, replace

from dsp.codes import Modality, Reason
from dsp.heart.hrv import WINDOW_S, Variability
from dsp.heart.respiration import WINDOW_S as BREATH_WINDOW_S
from dsp.heart.rsa import Swing
from dsp.heart.spectrum import WINDOW_S as BANDS_WINDOW_S
from dsp.heart.spectrum import Bands
from dsp.heart.tracks import Wave
from dsp.stream import BreathLocking, Measure

_MOST_UNCLEAR = 0.1  # of a window's seconds
_CLEAR = 0.9


@dataclass(frozen=True, slots=True)
class HeartSecond:
    """What is known of a heart at one tick.

    `newest_t` is the time of its newest data, None before any; `came_from` says what they are seen in; `wave` is the
    ECG's, None where there is none.
    """

    newest_t: float | None
    came_from: Modality | None
    wave: Wave | None
    hr_bpm: Measure
    variability: Variability
    bands: Bands
    rhythm: Measure
    swing: Swing
    breaths_per_min: Measure

    @property
    def clearness(self) -> float | None:
        """Share of late beats that count, less as the newest one ages; None where no heart is heard."""
        if self.variability.accepted is None or self.hr_bpm.value is None:
            return None
        return min(self.variability.accepted, self.hr_bpm.quality)

    @property
    def unclear_why(self) -> Reason | None:
        """Say what is the matter with the beats; None where they are clear, or none was ever heard."""
        clearness = self.clearness
        if clearness is None:
            return None if self.newest_t is None else self.hr_bpm.why
        if clearness >= _CLEAR:
            return None
        return Reason.TOO_MANY_FLAGGED if clearness == self.variability.accepted else Reason.STALE


class Unclear:
    """Remember the seconds at which beats were taken from a waveform that is not clear."""

    def __init__(self) -> None:
        self._seconds: deque[float] = deque(maxlen=int(BANDS_WINDOW_S))

    def withhold(self, told: HeartSecond, t: float, *, is_unclear: bool) -> HeartSecond:
        """Withhold the rate while the waveform is unclear, and all that looks back on more than a tenth of that."""
        if is_unclear:
            self._seconds.append(t)
            told = replace(told, hr_bpm=Measure(why=Reason.WAVE_UNCLEAR), came_from=None)
        if self._share(t, BREATH_WINDOW_S) > _MOST_UNCLEAR:
            told = replace(told, breaths_per_min=Measure(why=Reason.WAVE_UNCLEAR))
        if self._share(t, WINDOW_S) > _MOST_UNCLEAR:
            return without_variability(told, Reason.WAVE_UNCLEAR)
        if self._share(t, BANDS_WINDOW_S) > _MOST_UNCLEAR:
            return replace(told, bands=_without_bands(Reason.WAVE_UNCLEAR))
        return told

    def _share(self, t: float, window_s: float) -> float:
        return sum(t - window_s < second <= t for second in self._seconds) / window_s


def without_variability(told: HeartSecond, why: Reason) -> HeartSecond:
    """Withhold everything that is made of differences between intervals."""
    none = Measure(why=why)
    variability = replace(told.variability, rmssd_ms=none, sdnn_ms=none, pnn50_percent=none, sd1_ms=none, sd2_ms=none)
    swing = Swing(none, BreathLocking(none, none, none, none))
    return replace(told, variability=variability, bands=_without_bands(why), rhythm=none, swing=swing)


def _without_bands(why: Reason) -> Bands:
    none = Measure(why=why)
    return Bands(none, none, none)
