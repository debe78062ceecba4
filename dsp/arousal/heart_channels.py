# SPDX-License-Identifier: MIT
"""The heart's channels: the mean rate over half a minute, and the variability.

h is 60000 / mean NN over the 30 s before (15 s for what is drawn at once), over whole breaths nearest to that while a
pacer or a clear breath runs, so that where in a breath one looks does not matter. Where a device sends a rate alone, h
is the mean of its rates.

Law: the reading at `t` depends on the beats and rates up to it alone, however they were cut.

Notes
-----
- The quality is the smaller of the share of the window that the NN cover and the share of beats that was accepted; it
  is nothing below 80 % accepted, where the NN cover less than 65 %, or where what came lately is not to be believed
  (dsp/arousal/belief.py).
- After 5 s without a beat the first 10 s do not count: what comes and goes is no contact.
- A device's own rate cannot be checked beat by beat, and light at the wrist errs by more than a rest's spread when the
  hand moves: its quality is at most 0.65, just enough to carry an estimate alone, and nothing where it jumps.
"""

import itertools
import math
from collections import deque

from dsp.arousal.belief import Belief
from dsp.arousal.readings import Reading, absent
from dsp.codes import Channel, Modality, Reason, Verdict
from dsp.stream import Beat, Chunk, Measure

WINDOW_S = 30.0
SHOWN_S = 15.0

_BREATH_S = 8.0
_HELD_S = 45.0  # 1.5 windows: whole breaths nearest to 30 s, at 4 breaths a minute
_HELD = 512
_STALE_S = 5.0
_BACK_S = 10.0
_ACCEPTED = 0.8
_COVERED = 0.65  # 5 % of beats missed leave 90 %, a strap that fell silent 10 s ago 65 %
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
        self._belief = Belief(WINDOW_S)
        self._newest_s = -math.inf  # of the confirmed beats
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
        if self._newest_s < beat.t < math.inf:
            self._newest_s, nn_ms = beat.t, beat.nn_ms
            self._belief.update(beat, nn_ms if nn_ms is not None and _NN_MS[0] <= nn_ms <= _NN_MS[1] else None)

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
        intervals = [nn for _, nn in self._belief.beats(t - window_s, t)]
        nn_ms = [nn for nn in intervals if nn is not None]
        if not nn_ms:
            return absent(Channel.H, Reason.TOO_FEW_BEATS)
        accepted = len(nn_ms) / len(intervals)
        coverage = math.fsum(nn_ms) / (1000.0 * window_s)
        x = 60_000.0 * len(nn_ms) / math.fsum(nn_ms)
        why = _why_not(accepted, coverage) or self._belief.why_not(t)
        quality = 0.0 if why is not None else min(coverage, accepted, 1.0)
        return Reading(Channel.H, x, quality, quality, why)

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
            return Reason.WEAK_SIGNAL
        late = [bpm for at_s, bpm in self._rates if t - _SAME_S < at_s <= t]
        is_long = len(late) >= _SAME_LEAST * _SAME_S
        return Reason.WEAK_SIGNAL if is_long and max(late) - min(late) < _SAME_BPM else None


def variability_of(rmssd_ms: Measure, *, is_masked: bool) -> Reading:
    """Give v = -ln RMSSD; nothing while a pacer runs, for the breath then makes most of it."""
    if rmssd_ms.value is None or rmssd_ms.value <= 0.0 or is_masked:
        return absent(Channel.V, rmssd_ms.why)
    return Reading(Channel.V, -math.log(rmssd_ms.value), rmssd_ms.quality, rmssd_ms.quality)


def _why_not(accepted: float, coverage: float) -> Reason | None:
    if accepted < _ACCEPTED:
        return Reason.TOO_MANY_FLAGGED
    return Reason.TOO_FEW_BEATS if coverage < _COVERED else None
