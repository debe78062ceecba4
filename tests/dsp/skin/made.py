# SPDX-License-Identifier: MIT
"""Skin conductance that is made up: responses of a known size on a known level, and how it is fed to the stage."""

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from dsp.codes import Modality
from dsp.skin.eda import SkinConductance, SkinSecond
from dsp.stream import Chunk, FloatArray, Scr, Tick, read_only

RISE_S, FALL_S = 0.75, 2.0  # time constants of a response
PEAK_S = math.log(FALL_S / RISE_S) * FALL_S * RISE_S / (FALL_S - RISE_S)


def bateman(t: FloatArray, amplitude: float) -> FloatArray:
    """Give a response of this peak height that begins at 0."""
    peak = math.exp(-PEAK_S / FALL_S) - math.exp(-PEAK_S / RISE_S)
    since = np.maximum(t, 0.0)
    height = np.exp(-since / FALL_S) - np.exp(-since / RISE_S)
    return read_only(amplitude / peak * height)


def times(duration_s: float, rate_hz: float) -> FloatArray:
    """Give evenly spaced times up to `duration_s`."""
    return read_only((np.arange(int(duration_s * rate_hz)) + 1.0) / rate_hz)


def skin(
    t: FloatArray, onsets: npt.ArrayLike, amplitude: float, *, level: float, noise: float = 0.002, seed: int = 0
) -> FloatArray:
    """Give a level with equal responses and white noise of this SD, all in microsiemens."""
    clean = level + sum((bateman(t - onset, amplitude) for onset in np.asarray(onsets)), np.zeros(len(t)))
    return np.asarray(clean + np.random.default_rng(seed).normal(0.0, noise, len(t)))


def still(t: FloatArray, *, level: float = 5.0, noise: float = 0.002, seed: int = 0) -> FloatArray:
    """Give a level without responses."""
    return skin(t, [], 0.0, level=level, noise=noise, seed=seed)


def by_seconds(
    t: FloatArray, eda: FloatArray, acc: tuple[FloatArray, FloatArray] | None = None, *, source: str = "test"
) -> Iterator[Chunk | Tick]:
    """Give samples (microsiemens; times and mg of the acceleration) as they would come: a chunk, then its tick."""
    for second in range(math.ceil(t[0]), math.ceil(t[-1]) + 1):
        for modality, times_s, values in [(Modality.EDA, t, eda), *([(Modality.ACC, *acc)] if acc else [])]:
            first, end = np.searchsorted(times_s, [second - 1.0, second], side="right")
            yield Chunk(modality, times_s[first:end], values[first:end], float(second), source)
        yield Tick(float(second))


def told(stage: SkinConductance, t: FloatArray, eda: FloatArray) -> list[SkinSecond]:
    """Give what a stage tells of a signal, second by second."""
    return [second for item in by_seconds(t, eda) for second in stage.update(item)]


def responses_of(seconds: list[SkinSecond]) -> list[Scr]:
    """Give the responses among what was told."""
    return [response for second in seconds for response in second.responses]
