# SPDX-License-Identifier: MIT
"""A person's rest as numbers: the median and the spread of each channel over clean seconds.

sigma^2 = (n (1.4826 MAD)^2 + 12 (1.5 f)^2) / (n + 12), at least f^2, with n blocks of 20 s and the floor f of the
channel: a short or very still rest is believed less than what people's rests are like.

Law: the order of the seconds does not matter.
"""

import math
from collections.abc import Sequence
from statistics import median

from dsp.arousal.readings import CLEAR, Readings
from dsp.arousal.scale import FLOORS, WEIGHTS, squash
from dsp.baseline import ChannelRest
from dsp.codes import Channel

BLOCK_S = 20.0

_FEWEST_S = 60  # of a channel: three blocks
_MAD_TO_SD = 1.4826
_PRIOR_N, _PRIOR_FLOORS = 12.0, 1.5


def rest_of(channel: Channel, values: Sequence[float]) -> ChannelRest:
    """Give the rest of one channel.

    Parameters
    ----------
    channel : Channel
        Which one.
    values : sequence of float
        Its value in each clean second, at least one.
    """
    n = len(values) / BLOCK_S
    m = median(values)
    mad_sd = _MAD_TO_SD * median(abs(value - m) for value in values)
    floor = FLOORS[channel]
    variance = (n * mad_sd**2 + _PRIOR_N * (_PRIOR_FLOORS * floor) ** 2) / (n + _PRIOR_N)
    return ChannelRest(channel, m, max(math.sqrt(variance), floor), n)


def rests_of(seconds: Sequence[Readings], channels: Sequence[Channel]) -> tuple[ChannelRest, ...]:
    """Give the rest of each of `channels` that was clear for at least a minute."""
    rests = []
    for channel in channels:
        values = [r.x for second in seconds for r in second.channels if r.channel is channel and r.signal >= CLEAR]
        if len(values) >= _FEWEST_S:
            rests.append(rest_of(channel, values))
    return tuple(rests)


def levels_of(seconds: Sequence[Readings], rests: Sequence[ChannelRest]) -> list[float]:
    """Give the level A of each second that has one, held against these rests."""
    known = {rest.channel: rest for rest in rests}
    levels = (_level(second, known) for second in seconds)
    return [level for level in levels if level is not None]


def _level(second: Readings, rests: dict[Channel, ChannelRest]) -> float | None:
    parts = [
        (WEIGHTS[r.channel] * r.quality, squash((r.x - rests[r.channel].m) / rests[r.channel].sigma))
        for r in second.channels
        if r.channel in rests
    ]
    weight = math.fsum(w for w, _ in parts)
    return math.fsum(w * c for w, c in parts) / weight if weight > 0.0 else None


def percentile(values: Sequence[float], percent: float) -> float:
    """Give a percentile of at least one value, between its neighbours by the line."""
    ordered = sorted(values)
    at = (len(ordered) - 1) * percent / 100.0
    below = math.floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])
