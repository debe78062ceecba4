# SPDX-License-Identifier: MIT
"""Motion is the spread of the acceleration's size between two ticks."""

import math

import numpy as np
import pytest

from dsp.codes import Modality
from dsp.motion import Motion
from dsp.stream import Chunk, FloatArray


def _chunk(t: FloatArray, acc: FloatArray) -> Chunk:
    return Chunk(Modality.ACC, t, acc, 0.0, "test")


def test_it_is_the_spread_of_the_size_up_to_the_tick() -> None:
    t, acc = np.arange(100) / 50.0 + 0.02, np.random.default_rng(0).normal(0.0, 300.0, (100, 3))
    motion = Motion()
    motion.take(_chunk(t, acc))
    size = np.sqrt((acc**2).sum(axis=1))
    assert motion.tell(1.0) == pytest.approx(float(np.std(size[:50])))
    assert motion.tell(2.0) == pytest.approx(float(np.std(size[50:])))


def test_turning_slowly_is_no_motion() -> None:
    t = np.arange(50) / 50.0
    motion = Motion()
    motion.take(_chunk(t, 1000.0 * np.stack([np.cos(t), np.sin(t), np.zeros(50)], axis=1)))
    assert motion.tell(1.0) == pytest.approx(0.0, abs=1e-6)


def test_too_few_samples_and_what_is_no_number_say_nothing() -> None:
    motion = Motion()
    t = np.array([0.1, 0.2, 0.3, 0.4, math.nan, math.inf])
    motion.take(_chunk(t, np.array([[1.0] * 3, [2.0] * 3, [math.nan] * 3, [1e200] * 3, [1.0] * 3, [1.0] * 3])))
    assert motion.tell(1.0) is None
