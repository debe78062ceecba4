# SPDX-License-Identifier: MIT
"""Motion is the spread of the acceleration's size between two ticks, of one accelerometer."""

import math

import numpy as np
import pytest

from dsp.codes import Modality
from dsp.motion import Motion
from dsp.stream import Chunk, FloatArray


def _chunk(t: FloatArray, acc: FloatArray, source: str = "test") -> Chunk:
    return Chunk(Modality.ACC, t, acc, 0.0, source)


def _second(source: str, t: float, moved_mg: float) -> Chunk:
    """Give the second up to `t` of an accelerometer that moves so much."""
    times = t - 1.0 + np.arange(1, 26) / 25.0
    size = 1000.0 + moved_mg * np.tile([1.0, -1.0], 13)[:25]
    return _chunk(times, np.stack([size, 0.0 * size, 0.0 * size], axis=1), source)


def _told(*seconds: tuple[str, ...]) -> list[str | None]:
    """Say of each second, in which these sources send, which one was listened to; the second one moves much more."""
    motion, used = Motion(), []
    for t, sources in enumerate(seconds, start=1):
        for source in sources:
            motion.take(_second(source, float(t), {"chest": 5.0, "wrist": 200.0}[source]))
        told = motion.tell(float(t))
        assert told is None or motion.used in sources
        assert told is None or told == pytest.approx({"chest": 5.0, "wrist": 200.0}[str(motion.used)], rel=0.1)
        used.append(motion.used if told is not None else None)
    return used


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


def test_of_two_accelerometers_the_first_is_listened_to_whichever_moves_more() -> None:
    assert _told(*[("chest", "wrist")] * 10) == ["chest"] * 10
    assert _told(*[("wrist", "chest")] * 10) == ["wrist"] * 10


def test_one_that_pauses_is_waited_for_and_one_that_is_gone_is_not() -> None:
    both, one = ("chest", "wrist"), ("wrist",)
    assert _told(both, *[one] * 4, *[both] * 5) == ["chest", *[None] * 4, *["chest"] * 5]
    assert _told(both, *[one] * 6, *[both] * 3) == ["chest", *[None] * 4, *["wrist"] * 5]  # and kept, not to and fro
