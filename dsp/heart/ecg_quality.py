# SPDX-License-Identifier: MIT
"""How far the beats found in an ECG can be trusted.

What makes a detector err is something between two beats that is nearly as sharp as a beat. So the quality is how far
the sharpest thing between beats stays below the beats, and how alike in size they are, in most intervals of the last
8 s. T and P waves are slow and do not count; a lone odd beat does no harm. A signal that stands still, hits the
sensor's end, has gaps or just began has no quality at all.

Law: what is told at `t` depends on the samples up to it and the peaks seen by then, however chunks were cut, as long as
no chunk is longer than what is held (16 384 samples).
"""

import math
from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from dsp.codes import Modality, Reason
from dsp.filters import moving_max, smoothing_without_mains, symmetric_sum
from dsp.heart.ecg_samples import SoundSamples
from dsp.heart.qrs import RPeak
from dsp.ring import Ring, RingView
from dsp.stream import Chunk, FloatArray

CLEAR = 0.6  # from here on the beats of an ECG can be used

Told = tuple[float, Reason | None]

_HELD = 16_384  # 8 s at 2 kHz
_PEAKS_HELD = 64
_WINDOW_S = 8.0
_LOWEST_HZ = 90.0
_SETTLED_S = 4.0  # of signal: what the detector needs before its first beat, and three intervals at 60 bpm
_STALE_S = 2.0  # a strap's packets come each 0.6 s and are late at times
_GAP_S, _MISSING = 0.05, 0.1  # samples so far apart miss one; so much of the window may be missing
_FLAT_MV, _FLAT_S = 0.05, 2.5  # no beat is smaller, or comes more seldom
_RAIL_MV, _RAIL_SHARE = 1.0, 0.05  # one value, so far from the middle, for so much of the window
_FEWEST = 3  # beats that can be compared
_PAUSE_S = 3.0  # below 20 bpm it is rather the detector that sees nothing
_SMOOTH_S, _BEND_S = 0.016, 0.023  # to each side: a bend as sharp as that of R
_RIVAL_S = 0.05  # to each side: the swing of a wave within 0.1 s is that of a QRS
_APART_S = 0.13  # from R: from there on it is no part of the complex
_ODD = 0.35  # per log of its size against the usual beat's: 2.5 times larger or smaller is as bad as a rival of a third
_TINY_MV = 1e-9
_MOST = 0.85  # of the intervals: a lone odd beat does no harm
_BEST, _WORST = 0.125, 0.625  # sharpness between beats, as a share of the beats': from full quality to none
_LEVEL_S, _MOVES = 0.5, 1.5  # a level that swings by so many heights of R within the window moves


class EcgQuality:
    """Follow one person's ECG and the R peaks found in it."""

    delay_s = 0.0

    def __init__(self) -> None:
        self._ring = Ring(_HELD)
        self._sound = SoundSamples()
        self._peaks: deque[RPeak] = deque(maxlen=_PEAKS_HELD)
        self._rate_hz, self._weights = 0.0, np.empty(0)  # of the last smoothing: rates hardly change

    def update(self, chunk: Chunk, peaks: Sequence[RPeak]) -> None:
        """Take a chunk of ECG in mV and the peaks that it settled."""
        if chunk.modality is Modality.ECG:
            self._ring.append(*self._sound.of(chunk))
            self._peaks.extend(peaks)

    def at(self, t: float) -> Told:
        """Give the quality, 0 to 1, of the last seconds up to `t`, and why it is low: below `CLEAR`."""
        if -math.inf < self._sound.newest_t < t - _STALE_S:
            return 0.0, Reason.STALE
        window = self._ring.between(t - _WINDOW_S, t)
        unfit = _unfit(window)
        if unfit is not None:
            return 0.0, unfit
        seen = [peak for peak in self._peaks if peak.detected_t <= t]
        begin_s = float(window.t[0])
        times = [peak.t for peak in seen if peak.t > begin_s]
        quality = self._clearness(window, times) if _is_steady(times, window) else 0.0
        if quality >= CLEAR:
            return quality, None
        height_mv = median([peak.height_mv for peak in seen]) if seen else math.inf
        return quality, Reason.MOVING if _swing_of_level(window) > _MOVES * height_mv else Reason.NOISY

    def _clearness(self, window: RingView, times: Sequence[float]) -> float:
        period_s = float(window.t[-1] - window.t[0]) / (len(window.t) - 1)
        if 1.0 / period_s != self._rate_hz:
            self._rate_hz = 1.0 / period_s
            self._weights = smoothing_without_mains(self._rate_hz, _SMOOTH_S)
        return _clearness_of(symmetric_sum(window.values, self._weights), window, times, period_s)


