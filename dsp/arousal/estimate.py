# SPDX-License-Identifier: MIT
"""The arousal level of one second, how sure it is, and the probability that it lies beyond a bound.

A = sum(w q c(z)) / sum(w q). Its variance has three parts: that of each channel over the last half minute (fewer
independent values where they follow one another), that of the rest it is held against, and the disagreement of heart
and skin, which is never taken for less than a prior says: one modality alone may be wrong by as much.

Law: everything here depends on its arguments alone.

Notes
-----
- UNKNOWN follows where sum(w q) < 0.6 or no channel has a quality of 0.6.
- The disagreement is measured where |z| is at most 6: c hardly moves beyond, and so must not the doubt.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from dsp.arousal.readings import CLEAR
from dsp.arousal.scale import SKIN, WEIGHTS, share_below, slope, squash, unsquash
from dsp.codes import Channel

_LEAST_WEIGHT = 0.6
BAND = 1.7  # u to each side: 90 %
_PRIOR_SD, _PRIOR_N = 0.7, 2  # of one modality's bias, and as how many observations it counts
_MEDIAN_VARIANCE = 1.57  # pi / 2: of a median, in the variance of a mean
_FARTHEST = 6.0
WINDOW = 30  # values of z that `mean_variance` is told over, one a second
_MOST_RHO = 0.97


@dataclass(frozen=True, slots=True)
class Point:
    """A channel's z, its weight w q, and the variances of z: over the last 30 s, and of its rest."""

    channel: Channel
    z: float
    quality: float
    variance: float
    rest_variance: float

    @property
    def weight(self) -> float:
        """Give w q."""
        return WEIGHTS[self.channel] * self.quality


@dataclass(frozen=True, slots=True)
class Estimate:
    """The level A, its uncertainty u, the 90 % band, each channel's part of A, and heart's and skin's mean z."""

    level: float
    uncertainty: float
    band: tuple[float, float]
    parts: tuple[tuple[Channel, float], ...]
    modalities: tuple[float, ...]

    def p_above(self, bound: float) -> float:
        """Give the probability that the level lies above `bound`."""
        distance = unsquash(self.level) - unsquash(bound)
        return share_below(distance / (self.uncertainty * slope(bound)))

    def p_below(self, bound: float) -> float:
        """Give the probability that the level lies below `bound`."""
        return 1.0 - self.p_above(bound)


def estimate(points: Sequence[Point]) -> Estimate | None:
    """Put the channels of one second together; None where they are not clear enough.

    Parameters
    ----------
    points : sequence of Point
        The channels that have a rest to be held against.
    """
    counted = [point for point in points if point.weight > 0.0]
    weight = math.fsum(point.weight for point in counted)
    if weight < _LEAST_WEIGHT or not any(point.quality >= CLEAR for point in counted):
        return None
    parts = tuple((point.channel, point.weight * squash(point.z) / weight) for point in counted)
    own = math.fsum(point.weight**2 * (point.variance + point.rest_variance) for point in counted) / weight**2
    modalities = _modalities(counted)
    uncertainty = math.sqrt(own + disagreement(modalities) / len(modalities))
    mean_z = math.fsum(point.weight * point.z for point in counted) / weight
    band = squash(mean_z - BAND * uncertainty), squash(mean_z + BAND * uncertainty)
    return Estimate(math.fsum(part for _, part in parts), uncertainty, band, parts, modalities)


def disagreement(modalities: Sequence[float]) -> float:
    """Give D^2 of the mean z of one or two modalities."""
    k = len(modalities)
    near = [min(max(z, -_FARTHEST), _FARTHEST) for z in modalities]
    mean = math.fsum(near) / k
    squares = math.fsum((z - mean) ** 2 for z in near)  # (k - 1) s^2
    return (squares + _PRIOR_N * _PRIOR_SD**2) / (k + 1)


def mean_variance(values: Sequence[float]) -> float:
    """Give sigma_w^2 / N_eff: the variance of the mean of late values of z, newest last, that follow one another."""
    n = len(values)
    if n < 2:
        return 0.0
    mean = math.fsum(values) / n
    off = [value - mean for value in values]
    power = math.fsum(x * x for x in off)
    if power <= 0.0:
        return 0.0
    rho = math.fsum(a * b for a, b in itertools.pairwise(off)) / power
    rho = min(max(rho, 0.0), _MOST_RHO)
    return power / (n - 1) * (1.0 + rho) / (1.0 - rho) / n


def rest_variance(blocks: float) -> float:
    """Give the variance of z that comes from a rest of so many blocks of 20 s."""
    return _MEDIAN_VARIANCE / blocks


def _modalities(points: Sequence[Point]) -> tuple[float, ...]:
    """Give the weighted mean z of heart and of skin, of those that there are."""
    means = []
    for is_skin in (False, True):
        members = [point for point in points if (point.channel in SKIN) is is_skin]
        if members:
            weight = math.fsum(point.weight for point in members)
            means.append(math.fsum(point.weight * point.z for point in members) / weight)
    return tuple(means)
