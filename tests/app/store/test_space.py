# SPDX-License-Identifier: MIT

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.space import SpaceForecast

RESERVE = 16 << 20


@given(st.integers(1_000, 10_000_000), st.integers(60, 1200))
def test_a_disk_that_fills_steadily_is_foretold_to_the_second(bytes_per_s: int, full_in_s: int) -> None:
    forecast, free = SpaceForecast(), RESERVE + bytes_per_s * full_in_s
    told = [forecast.update(float(t), free - bytes_per_s * t) for t in range(0, 60, 5)]
    assert told[-1] == pytest.approx(full_in_s - 55, abs=1.0)


def test_the_warning_comes_more_than_10_min_before_the_disk_is_full() -> None:
    forecast, free = SpaceForecast(), RESERVE + 1_000_000 * 5000
    told = {t: forecast.update(float(t), free - 1_000_000 * t) for t in range(0, 5000, 5)}
    first = min(t for t, seconds in told.items() if seconds is not None)
    assert 5000 - first > 600


def test_nothing_is_foretold_of_a_disk_that_does_not_fill() -> None:
    forecast = SpaceForecast()
    assert [forecast.update(float(t), 10**9 + t) for t in range(0, 300, 5)] == [None] * 60


def test_a_full_disk_is_said_at_once() -> None:
    assert SpaceForecast().update(0.0, RESERVE) == 0.0
