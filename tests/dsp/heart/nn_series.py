# SPDX-License-Identifier: MIT
"""Confirmed beats from plain series of NN, for the tests of how the rhythm swings."""

import math
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

from dsp.codes import Verdict
from dsp.heart.tachogram import Tachogram
from dsp.stream import Beat, FloatArray


def beats_of_nn(nn_ms: npt.ArrayLike, *, start_s: float = 0.0) -> list[Beat]:
    """Give normal beats that follow each other, the first interval from `start_s` on."""
    intervals = np.asarray(nn_ms, dtype=np.float64)
    return [nn_beat(t, nn) for t, nn in zip(ends_of(intervals, start_s).tolist(), intervals.tolist(), strict=True)]


def ends_of(nn_ms: FloatArray, start_s: float = 0.0) -> FloatArray:
    """Give the time at which each interval ends."""
    ends: FloatArray = start_s + np.cumsum(nn_ms) / 1000.0
    return ends


def nn_beat(t: float, nn_ms: float) -> Beat:
    return Beat(t, nn_ms, Verdict.NORMAL, t, nn_ms=nn_ms, confirmed_t=t)


def flagged_beat(t: float) -> Beat:
    return Beat(t, 1600.0, Verdict.MISSED, t, confirmed_t=t)


def nn_along(course_ms: Callable[[float], float], seconds: float) -> FloatArray:
    """Give NN that follow a course: each interval ends where the course has its length."""
    t, intervals = 0.0, []
    while t < seconds:
        nn_ms = course_ms(t)
        for _ in range(50):  # the length belongs to the interval's own end
            nn_ms = course_ms(t + nn_ms / 1000.0)
        t += nn_ms / 1000.0
        intervals.append(nn_ms)
    return np.array(intervals)


def nn_wave(mean_ms: float, amplitude_ms: float, frequency_hz: float, seconds: float) -> FloatArray:
    """Give NN that follow a sine of time."""
    return nn_along(lambda t: mean_ms + amplitude_ms * math.sin(2.0 * math.pi * frequency_hz * t), seconds)


def rate_wave(mean_bpm: float, amplitude_bpm: float, breaths_per_min: float, seconds: float) -> FloatArray:
    """Give NN whose rate is highest at each whole breath, counted from 0 s."""
    turn = 2.0 * math.pi * breaths_per_min / 60.0
    return nn_along(lambda t: 60_000.0 / (mean_bpm + amplitude_bpm * math.cos(turn * t)), seconds)


def up_to(beats: Iterable[Beat], t: float) -> list[Beat]:
    return [beat for beat in beats if beat.t <= t]


def tachogram_of(beats: Iterable[Beat]) -> Tachogram:
    tachogram = Tachogram()
    for beat in beats:
        tachogram.update(beat)
    return tachogram
