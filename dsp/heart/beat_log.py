# SPDX-License-Identifier: MIT
"""The newest beats of one device, and how many of them are sound.

Law: the answers at a time depend on the beats alone; what is held is bounded.
"""

import itertools
from collections import deque

from dsp.codes import Verdict
from dsp.stream import Beat

SILENT_S = 3.0
"""After its newest beat a device says nothing of now: 20 bpm."""

_LOOK_BACK_S = 30.0
_FEWEST = 8  # beats that a share is made of
_KEPT = 256  # more than 30 s at 300 bpm


class BeatLog:
    """The newest beats of a track, for those who judge it."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float]] = deque(maxlen=_KEPT)  # time and interval, as detected
        self._verdicts: deque[tuple[float, bool]] = deque(maxlen=_KEPT)  # time, and whether it is sound

    def take(self, beat: Beat) -> None:
        """Keep what a beat says."""
        if beat.verdict is Verdict.PROVISIONAL:
            self._seen.append((beat.t, beat.rr_ms))
        else:
            self._verdicts.append((beat.t, beat.verdict in (Verdict.NORMAL, Verdict.AFTER_GAP)))

    def keep(self, beats: tuple[Beat, ...]) -> tuple[Beat, ...]:
        """Take several beats; give them on."""
        for beat in beats:
            self.take(beat)
        return beats

    def seen(self, t: float) -> list[tuple[float, float]]:
        """Give time and interval of the beats in the 30 s before `t`."""
        since_s = t - _LOOK_BACK_S
        newest = list(itertools.takewhile(lambda beat: beat[0] > since_s, reversed(self._seen)))  # they are in order
        return [beat for beat in reversed(newest) if beat[0] <= t]

    def is_silent(self, t: float, after_s: float = SILENT_S) -> bool:
        """Tell whether no beat came for a while."""
        return not any(t - after_s <= beat_t <= t for beat_t, _ in reversed(self._seen))

    def accepted(self, t: float) -> float:
        """Give the share of sound beats in the 30 s before `t`; 0 while there are too few, or it is silent."""
        sound = [is_sound for beat_t, is_sound in self._verdicts if t - _LOOK_BACK_S < beat_t <= t]
        return sum(sound) / len(sound) if len(sound) >= _FEWEST and not self.is_silent(t) else 0.0
