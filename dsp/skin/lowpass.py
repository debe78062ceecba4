# SPDX-License-Identifier: MIT
"""A causal low-pass for values at any spacing: two equal first-order stages, critically damped, so without overshoot.

A peak keeps its height within 1 %: the stages' time constant is 0.1 s, a response's are seconds. Each stage is the
exact solution of its differential equation over the time since the last value, so a jittering clock does no harm.

Law: the output depends on the values since the last `start` alone.
"""

import math

_CASCADE = math.sqrt(math.sqrt(2.0) - 1.0)  # two equal stages are 3 dB down at this part of one stage's own frequency
_SAME_S = 1e-6


class LowPass:
    """Follow one signal.

    Parameters
    ----------
    cutoff_hz : float
        Where the two stages together are 3 dB down; above 0.

    Attributes
    ----------
    lag_s : float
        How far the output lies behind slow changes, at the present spacing.
    noise_gain : float
        How much of white noise's SD is left, at the present spacing.

    Raises
    ------
    ValueError
        When the cutoff is not above 0.
    """

    def __init__(self, cutoff_hz: float = 1.0) -> None:
        if not cutoff_hz > 0.0:
            raise ValueError(f"cutoff_hz must be above 0, not {cutoff_hz}")
        self._time_constant_s = _CASCADE / (2.0 * math.pi * cutoff_hz)
        self._spacing_s = self.lag_s = 0.0
        self._share = self.noise_gain = 1.0
        self._first = self._second = 0.0

    def start(self, value: float) -> float:
        """Begin anew, at rest on `value`."""
        self._first = self._second = value
        return value

    def follow(self, value: float, spacing_s: float) -> float:
        """Take the value that comes `spacing_s` (above 0) after the last one; give the smoothed one."""
        if abs(spacing_s - self._spacing_s) > _SAME_S:
            self._set_spacing(spacing_s)
        self._first += self._share * (value - self._first)
        self._second += self._share * (self._first - self._second)
        return self._second

    def _set_spacing(self, spacing_s: float) -> None:
        self._spacing_s = spacing_s
        self._share = share = -math.expm1(-spacing_s / self._time_constant_s)
        self.lag_s = 2.0 * spacing_s * (1.0 - share) / share
        kept = (1.0 - share) ** 2
        self.noise_gain = share * share * math.sqrt((1.0 + kept) / (1.0 - kept) ** 3)
