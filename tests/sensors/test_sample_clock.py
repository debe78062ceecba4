# SPDX-License-Identifier: MIT
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.stream import FloatArray
from sensors.sample_clock import SampleClock
from sensors.stamps import Placed

NS = 1e9


@dataclass(frozen=True)
class Device:
    """Frames of a device with its own clock: stamps, arrivals, and the true time of each frame's last sample."""

    n: int
    stamps: list[int]
    arrivals: list[float]
    truth: FloatArray


def device(
    seed: int,
    *,
    rate_hz: float = 130.0,
    n: int = 73,
    minutes: float = 3.0,
    drift_ppm: float = 40.0,
    jitter_s: float = 0.03,
    ticks_per_s: float = NS,
) -> Device:
    rng = np.random.Generator(np.random.PCG64(seed))
    last_s = np.arange(1, int(minutes * 60 * rate_hz / n)) * n / rate_hz
    truth = 5.0 + last_s * (1 + drift_ppm * 1e-6)
    arrivals = np.maximum.accumulate(truth + rng.exponential(jitter_s, len(truth)))
    stamps = [599616000 * int(ticks_per_s) + round(t * ticks_per_s) for t in last_s]
    return Device(n, stamps, arrivals.tolist(), truth)


def placed(clock: SampleClock, sent: Device) -> list[Placed]:
    return [clock.update(arrival=a, stamp=s, n=sent.n) for a, s in zip(sent.arrivals, sent.stamps, strict=True)]


def h10() -> SampleClock:
    return SampleClock(rate_hz=130.0, ticks_per_s=NS)


def errors(frames: list[Placed], sent: Device) -> FloatArray:
    return np.array([frame.t[-1] for frame in frames]) - sent.truth


def test_the_first_frame_lies_backwards_from_its_arrival_by_the_declared_rate() -> None:
    first = SampleClock(rate_hz=10, ticks_per_s=1000).update(arrival=7.0, stamp=123_456, n=4)
    assert first.t == pytest.approx([6.7, 6.8, 6.9, 7.0])
    assert first.gap is None


def test_the_next_frame_lies_in_equal_steps_between_the_stamps() -> None:
    clock = SampleClock(rate_hz=10, ticks_per_s=1000)
    clock.update(arrival=7.0, stamp=1000, n=4)
    second = clock.update(arrival=7.9, stamp=1440, n=4)
    assert second.t == pytest.approx([7.11, 7.22, 7.33, 7.44])
    assert second.gap is None


@pytest.mark.parametrize("drift_ppm", [-80.0, 0.0, 80.0])
def test_samples_keep_their_time_within_some_ms_while_the_device_drifts(drift_ppm: float) -> None:
    sent = device(1, minutes=30, drift_ppm=drift_ppm)
    frames = placed(h10(), sent)
    late = errors(frames, sent)[30:]
    assert np.abs(late).max() < 0.015
    assert late.std() < 0.003
    assert all(frame.gap is None for frame in frames)


def test_arrival_times_would_be_ten_times_worse() -> None:
    sent = device(1, minutes=10)
    by_arrival = np.array(sent.arrivals) - sent.truth
    assert errors(placed(h10(), sent), sent)[30:].std() < by_arrival.std() / 10


def test_the_distance_of_two_heartbeats_stays_true() -> None:
    sent = device(2, minutes=10)
    t = np.concatenate([frame.t for frame in placed(h10(), sent)])[130 * 60 :]
    assert np.abs((t[130:] - t[:-130]) - 1.0).max() < 0.004


def test_a_lost_frame_is_a_gap_between_the_samples_around_it() -> None:
    sent = device(3, minutes=0.5)
    kept = [k for k in range(len(sent.stamps)) if k not in (20, 21)]
    clock = h10()
    frames = [clock.update(arrival=sent.arrivals[k], stamp=sent.stamps[k], n=73) for k in kept]
    [(index, gap)] = [(k, frame.gap) for k, frame in enumerate(frames) if frame.gap]
    assert kept[index] == 22
    assert gap == (frames[19].t[-1], frames[20].t[0])
    assert gap[1] - gap[0] == pytest.approx((2 * 73 + 1) / 130, abs=0.02)
    assert np.diff(frames[20].t) == pytest.approx(1 / 130, rel=1e-3)


@given(st.integers(0, 5), st.sets(st.integers(10, 180), max_size=9))
def test_each_hole_of_lost_frames_is_one_gap(seed: int, lost: set[int]) -> None:
    sent = device(seed, rate_hz=52, n=20, minutes=1.2)
    clock = SampleClock(rate_hz=52, ticks_per_s=NS)
    kept = [k for k in range(len(sent.stamps)) if k not in lost]
    frames = [clock.update(arrival=sent.arrivals[k], stamp=sent.stamps[k], n=20) for k in kept]
    gaps = {kept[k] for k, frame in enumerate(frames) if frame.gap}
    assert gaps == {k for k in kept[1:] if k - 1 in lost}


