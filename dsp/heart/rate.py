# SPDX-License-Identifier: MIT
"""The heart rate to show: from raw intervals without look-ahead, so that a change is seen within seconds.

The rate is 60000 / mean of the plausible RR intervals of the last 4 s, of the last 3 beats where these reach further
back. A device that sends rates alone is believed. What is old loses its quality and then its value.

Law: the rate at `t` depends on the beats and rates up to `t` alone, however they were cut.

Notes
-----
- A lone interval of about twice or half the strap's own rate is a beat that was missed or seen twice. It waits for the
  beat after it: a second one like it shows a true change, and both count; otherwise it stays out.
- A device that sends intervals is not believed by its rate alone: without contact some go on sending the last one.
- Of two devices that send rates, the second is heard when the first has been silent for 5 s.
- Intervals from before a silence of 5 s do not count: the rate that a strap comes back with is its new one.
"""

import math
from collections import deque

from dsp.codes import Modality, Reason, Verdict
from dsp.stream import ABSENT, Beat, Chunk, Measure

Interval = tuple[float, float]  # the time at which it ends in s, its length in ms

STALE_AFTER_S = 5.0  # a heart value older than this is no longer shown

_PLAUSIBLE_MS = (240.0, 2200.0)  # 250 to 27 bpm: raw intervals that a display believes
_WINDOW_S = 4.0
_WINDOW_BEATS = 3
_KEPT_S = 10.0  # the window, its beats at 27 bpm and their neighbours, and a tick that comes late
_KEPT = 64  # more than 10 s at 250 bpm
_DOUBLED = (1.6, 2.5)  # beyond what slow breathing does to an interval (1.5)
_HALVED = (0.4, 0.625)


class HeartRate:
    """Follow one person's beats and device rates; tell the rate at any time."""

    delay_s = 0.0

    def __init__(self) -> None:
        self._beats: deque[Interval] = deque(maxlen=_KEPT)
        self._rates: deque[Interval] = deque(maxlen=_KEPT)
        self._rate_source = ""
        self._interval_sources: set[str] = set()

    def update(self, item: Beat | Chunk) -> None:
        """Take a beat, or a chunk to see what its device sends; what is implausible is passed over."""
        if isinstance(item, Beat):
            if item.verdict is Verdict.PROVISIONAL:
                _keep(self._beats, item.t, item.rr_ms)
        elif item.modality is Modality.RR:
            self._interval_sources.add(item.source)
        elif item.modality is Modality.HR:
            for t, bpm in zip(item.t.tolist(), item.values.tolist(), strict=True):
                if item.source == self._rate_source or not self._rates or t - self._rates[-1][0] > STALE_AFTER_S:
                    self._rate_source = item.source
                    _keep(self._rates, t, 60_000.0 / bpm if bpm > 0 else 0.0)

    def forget_beats(self) -> None:
        """Begin a new row of beats: those to come are another device's. Rates that devices send stay."""
        self._beats.clear()

    def measure_at(self, t: float) -> Measure:
        """Give the heart rate in beats per minute at `t`, or why there is none.

        Parameters
        ----------
        t : float
            Seconds on the session clock.

        Returns
        -------
        Measure
            Its quality is 1 while the newest heart data are at most 1 s old, 0.5 at 2 s and 0 at 5 s.
        """
        beats, rates = _newest_first(self._beats, t), _newest_first(self._rates, t)
        newest_s = [known[0][0] for known in (beats, rates) if known]
        if not newest_s:
            return ABSENT
        mean_ms = self._mean_ms(_fresh(beats, t), _fresh(rates, t), t)
        if mean_ms is None:
            return Measure(why=Reason.STALE)
        return Measure(60_000.0 / mean_ms, _quality(t - max(newest_s)), None)

    def _mean_ms(self, beats: list[Interval], rates: list[Interval], t: float) -> float | None:
        if beats:
            return _window_mean(_without_lone(beats, rates), t)
        if rates and self._rate_source not in self._interval_sources:
            return rates[0][1]
        return None


def _keep(series: deque[Interval], t: float, ms: float) -> None:
    newest_t = series[-1][0] if series else -math.inf
    if newest_t < t < math.inf and _PLAUSIBLE_MS[0] <= ms <= _PLAUSIBLE_MS[1]:
        series.append((t, ms))
        while series[0][0] < t - _KEPT_S:
            series.popleft()


def _newest_first(series: deque[Interval], t: float) -> list[Interval]:
    """List what is known at `t`, back to the last silence."""
    known: list[Interval] = []
    for end_s, ms in reversed(series):
        if known and known[-1][0] - end_s > STALE_AFTER_S:
            break
        if end_s <= t:
            known.append((end_s, ms))
    return known


def _quality(age_s: float) -> float:
    return min(1.0, max(1.5 - age_s / 2.0, (STALE_AFTER_S - age_s) / 6.0))


def _fresh(known: list[Interval], t: float) -> list[Interval]:
    return known if known and t - known[0][0] <= STALE_AFTER_S else []


def _without_lone(beats: list[Interval], rates: list[Interval]) -> list[Interval]:
    """Leave out doubled or halved intervals that neither the device's rate nor a neighbour bears out."""
    if not rates:
        return beats
    kinds = [_kind(ms / rates[0][1]) for _, ms in beats]
    borne_out = [
        kind == 0 or kind in (*kinds[max(i - 1, 0) : i], *kinds[i + 1 : i + 2]) for i, kind in enumerate(kinds)
    ]
    return [beat for beat, is_so in zip(beats, borne_out, strict=True) if is_so] or beats


def _kind(ratio: float) -> int:
    """Tell a doubled interval (1) and a halved one (-1) from a single one (0)."""
    return (_DOUBLED[0] < ratio < _DOUBLED[1]) - (_HALVED[0] < ratio < _HALVED[1])


def _window_mean(beats: list[Interval], t: float) -> float:
    window = [ms for i, (end_s, ms) in enumerate(beats) if end_s > t - _WINDOW_S or i < _WINDOW_BEATS]
    return sum(window) / len(window)
