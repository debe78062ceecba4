# SPDX-License-Identifier: MIT
"""How far the heart's rate swings with each breath, and how well that swing keeps step with the pacer.

The rate is 60000 / NN at the end of each NN, a curve by cubic spline.

- RSA: the highest rate within a breath less the lowest, as a mean over the breaths of the last minute.
- Against the pacer, one value a breath: C = (2/N) sum HR exp(-i phi), phi from 0 at the inhale's onset to 2 pi at the
  next one. |C| is half the swing at the pacer's own rate. HR goes as |C| cos(phi + arg C): so the heart is fastest
  -arg C / 2 pi of a breath after the onset. Over the last 6 breaths the length of the mean of C/|C| (PLV) is 1 when
  each breath answered alike, and some 0.4 when nothing followed anything; and the share of the rate's variance is told
  that one C of all six makes up, |C|^2 / 2 of it, freed of a straight line.

Law: what is told at `t` depends on the beats confirmed until then, and on the plan and the breathing told at the calls
before, which come once a second.

Notes
-----
- C is freed of a trend over two breaths: of the line through the means of this breath and of the one before it. A
  whole breath's swing leaves both means alone, which a least-squares line would not (it would take 15 % of the swing).
- It is told anew with each breath that the pacer led, and every 5 s without one.
- Without a pacer, breaths are stretches of the measured breath's length: of a swing that repeats, any stretch as
  long as one period has the highest and the lowest rate in it, wherever it begins.
- A beat averages the rate over its own interval: of the true swing, sin(x)/x is left, x = pi RR / breath (98.4 % at
  60 bpm and 6 breaths/min). The number is that of the beats, as everywhere in the literature.

References
----------
Lehrer et al. 2013: RSA as peak to trough. Lachaux et al. 1999, Human Brain Mapping 8:194:
phase locking.
"""

import cmath
import math
from collections import deque
from dataclasses import dataclass

import numpy as np

from dsp.codes import Reason
from dsp.heart.rhythm import without_line
from dsp.heart.spline import Spline
from dsp.heart.tachogram import NnWindow, Tachogram
from dsp.plan import PacingPlan
from dsp.stream import ABSENT, BreathLocking, FloatArray, Measure

Breath = tuple[float, float]  # from one inhale's onset to the next, seconds on the session clock

_WINDOW_S = 60.0
_SHORTEST_S, _LONGEST_S = 1.0, 20.0  # 60 and 3 breaths a minute
_LENGTH_S = _WINDOW_S + 2.0 * _LONGEST_S
_FEWEST_BREATHS = 3
_LOCKED_BREATHS = 6
_RENEWED_S = 5.0  # without a new breath, it is told anew this often
_GAP_S = 3.0
_AT_LEAST_S = 10.0
_SAMPLES = 64  # of the curve in a breath: the highest is missed by at most 0.1 % of the swing
_STILL_BPM = 0.05  # SD: less is the rounding of the intervals
NOT_LOCKED = BreathLocking()
_CYCLE = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
_TURNING = np.exp(-2j * np.pi * _CYCLE) * (2.0 / _SAMPLES)


@dataclass(frozen=True, slots=True)
class Swing:
    """The heart's swing with the breath at one instant, and how it answers the pacer."""

    rsa_bpm: Measure = ABSENT
    locking: BreathLocking = NOT_LOCKED


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    """The heart's answer to one breath that the pacer led: C, and its rate at `_CYCLE` of the breath, in bpm."""

    end_s: float
    c: complex
    rate_bpm: FloatArray


class BreathSwing:
    """Tell how one person's heart swings with the breath at any time.

    Parameters
    ----------
    tachogram : Tachogram
        Their NN.
    """

    delay_s = Tachogram.delay_s

    def __init__(self, tachogram: Tachogram) -> None:
        self._tachogram = tachogram
        self._paced = _PacedBreaths()
        self._answers: deque[_Answer] = deque(maxlen=_LOCKED_BREATHS)
        self._answered_s = self._told_s = -math.inf
        self._newest: Breath | None = None  # that had ended when it was last told
        self._told = Swing()

    def swing_at(self, t: float, *, plan: PacingPlan | None = None, breaths_per_min: float | None = None) -> Swing:
        """Tell the swing with the breaths of the last minute; to be asked once a second.

        Parameters
        ----------
        t : float
            Seconds on the session clock.
        plan : PacingPlan or None
            The pacer's plan that holds now; None while it is silent.
        breaths_per_min : float or None
            The person's measured breathing: what stands in for a pacer.

        Returns
        -------
        Swing
            The quality of `rsa_bpm` is the share of the last minute that its breaths cover.
        """
        self._paced.follow(t, plan)
        if not self._paced.led:
            self._answers.clear()
        window = self._tachogram.window_at(t, length_s=_LENGTH_S, at_least_s=_AT_LEAST_S, may_have_gaps=True)
        if isinstance(window, Reason):
            return Swing(Measure(why=window), _not_locked(window))
        newest = next((breath for breath in reversed(self._paced.led) if breath[1] <= window.t[-1]), None)
        if newest != self._newest or not 0.0 <= t - self._told_s < _RENEWED_S:
            curve = Spline(window.t, 60_000.0 / window.nn_ms)
            self._answer(window, curve)
            self._told = self._tell(_rsa(self._breaths(t, window, breaths_per_min), curve))
            self._newest, self._told_s = newest, t
        return self._told

    def _answer(self, window: NnWindow, curve: Spline) -> None:
        """Work out the answer of each breath that the beats have gone past by now."""
        for start_s, end_s in self._paced.led:
            two = (start_s - (end_s - start_s), end_s)
            if start_s >= self._answered_s and end_s <= window.t[-1]:
                self._answered_s = end_s
                if not _is_covered(window, two):
                    self._answers.clear()  # locking is told of breaths that follow each other
                else:
                    self._answers.append(_demodulate(curve, *two))

    def _breaths(self, t: float, window: NnWindow, breaths_per_min: float | None) -> list[Breath]:
        """List the breaths of the last minute that beats cover: the pacer's, or else those of the measured length."""
        since_s, newest_t = t - _WINDOW_S, float(window.t[-1])
        paced = [breath for breath in self._paced.led if since_s < breath[0] and breath[1] <= newest_t]
        if len(paced) < _FEWEST_BREATHS:
            paced = _tiles(newest_t, since_s, breaths_per_min)
        return [breath for breath in paced if _is_covered(window, breath)]

    def _tell(self, rsa_bpm: Measure) -> Swing:
        answers = list(self._answers)
        if not answers:
            return Swing(rsa_bpm, _not_locked(Reason.SETTLING if self._paced.led else Reason.NO_BREATH))
        newest, quality = answers[-1], len(answers) / _LOCKED_BREATHS
        is_row = len(answers) == _LOCKED_BREATHS
        locking = BreathLocking(
            Measure(abs(newest.c), quality, None),
            Measure(cmath.phase(newest.c), quality, None),
            Measure(_phase_locking(answers), 1.0, None) if is_row else Measure(why=Reason.SETTLING),
            _paced_share(answers) if is_row else Measure(why=Reason.SETTLING),
            newest.end_s,
        )
        return Swing(rsa_bpm, locking)


