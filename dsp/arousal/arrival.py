# SPDX-License-Identifier: MIT
"""A session that starts as last time: quiet seconds of the arrival narrow what today's rest may be.

The prior of a channel's median today is the usual rest with the variance between days. Each 20 s of quiet seconds is a
measurement of it, as sure as one spread of the rest; nine of them at most, for an arrival is no rest.

Law: the posterior depends on the quiet seconds alone.
"""

from dataclasses import replace

from dsp.arousal.readings import CLEAR, Readings
from dsp.arousal.rest import BLOCK_S
from dsp.arousal.window import Reference
from dsp.codes import Channel

_MOST_BLOCKS = 9


class Arrival:
    """Follow the arrival of one person.

    Parameters
    ----------
    references : tuple of Reference
        The priors.
    """

    def __init__(self, references: tuple[Reference, ...]) -> None:
        self._priors = references
        self._sums: dict[Channel, tuple[float, int]] = {}

    def take(self, readings: Readings) -> tuple[Reference, ...] | None:
        """Take a quiet second; give the references anew when that makes a difference."""
        is_full = False
        for reading in readings.channels:
            total, n = self._sums.get(reading.channel, (0.0, 0))
            if reading.signal >= CLEAR and n < _MOST_BLOCKS * BLOCK_S:
                self._sums[reading.channel] = total + reading.x, n + 1
                is_full = is_full or (n + 1) % int(BLOCK_S) == 0
        return tuple(self._posterior(prior) for prior in self._priors) if is_full else None

    def _posterior(self, prior: Reference) -> Reference:
        total, n = self._sums.get(prior.rest.channel, (0.0, 0))
        if prior.variance <= 0.0 or n < BLOCK_S:
            return prior
        precision = (n // BLOCK_S) / prior.rest.sigma**2
        variance = 1.0 / (1.0 / prior.variance + precision)
        m = variance * (prior.rest.m / prior.variance + precision * total / n)
        return Reference(replace(prior.rest, m=m), variance)
