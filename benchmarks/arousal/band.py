# SPDX-License-Identifier: MIT
"""Does the 90 % band hold the true level? On truths that are made up, for one and two modalities, 1 to 4 channels.

The truth: a level, uniform from -1 to 2.5; a bias N(0, 0.7) of heart and of skin (what a modality's channels share, for
they come from the same electrodes; channels with biases of their own are reported beside it); AR(1) noise of 0.6 with
phi 0.9 in each channel; and a rest of 9 blocks, so each median is off by N(0, 1.57 / 9). One channel of the skin alone
is too little for an estimate. `python -m benchmarks.arousal.band` prints the table.
"""

import math

import numpy as np

from benchmarks.figure import Figure, table
from dsp.arousal.estimate import WINDOW, Point, estimate, mean_variance, rest_variance
from dsp.arousal.scale import SKIN, squash
from dsp.codes import Channel

SETS = {
    "heart: 1 channel": (Channel.H,),
    "skin: 2 channels": (Channel.S, Channel.D),
    "skin: 3 channels": (Channel.S, Channel.D, Channel.R),
    "both: 2 channels": (Channel.H, Channel.S),
    "both: 3 channels": (Channel.H, Channel.S, Channel.R),
    "both: 4 channels": (Channel.H, Channel.S, Channel.D, Channel.R),
}
LEAST, MOST = 0.86, 0.94

_BIAS_SD, _NOISE_SD, _PHI, _BLOCKS = 0.7, 0.6, 0.9, 9.0
_TRIALS = 4000


def coverage(
    channels: tuple[Channel, ...], bias_sd: float, *, trials: int, is_shared: bool = True, seed: int = 1
) -> float:
    """Give the share of trials whose band holds c(level)."""
    chance = np.random.default_rng(seed)
    return sum(_is_held(channels, bias_sd, chance, is_shared=is_shared) for _ in range(trials)) / trials


def _is_held(channels: tuple[Channel, ...], bias_sd: float, chance: np.random.Generator, *, is_shared: bool) -> bool:
    level = float(chance.uniform(-1.0, 2.5))
    own = {channel: float(chance.normal(0.0, bias_sd)) for channel in Channel}
    biases = {channel: own[Channel.S if is_shared and channel in SKIN else channel] for channel in Channel}
    points = [_point(channel, level + biases[channel], chance) for channel in channels]
    now = estimate(points)
    return now is not None and now.band[0] <= squash(level) <= now.band[1]


def _point(channel: Channel, mean_z: float, chance: np.random.Generator) -> Point:
    """Give a channel's point from half a minute of its z; its own z is their mean, as h and r are means themselves."""
    rest_error = float(chance.normal(0.0, math.sqrt(rest_variance(_BLOCKS))))
    noise = [float(chance.normal(0.0, _NOISE_SD))]
    for _ in range(WINDOW - 1):
        noise.append(_PHI * noise[-1] + float(chance.normal(0.0, _NOISE_SD * math.sqrt(1.0 - _PHI**2))))
    z = [mean_z + rest_error + x for x in noise]
    return Point(channel, sum(z) / WINDOW, 1.0, mean_variance(z), rest_variance(_BLOCKS))


def run(trials: int = _TRIALS) -> list[Figure]:
    figures = []
    for name, channels in SETS.items():
        share = coverage(channels, _BIAS_SD, trials=trials)
        low, high = (coverage(channels, sd, trials=trials) for sd in (0.3, 1.0))
        apart = coverage(channels, _BIAS_SD, trials=trials, is_shared=False)
        others = f"bias SD 0.3 {100 * low:.1f}, 1.0 {100 * high:.1f}; biases apart {100 * apart:.1f}"
        is_met = LEAST <= share <= MOST
        figures.append(Figure(f"band, {name}", f"{100 * share:.1f} % ({others})", "86 to 94 %", is_met))
    return figures


if __name__ == "__main__":
    print(table(run()))
