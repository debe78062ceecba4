# SPDX-License-Identifier: MIT
"""The time domain against numpy, and what makes it say nothing."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dsp.codes import NoticeCode, Reason, Verdict
from dsp.heart.hrv import TimeDomain, Variability
from dsp.heart.rr import RrVerdicts
from dsp.stream import Beat, Chunk, Item, Notice, Tick
from tests.dsp.beats import CUTS, HOSTILE_ITEMS, confirmed, gap, rr_chunk
from tests.laws import check_cutting_law


class _Chain:
    """Items to variability: the verdicts' beats, as the pipeline gives them, and the measures at each tick."""

    def __init__(self) -> None:
        self._verdicts = RrVerdicts()
        self._time_domain = TimeDomain()

    def update(self, item: Item) -> tuple[Variability, ...]:
        if isinstance(item, Notice):
            self._time_domain.update(item)
        for beat in self._verdicts.update(item):
            self._time_domain.update(beat)
        return (self._time_domain.measures_at(item.t),) if isinstance(item, Tick) else ()


def _at(t: float, items: Sequence[Item]) -> Variability:
    chain = _Chain()
    for item in items:
        chain.update(item)
    return chain.update(Tick(t))[0]


def _values(variability: Variability) -> list[float | None]:
    v = variability
    return [m.value for m in (v.rmssd_ms, v.sdnn_ms, v.pnn50_percent, v.sd1_ms, v.sd2_ms)]


def _numpy_values(nn_ms: npt.NDArray[np.float64]) -> list[float]:
    """Compute the definitions for an unbroken run of NN."""
    differences, sums = np.diff(nn_ms), nn_ms[1:] + nn_ms[:-1]
    return [
        float(np.sqrt(np.mean(differences**2))),
        float(np.std(nn_ms, ddof=1)),
        100.0 * float(np.sum(np.abs(differences) > 50.0)) / (len(nn_ms) - 1),
        float(np.std(differences, ddof=1) / np.sqrt(2.0)),
        float(np.std(sums, ddof=1) / np.sqrt(2.0)),
    ]


def _resting(seed: int, count: int = 400) -> npt.NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    return 900.0 + 60.0 * np.sin(np.arange(count) / 4.0) + rng.normal(0.0, 25.0, count)


@pytest.mark.parametrize("seed", range(5))
def test_every_value_is_numpys_over_the_confirmed_nn_of_the_last_60_seconds(seed: int) -> None:
    heart = rr_chunk(_resting(seed))
    for t in (30.0, 61.5, 120.0, 200.0):
        window = (heart.t > t - 60.0) & (heart.t <= t)
        known = Chunk(heart.modality, heart.t[heart.t <= t], heart.values[heart.t <= t], t, "strap")
        expected = _numpy_values(heart.values[window][:-1])  # the newest beat still waits for its verdict
        assert _values(_at(t, [known])) == pytest.approx(expected, rel=1e-9)


def test_rolling_through_the_beats_gives_what_a_fresh_batch_gives() -> None:
    heart = rr_chunk(_resting(7, 3000))
    rolling = _at(heart.t[-1], [heart])
    assert _values(rolling) == pytest.approx(_numpy_values(heart.values[heart.t > heart.t[-1] - 60.0][:-1]), rel=1e-9)


def test_differences_never_bridge_a_flagged_beat() -> None:
    rr_ms = _resting(3, 60)
    rr_ms[30] = 1700.0
    beats = confirmed([rr_chunk(rr_ms)])
    assert [beat.verdict for beat in beats].count(Verdict.NORMAL) == len(beats) - 1
    differences = np.concatenate([np.diff(rr_ms[:30]), np.diff(rr_ms[31:-1])])
    variability = _at(float(np.sum(rr_ms)) / 1000.0, [rr_chunk(rr_ms)])
    assert variability.rmssd_ms.value == pytest.approx(np.sqrt(np.mean(differences**2)), rel=1e-9)
    assert variability.pnn50_percent.value == pytest.approx(100.0 * np.mean(np.abs(differences) > 50.0), rel=1e-9)
    assert variability.corrected_percent.value == pytest.approx(100.0 / len(beats))


def test_differences_never_bridge_a_gap() -> None:
    before, after = rr_chunk([800.0] * 30), rr_chunk([1000.0] * 20, start_s=30.0)
    variability = _at(50.0, [before, gap(24.0, 30.0), after])
    assert variability.rmssd_ms.value == 0.0
    assert variability.corrected_percent.value == 0.0


@pytest.mark.parametrize(("count", "is_shown"), [(20, False), (21, True)])
def test_there_is_nothing_below_20_nn(count: int, *, is_shown: bool) -> None:
    variability = _at(16.8, [rr_chunk([800.0] * count)])
    assert (variability.rmssd_ms.value is not None) is is_shown
    assert variability.rmssd_ms.why is (None if is_shown else Reason.TOO_FEW_BEATS)


