# SPDX-License-Identifier: MIT
"""The synthetic person's skin: a level that drifts, and responses on it of Bateman's shape.

A response is the difference of two exponentials (0.75 s up, 2 s down), scaled to its amplitude. Responses come at
random, at least a second apart.

References
----------
Bateman 1910 for the curve; its use for skin conductance: Alexander et al. 2005, doi 10.1016/j.jneumeth.2005.02.001.
"""

import math

import numpy as np

from dsp.stream import FloatArray
from sensors.made_up.noise import Drift
from sensors.made_up.script import Conditions

_RISE_S, _FALL_S = 0.75, 2.0
_PEAK_S = math.log(_FALL_S / _RISE_S) * _RISE_S * _FALL_S / (_FALL_S - _RISE_S)
_PEAK = math.exp(-_PEAK_S / _FALL_S) - math.exp(-_PEAK_S / _RISE_S)
_LEVEL_TIME_S = 25.0  # the level follows what the person lives through, and its drift, without steps
_LEVEL_SD = 0.12  # SD of the drift of where the level goes to, as a share
_TYPICAL_MICROSIEMENS = 0.25  # median of the responses' amplitudes,
_AMPLITUDE_SPREAD = 0.7  # and the SD of their logarithm
_SMALLEST, _LARGEST = 0.06, 2.5  # microsiemens
_APART_S = 1.0
_NOISE_MICROSIEMENS = 0.002


class Skin:
    """The skin conductance of one person.

    Parameters
    ----------
    rng : Generator
        Its variability.
    scl_microsiemens : float
        The level at the begin.
    """

    def __init__(self, rng: np.random.Generator, *, scl_microsiemens: float) -> None:
        self._rng = rng
        self._drift = Drift(rng, sd=_LEVEL_SD)
        self._level = scl_microsiemens
        self._falling = 0.0  # the two exponentials of all responses so far
        self._rising = 0.0
        self._since_response_s = _APART_S

    def advance(self, count: int, step_s: float, now: Conditions) -> FloatArray:
        """Go on by `count` steps.

        Parameters
        ----------
        count : int
            How many samples.
        step_s : float
            Seconds between them.
        now : Conditions
            The level that the skin goes to, and how often it responds.

        Returns
        -------
        array, shape (count,)
            Skin conductance in microsiemens.
        """
        goal = now.scl_microsiemens * math.exp(self._drift.advance(count * step_s))
        clean = []
        for _ in range(count):
            self._level += (goal - self._level) * step_s / _LEVEL_TIME_S
            self._respond(step_s, now.scr_per_min)
            clean.append(self._level + self._falling - self._rising)
        return np.array(clean) + _NOISE_MICROSIEMENS * self._rng.standard_normal(count)

    def _respond(self, step_s: float, scr_per_min: float) -> None:
        """Let the responses run on, and sometimes begin another, somewhere within the step."""
        self._falling *= math.exp(-step_s / _FALL_S)
        self._rising *= math.exp(-step_s / _RISE_S)
        self._since_response_s += step_s
        if self._since_response_s < _APART_S or self._rng.random() >= scr_per_min / 60.0 * step_s:
            return
        spread = math.exp(_AMPLITUDE_SPREAD * self._rng.standard_normal())
        size = min(max(_TYPICAL_MICROSIEMENS * spread, _SMALLEST), _LARGEST) / _PEAK
        age_s = self._rng.random() * step_s
        self._falling += size * math.exp(-age_s / _FALL_S)
        self._rising += size * math.exp(-age_s / _RISE_S)
        self._since_response_s = age_s
