# SPDX-License-Identifier: MIT
"""The heart rate on the screen: right, quick, never older than it looks, and not led astray by a lone false beat."""

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Reason
from dsp.heart.rate import HeartRate
from dsp.heart.rr import RrVerdicts
from dsp.stream import Beat, Chunk, Item, Measure, Tick
from tests.dsp.beats import CUTS, HOSTILE_ITEMS, by_seconds, rates, rr_chunk
from tests.laws import check_cutting_law


class _Display:
    """Intervals to rates: the verdicts' beats, as the pipeline gives them, and a measure at each tick."""

    def __init__(self) -> None:
        self._verdicts = RrVerdicts()
        self._rate = HeartRate()

    def update(self, item: Item) -> tuple[Measure, ...]:
        if isinstance(item, Chunk):
            self._rate.update(item)
        for beat in self._verdicts.update(item):
            self._rate.update(beat)
        return (self._rate.measure_at(item.t),) if isinstance(item, Tick) else ()


def _shown(chunks: Sequence[Chunk], until_s: int) -> list[Measure]:
    """Give the measure at 1, 2 ... `until_s`."""
    display = _Display()
    return [measure for item in by_seconds(chunks, until_s) for measure in display.update(item)]


def _steady(bpm: float, seconds: float) -> list[float]:
    return [60_000.0 / bpm] * round(seconds * bpm / 60.0)


@pytest.mark.parametrize("bpm", [30, 45, 60, 90, 150, 200, 240])
def test_a_steady_heart_is_shown_within_1_bpm_or_1_percent(bpm: float) -> None:
    rr_1024 = np.round(np.array(_steady(bpm, 30.0)) * 1.024)  # as a strap sends it
    values = [measure.value for measure in _shown([rr_chunk(rr_1024 / 1.024)], 30)[5:]]
    assert all(value is not None and abs(value - bpm) <= max(1.0, 0.01 * bpm) for value in values)


@pytest.mark.parametrize(("before", "after", "within_s"), [(80.0, 120.0, 5.0), (80.0, 40.0, 6.0)])
@pytest.mark.parametrize("with_rates", [False, True])
@pytest.mark.parametrize("start_s", [0.0, 0.3, 0.6, 0.9])
def test_95_percent_of_a_step_show_in_time(
    before: float, after: float, within_s: float, start_s: float, *, with_rates: bool
) -> None:
    heart = rr_chunk(_steady(before, 30.0) + _steady(after, 30.0), start_s=start_s)
    device = rates([before] * 33 + [after] * 25)  # a device's own rate lags behind
    shown = _shown([heart, device] if with_rates else [heart], 50)
    first_new_beat_s = start_s + 30.0 + 60.0 / after
    near = [k + 1 for k, m in enumerate(shown) if m.value and abs(m.value - after) <= 0.05 * abs(after - before)]
    assert min(near) - first_new_beat_s <= within_s
    assert near == list(range(min(near), 51))


def test_the_rate_is_60000_over_the_mean_of_the_last_4_seconds() -> None:
    rr_ms = np.array([700.0, 720.0, 690.0, 710.0, 730.0, 705.0, 715.0, 695.0, 725.0, 700.0, 710.0, 720.0])
    heart = rr_chunk(rr_ms)
    window = rr_ms[(heart.t > 4.0) & (heart.t <= 8.0)]
    assert _shown([heart], 8)[-1].value == pytest.approx(60_000.0 / window.mean(), rel=1e-12)


def test_the_rate_of_a_slow_heart_is_that_of_its_last_3_beats() -> None:
    rr_ms = [1900.0, 1850.0, 1950.0, 2000.0, 1800.0]
    assert _shown([rr_chunk(rr_ms)], 10)[-1].value == pytest.approx(60_000.0 / np.mean(rr_ms[-3:]), rel=1e-12)


def test_implausible_intervals_do_not_enter_the_rate() -> None:
    rr_ms = [800.0] * 6 + [120.0, 5000.0] + [800.0] * 2
    assert _shown([rr_chunk(rr_ms)], 12)[-1].value == pytest.approx(75.0)


