# SPDX-License-Identifier: MIT
from hypothesis import given
from hypothesis import strategies as st

from dsp.growth.survival import Wait, median_wait


def test_without_censoring_it_is_the_lower_median() -> None:
    assert median_wait([Wait(s) for s in (50.0, 10.0, 30.0, 20.0)]) == 20.0


def test_ways_cut_short_push_the_median_back() -> None:
    # by hand: at 10 s 4 of 5 stay, at 30 s (4/5)(2/3) = 0.53, at 40 s 0.53 / 2
    waits = [Wait(10.0), Wait(20.0, is_over=False), Wait(30.0), Wait(40.0), Wait(60.0, is_over=False)]
    assert median_wait(waits) == 40.0


def test_it_is_not_reached_when_most_never_came_back() -> None:
    assert median_wait([Wait(10.0), Wait(60.0, is_over=False), Wait(60.0, is_over=False)]) is None
    assert median_wait([]) is None


@given(st.lists(st.tuples(st.integers(1, 600), st.booleans()), max_size=30), st.integers(1, 5))
def test_a_longer_second_makes_a_longer_median(waits: list[tuple[int, bool]], scale: int) -> None:
    median = median_wait([Wait(float(s), over) for s, over in waits])
    scaled = median_wait([Wait(float(s * scale), over) for s, over in waits])
    assert scaled == (None if median is None else median * scale)
