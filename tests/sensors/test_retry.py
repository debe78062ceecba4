# SPDX-License-Identifier: MIT
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensors.retry import Backoff


def backoff(seed: int = 0) -> Backoff:
    return Backoff(np.random.Generator(np.random.PCG64(seed)))


@given(st.integers(0, 1000))
def test_waits_double_from_half_a_second_to_fifteen_and_spread_by_a_fifth(seed: int) -> None:
    tries = backoff(seed)
    for wait_s in (0.5, 1, 2, 4, 8, 15, 15, 15):
        assert 0.8 * wait_s <= tries.failed() <= 1.2 * wait_s


def test_thirty_seconds_of_streaming_start_the_waits_anew() -> None:
    tries = backoff()
    for _ in range(5):
        tries.failed()
    assert tries.failed(streamed_s=29.9) > 10
    assert tries.failed(streamed_s=30.0) == pytest.approx(0.5, rel=0.2)


def test_a_rescan_is_due_after_three_failures_in_a_row() -> None:
    tries = backoff()
    due = []
    for _ in range(3):
        tries.failed()
        due.append(tries.is_rescan_due)
    assert due == [False, False, True]
    tries.failed(streamed_s=60)
    assert not tries.is_rescan_due


def test_the_same_seed_gives_the_same_waits() -> None:
    one, other = backoff(7), backoff(7)
    assert [one.failed() for _ in range(20)] == [other.failed() for _ in range(20)]


def test_the_wait_stays_fifteen_seconds_after_a_thousand_failures() -> None:
    tries = backoff()
    assert all(tries.failed() <= 18 for _ in range(1000))
