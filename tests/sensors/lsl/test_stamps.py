# SPDX-License-Identifier: MIT
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sensors.lsl.stamps import SessionStamps

times = st.floats(-1e4, 1e4)
anything = st.floats(allow_nan=True, allow_infinity=True)


def test_a_stamp_with_its_offset_is_the_time() -> None:
    laid = SessionStamps().update(np.array([10.0, 10.1]), offset_s=90.0, arrival=100.12)
    assert laid.t.tolist() == [100.0, 100.1]
    assert not laid.has_leapt


def test_a_new_estimate_of_the_offset_is_followed_by_a_millisecond_a_second() -> None:
    stamps = SessionStamps()
    stamps.update(np.array([0.0]), offset_s=50.0, arrival=50.01)
    soon = stamps.update(np.array([0.1]), offset_s=50.005, arrival=50.12)
    np.testing.assert_allclose(soon.t, [50.1001])
    for k in range(2, 100):
        later = stamps.update(np.array([k / 10]), offset_s=50.005, arrival=50.02 + k / 10)
    np.testing.assert_allclose(later.t, [50.005 + 9.9], atol=1e-9)


def test_stamps_of_another_clock_are_anchored_at_their_arrival() -> None:
    stamps = SessionStamps()
    unix = 1.8e9
    first = stamps.update(unix + np.array([0.0, 0.1]), offset_s=0.0, arrival=100.0)
    np.testing.assert_allclose(first.t, [99.9, 100.0], atol=1e-6)
    second = stamps.update(unix + np.array([0.2, 0.3]), offset_s=0.0, arrival=100.22)
    np.testing.assert_allclose(second.t, [100.1, 100.2], atol=1e-6)
    assert not first.has_leapt
    assert not second.has_leapt


def test_a_leap_of_the_senders_clock_is_said() -> None:
    stamps = SessionStamps()
    stamps.update(np.array([100.0]), offset_s=0.0, arrival=100.01)
    back = stamps.update(np.array([90.0]), offset_s=0.0, arrival=100.11)
    ahead = stamps.update(np.array([900.0]), offset_s=0.0, arrival=100.21)
    assert back.has_leapt
    assert ahead.has_leapt
    assert (back.t[0], ahead.t[0]) == (100.11, 100.21)


def test_a_worker_that_catches_up_keeps_the_times() -> None:
    stamps = SessionStamps()
    stamps.update(np.array([100.0]), offset_s=0.0, arrival=100.01)
    backlog = stamps.update(np.arange(100.1, 105.0, 0.1), offset_s=0.0, arrival=112.0)
    np.testing.assert_allclose(backlog.t, np.arange(100.1, 105.0, 0.1))
    assert not backlog.has_leapt


def test_stamps_that_are_no_number_are_not_kept() -> None:
    laid = SessionStamps().update(np.array([np.nan, 5.0, np.inf]), offset_s=0.0, arrival=5.0)
    assert laid.is_kept.tolist() == [False, True, False]
    assert laid.t.tolist() == [5.0]


@given(st.lists(st.tuples(st.lists(anything, min_size=1, max_size=5), anything, st.floats(0, 3)), max_size=20))
def test_no_time_lies_after_its_arrival_nor_a_minute_before(
    batches: list[tuple[list[float], float, float]],
) -> None:
    stamps, arrival = SessionStamps(), 1000.0
    for raw, offset_s, wait_s in batches:
        arrival += wait_s
        laid = stamps.update(np.array(raw), offset_s=offset_s, arrival=arrival)
        assert len(laid.t) == laid.is_kept.sum()
        assert np.all(laid.t <= arrival)
        assert np.all(laid.t >= arrival - 60.0)