@pytest.mark.parametrize(("missed", "is_shown"), [(2, True), (3, False)])
def test_there_is_nothing_above_5_percent_flagged(missed: int, *, is_shown: bool) -> None:
    rr_ms = np.full(51, 800.0)  # 50 are confirmed
    rr_ms[10 : 10 + 12 * missed : 12] = 1600.0
    t = float(np.sum(rr_ms)) / 1000.0
    variability = _at(t, [rr_chunk(rr_ms)])
    assert variability.corrected_percent.value == pytest.approx(2.0 * missed)
    assert variability.sdnn_ms.why is (None if is_shown else Reason.TOO_MANY_FLAGGED)


def test_20_intervals_that_do_not_follow_each_other_are_too_few() -> None:
    pieces: list[Item] = []
    for k in range(20):
        pieces += [rr_chunk([800.0, 800.0], start_s=2.5 * k), gap(2.5 * k + 1.6, 2.5 * k + 2.5)]
    assert _at(50.0, pieces).rmssd_ms.why is Reason.TOO_FEW_BEATS


def test_the_quality_is_the_share_of_the_window_that_nn_cover() -> None:
    assert _at(30.4, [rr_chunk([800.0] * 38)]).rmssd_ms.quality == pytest.approx(37 * 0.8 / 60.0)
    assert _at(80.0, [rr_chunk([800.0] * 100)]).rmssd_ms.quality == pytest.approx(74 * 0.8 / 60.0)


def test_what_was_accepted_is_told_over_30_seconds_and_not_before_a_verdict() -> None:
    rr_ms = [800.0] * 50 + [1600.0] + [800.0] * 10
    assert _at(0.8, [rr_chunk([800.0])]).accepted is None
    assert _at(49.6, [rr_chunk(rr_ms)]).accepted == pytest.approx(35 / 36)
    assert _at(200.0, [rr_chunk(rr_ms)]).accepted == 0.0


def test_5_seconds_without_a_beat_take_the_values_away() -> None:
    heart = rr_chunk([800.0] * 50)
    assert _at(45.0, [heart]).rmssd_ms.value is not None
    late = _at(45.1, [heart])
    assert {measure.why for measure in (late.rmssd_ms, late.sd2_ms, late.corrected_percent)} == {Reason.STALE}


def test_a_device_without_intervals_is_the_reason_for_no_variability() -> None:
    assert _at(5.0, []).rmssd_ms.why is Reason.NOT_COMPUTED
    assert _at(5.0, [Notice(1.0, NoticeCode.NO_RR, "watch")]).rmssd_ms.why is Reason.NO_RR


@given(st.integers(0, 1000), st.floats(0.8, 1.3))
def test_intervals_longer_by_a_share_spread_by_it_as_well(seed: int, share: float) -> None:
    rr_ms, scaled_ms = _resting(seed, 40), _resting(seed, 40) * share
    plain = _at(float(np.sum(rr_ms)) / 1000.0, [rr_chunk(rr_ms)])
    scaled = _at(float(np.sum(scaled_ms)) / 1000.0, [rr_chunk(scaled_ms)])
    assume(plain.rmssd_ms.value is not None and scaled.corrected_percent.value == plain.corrected_percent.value)
    for name in ("rmssd_ms", "sdnn_ms", "sd1_ms", "sd2_ms"):
        assert getattr(scaled, name).value == pytest.approx(getattr(plain, name).value * share, rel=1e-9)


@given(st.integers(0, 1000), st.integers(0, 10**6))
def test_a_later_start_changes_no_value(seed: int, start_s: int) -> None:
    rr_ms = _resting(seed, 40)
    end_s = float(np.sum(rr_ms)) / 1000.0
    later = _at(start_s + end_s, [rr_chunk(rr_ms, start_s=float(start_s))])
    assert _values(later) == _values(_at(end_s, [rr_chunk(rr_ms)]))


def test_all_intervals_alike_have_no_variability() -> None:
    assert _values(_at(40.0, [rr_chunk([800.0] * 50)])) == [0.0] * 5


@given(HOSTILE_ITEMS)
def test_whatever_comes_each_value_is_finite_or_missing_with_a_reason(items: list[Item]) -> None:
    chain = _Chain()
    for variability in (variability for item in items for variability in chain.update(item)):
        for measure in (variability.rmssd_ms, variability.pnn50_percent, variability.sd2_ms):
            assert (measure.value is None) == (measure.why is not None)
            assert measure.value is None or (math.isfinite(measure.value) and measure.value >= 0.0)
            assert 0.0 <= measure.quality <= 1.0


@given(HOSTILE_ITEMS, CUTS)
def test_variability_does_not_depend_on_how_the_input_was_cut(items: list[Item], cuts: list[int]) -> None:
    check_cutting_law(_Chain, items, cuts)


def test_a_beat_twice_as_often_as_a_heart_can_leaves_the_memory_bounded() -> None:
    time_domain = TimeDomain()
    for k in range(5000):
        time_domain.update(Beat(k / 20.0, 400.0, Verdict.NORMAL, k / 20.0, nn_ms=400.0, confirmed_t=k / 20.0))
    assert len(time_domain._sums) == 512
