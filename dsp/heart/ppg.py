# SPDX-License-Identifier: MIT
"""Pulse intervals (PP) from light: good for a heart rate, not for its variability.

Each pulse begins with the steepest slope of the signal, whichever way the sensor shows it: the slopes of both
directions are followed, and the steeper one is the upstroke. The slope is smoothed over the length of an upstroke; a
pulse is where it exceeds half of what it usually reaches, and its time is where it is steepest, told to a part of a
sample by a parabola.

The way from the heart to the skin takes longer in one beat than in the next, and motion looks like a pulse. So the
intervals carry a label: unless the device says otherwise they are not fit for variability, and none is shown.

Law: cutting the input otherwise never changes the intervals; no input raises; times of pulses rise strictly.

References
----------
Zong et al. 2003, doi 10.1109/CIC.2003.1291140: pulses by the sum of their upstroke's slope. Schafer and Vagedes 2013,
doi 10.1016/j.ijcard.2012.03.119: how far pulse rate variability is from heart rate variability.
"""

import math
from collections import deque

import numpy as np

from dsp.codes import Modality, NoticeCode
from dsp.stream import CLIENT, Chunk, Gap, Item, Notice

_SMOOTH_S = 0.02  # time constant of each of two low-passes of the light: 8 Hz
_SLOPE_S = 0.03  # and of each of two of its slope: together as long as an upstroke
_SHARE = 0.5  # of the usual slope
_LEARN_S = 3.0  # a slope to begin with: of 1 pulse at least
_FORGET = 0.125  # of the usual slope with each pulse
_SILENT_S = 2.5  # without a pulse, the usual slope is halved
_REFRACTORY_S = 0.25
_LONGEST_STEP_S = 0.1  # samples further apart hold no upstroke: below 10 Hz, or data are missing
_PP_MS = (240.0, 2200.0)

Sample = tuple[float, float]  # time and slope


class PulseIntervals:
    """Turn one person's PPG into the intervals between pulses; other items pass unheard.

    Parameters
    ----------
    is_fit_for_hrv : bool
        Whether the device says that its intervals may be used for variability.
    person : str
        Whose pulses they are.
    """

    delay_s = 0.2

    def __init__(self, *, is_fit_for_hrv: bool = False, person: str = CLIENT) -> None:
        self.is_fit_for_hrv = is_fit_for_hrv
        self._person = person
        self._smooth = _Smooth(_SMOOTH_S)
        self._ways = (_Upstroke(), _Upstroke())  # of the signal, and of the signal upside down
        self._newest_t = self._told_t = -math.inf
        self._pulse: tuple[_Upstroke, float] | None = None  # the newest one, and where it was seen
        self._is_labelled = False

    def update(self, item: Item) -> tuple[Chunk | Notice, ...]:
        """Give the intervals that end in an item, as RR in ms at the second pulse; first the notice what they are."""
        if isinstance(item, Gap) and item.modality in (None, Modality.PPG):
            self._begin_anew()
        if not isinstance(item, Chunk) or item.modality is not Modality.PPG:
            return ()
        ends = [
            end
            for t, value in zip(item.t.tolist(), item.values.tolist(), strict=True)
            for end in self._follow(t, value)
        ]
        if not ends:
            return ()
        t, pp_ms = np.array(ends).T
        chunk = Chunk(Modality.RR, t, pp_ms, item.arrival, item.source, self._person)
        return (chunk,) if self._is_labelled else (self._label(float(t[0]), item.source), chunk)

    def _label(self, t: float, source: str) -> Notice:
        self._is_labelled = True
        return Notice(t, NoticeCode.PULSE_INTERVALS, source, self._person, (("fit_for_hrv", self.is_fit_for_hrv),))

    def _begin_anew(self) -> None:
        self._smooth = _Smooth(_SMOOTH_S)
        self._ways = (_Upstroke(), _Upstroke())
        self._pulse = None

    def _follow(self, t: float, value: float) -> list[tuple[float, float]]:
        """Take a sample; give the interval that it settles, if any."""
        if not (self._newest_t < t < math.inf and abs(value) < 1e12):
            return []
        step_s, self._newest_t = t - self._newest_t, t
        if step_s > _LONGEST_STEP_S:
            self._begin_anew()
            self._smooth.start(value)
            return []
        before = self._smooth.value
        slope = (self._smooth.follow(value, step_s) - before) / step_s
        up, down = self._ways
        seen = [(way, way.follow(t, step_s, steep)) for way, steep in ((up, slope), (down, -slope))]
        steeper = up if up.usual >= down.usual else down
        return [
            end
            for way, pulse_t in seen
            if way is steeper and pulse_t is not None
            for end in self._interval(way, pulse_t)
        ]

    def _interval(self, way: "_Upstroke", pulse_t: float) -> list[tuple[float, float]]:
        before, self._pulse = self._pulse, (way, pulse_t)
        if before is None or before[0] is not way:
            return []
        pp_ms = 1000.0 * (pulse_t - before[1])
        if not (_PP_MS[0] <= pp_ms <= _PP_MS[1] and pulse_t > self._told_t):
            return []
        self._told_t = pulse_t
        return [(pulse_t, pp_ms)]


