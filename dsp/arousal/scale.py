# SPDX-License-Identifier: MIT
"""The scale of the arousal level: what each channel counts, and how far one can pull.

A channel's z is its distance from the rest in its own spreads; c(z) = 3 tanh(z/3) lets none of them run away. g is its
inverse, so that probabilities are told where distances still mean something.

Law: g(c(z)) = z for |z| up to 9; c and g rise strictly between their ends.
"""

import math

from dsp.codes import Channel

HEART = (Channel.H, Channel.V)
SKIN = (Channel.S, Channel.D, Channel.R)

WEIGHTS = {Channel.H: 1.0, Channel.S: 0.5, Channel.D: 0.5, Channel.R: 0.5, Channel.V: 0.0}
"""How much each counts. Variability is shown and does not count: speech and breath move it as arousal does."""

FLOORS = {Channel.H: 3.0, Channel.S: 0.15, Channel.D: 0.15, Channel.R: 0.7, Channel.V: 0.20}
"""The smallest spread of a rest (bpm; ln microsiemens; root of responses a minute; ln ms): a very still rest must not
make everything huge."""

_END = 3.0
_NEAREST = 2.985  # c(9): nearer to the end the inverse is made of rounding


def squash(z: float) -> float:
    """Give c(z), between -3 and 3."""
    return _END * math.tanh(z / _END)


def unsquash(level: float) -> float:
    """Give g(level), the z that has this c(z)."""
    return _END * math.atanh(min(max(level, -_NEAREST), _NEAREST) / _END)


def slope(level: float) -> float:
    """Give g'(level)."""
    return 1.0 / (1.0 - (min(max(level, -_NEAREST), _NEAREST) / _END) ** 2)


def share_below(z: float) -> float:
    """Give the share of a normal distribution that lies below `z`."""
    return 0.5 * math.erfc(-z / math.sqrt(2.0))
