# SPDX-License-Identifier: MIT
"""The heart's channels: the mean rate over half a minute, and the variability.

h is 60000 / mean NN over the 30 s before (15 s for what is drawn at once), over whole breaths nearest to that while a
pacer or a clear breath runs, so that where in a breath one looks does not matter. Where a device sends a rate alone, h
is the mean of its rates.

Law: the reading at `t` depends on the beats and rates up to it alone, however they were cut.

Notes
-----
- The quality is the smaller of the share of the window that the NN cover and the share of beats that was accepted; it
  is nothing below 80 % accepted (75 % in the last 10 s, and in the last 15 s), or where the NN cover less than 65 %.
- Intervals that were accepted and yet leap by more than 30 % from one to the next, twice in 10 s, are no heart's: noise
  passes now and then for a few beats.
- Intervals that together last longer than the window overlap: no beats follow one another so.
- After 5 s without a beat the first 10 s do not count: what comes and goes is no contact.
- Intervals that all are the same for 25 s are a counter that hangs: no heart beats so.
- A device's own rate cannot be checked beat by beat, and light at the wrist errs by more than a rest's spread when the
  hand moves: its quality is at most 0.65, just enough to carry an estimate alone, and nothing where it jumps.
"""

import itertools
import math
from collections import deque
from collections.abc import Iterator

from dsp.arousal.readings import Reading, absent
from dsp.codes import Channel, Modality, Reason, Verdict
from dsp.stream import Beat, Chunk, Measure

HeardBeat = tuple[float, float | None]  # confirmed: when, seconds on the session clock, and its NN in ms

WINDOW_S = 30.0
SHOWN_S = 15.0

_BREATH_S = 8.0
_HELD_S = 45.0  # 1.5 windows: whole breaths nearest to 30 s, at 4 breaths a minute
_HELD = 512
_STALE_S = 5.0
_BACK_S = 10.0
_ACCEPTED = 0.8
_LATELY_S, _ACCEPTED_LATELY = (10.0, 15.0), 0.75
_LEAPING, _MOST_LEAPING = 0.3, 1  # of the shorter interval; a swing of 45 bpm at 6 breaths a minute stays below 0.2
_COVERED = 0.65  # 5 % of beats missed leave 90 %, a strap that fell silent 10 s ago 65 %
_FULL = 1.05  # of the window and one interval more: intervals that follow one another fill no more
_SAME_MS = 1.0  # a strap counts in 1/1024 s
_SAME_BEATS_S = 25.0
_SAME_BPM = 0.01
_SAME_S = 60.0  # rates are rounded and smoothed: half a minute of one rate is a calm person
_SAME_LEAST = 0.9
_RATE_QUALITY = 0.65
_RATES_BPM = (27.0, 250.0)
_LEAP = 0.15  # of the rate before: from one second to the next no smoothed rate changes so much
_MOST_LEAPS = 0.1
_NN_MS = (240.0, 2200.0)