class _Smooth:
    """Two equal low-passes, exact at any spacing."""

    def __init__(self, time_constant_s: float) -> None:
        self._time_constant_s = time_constant_s
        self._first = self.value = 0.0

    def start(self, value: float) -> None:
        self._first = self.value = value

    def follow(self, value: float, step_s: float) -> float:
        share = -math.expm1(-step_s / self._time_constant_s)
        self._first += share * (value - self._first)
        self.value += share * (self._first - self.value)
        return self.value


class _Upstroke:
    """Find the upstrokes of one direction.

    Attributes
    ----------
    usual : float
        How steep it usually gets; 0 until that is known.
    """

    def __init__(self) -> None:
        self.usual = 0.0
        self._smooth = _Smooth(_SLOPE_S)
        self._newest: deque[Sample] = deque([(-math.inf, 0.0)] * 2, maxlen=2)
        self._steepest = 0.0
        self._since: float | None = None
        self._top: tuple[Sample, Sample, Sample] | None = None  # about the steepest of this pulse
        self._last_t = -math.inf

    def follow(self, t: float, step_s: float, slope: float) -> float | None:
        """Take the slope at `t`; give the time of the pulse that has just gone by, if one has."""
        self._since = t if self._since is None else self._since
        new = (t, self._smooth.follow(max(slope, 0.0), step_s))
        before, middle = self._newest
        self._newest.append(new)
        if not self.usual:
            self._learn(new)
            return None
        self._keep_top(before, middle, new)
        return self._end(new)

    def _learn(self, new: Sample) -> None:
        self._steepest = max(self._steepest, new[1])
        if self._since is not None and new[0] - self._since >= _LEARN_S:
            self.usual, self._last_t = self._steepest, new[0]

    def _keep_top(self, before: Sample, middle: Sample, new: Sample) -> None:
        """Remember the steepest above the threshold, with its neighbours."""
        is_top = before[1] < middle[1] >= new[1] and middle[1] > _SHARE * self.usual
        is_due = middle[0] - self._last_t > _REFRACTORY_S
        if is_top and is_due and (self._top is None or middle[1] > self._top[1][1]):
            self._top = (before, middle, new)

    def _end(self, new: Sample) -> float | None:
        if self._top is not None and new[1] < _SHARE * self._top[1][1]:
            top, self._top = self._top, None
            self.usual += _FORGET * (min(top[1][1], 2.0 * self.usual) - self.usual)
            self._last_t = top[1][0]
            return _vertex(*top)
        if new[0] - self._last_t > _SILENT_S:
            self.usual, self._last_t = 0.5 * self.usual, new[0]
        return None


def _vertex(before: Sample, middle: Sample, after: Sample) -> float:
    """Give the time of the parabola's vertex through three samples, the middle one the highest."""
    bend = before[1] - 2.0 * middle[1] + after[1]
    shift = 0.5 * (before[1] - after[1]) / bend if bend < 0.0 else 0.0
    return middle[0] + shift * (after[0] - before[0]) / 2.0
