# SPDX-License-Identifier: MIT
"""Made-up electrocardiograms for tests and benches: five waves a beat, at any rate, where every R peak is known."""

import numpy as np

from dsp.codes import Modality
from dsp.stream import Chunk, FloatArray

_WAVES = (  # s from R, mV, width in s (SD of a Gaussian)
    (-0.17, 0.12, 0.022),
    (-0.026, -0.12, 0.008),
    (0.0, 1.1, 0.010),
    (0.027, -0.22, 0.009),
    (0.27, 0.28, 0.045),
)


def ecg(beats_s: FloatArray, *, rate_hz: float = 130.0, seconds: float, begin_s: float = 0.0) -> Chunk:
    """Give an ECG in mV with its R peaks at `beats_s`."""
    t = begin_s + np.arange(round(seconds * rate_hz)) / rate_hz
    mv = np.zeros(len(t))
    for shift_s, height_mv, width_s in _WAVES:
        for middle_s in beats_s + shift_s:
            near = slice(*np.searchsorted(t, (middle_s - 5.0 * width_s, middle_s + 5.0 * width_s)).tolist())
            mv[near] += height_mv * np.exp(-0.5 * ((t[near] - middle_s) / width_s) ** 2)
    return Chunk(Modality.ECG, t, mv, float(t[-1]), "made up")


def beats(*, seconds: float, bpm: float = 66.0, seed: int = 0, begin_s: float = 0.0) -> FloatArray:
    """Give the times of a heart at rest: breathing, and a little of everything else."""
    rng = np.random.default_rng(seed)
    count = int(seconds * bpm / 60.0 * 1.5) + 2
    rr_s = 60.0 / bpm + 0.03 * np.sin(np.arange(count) / 2.5) + rng.normal(0.0, 0.015, count)
    times = begin_s + 0.5 + np.cumsum(rr_s)
    return times[times < begin_s + seconds - 0.5]


def noise(count: int, *, sd_mv: float, seed: int = 1) -> FloatArray:
    """Give white noise in mV."""
    return np.random.default_rng(seed).normal(0.0, sd_mv, count)