def _unfit(window: RingView) -> Reason | None:
    """Tell why a window's beats cannot be trusted, whatever they look like."""
    if len(window.t) < 2:
        return Reason.SETTLING
    spacing_s = window.t[1:] - window.t[:-1]
    lasts_s = float(window.t[-1] - window.t[0])
    late = window.values[window.t > window.t[-1] - _FLAT_S]
    checks = (
        (_middle(spacing_s) > 1.0 / _LOWEST_HZ, Reason.RATE_TOO_LOW),
        (float(np.add.reduce(spacing_s[spacing_s > _GAP_S])) > _MISSING * _WINDOW_S, Reason.GAP_INSIDE),
        (lasts_s < _SETTLED_S, Reason.SETTLING),
        (float(late.max() - late.min()) < _FLAT_MV, Reason.FLAT),
        (_is_at_rail(window.values), Reason.RAIL),
    )
    return next((reason for is_so, reason in checks if is_so), None)


def _is_at_rail(values: FloatArray) -> bool:
    ends = float(values.min()), float(values.max())
    others = [(end, values[values != end]) for end in ends]  # most may be at the end: the middle is that of the rest
    stuck = [(end, rest) for end, rest in others if 0 < len(rest) < (1.0 - _RAIL_SHARE) * len(values)]
    return any(abs(end - _middle(rest)) > _RAIL_MV for end, rest in stuck)


def _middle(values: FloatArray) -> float:
    """Give the median of many numbers (in a fifth of the time that `numpy.median` takes)."""
    half = len(values) // 2
    if len(values) % 2:
        return float(np.partition(values, half)[half])
    low, high = np.partition(values, (half - 1, half))[half - 1 : half + 1].tolist()
    return 0.5 * float(low + high)


def _is_steady(times: Sequence[float], window: RingView) -> bool:
    """Tell whether beats went through the whole window."""
    borders = (float(window.t[0]), *times, float(window.t[-1]))
    return len(times) >= _FEWEST and max(after - before for before, after in pairwise(borders)) < _PAUSE_S


def _clearness_of(smooth: FloatArray, window: RingView, times: Sequence[float], period_s: float) -> float:
    """Give how far the sharpest thing between beats stays below them, and how alike they are, in most intervals."""
    bend, rival, apart = (max(1, round(s / period_s)) for s in (_BEND_S, _RIVAL_S, _APART_S))
    sharp = 2.0 * smooth[bend:-bend] - smooth[: -2 * bend] - smooth[2 * bend :]
    swing = moving_max(sharp, 2 * rival + 1) + moving_max(-sharp, 2 * rival + 1)
    side = (len(window.t) - len(swing)) // 2
    middles = [m for m in (window.t.searchsorted(times) - side).tolist() if 0 <= m < len(swing)]
    if len(middles) < _FEWEST:
        return 0.0
    beats = np.array([swing[max(m - rival, 0) : m + rival + 1].max() for m in middles])
    usual = max(median(beats.tolist()), _FLAT_MV)
    between = swing.copy()
    for m in middles:
        between[max(m - apart, 0) : m + apart + 1] = 0.0
    rivals = np.maximum.reduceat(between, middles)[:-1] / usual
    odds = _ODD * np.abs(np.log(np.maximum(beats, _TINY_MV) / usual))
    doubts = np.maximum(rivals, np.maximum(odds[:-1], odds[1:]))
    return min(max((_WORST - _quantile(doubts.tolist(), _MOST)) / (_WORST - _BEST), 0.0), 1.0)


def _quantile(values: Sequence[float], share: float) -> float:
    """Give the value that a share of others lies below: on the line between its neighbours, from the nearer one."""
    ordered = sorted(values)
    at = (len(ordered) - 1) * share
    below = math.floor(at)
    low, high = ordered[below], ordered[min(below + 1, len(ordered) - 1)]
    past = at - below
    return low + (high - low) * past if past < 0.5 else high - (high - low) * (1.0 - past)


def _swing_of_level(window: RingView) -> float:
    """Give how far the level swings, as medians of half seconds: those do not see a QRS."""
    begin, end = float(window.t[0]), float(window.t[-1])
    borders = np.searchsorted(window.t, np.arange(begin, end, _LEVEL_S))
    parts = [part for part in np.split(window.values, borders[1:]) if len(part)]
    levels = [_middle(part) for part in parts]
    return max(levels) - min(levels)
