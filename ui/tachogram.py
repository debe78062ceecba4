# SPDX-License-Identifier: MIT
"""The last minute of beats and of heart rate, as points, lines and gaps on an axis from -60 s to now.

Law: the line never joins across a beat that does not count, nor across a gap; a beat is shown once, by its newest
verdict; nothing older than the axis is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from dsp.codes import Modality, Verdict
from dsp.ring import Ring
from dsp.stream import CLIENT, Beat, Features, FloatArray, Frame, Gap

SPAN_S = 60.0
_HEART = (None, Modality.RR, Modality.HR, Modality.ECG)
_LONGEST_TICK_S = 2.5  # ticks come each second: a longer step between two rates is a gap


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Points on the axis: seconds before now (0 or less) and values; a NaN breaks the line."""

    x: FloatArray
    y: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Beats:
    """A tachogram: the line through beats that count or wait, and the beats by kind; those set aside with verdicts."""

    line: Points
    counted: Points
    waiting: Points
    set_aside: Points
    verdicts: tuple[Verdict, ...]


class Tachogram:
    """RR intervals of one person's last minute.

    Parameters
    ----------
    person : str
        Whose they are.
    """

    def __init__(self, person: str = CLIENT) -> None:
        self._person = person
        self._beats: dict[float, Beat] = {}
        self._gaps: list[Gap] = []

    def take(self, frame: Frame) -> None:
        """Add what a frame brings, and let go of what left the axis."""
        for beat in frame.beats:
            if beat.person == self._person:
                self._beats[beat.t] = beat
        self._gaps += [g for g in frame.gaps if g.person == self._person and g.modality in _HEART]
        if frame.beats:
            oldest_t = max(self._beats, default=0.0) - SPAN_S
            self._beats = {t: beat for t, beat in self._beats.items() if t >= oldest_t}
            self._gaps = [gap for gap in self._gaps if gap.end_s >= oldest_t]

    def at(self, now: float) -> Beats:
        """Give the tachogram as seen at `now`, seconds on the session clock."""
        beats = [self._beats[t] for t in sorted(self._beats) if t >= now - SPAN_S]
        aside = [beat for beat in beats if not _is_joined(beat)]
        return Beats(
            line=_points(self._line(beats), now),
            counted=_points(((b.t, b.rr_ms) for b in beats if b.verdict is Verdict.NORMAL), now),
            waiting=_points(((b.t, b.rr_ms) for b in beats if b.verdict is Verdict.PROVISIONAL), now),
            set_aside=_points(((b.t, b.rr_ms) for b in aside), now),
            verdicts=tuple(b.verdict for b in aside),
        )

    def gaps_at(self, now: float) -> tuple[tuple[float, float], ...]:
        """Give the gaps on the axis, as (start, end) in seconds before now."""
        spans = ((max(gap.start_s - now, -SPAN_S), min(gap.end_s - now, 0.0)) for gap in self._gaps)
        return tuple((start, end) for start, end in spans if end > start)

    def _line(self, beats: list[Beat]) -> Iterable[tuple[float, float]]:
        earlier: Beat | None = None
        for beat in beats:
            if not _is_joined(beat):
                yield beat.t, float("nan")
            else:
                if earlier is not None and self._is_cut(earlier.t, beat.t):
                    yield beat.t, float("nan")
                yield beat.t, beat.rr_ms
            earlier = beat

    def _is_cut(self, start_s: float, end_s: float) -> bool:
        return any(gap.start_s < end_s and gap.end_s > start_s for gap in self._gaps)


class RateTrend:
    """Heart rate of one person's last minute, one point a second.

    Parameters
    ----------
    person : str
        Whose it is.
    """

    def __init__(self, person: str = CLIENT) -> None:
        self._person = person
        self._ring = Ring(round(SPAN_S) + 1)
        self._newest_t = float("-inf")

    def take(self, frame: Frame) -> None:
        """Add the rates that a frame brings."""
        for features in frame.features:
            if features.person == self._person:
                self._add(features)

    def at(self, now: float) -> Points:
        """Give the trend as seen at `now`, seconds on the session clock."""
        view = self._ring.between(now - SPAN_S, now)
        breaks = np.flatnonzero(~view.connected[:-1] | (np.diff(view.t) > _LONGEST_TICK_S)) + 1
        return Points(np.insert(view.t - now, breaks, 0.0), np.insert(view.values, breaks, np.nan))

    def _add(self, features: Features) -> None:
        """Put a rate where its newest heartbeat is: what is only repeated adds nothing."""
        if features.hr_bpm.value is None:
            self._ring.mark_gap()
        elif features.heart_t is not None and features.heart_t > self._newest_t:
            self._newest_t = features.heart_t
            self._ring.append(np.array([self._newest_t]), np.array([features.hr_bpm.value]))


def _is_joined(beat: Beat) -> bool:
    return beat.verdict in {Verdict.NORMAL, Verdict.PROVISIONAL}


def _points(pairs: Iterable[tuple[float, float]], now: float) -> Points:
    array = np.array(list(pairs), dtype=np.float64).reshape(-1, 2)
    return Points(array[:, 0] - now, array[:, 1])
