# SPDX-License-Identifier: MIT
"""A device that is not there: it asks for blocks, late and at its own speed, and tells when each sample was heard."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.audio.score import Score, Voice
from app.audio.stream import SoundStream
from app.audio.voices import RATE_HZ
from dsp.plan import PacingPlan, Segment

BLOCK = 480  # 10 ms, as the devices are asked for
BUFFERED_S = 0.06
START_S = 1000.0

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What was heard: the samples, (n,), and the session time of each, seconds."""

    samples: Samples
    times: NDArray[np.float64]

    def between(self, start_s: float, end_s: float) -> Samples:
        return self.samples[(self.times >= start_s) & (self.times < end_s)]


def steady(breaths_per_min: float = 6.0, start_s: float = START_S) -> PacingPlan:
    return PacingPlan((Segment(start_s, 60.0 / breaths_per_min),))


def listen(
    score_at: Callable[[float], Score], seconds: float, *, late_s: Iterator[float] | None = None, ppm: float = 0.0
) -> Heard:
    """Let a device ask for blocks from `START_S` on.

    Parameters
    ----------
    score_at : callable
        The score at a session time.
    seconds : float
        How long.
    late_s : iterator of float, optional
        How much later than due each block is asked for, seconds.
    ppm : float
        How much faster than it says the device's clock runs.
    """
    now = [START_S]
    stream = SoundStream(lambda: now[0], BUFFERED_S, lambda: score_at(now[0]))
    rate = RATE_HZ * (1.0 + ppm * 1e-6)
    blocks = []
    for start in range(0, round(seconds * RATE_HZ), BLOCK):
        now[0] = START_S + start / rate + (next(late_s) if late_s else 0.0)
        blocks.append(stream.render(BLOCK))
    samples = np.concatenate(blocks)
    return Heard(samples, START_S + BUFFERED_S + np.arange(len(samples)) / rate)


def playing(voice: Voice, plan: PacingPlan | None = None, volume: float = 1.0) -> Callable[[float], Score]:
    score = Score(plan or steady(), voice, volume)
    return lambda _t: score


def loudness(heard: Heard, window: int = 240) -> NDArray[np.float64]:
    """The envelope: the largest amplitude around each sample, (n,)."""
    padded = np.pad(np.abs(heard.samples.astype(np.float64)), (window // 2, window - 1 - window // 2))
    envelope: NDArray[np.float64] = np.lib.stride_tricks.sliding_window_view(padded, window).max(axis=1)
    return envelope


def onsets(heard: Heard, share: float = 0.05, part_s: float = 2.0) -> NDArray[np.float64]:
    """When the sound comes up to a share of what it reaches in the seconds after it, session seconds."""
    envelope = loudness(heard)[::48]
    times = heard.times[::48]
    after = np.lib.stride_tricks.sliding_window_view(envelope, round(part_s * 1000)).max(axis=1)
    is_above = envelope[: len(after)] >= share * after
    found: NDArray[np.float64] = times[1 : len(after)][is_above[1:] & ~is_above[:-1]]
    return found
