# SPDX-License-Identifier: MIT
"""Places in an ECG that may be a QRS complex, and what each looks like.

A complex is short and steep. The signal is smoothed over 30 ms without mains; its slope and its bend over 15 ms to each
side, squared and added, make an energy that is the same for either polarity and blind to the baseline. Where that
energy, averaged over 0.1 s, is the highest of its surroundings, there is a candidate.

Law: candidates depend on the samples of their run alone, however they were cut. State is bounded: half a second.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dsp.filters import moving_max, moving_sum, smoothing_without_mains, symmetric_sum
from dsp.stream import FloatArray

_SMOOTH_S = 0.016  # to each side
_BEND_S = 0.0155  # from the middle to each side: a QRS of 80 ms has its upstroke and downstroke in 40 ms
_ENERGY_S = 0.0425  # to each side: half a QRS
_ALONE_S = (0.1, 0.05)  # before and after: nothing is higher there
_COMPLEX_S = 0.06  # to each side: the whole QRS
_WIDE_BEND_S = 0.046  # for the time of R: as wide as the R wave of a slow ventricular beat, so that its notches vanish
_R_S = (0.07, 0.055)  # before and after the middle of the energy: where R may lie
_EARLIER = 2.0  # and what comes first counts more: 2 per s, 15 % over the reach
_STEP_S = 0.085  # to each side: baseline before and after the QRS
_BLOCK_S = 0.01  # samples that are looked at together, so that a thousand lone samples a second cost little
_TINY_MV = 1e-9
_FAINTEST_MV = 0.01  # energy of the smallest candidate: below it lies the electrodes' own noise

Indices = npt.NDArray[np.intp]


class Candidate(NamedTuple):
    """A place that may be a QRS complex (a tuple, because there are many).

    Parameters
    ----------
    t : float
        The middle of its energy, seconds on the session clock.
    seen_t : float
        The time of the newest sample that was needed.
    energy : float
        Natural logarithm of the energy, mV.
    sharpness : float
        Natural logarithm of how far the bend swings within the complex, mV.
    step : float
        How much of the height is still there after the complex: electrodes step, hearts return.
    up_t, up_mv, down_t, down_mv : float
        Where R is if it points up, and if it points down, finer than a sample; and how high it is there against what
        lies 46 ms before and after.
    upright : float
        Natural logarithm of how much more speaks for up than for down.
    """

    t: float
    seen_t: float
    energy: float
    sharpness: float
    step: float
    up_t: float
    up_mv: float
    down_t: float
    down_mv: float
    upright: float


class Candidates:
    """Find the candidates of one unbroken run of samples.

    Parameters
    ----------
    rate_hz : float
        Samples a second.
    """

    def __init__(self, rate_hz: float) -> None:
        def steps(seconds: float) -> int:
            return max(1, round(seconds * rate_hz))

        self._weights = smoothing_without_mains(rate_hz, _SMOOTH_S)
        self._bend, self._wide_bend = steps(_BEND_S), steps(_WIDE_BEND_S)
        self._energy, self._complex, self._step = steps(_ENERGY_S), steps(_COMPLEX_S), steps(_STEP_S)
        self._alone = [steps(s) for s in _ALONE_S]
        self._r_reach = np.arange(-steps(_R_S[0]), steps(_R_S[1]) + 1)
        self._favour = 1.0 - _EARLIER / rate_hz * self._r_reach
        smooth = len(self._weights) - 1
        energy, wide_bend = smooth + self._bend + self._energy, smooth + self._wide_bend
        first_r, last_r = 1 - int(self._r_reach[0]), 1 + int(self._r_reach[-1])
        self._back = max(energy + self._alone[0], wide_bend + first_r, smooth + self._step)
        self._ahead = max(energy + self._alone[1], wide_bend + last_r, smooth + self._step)
        self._block = max(1, int(_BLOCK_S * rate_hz))
        self._t = self._mv = np.empty(0)

    def update(self, t: FloatArray, ecg_mv: FloatArray) -> list[Candidate]:
        """Take the next samples of the run; give the candidates that they settle, in order."""
        t, mv = np.concatenate([self._t, t]), np.concatenate([self._mv, ecg_mv])
        due = max(len(t) - self._back - self._ahead, 0) // self._block * self._block
        if not due:
            self._t, self._mv = t, mv
            return []
        self._t, self._mv = t[due:], mv[due:]
        t, mv = (values[: due + self._back + self._ahead] for values in (t, mv))
        smooth = _centred(symmetric_sum(mv, self._weights), len(t))
        bend = _bend(smooth, self._bend)
        energy = self._mean_energy(smooth, bend)
        middles = self._peaks(energy)
        swing = _swing(bend, middles, self._complex)
        is_sharp = swing > _FAINTEST_MV
        middles = middles[is_sharp]
        shape = self._shape(middles, t, smooth, energy)
        columns = (swing[is_sharp], *shape, *self._r_waves(middles, t, smooth))
        return [_candidate(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]

    def _mean_energy(self, smooth: FloatArray, bend: FloatArray) -> FloatArray:
        slope = _centred(smooth[2 * self._bend :] - smooth[: -2 * self._bend], len(smooth))
        count = 2 * self._energy + 1
        return _centred(moving_sum(np.sqrt(slope * slope + bend * bend), count) / count, len(smooth))

    def _peaks(self, energy: FloatArray) -> Indices:
        """Give the samples at which the energy is the highest of its surroundings, of those that have all of theirs."""
        begin, end, (before, after) = self._back, len(energy) - self._ahead, self._alone
        here = energy[begin:end]
        highest_before = moving_max(energy[begin - before : end - 1], before)
        highest_after = moving_max(energy[begin + 1 : end + after], after)
        is_peak = (here > highest_before) & (here >= highest_after) & (here > _FAINTEST_MV)
        return is_peak.nonzero()[0] + begin

    def _shape(self, middles: Indices, t: FloatArray, smooth: FloatArray, energy: FloatArray) -> tuple[FloatArray, ...]:
        """Give times of middles and of the newest samples needed, energy and step."""
        height = np.maximum(_swing(smooth, middles, self._complex), _TINY_MV)
        step = np.abs(smooth[middles + self._step] - smooth[middles - self._step]) / height
        in_block = (middles - self._back) % self._block
        newest = middles + self._ahead + self._block - 1 - in_block
        return t[middles], t[newest], energy[middles], step

    def _r_waves(self, middles: Indices, t: FloatArray, smooth: FloatArray) -> tuple[FloatArray, ...]:
        """Give time, height and weight of an R that points up, and of one that points down."""
        bend = _bend(smooth, self._wide_bend)
        near = bend[middles[:, np.newaxis] + self._r_reach] * self._favour
        tops = middles + self._r_reach[np.array([near.argmax(axis=1), near.argmin(axis=1)])]
        before, top, after = bend[tops - 1], bend[tops], bend[tops + 1]
        spacing = 0.5 * (t[tops + 1] - t[tops - 1])
        (up_t, down_t), (up_mv, down_mv) = t[tops] + _vertex(before, top, after) * spacing, 0.5 * np.abs(top)
        return up_t, up_mv, near.max(axis=1), down_t, down_mv, -near.min(axis=1)


def _candidate(*row: float) -> Candidate:
    """Make a candidate of its numbers: logarithms one by one, for those of an array may differ in the last bit."""
    swing, t, seen_t, energy, step, up_t, up_mv, up, down_t, down_mv, down = row
    return Candidate(
        t,
        seen_t,
        energy=math.log(energy),
        sharpness=math.log(swing),
        step=step,
        up_t=up_t,
        up_mv=up_mv,
        down_t=down_t,
        down_mv=down_mv,
        upright=math.log(max(up, _TINY_MV) / max(down, _TINY_MV)),
    )


def _centred(values: FloatArray, count: int) -> FloatArray:
    """Lay values over the middle of `count` samples, so that each lies on the sample that it belongs to."""
    whole, side = np.full(count, np.nan), (count - len(values)) // 2
    whole[side : side + len(values)] = values
    return whole


def _bend(values: FloatArray, reach: int) -> FloatArray:
    """Give twice each value less those `reach` steps before and after it."""
    return _centred(2.0 * values[reach:-reach] - values[: -2 * reach] - values[2 * reach :], len(values))


def _swing(values: FloatArray, middles: Indices, reach: int) -> FloatArray:
    """Give the highest less the lowest value within `reach` steps of each middle."""
    near = values[middles[:, np.newaxis] + np.arange(-reach, reach + 1)]
    swing: FloatArray = near.max(axis=1) - near.min(axis=1)
    return swing


def _vertex(before: FloatArray, top: FloatArray, after: FloatArray) -> FloatArray:
    """Give how many samples after the middle one the parabola through three values has its vertex: at most half."""
    curve = before - 2.0 * top + after
    is_curved = curve != 0.0
    shift = np.where(is_curved, 0.5 * (before - after) / np.where(is_curved, curve, 1.0), 0.0)
    return np.minimum(np.maximum(shift, -0.5), 0.5)
