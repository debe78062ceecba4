# SPDX-License-Identifier: MIT
"""Places in an ECG that may be a QRS complex, and what each looks like.

A complex is short and steep. The signal is smoothed over 30 ms without mains; its slope and its bend over 15 ms to each
side, squared and added, make an energy that is the same for either polarity and blind to the baseline. Where that
energy, averaged over 0.1 s, is the highest of its surroundings, there is a candidate.

Law: candidates depend on the samples of their run alone, however they were cut. State is bounded: half a second.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dsp.filters import moving_max, moving_sum, smoothing_without_mains, symmetric_sum
from dsp.heart.r_wave import Wave
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
    wave : Wave
        What lies around it: R is there, if it is a beat.
    """

    t: float
    seen_t: float
    energy: float
    sharpness: float
    step: float
    wave: Wave


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
        self._bend, self._energy, self._step = steps(_BEND_S), steps(_ENERGY_S), steps(_STEP_S)
        self._alone = [steps(s) for s in _ALONE_S]
        self._complex = np.arange(-steps(_COMPLEX_S), steps(_COMPLEX_S) + 1)
        self._wide_bend = steps(_WIDE_BEND_S)
        self._first_r, self._last_r = -steps(_R_S[0]), steps(_R_S[1])
        reach = np.arange(self._first_r, self._last_r + 1, dtype=np.float64)
        self._favour: FloatArray = 1.0 - _EARLIER / rate_hz * reach
        self._smoothed = len(self._weights) - 1  # samples that smoothing takes off at the beginning,
        self._bent = self._smoothed + self._bend  # smoothing and bend,
        self._averaged = self._bent + self._energy  # and the mean of the energy
        self._scale = math.sqrt(2.0) / (2 * self._energy + 1)
        wide_bend = self._smoothed + self._wide_bend
        self._back = max(self._averaged + self._alone[0], wide_bend + 1 - self._first_r, self._smoothed + self._step)
        self._ahead = max(self._averaged + self._alone[1], wide_bend + 1 + self._last_r, self._smoothed + self._step)
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
        smooth = symmetric_sum(mv, self._weights)
        change = smooth[self._bend :] - smooth[: -self._bend]
        energy = self._sum_energy(change)
        middles = self._peaks(energy)
        return list(self._looked_at(middles, t, smooth, change, energy)) if len(middles) else []

    def _sum_energy(self, change: FloatArray) -> FloatArray:
        """Give the energy, still to be scaled: slope and bend are sum and difference of the changes on both sides."""
        power = change * change
        return moving_sum(np.sqrt(power[: -self._bend] + power[self._bend :]), 2 * self._energy + 1)

    def _peaks(self, energy: FloatArray) -> Indices:
        """Give the samples at which the energy is the highest of its surroundings, of those that have all of theirs."""
        begin, end = self._back - self._averaged, len(energy) - self._ahead + self._averaged
        here, (before, after) = energy[begin:end], self._alone
        is_peak = here > moving_max(energy[begin - before : end - 1], before)
        is_peak &= here >= moving_max(energy[begin + 1 : end + after], after)
        return is_peak.nonzero()[0] + self._back

    def _looked_at(
        self, middles: Indices, t: FloatArray, smooth: FloatArray, change: FloatArray, energy: FloatArray
    ) -> Iterator[Candidate]:
        """Say what lies at each of these samples, but where it is too faint."""
        bend = change[: -self._bend] - change[self._bend :]
        in_smooth = middles - self._smoothed
        columns = (
            middles,
            t[middles],
            self._scale * energy[middles - self._averaged],
            _swing(bend, middles - self._bent, self._complex),
            _swing(smooth, in_smooth, self._complex),
            smooth[in_smooth + self._step] - smooth[in_smooth - self._step],
        )
        for middle, at_t, mean_energy, swing, height, step in zip(*(c.tolist() for c in columns), strict=True):
            if mean_energy > _FAINTEST_MV and swing > _FAINTEST_MV:
                newest = middle + self._ahead + self._block - 1 - (middle - self._back) % self._block
                wave = self._wave(middle, t, smooth)
                # logarithms one by one, for those of an array may differ in the last bit
                shape = math.log(mean_energy), math.log(swing), abs(step) / max(height, _TINY_MV)
                yield Candidate(at_t, float(t[newest]), *shape, wave)

    def _wave(self, middle: int, t: FloatArray, smooth: FloatArray) -> Wave:
        """Copy what lies around a sample."""
        begin, end = middle + self._first_r - 1, middle + self._last_r + 2
        around = slice(begin - self._wide_bend - self._smoothed, end + self._wide_bend - self._smoothed)
        smooth_mv: FloatArray = smooth[around].copy()
        return Wave(t[begin:end].copy(), smooth_mv, self._favour)


def _swing(values: FloatArray, middles: Indices, reach: Indices) -> FloatArray:
    """Give the highest less the lowest value within reach of each middle."""
    near = values[middles[:, np.newaxis] + reach]
    swing: FloatArray = np.maximum.reduce(near, axis=1) - np.minimum.reduce(near, axis=1)
    return swing