@pytest.mark.parametrize("lone", [1600.0, 400.0])
def test_a_lone_doubled_or_halved_interval_that_the_device_contradicts_does_not_show(lone: float) -> None:
    heart = rr_chunk([800.0] * 20 + [lone] + [800.0] * 10)
    values = [measure.value for measure in _shown([heart, rates([75.0] * 30)], 24)[4:]]
    assert values == pytest.approx([75.0] * len(values))


def test_a_doubled_interval_that_a_second_one_bears_out_shows_at_once() -> None:
    heart = rr_chunk([800.0] * 20 + [1600.0, 1600.0])
    shown = _shown([heart, rates([75.0] * 30)], 20)
    assert shown[17].value == pytest.approx(75.0)  # the first one, at 17.6 s, waits
    assert shown[19].value == pytest.approx(60_000.0 / np.mean([800.0, 1600.0, 1600.0]))


def test_without_a_device_rate_every_plausible_interval_counts() -> None:
    assert _shown([rr_chunk([800.0] * 20 + [1600.0])], 18)[-1].value == pytest.approx(
        60_000.0 / np.mean([800.0] * 3 + [1600.0])
    )


def test_a_device_without_intervals_is_believed() -> None:
    assert _shown([rates([71.0, 72.0, 73.0])], 3) == [Measure(bpm, 1.0, None) for bpm in (71.0, 72.0, 73.0)]


def test_the_rate_of_a_strap_whose_intervals_stopped_is_not_believed() -> None:
    shown = _shown([rr_chunk([800.0] * 10), rates([75.0] * 30)], 30)
    assert shown[7].value == pytest.approx(75.0)
    assert shown[-1] == Measure(why=Reason.STALE)


@pytest.mark.parametrize("bpm", [0.0, -3.0, 300.0, np.nan, np.inf, 5e-324])
def test_an_implausible_device_rate_is_no_rate(bpm: float) -> None:
    assert _shown([rates([bpm])], 1) == [Measure()]


def test_nothing_is_shown_before_the_first_data() -> None:
    assert _shown([], 2) == [Measure(why=Reason.NOT_COMPUTED)] * 2


def test_a_rate_fades_within_2_seconds_and_goes_after_5() -> None:
    last = rr_chunk([1000.0] * 10)
    qualities = [measure.quality for measure in _shown([last], 17)[9:]]
    assert qualities[:3] == pytest.approx([1.0, 1.0, 0.5])
    assert all(later < earlier for earlier, later in itertools.pairwise(qualities[1:6]))
    assert [measure.why for measure in _shown([last], 17)[14:]] == [None] + [Reason.STALE] * 2


def test_beats_from_before_a_silence_do_not_count_after_it() -> None:
    shown = _shown([rr_chunk([1000.0] * 10), rr_chunk([500.0], start_s=19.4)], 20)
    assert shown[-1].value == pytest.approx(120.0)


@given(st.lists(st.floats(300.0, 1500.0), min_size=3, max_size=30), st.floats(0.5, 1.5))
def test_intervals_longer_by_a_share_lower_the_rate_by_it(rr_ms: list[float], share: float) -> None:
    if all(240.0 <= rr * share <= 2200.0 for rr in rr_ms):
        window, stretched = HeartRate(), HeartRate()
        for beat in RrVerdicts().update(rr_chunk(rr_ms)):
            window.update(beat)
            stretched.update(Beat(beat.t, beat.rr_ms * share, beat.verdict, beat.t))
        end_s = sum(rr_ms) / 1000.0
        value, scaled = window.measure_at(end_s).value, stretched.measure_at(end_s).value
        assert value is not None
        assert scaled == pytest.approx(value / share)


@given(HOSTILE_ITEMS)
def test_whatever_comes_the_rate_is_one_that_a_heart_can_have_or_none(items: list[Item]) -> None:
    display = _Display()
    for measure in (measure for item in items for measure in display.update(item)):
        assert 0.0 <= measure.quality <= 1.0
        assert (measure.value is None) == (measure.why is not None)
        assert measure.value is None or 27.0 <= measure.value <= 250.0 + 1e-9


@given(HOSTILE_ITEMS, CUTS)
def test_the_rate_does_not_depend_on_how_the_input_was_cut(items: list[Item], cuts: list[int]) -> None:
    check_cutting_law(_Display, items, cuts)
