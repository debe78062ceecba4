# SPDX-License-Identifier: MIT
"""The bump test: a tap that stands out is found where it began, and the median comes with its interval."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.bump import BUMP, BumpTest, median_offset, tap_begins
from dsp.codes import Modality, NoticeCode
from dsp.pipeline import Pipeline
from dsp.stream import Chunk, FloatArray, Item, Marker, Notice, Tick

HZ = 100.0


def acceleration(taps: list[float], seconds: float, seed: int = 1) -> tuple[FloatArray, FloatArray]:
    """Make a resting accelerometer with a jolt of 50 ms at each tap."""
    rng = np.random.Generator(np.random.PCG64(seed))
    t = np.arange(0.0, seconds, 1 / HZ)
    values = np.stack([rng.normal(0, 4, len(t)), rng.normal(0, 4, len(t)), 1000 + rng.normal(0, 4, len(t))], axis=1)
    for tap in taps:
        values[(t >= tap) & (t < tap + 0.05)] += 600.0
    return t, values


def session(taps: list[float], delay_s: float, cuts: int = 1) -> list[Item]:
    """Give a strap that says everything `delay_s` late, with a marker at each tap, second by second."""
    seconds = max(taps) + 30.0
    t, values = acceleration([tap + delay_s for tap in taps], seconds)
    items: list[Item] = []
    for second in range(int(seconds)):
        now = second + 1.0
        inside = np.flatnonzero((t >= second) & (t < now))
        parts = np.array_split(inside, cuts)
        items += [Chunk(Modality.ACC, t[part], values[part], now, "strap") for part in parts]
        items += [Marker(tap, BUMP, "space") for tap in taps if second <= tap < now]
        items.append(Tick(now))
    return items


def told(items: list[Item]) -> list[Notice]:
    pipeline = Pipeline()
    notices = [notice for item in items for notice in pipeline.update(item).notices]
    return [notice for notice in notices if notice.code is NoticeCode.OFFSET]


TAPS = [10.0 + 3.1 * k for k in range(10)]


@pytest.mark.parametrize("delay_s", [0.0, 0.04, 0.3])
def test_ten_taps_tell_how_late_the_stream_is(delay_s: float) -> None:
    (notice,) = told(session(TAPS, delay_s))
    values = dict(notice.values)
    assert values["modality"] == "acc"
    assert values["taps"] == 10
    assert abs(float(values["median_s"]) - delay_s) <= 1.5 / HZ
    assert float(values["low_s"]) <= float(values["median_s"]) <= float(values["high_s"])


def test_cutting_the_samples_otherwise_changes_nothing() -> None:
    assert told(session(TAPS, 0.04)) == told(session(TAPS, 0.04, cuts=7))


def test_six_taps_are_enough_and_five_tell_nothing() -> None:
    assert dict(told(session(TAPS[:6], 0.04))[0].values)["taps"] == 6
    assert not told(session(TAPS[:5], 0.04))


def test_numbers_that_no_sensor_gives_are_passed_over() -> None:
    items = session(TAPS, 0.04)
    spoiled: list[Item] = []
    for item in items:
        if isinstance(item, Chunk):
            values = item.values.copy()
            values[7], values[8] = 1e200, -np.inf
            spoiled.append(Chunk(Modality.ACC, item.t, values, item.arrival, item.source))
        else:
            spoiled.append(item)
    assert abs(float(dict(told(spoiled)[0].values)["median_s"]) - 0.04) <= 1.5 / HZ


def test_a_marker_without_a_tap_counts_nothing() -> None:
    items = session(TAPS, 0.04)
    only_markers: list[Item] = []
    for item in items:
        if isinstance(item, Chunk):
            calm = acceleration([], len(item.t) / HZ)[1][: len(item.t)]
            only_markers.append(Chunk(Modality.ACC, item.t, calm, item.arrival, item.source))
        else:
            only_markers.append(item)
    assert not told(only_markers)


def test_a_marker_of_another_type_begins_no_test() -> None:
    assert not told([Marker(i.t, "task", "space") if isinstance(i, Marker) else i for i in session(TAPS, 0.04)])


def test_the_next_ten_taps_are_a_test_of_their_own() -> None:
    more = [tap + 60.0 for tap in TAPS]
    assert [dict(notice.values)["taps"] for notice in told(session(TAPS + more, 0.04))] == [10, 10]


def test_missing_samples_are_passed_over() -> None:
    t, values = acceleration([5.0], 8.0)
    height = np.sqrt((values**2).sum(axis=1))
    height[::7] = math.nan
    assert tap_begins(t, height, 5.0) == pytest.approx(5.0, abs=2 / HZ)


@given(st.lists(st.floats(-1.0, 1.0), max_size=30))
def test_the_interval_holds_the_median_or_is_not_told(offsets_s: list[float]) -> None:
    found = median_offset(offsets_s)
    assert (found is None) == (len(offsets_s) < 6)
    if found is not None:
        assert min(offsets_s) <= found.low_s <= found.median_s <= found.high_s <= max(offsets_s)


def test_the_interval_of_ten_runs_from_the_second_to_the_ninth() -> None:
    found = median_offset([float(k) for k in range(1, 11)])
    assert found is not None
    assert (found.low_s, found.median_s, found.high_s) == (2.0, 5.5, 9.0)


def test_the_interval_holds_the_true_median_in_95_of_100_tests() -> None:
    rng = np.random.Generator(np.random.PCG64(5))
    held = 0
    for _ in range(2000):
        found = median_offset((0.03 + rng.standard_t(3, 10) * 0.02).tolist())
        held += found is not None and found.low_s <= 0.03 <= found.high_s
    assert held / 2000 >= 0.95


def test_without_taps_little_is_kept() -> None:
    test = BumpTest("client")
    for item in session([40.0], 0.0):
        test.update(item)
        if isinstance(item, Tick):
            test.second(item)
    assert sum(len(piece[0]) for pieces in test._seen.values() for piece in pieces) < 1500
