# SPDX-License-Identifier: MIT
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensors.stamps import BeatTimes

Rng = np.random.Generator


@dataclass
class Packets:
    """What a strap sent: arrivals, intervals, and the true times of all beats."""

    arrivals: list[float] = field(default_factory=list)
    intervals: list[list[float]] = field(default_factory=list)
    truth: list[list[float]] = field(default_factory=list)


def strap_of(seed: int, *, hr_bpm: float, minutes: float = 10.0, period_s: float = 1.0) -> Packets:
    """A strap with its own clock (40 ppm fast): a packet each period with the beats since the last one."""
    rng = np.random.Generator(np.random.PCG64(seed))
    k = np.arange(int(minutes * hr_bpm))
    wander = 0.03 * np.sin(k * 0.02 + rng.uniform(0, 6)) + 0.04 * np.sin(k * 0.9) + 0.02 * rng.standard_normal(len(k))
    beats = np.cumsum(60.0 / hr_bpm * (1 + wander))
    packets, sent, stretch = Packets(), 0, 1 + 40e-6
    for tick in np.arange(beats[0] + rng.uniform(0, period_s), beats[-1], period_s):
        until = int(np.searchsorted(beats, tick, side="right"))
        edges = np.round(beats[max(sent - 1, 0) : until] * 1024) / 1024
        packets.intervals.append([float(rr) for rr in np.diff(edges)])
        packets.truth.append([float(t) * stretch for t in beats[max(sent, 1) : until]])
        packets.arrivals.append(float(tick * stretch + min(rng.exponential(0.02), 0.08)))
        sent = until
    return packets


def gaps_of(packets: Packets, lost: Sequence[int] = ()) -> list[float]:
    """The arrivals at which a gap is reported, when some packets are lost."""
    times, found = BeatTimes(), []
    for i, (arrival, rr_s) in enumerate(zip(packets.arrivals, packets.intervals, strict=True)):
        if i not in lost and times.update(arrival, rr_s).gap is not None:
            found.append(arrival)
    return found


def test_beat_times_err_by_about_a_hundredth_of_a_second_once_the_envelope_is_known() -> None:
    errors: list[float] = []
    delays: list[float] = []
    for seed in range(5):
        packets, times = strap_of(seed, hr_bpm=66), BeatTimes()
        for arrival, rr_s, truth in zip(packets.arrivals, packets.intervals, packets.truth, strict=True):
            placed = times.update(arrival, rr_s)
            if arrival > 60:
                errors.extend(placed.t - truth)
                delays.extend(arrival - np.array(truth))
    assert np.std(errors) < 0.012
    assert np.std(delays) > 0.25  # what stamping on arrival would have cost


@pytest.mark.parametrize("hr_bpm", [40, 55, 60, 61, 75, 90, 120, 150, 180])
@pytest.mark.parametrize("period_s", [0.25, 1.0, 2.0])
def test_no_gap_is_reported_in_ten_minutes_without_a_loss(hr_bpm: float, period_s: float) -> None:
    for seed in range(3):
        assert gaps_of(strap_of(seed, hr_bpm=hr_bpm, period_s=period_s)) == []


@pytest.mark.parametrize("hr_bpm", [50, 60, 70, 90, 120, 180])
@pytest.mark.parametrize("n_lost", [1, 2, 3])
def test_lost_packets_are_found_within_three_seconds(hr_bpm: float, n_lost: int) -> None:
    waits = []
    for seed in range(20):
        packets = strap_of(seed, hr_bpm=hr_bpm, minutes=3)
        lost = range(90, 90 + n_lost)
        found = gaps_of(packets, lost)
        if any(packets.intervals[i] for i in lost):
            assert len(found) == 1
            waits.append(found[0] - packets.arrivals[lost[-1]])
    assert max(waits) < 3.2


def test_a_strap_that_sends_each_beat_by_itself_has_no_gap_until_a_beat_is_lost() -> None:
    rng = np.random.Generator(np.random.PCG64(4))
    beats = np.cumsum(0.85 + 0.1 * np.sin(np.arange(300) * 0.7) + 0.03 * rng.standard_normal(300))
    packets = Packets(
        arrivals=[float(t) + min(rng.exponential(0.02), 0.08) for t in beats[1:]],
        intervals=[[float(rr)] for rr in np.diff(beats)],
    )
    assert gaps_of(packets) == []
    assert gaps_of(packets, lost=[200]) == [packets.arrivals[201]]


def test_a_gap_runs_from_the_last_beat_to_the_start_of_the_next_interval() -> None:
    times = BeatTimes()
    for k in range(1, 11):
        times.update(float(k), [1.0])
    placed = times.update(14.0, [1.0])
    assert placed.gap == (10.0, 13.0)
    assert list(placed.t) == [14.0]


def test_a_new_segment_is_always_a_gap_even_when_no_time_passed() -> None:
    times = BeatTimes()
    times.update(1.0, [1.0])
    times.start_segment()
    placed = times.update(1.5, [1.0])
    assert placed.gap == (1.0, 1.0)
    assert list(placed.t) == [1.5]


def test_the_first_beats_of_all_follow_no_gap() -> None:
    placed = BeatTimes().update(5.0, [0.75, 0.5])
    assert placed.gap is None
    assert list(placed.t) == [4.5, 5.0]


def test_an_interval_longer_than_the_time_that_passed_is_a_gap_at_once_and_heals() -> None:
    times = BeatTimes()
    for k in range(1, 11):
        times.update(float(k), [1.0])
    assert times.update(11.0, [64.0]).gap is not None
    assert times.update(12.0, [1.0]).gap is None


def test_a_late_packet_does_not_move_the_beats() -> None:
    times = BeatTimes()
    for k in range(1, 31):
        times.update(float(k), [1.0])
    assert list(times.update(31.2, [1.0]).t) == [31.0]


rr_lists = st.lists(st.floats(1 / 1024, 64), max_size=8)
spacings = st.one_of(st.just(0.0), st.floats(0, 0.1), st.floats(0, 30))


@given(st.lists(st.tuples(spacings, rr_lists, st.booleans()), max_size=60))
def test_beat_times_never_go_backwards_and_never_lie_after_the_arrival(
    packets: list[tuple[float, list[float], bool]],
) -> None:
    times, arrival, before = BeatTimes(), 100.0, -np.inf
    for spacing, rr_s, is_broken in packets:
        if is_broken:
            times.start_segment()
        arrival += spacing
        placed = times.update(arrival, rr_s)
        assert len(placed.t) == len(rr_s)
        for t in placed.t:
            assert before <= t <= arrival
            before = t
        if placed.gap is not None:
            assert placed.gap[0] <= placed.gap[1] <= placed.t[0]