def test_a_wrongly_declared_rate_is_found_out_after_a_few_frames() -> None:
    sent = device(4, rate_hz=55, n=30, minutes=1)
    frames = placed(SampleClock(rate_hz=135, ticks_per_s=NS), sent)
    assert all(frame.gap is None for frame in frames[6:])
    assert np.abs(errors(frames, sent)[30:]).max() < 0.03


def test_a_clock_of_24_bits_goes_on_when_it_starts_again_at_0() -> None:
    sent = device(5, rate_hz=32768 / 640, n=4, minutes=20, ticks_per_s=32768)
    clock = SampleClock(rate_hz=51.2, ticks_per_s=32768, wrap_ticks=1 << 24)
    frames = [
        clock.update(arrival=a, stamp=s % (1 << 24), n=4) for a, s in zip(sent.arrivals, sent.stamps, strict=True)
    ]
    assert all(frame.gap is None for frame in frames)
    assert np.abs(errors(frames, sent)[100:]).max() < 0.02


@pytest.mark.parametrize("jump_s", [-3.0, -3600.0, 86400.0 * 365])
def test_a_clock_that_was_set_starts_a_new_segment(jump_s: float) -> None:
    sent = device(6, minutes=1)
    clock = h10()
    before, after = sent.stamps[:50], [stamp + round(jump_s * NS) for stamp in sent.stamps[50:]]
    frames = [clock.update(arrival=a, stamp=s, n=73) for a, s in zip(sent.arrivals, before + after, strict=True)]
    assert [k for k, frame in enumerate(frames) if frame.gap] == [50]
    assert np.abs(errors(frames, sent)[60:]).max() < 0.06


def test_a_dropped_link_is_a_gap_even_where_the_stamps_go_on() -> None:
    sent = device(7, minutes=0.5)
    clock = h10()
    frames = []
    for k, (arrival, stamp) in enumerate(zip(sent.arrivals, sent.stamps, strict=True)):
        if k == 20:
            clock.start_segment()
        frames.append(clock.update(arrival=arrival, stamp=stamp, n=73))
    assert [k for k, frame in enumerate(frames) if frame.gap] == [20]


def test_a_count_that_slipped_unseen_is_caught_up_with() -> None:
    sent = device(8, rate_hz=100, n=6, minutes=2, ticks_per_s=100)
    stamps = [s - 16 * (k > 400) for k, s in enumerate(sent.stamps)]
    clock = SampleClock(rate_hz=100, ticks_per_s=100)
    frames = [clock.update(arrival=a, stamp=s, n=6) for a, s in zip(sent.arrivals, stamps, strict=True)]
    assert 400 < min(k for k, frame in enumerate(frames) if frame.gap) < 400 + 60
    assert np.abs(errors(frames, sent)[500:]).max() < 0.03


def test_a_burst_after_a_silent_radio_keeps_its_times_and_is_no_gap() -> None:
    sent = device(9, minutes=1)
    held = [max(a, sent.arrivals[64]) if 60 <= k <= 64 else a for k, a in enumerate(sent.arrivals)]
    frames = placed(h10(), Device(sent.n, sent.stamps, held, sent.truth))
    assert all(frame.gap is None for frame in frames)
    assert np.abs(errors(frames, sent)[30:]).max() < 0.015


@given(
    st.lists(
        st.tuples(st.floats(0, 20), st.integers(0, 2**63 - 1) | st.integers(0, 10**10), st.integers(1, 90)), max_size=40
    ),
    st.none() | st.just(1 << 24),
)
def test_times_never_go_backwards_nor_past_the_arrival_whatever_the_stamps(
    frames: list[tuple[float, int, int]], wrap_ticks: int | None
) -> None:
    clock, arrival, before = SampleClock(rate_hz=130, ticks_per_s=NS, wrap_ticks=wrap_ticks), 0.0, -np.inf
    for step_s, stamp, n in frames:
        arrival += step_s
        times = clock.update(arrival=arrival, stamp=stamp, n=n)
        assert len(times.t) == n
        assert np.all(np.diff(times.t, prepend=before) >= 0)
        assert times.t[-1] <= arrival
        assert times.gap is None or times.gap == (before, times.t[0])
        before = times.t[-1]


def test_a_rate_is_above_0() -> None:
    with pytest.raises(ValueError, match="rate_hz and ticks_per_s must be above 0, not 0 and 1000"):
        SampleClock(rate_hz=0, ticks_per_s=1000)
