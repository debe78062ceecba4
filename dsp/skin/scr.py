# SPDX-License-Identifier: MIT
"""Skin conductance responses by trough to peak, on the low-passed signal.

A turn counts when the signal has gone back by a fifth of the smallest amplitude or by four times its noise. The onset
is the point furthest below the straight line from the lowest point to the peak: the corner where the rise begins, also
on a level that rises or falls by itself. Noise makes a highest point too high and a lowest too low; so the peak is the
vertex of a parabola through the 1.3 s around it, and the onset's level a mean over the quiet before it.

Law: a response depends on the points up to its confirmation alone.

Notes
-----
- A count means nothing without its amplitude rule: `min_amplitude` stands beside it. Where noise is high the rule is
  six times its SD.
- A response on the falling part of a larger one counts where the signal rises again by the rule; a mere shoulder does
  not, as in every trough-to-peak method.

References
----------
Boucsein W. et al., Psychophysiology 49, 2012, doi 10.1111/j.1469-8986.2012.01384.x.
"""

import math
import operator
from collections import deque

from dsp.stream import CLIENT, Scr

Point = tuple[float, float]  # seconds, microsiemens

LEAST_MICROSIEMENS = 0.05  # Boucsein 2012
SMALLEST_LEAST_MICROSIEMENS = 0.01
AMPLITUDE_SDS = 6.0  # the smallest response must stand so far out of the noise

_RISE_S = (0.5, 6.0)
_TURN = 0.2  # of the smallest amplitude
_TURN_SDS = 4.0
_AROUND_PEAK_S = 0.65
_PLATEAU_S = 2.0  # no higher point for so long: the rise is over
_QUIET_S = 1.5
_QUIET_SDS = 5.0
_CORNER = 0.1  # of the rise: a line without a corner is a drift
_CORNER_S = 0.6  # the low-pass rounds the corner of the onset
_KEPT_S = _QUIET_S + _RISE_S[1] + 0.5 + _PLATEAU_S + 1.0


class ResponseFinder:
    """Find the responses of one signal.

    Parameters
    ----------
    min_amplitude : float
        The smallest that counts, microsiemens, at least 0.01.
    person : str
        Whose they are.

    Raises
    ------
    ValueError
        When the smallest amplitude is below 0.01.
    """

    def __init__(self, min_amplitude: float = LEAST_MICROSIEMENS, person: str = CLIENT) -> None:
        if not min_amplitude >= SMALLEST_LEAST_MICROSIEMENS:
            raise ValueError(f"min_amplitude must be at least 0.01 microsiemens, not {min_amplitude}")
        self._min_amplitude = min_amplitude
        self._person = person
        self._points: deque[Point] = deque()
        self.start()

    def start(self) -> None:
        """Let the next point begin a new piece."""
        self._points.clear()
        self._is_rising = False
        self._turn = math.inf  # the highest point while rising, the lowest since the last peak otherwise
        self._turn_t = self._peak_before_t = -math.inf

    def follow(self, t: float, level: float, noise: float) -> Scr | None:
        """Take the next point; give the response whose peak it confirms.

        Parameters
        ----------
        t : float
            Seconds on the session clock, later than the point before it.
        level : float
            The low-passed signal, microsiemens.
        noise : float
            SD of the noise left in it, microsiemens.
        """
        self._points.append((t, level))
        while self._points[0][0] < t - _KEPT_S:
            self._points.popleft()
        beyond = level - self._turn if self._is_rising else self._turn - level
        if beyond > (noise if self._is_rising else 0.0):
            self._turn, self._turn_t = level, t
            return None
        is_back = -beyond >= max(_TURN * self._min_amplitude, _TURN_SDS * noise)
        if self._is_rising:
            return self._settle(noise) if t - self._turn_t >= (_AROUND_PEAK_S if is_back else _PLATEAU_S) else None
        if is_back:
            self._is_rising, self._turn, self._turn_t = True, level, t
        return None

    def _settle(self, noise: float) -> Scr | None:
        """Measure what led to the peak, and begin to look for the next rise from the lowest point since."""
        found = self._measure(noise)
        self._is_rising, self._peak_before_t = False, self._turn_t
        self._turn_t, self._turn = min((p for p in self._points if p[0] > self._turn_t), key=lambda p: p[1])
        return found

    def _measure(self, noise: float) -> Scr | None:
        """Measure the rise to the last peak; None when it is no response."""
        from_t = max(self._peak_before_t, self._turn_t - _RISE_S[1] - 0.5)
        onset_t = _onset([p for p in self._points if from_t <= p[0] <= self._turn_t])
        quiet = [p for p in self._points if max(self._peak_before_t, onset_t - _QUIET_S) <= p[0] <= onset_t]
        foot = min(level for t, level in quiet if t >= onset_t - _CORNER_S)
        base = [level for _, level in quiet if abs(level - foot) <= _QUIET_SDS * noise]
        around = [p for p in self._points if abs(p[0] - self._turn_t) <= _AROUND_PEAK_S]
        peak_t, peak = _vertex(around, (self._turn_t, self._turn))
        amplitude = peak - sum(base) / len(base)
        is_response = _RISE_S[0] <= peak_t - onset_t <= _RISE_S[1]
        is_large = amplitude >= max(self._min_amplitude, AMPLITUDE_SDS * noise)
        return Scr(onset_t, peak_t, amplitude, self._person) if is_response and is_large else None


def _onset(rise: list[Point]) -> float:
    """Find the corner of a rise: furthest below the line from its lowest point to its end.

    A drift has no corner: where it is longer than a response's rise, the corner must be clearly below the line.
    """
    end_t, end = rise[-1]
    low = min(range(len(rise)), key=lambda i: (rise[i][1], -i))
    low_t, lowest = rise[low]
    slope = (end - lowest) / (end_t - low_t) if end_t > low_t else 0.0
    depth, corner_t = max((lowest + slope * (t - low_t) - level, t) for t, level in rise[low:-1] or rise[-1:])
    return corner_t if depth > _CORNER * (end - lowest) or end_t - low_t <= _RISE_S[1] else low_t


def _vertex(points: list[Point], top: Point) -> Point:
    """Give the vertex of the least-squares parabola through `points`; `top` where they do not bend down."""
    count = len(points)
    if count < 3:
        return top
    mean_t, mean = sum(t for t, _ in points) / count, sum(level for _, level in points) / count
    times, levels = [t - mean_t for t, _ in points], [level - mean for _, level in points]
    squares = sum(u * u for u in times)
    skew = sum(u * u * u for u in times) / squares
    bends = [u * u - skew * u - squares / count for u in times]  # orthogonal to the constant and to the line
    curve = sum(map(operator.mul, bends, levels)) / sum(bend * bend for bend in bends)
    if not curve < 0.0:
        return top
    slope = sum(map(operator.mul, times, levels)) / squares
    at = 0.5 * (skew - slope / curve)
    if abs(mean_t + at - top[0]) > _AROUND_PEAK_S:
        return top
    return mean_t + at, mean + slope * at + curve * (at * at - skew * at - squares / count)
