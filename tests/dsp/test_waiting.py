# SPDX-License-Identifier: MIT
"""Samples wait for their tick, in order of arrival."""

import math

from dsp.waiting import Waiting


def test_a_tick_takes_what_lies_before_it_and_leaves_the_rest() -> None:
    waiting = Waiting()
    waiting.put([0.5, 1.0], [5.0, 6.0])
    waiting.put([1.5], [7.0])
    assert list(waiting.take(1.0)) == [(0.5, 5.0), (1.0, 6.0)]
    assert list(waiting.take(1.4)) == []
    assert list(waiting.take(2.0)) == [(1.5, 7.0)]


def test_a_time_that_is_no_number_never_holds_up_the_others() -> None:
    waiting = Waiting()
    waiting.put([math.nan, math.inf, 0.5], [1.0, 2.0, 3.0])
    assert list(waiting.take(1.0)) == [(0.5, 3.0)]