class _PacedBreaths:
    """The whole breaths that the pacer led, gathered from the plan as it was at each second."""

    def __init__(self) -> None:
        self.led: deque[Breath] = deque(maxlen=32)  # a minute and more at 24 a minute
        self._onset_s: float | None = None
        self._period_s = 0.0

    def follow(self, t: float, plan: PacingPlan | None) -> None:
        phase = plan.phase_at(t) if plan is not None else None
        if phase is None or not phase.breaths_per_min:
            self.led.clear()
            self._onset_s = None
            return
        if self._onset_s is not None and phase.onset_s > self._onset_s:
            self._end_breath(phase.onset_s)
        if self._onset_s is None or phase.onset_s > self._onset_s:
            self._onset_s, self._period_s = phase.onset_s, 60.0 / phase.breaths_per_min

    def _end_breath(self, end_s: float) -> None:
        """Keep the breath that ended, unless ticks were missed and it was more than one."""
        if self._onset_s is not None and end_s - self._onset_s < min(1.5 * self._period_s, _LONGEST_S):
            self.led.append((self._onset_s, end_s))


def _tiles(newest_t: float, since_s: float, breaths_per_min: float | None) -> list[Breath]:
    """Cut the time before the newest beat into breaths of one length."""
    if breaths_per_min is None or not 60.0 / _LONGEST_S <= breaths_per_min <= 60.0 / _SHORTEST_S:
        return []
    period_s = 60.0 / breaths_per_min
    count = int((newest_t - since_s) / period_s)
    return [(newest_t - (k + 1) * period_s, newest_t - k * period_s) for k in reversed(range(count))]


def _is_covered(window: NnWindow, stretch: Breath) -> bool:
    """Tell whether NN surround a stretch and leave no gap in it."""
    first = int(window.t.searchsorted(stretch[0], side="right")) - 1
    last = int(window.t.searchsorted(stretch[1], side="left"))
    if first < 0 or last >= len(window.t):
        return False
    t = window.t[first : last + 1]
    return bool((t[1:] - t[:-1] <= _GAP_S).all())


def _rsa(breaths: list[Breath], curve: Spline) -> Measure:
    if len(breaths) < _FEWEST_BREATHS:
        return Measure(why=Reason.NO_BREATH)
    spans = [end_s - start_s for start_s, end_s in breaths]
    times = np.array([start_s + span_s * _CYCLE for (start_s, _), span_s in zip(breaths, spans, strict=True)])
    rates = curve.at(times.ravel()).reshape(times.shape)
    swings = rates.max(axis=1) - rates.min(axis=1)
    return Measure(float(np.add.reduce(swings)) / len(swings), min(sum(spans) / _WINDOW_S, 1.0), None)


def _demodulate(curve: Spline, start_s: float, end_s: float) -> _Answer:
    """Give the answer to the second half of a stretch of two breaths."""
    period_s = (end_s - start_s) / 2.0
    before, rates = (curve.at(start_s + period_s * (k + _CYCLE)) for k in (0, 1))
    rise = _mean(rates) - _mean(before)
    return _Answer(end_s, complex(np.add.reduce((rates - rise * _CYCLE) * _TURNING)), rates)


def _phase_locking(answers: list[_Answer]) -> float:
    units = [answer.c / abs(answer.c) for answer in answers if answer.c]
    return min(abs(sum(units)) / len(answers), 1.0)


def _paced_share(answers: list[_Answer]) -> Measure:
    """Give the share of the variance over several breaths that swings with the pacer, always at the same phase."""
    swing = without_line(np.concatenate([answer.rate_bpm for answer in answers]))
    power = float(np.add.reduce(swing * swing)) / len(swing)
    if power <= _STILL_BPM**2:
        return Measure(why=Reason.FLAT)
    together = np.add.reduce(swing.reshape(len(answers), _SAMPLES), axis=0) / len(answers)
    half_bpm = abs(complex(np.add.reduce(together * _TURNING)))
    return Measure(min(0.5 * half_bpm**2 / power, 1.0), 1.0, None)


def _not_locked(why: Reason) -> BreathLocking:
    none = Measure(why=why)
    return BreathLocking(none, none, none, none)


def _mean(values: FloatArray) -> float:
    return float(np.add.reduce(values)) / len(values)