class HeartChannels:
    """Follow one person's beats and rates."""

    def __init__(self) -> None:
        self._beats: deque[HeardBeat] = deque(maxlen=_HELD)
        self._rates: deque[tuple[float, float]] = deque(maxlen=_HELD)
        self._heard_t = -math.inf
        self._back_s = -math.inf  # when the heart was heard again after a silence
        self._sends_intervals = False

    def update(self, item: Beat | Chunk) -> None:
        """Take a beat, or a chunk of a device's own rates."""
        if isinstance(item, Beat):
            self._take_beat(item)
        elif item.modality is Modality.HR:
            for t, bpm in zip(item.t.tolist(), item.values.tolist(), strict=True):
                self._take_rate(t, bpm)

    def _take_beat(self, beat: Beat) -> None:
        self._sends_intervals = True
        if self._heard_t < beat.t < math.inf:
            if beat.t - self._heard_t > _STALE_S:
                self._back_s = beat.t if self._heard_t > -math.inf else -math.inf
            self._heard_t = beat.t
        if beat.verdict is Verdict.PROVISIONAL:
            return
        newest_t = self._beats[-1][0] if self._beats else -math.inf
        if newest_t < beat.t < math.inf:
            nn_ms = beat.nn_ms
            self._beats.append((beat.t, nn_ms if nn_ms is not None and _NN_MS[0] <= nn_ms <= _NN_MS[1] else None))

    def _take_rate(self, t: float, bpm: float) -> None:
        newest_t = self._rates[-1][0] if self._rates else -math.inf
        if newest_t < t < math.inf and _RATES_BPM[0] <= bpm <= _RATES_BPM[1]:
            self._rates.append((t, bpm))

    @property
    def is_heard(self) -> bool:
        """Tell whether a beat or a rate ever came."""
        return self._sends_intervals or bool(self._rates)

    def breath_mean(self, t: float, breath_s: float | None) -> float | None:
        """Give the mean rate of the last breath (of 8 s where none is known), in beats per minute."""
        reading = self.mean_at(t, breath_s or _BREATH_S)
        return reading.x if reading.signal > 0.0 else None

    def mean_at(self, t: float, window_s: float, breath_s: float | None = None) -> Reading:
        """Give h over the window that ends at `t`.

        Parameters
        ----------
        t : float
            Seconds on the session clock.
        window_s : float
            How long it should be.
        breath_s : float or None
            The length of a breath, where one is known: the window becomes the nearest whole number of them.
        """
        if breath_s is not None:
            window_s = min(max(round(window_s / breath_s), 1) * breath_s, _HELD_S)
        if self._sends_intervals:
            return self._of_beats(t, window_s)
        return self._of_rates(t, window_s)

    def _of_beats(self, t: float, window_s: float) -> Reading:
        if self._heard_t < t - _STALE_S or t - self._back_s < _BACK_S:
            return absent(Channel.H, Reason.STALE)
        intervals = [nn for _, nn in _newest_first(self._beats, t - window_s, t)]
        nn_ms = [nn for nn in intervals if nn is not None]
        if not nn_ms:
            return absent(Channel.H, Reason.TOO_FEW_BEATS)
        accepted = len(nn_ms) / len(intervals)
        coverage = math.fsum(nn_ms) / (1000.0 * window_s)
        x = 60_000.0 * len(nn_ms) / math.fsum(nn_ms)
        why = _why_not(accepted, coverage) or self._why_unbelievable(t, nn_ms, window_s)
        quality = 0.0 if why is not None else min(coverage, accepted, 1.0)
        return Reading(Channel.H, x, quality, quality, why)

    def _why_unbelievable(self, t: float, nn_ms: list[float], window_s: float) -> Reason | None:
        """Say why intervals are not to be believed, whatever the verdict on each."""
        if math.fsum(nn_ms) > _FULL * (1000.0 * window_s + max(nn_ms)):
            return Reason.NOISY
        lately = [nn for _, nn in _newest_first(self._beats, t - _LATELY_S[0], t)]
        if any(self._accepted(t, span_s) < _ACCEPTED_LATELY for span_s in _LATELY_S):
            return Reason.TOO_MANY_FLAGGED
        if sum(_leaps(a, b) for a, b in itertools.pairwise(lately)) > _MOST_LEAPING:
            return Reason.NOISY
        return Reason.FLAT if self._hangs(t) else None

    def _accepted(self, t: float, span_s: float) -> float:
        """Give the share of the intervals of the last seconds that was accepted; 1 where there are none."""
        told = [nn is not None for _, nn in _newest_first(self._beats, t - span_s, t)]
        return sum(told) / len(told) if told else 1.0

    def _hangs(self, t: float) -> bool:
        """Tell whether all intervals of the last 25 s are the same: of most hearts the newest few deny it."""
        lowest, highest, oldest_t, newest_t = math.inf, -math.inf, math.inf, -math.inf
        for at_s, nn in _newest_first(self._beats, t - _SAME_BEATS_S, t):
            oldest_t, newest_t = at_s, max(newest_t, at_s)
            if nn is not None:
                lowest, highest = min(lowest, nn), max(highest, nn)
                if highest - lowest >= _SAME_MS:
                    return False
        return lowest <= highest and newest_t - oldest_t > _ACCEPTED * _SAME_BEATS_S

    def _of_rates(self, t: float, window_s: float) -> Reading:
        late = [(at_s, bpm) for at_s, bpm in self._rates if t - window_s < at_s <= t]
        if not late or late[-1][0] < t - _STALE_S:
            return absent(Channel.H, Reason.STALE if self._rates else Reason.NOT_COMPUTED)
        rates = [bpm for _, bpm in late]
        quality = _RATE_QUALITY * min(len(rates) / window_s, 1.0)
        why = self._why_no_rate(t, rates)
        quality = 0.0 if why is not None else quality
        return Reading(Channel.H, math.fsum(rates) / len(rates), quality, quality, why)

    def _why_no_rate(self, t: float, rates: list[float]) -> Reason | None:
        leaps = sum(abs(b - a) > _LEAP * a for a, b in itertools.pairwise(rates))
        if leaps > _MOST_LEAPS * len(rates):
            return Reason.NOISY
        late = [bpm for at_s, bpm in self._rates if t - _SAME_S < at_s <= t]
        is_long = len(late) >= _SAME_LEAST * _SAME_S
        return Reason.FLAT if is_long and max(late) - min(late) < _SAME_BPM else None


def _leaps(a_ms: float | None, b_ms: float | None) -> bool:
    """Tell whether two intervals that follow one another differ by more than two beats of a heart do."""
    return a_ms is not None and b_ms is not None and abs(a_ms - b_ms) > _LEAPING * min(a_ms, b_ms)


def _newest_first(beats: deque[HeardBeat], after_s: float, until_s: float) -> Iterator[HeardBeat]:
    """Give the beats that end in a window, newest first: only these are looked at, of beats whose times rise."""
    for beat in reversed(beats):
        if beat[0] <= after_s:
            return
        if beat[0] <= until_s:
            yield beat


def variability_of(rmssd_ms: Measure, *, is_masked: bool) -> Reading:
    """Give v = -ln RMSSD; nothing while a pacer runs, for the breath then makes most of it."""
    if rmssd_ms.value is None or rmssd_ms.value <= 0.0 or is_masked:
        return absent(Channel.V, rmssd_ms.why)
    return Reading(Channel.V, -math.log(rmssd_ms.value), rmssd_ms.quality, rmssd_ms.quality)


def _why_not(accepted: float, coverage: float) -> Reason | None:
    if accepted < _ACCEPTED:
        return Reason.TOO_MANY_FLAGGED
    return Reason.TOO_FEW_BEATS if coverage < _COVERED else None
