# SPDX-License-Identifier: MIT
"""When a sample is heard, told by a device that asks late and runs at its own speed."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.audio.stream_clock import StreamClock

RATE_HZ = 48_000
BLOCK = 960


@given(st.integers(0, 1000), st.floats(-300.0, 300.0))
@settings(max_examples=20, deadline=None)
def test_a_late_device_of_another_speed_is_followed_within_20_ms(seed: int, ppm: float) -> None:
    clock = StreamClock(RATE_HZ, 0.04)
    rng = np.random.default_rng(seed)
    for block in range(3000):  # a minute
        due_s = block * BLOCK / RATE_HZ / (1.0 + ppm * 1e-6)
        clock.observe(block * BLOCK, 500.0 + due_s + rng.uniform(0.0, 0.015))
        if block > 250:
            assert abs(clock.time_of(block * BLOCK) - (500.0 + due_s + 0.04)) <= 0.02


def test_a_device_that_stood_still_is_caught_up_with_at_once() -> None:
    clock = StreamClock(RATE_HZ)
    for block in range(500):
        clock.observe(block * BLOCK, block * 0.02)
    clock.observe(500 * BLOCK, 40.0)
    assert clock.time_of(500 * BLOCK) == 40.0


def test_one_late_block_is_not_heard() -> None:
    clock = StreamClock(RATE_HZ)
    for block in range(500):
        clock.observe(block * BLOCK, block * 0.02)
    clock.observe(500 * BLOCK, 10.2)
    assert abs(clock.time_of(500 * BLOCK) - 10.0) < 0.001
