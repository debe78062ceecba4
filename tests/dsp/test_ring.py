# SPDX-License-Identifier: MIT
"""The ring against the plainest thing that could replace it: the end of a list."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.ring import Ring

_BLOCKS = st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=30)  # samples, and whether a gap follows


@given(capacity=st.integers(1, 10), blocks=_BLOCKS, count=st.integers(0, 15))
def test_ring_holds_the_newest_samples_in_order(capacity: int, blocks: list[tuple[int, bool]], count: int) -> None:
    ring = Ring(capacity)
    written: list[tuple[float, float, bool]] = []
    for length, is_gap_after in blocks:
        new = np.arange(len(written), len(written) + length, dtype=np.float64)
        ring.append(new, new * 10.0)
        written += [(t, t * 10.0, True) for t in new.tolist()]
        if is_gap_after:
            ring.mark_gap()
            written[-1:] = [(t, value, False) for t, value, _ in written[-1:]]
    held = written[-capacity:]
    newest = held[len(held) - min(count, len(held)) :]
    view = ring.newest(count)
    assert len(ring) == len(held)
    assert list(zip(view.t.tolist(), view.values.tolist(), view.connected.tolist(), strict=True)) == newest


@given(
    after_s=st.floats(-2.0, 22.0),
    until_s=st.floats(-2.0, 22.0),
    start=st.integers(0, 10),
)
def test_ring_gives_the_samples_between_two_times(after_s: float, until_s: float, start: int) -> None:
    ring = Ring(10)
    ring.append(np.arange(start, start + 10.0), np.zeros(10))
    expected = [t for t in range(start, start + 10) if after_s < t <= until_s]
    assert ring.between(after_s, until_s).t.tolist() == expected


def test_ring_holds_rows_of_channels() -> None:
    ring = Ring(2, channels=3)
    ring.append(np.arange(3.0), np.arange(9.0).reshape(3, 3))
    assert ring.newest(2).values.tolist() == [[3.0, 4.0, 5.0], [6.0, 7.0, 8.0]]


@pytest.mark.parametrize("channels", [None, 2])
@given(capacity=st.integers(1, 6), count=st.integers(0, 20), gap_after=st.integers(0, 20))
def test_samples_pushed_one_by_one_are_those_that_came_together(
    channels: int | None, capacity: int, count: int, gap_after: int
) -> None:
    pushed, appended = Ring(capacity, channels), Ring(capacity, channels)
    for k in range(count):
        row = float(k) if channels is None else (float(k), -float(k))
        pushed.push(float(k), row)
        appended.append(np.array([float(k)]), np.array([row]))
        for ring in (pushed, appended):
            if k == gap_after:
                ring.mark_gap()
    ours, theirs = pushed.newest(capacity), appended.newest(capacity)
    for one, other in ((ours.t, theirs.t), (ours.values, theirs.values), (ours.connected, theirs.connected)):
        assert one.tolist() == other.tolist()


def test_a_view_is_the_rings_own_memory_in_one_piece() -> None:
    ring = Ring(4)
    for t in range(11):
        ring.append(np.array([float(t)]), np.array([1.0]))
    first, second = ring.newest(4), ring.newest(4)
    assert np.shares_memory(first.values, second.values)
    assert first.values.flags.c_contiguous


def test_a_view_cannot_be_written_to() -> None:
    ring = Ring(4)
    ring.append(np.zeros(2), np.zeros(2))
    for array in (ring.newest(2).t, ring.newest(2).values, ring.newest(2).connected):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0


def test_a_ring_keeps_its_size_however_much_it_was_given() -> None:
    ring = Ring(8)
    ring.append(np.arange(1000.0), np.arange(1000.0))
    assert ring._values.nbytes == 2 * 8 * 8


@pytest.mark.parametrize(
    ("capacity", "channels", "message"),
    [(0, None, "capacity must be at least 1, not 0"), (1, 0, "channels must be at least 1, not 0")],
)
def test_a_ring_without_room_is_refused_with_the_rule(capacity: int, channels: int | None, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Ring(capacity, channels)


@pytest.mark.parametrize("values", [np.zeros(3), np.zeros((2, 2))])
def test_a_block_that_does_not_fit_its_times_or_channels_is_refused(values: np.ndarray) -> None:
    with pytest.raises(ValueError, match="one time a sample"):
        Ring(8).append(np.zeros(2), values)
