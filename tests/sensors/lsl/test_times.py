# SPDX-License-Identifier: MIT
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Reason
from dsp.stream import FloatArray
from sensors.lsl.stamps import Laid
from sensors.lsl.times import SampleTimes, Stretch

REGULAR_HZ = 130.0


def laid(t: Sequence[float] | FloatArray, *, has_leapt: bool = False) -> Laid:
    return Laid(np.asarray(t, np.float64), np.ones(len(t), np.bool_), has_leapt)


def times_of(stretches: list[Stretch]) -> list[float]:
    return [t for stretch in stretches for t in stretch.t.tolist()]


def sample_times(rate_hz: float) -> SampleTimes:
    times = SampleTimes()
    times.start_segment(Reason.LINK_LOST, rate_hz)
    return times


def test_good_stamps_are_the_times() -> None:
    stamps = np.arange(0, 1, 1 / REGULAR_HZ)
    (stretch,) = sample_times(REGULAR_HZ).update(laid(stamps))
    np.testing.assert_array_equal(stretch.t, stamps)
    assert stretch.gap is None


@pytest.mark.parametrize("within_s", [0.0, 1e-4], ids=["one stamp for all", "stamped as pushed"])
def test_bursts_of_a_bridge_are_spread_out_at_the_declared_rate(within_s: float) -> None:
    times, found = sample_times(REGULAR_HZ), []
    for burst in range(1, 20):
        at = burst * 73 / REGULAR_HZ
        found += times_of(list(times.update(laid(at + np.linspace(0, within_s, 73)))))
    steps = np.diff(found)[73:]
    assert len(found) == 19 * 73
    np.testing.assert_allclose(steps, 1 / REGULAR_HZ, rtol=0.02)


def test_a_burst_that_was_pulled_in_two_halves_is_spread_out_too() -> None:
    times, found = sample_times(REGULAR_HZ), []
    for burst in range(1, 20):
        at = burst * 73 / REGULAR_HZ
        for n in (40, 33):
            found += times_of(list(times.update(laid(np.full(n, at)))))
    steps = np.diff(found)[2 * 73 :]
    assert len(found) == 19 * 73
    np.testing.assert_allclose(steps, 1 / REGULAR_HZ, rtol=0.05)


def test_samples_of_an_irregular_stream_that_share_a_stamp_are_spread_over_the_time_before() -> None:
    times = sample_times(0.0)
    assert times_of(list(times.update(laid([1.0])))) == [1.0]
    assert times_of(list(times.update(laid([2.0, 2.0])))) == [1.5, 2.0]


def test_a_step_of_a_second_in_a_regular_stream_is_a_gap() -> None:
    times = sample_times(REGULAR_HZ)
    first, second = times.update(laid([0.0, 0.01, 0.02, 1.5, 1.51]))
    assert (first.t.tolist(), first.rows.tolist(), first.gap) == ([0.0, 0.01, 0.02], [0, 1, 2], None)
    assert (second.t.tolist(), second.rows.tolist()) == ([1.5, 1.51], [3, 4])
    assert second.gap == (0.02, 1.5, Reason.SAMPLES_LOST)


def test_an_irregular_stream_has_no_gap_of_its_own() -> None:
    (stretch,) = sample_times(0.0).update(laid([0.0, 60.0]))
    assert stretch.gap is None


def test_a_sample_out_of_order_is_dropped_and_a_gap_says_so() -> None:
    times = sample_times(10.0)
    list(times.update(laid([0.0, 0.1])))
    (stretch,) = times.update(laid([0.05, 0.2]))
    assert (stretch.rows.tolist(), stretch.t.tolist()) == ([1], [0.2])
    assert stretch.gap == (0.1, 0.2, Reason.SAMPLES_LOST)


@pytest.mark.parametrize("rate_hz", [0.0, 10.0])
def test_a_new_inlet_begins_with_a_gap_but_not_the_first_one(rate_hz: float) -> None:
    times = sample_times(rate_hz)
    (first,) = times.update(laid([0.0, 0.1]))
    times.start_segment(Reason.LINK_LOST, rate_hz)
    (second,) = times.update(laid([2.0, 2.1]))
    assert first.gap is None
    assert second.gap == (0.1, 2.0, Reason.LINK_LOST)


def test_a_leap_of_the_clock_is_a_gap() -> None:
    times = sample_times(10.0)
    list(times.update(laid([0.0, 0.1])))
    (stretch,) = times.update(laid([0.3, 0.4], has_leapt=True))
    assert stretch.gap == (0.1, 0.3, Reason.CLOCK_JUMP)


@given(
    st.sampled_from([0.0, 4.0, 130.0, 1000.0]),
    st.lists(
        st.tuples(st.lists(st.tuples(st.floats(-2, 3), st.booleans()), min_size=1, max_size=12), st.booleans()),
        max_size=30,
    ),
)
def test_times_strictly_grow_and_gaps_lie_between_them(
    rate_hz: float, batches: list[tuple[list[tuple[float, bool]], bool]]
) -> None:
    times, last, at = sample_times(rate_hz), -np.inf, 100.0
    for batch, has_leapt in batches:
        is_kept = np.array([kept for _, kept in batch])
        t = at + np.array([t for t, _ in batch])[is_kept]
        for stretch in times.update(Laid(t, is_kept, has_leapt)):
            assert len(stretch.t) == len(stretch.rows) > 0
            assert np.all(np.diff(stretch.t) > 0)
            assert stretch.t[0] > last
            if stretch.gap is not None:
                start_s, end_s, _ = stretch.gap
                assert start_s == last
                assert end_s == stretch.t[0]
            last = stretch.t[-1]
        at += 0.5
