# SPDX-License-Identifier: MIT
"""The swing with the breath: against hearts whose swing is known, with a pacer and without."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given

from dsp.codes import Reason
from dsp.heart.rr import RrVerdicts
from dsp.heart.rsa import BreathSwing, Swing
from dsp.heart.tachogram import Tachogram
from dsp.plan import PacingPlan, Segment
from dsp.stream import Beat, FloatArray, Item, Notice, Tick
from tests.dsp.beats import CUTS, HOSTILE_ITEMS
from tests.dsp.heart.made import breathing
from tests.dsp.heart.nn_series import beats_of_nn, nn_along, rate_wave, tachogram_of, up_to
from tests.laws import check_cutting_law

_SIX = PacingPlan((Segment(0.0, 10.0),))


class _Chain:
    def __init__(self) -> None:
        self._verdicts = RrVerdicts()
        self._tachogram = Tachogram()
        self._swing = BreathSwing(self._tachogram)

    def update(self, item: Item) -> tuple[Swing, ...]:
        if isinstance(item, Notice):
            self._tachogram.update(item)
        for beat in self._verdicts.update(item):
            self._tachogram.update(beat)
        return (self._swing.swing_at(item.t, plan=_SIX, breaths_per_min=14.0),) if isinstance(item, Tick) else ()


def _followed(
    beats: Sequence[Beat], until_s: int, *, plan: PacingPlan | None = None, breaths_per_min: float | None = None
) -> Swing:
    """Go through the seconds as the pipeline does; give what is told at the last one."""
    tachogram, told = Tachogram(), Swing()
    stage = BreathSwing(tachogram)
    for second in range(1, until_s + 1):
        for beat in beats:
            if second - 1 < beat.t <= second:
                tachogram.update(beat)
        told = stage.swing_at(float(second), plan=plan, breaths_per_min=breaths_per_min)
    return told


def _paced(nn_ms: FloatArray, until_s: int = 100) -> Swing:
    return _followed(beats_of_nn(nn_ms), until_s, plan=_SIX)


@pytest.mark.parametrize("breaths_per_min", [4.5, 6.0, 10.0, 15.0])
def test_the_rsa_of_a_known_swing_is_from_its_trough_to_its_peak(breaths_per_min: float) -> None:
    beats = beats_of_nn(rate_wave(75.0, 6.0, breaths_per_min, 130.0))
    plan = PacingPlan((Segment(0.0, 60.0 / breaths_per_min),))
    assert _followed(beats, 125, plan=plan).rsa_bpm.value == pytest.approx(12.0, rel=0.02)
    assert _followed(beats, 125, breaths_per_min=breaths_per_min).rsa_bpm.value == pytest.approx(12.0, rel=0.02)


def test_the_rsa_of_a_beating_heart_is_that_of_its_rate() -> None:
    beats = beats_of_nn(breathing(65.0, 14.0, 6.0, seconds=130.0))
    assert _followed(beats, 125, plan=_SIX).rsa_bpm.value == pytest.approx(14.0, rel=0.02)


@pytest.mark.parametrize("lag_s", [0.0, 2.5, 4.0, 7.0])
def test_the_demodulation_gives_half_the_swing_and_when_it_is_highest(lag_s: float) -> None:
    turn = 2.0 * math.pi / 10.0
    nn_ms = nn_along(lambda t: 60_000.0 / (75.0 + 5.0 * math.cos(turn * (t - lag_s))), 130.0)
    swing = _paced(nn_ms)
    assert swing.locking.half_amplitude_bpm.value == pytest.approx(5.0, rel=0.02)
    assert swing.locking.lag.value is not None
    assert math.remainder(swing.locking.lag.value + turn * lag_s, 2.0 * math.pi) == pytest.approx(0.0, abs=0.03)
    assert swing.locking.plv.value == pytest.approx(1.0, abs=0.01)
    assert swing.locking.breath_end_s == 90.0  # the beat that goes past 100 s is not there yet


def test_a_drifting_rate_changes_nothing() -> None:
    turn = 2.0 * math.pi / 10.0
    nn_ms = nn_along(lambda t: 60_000.0 / (65.0 + 0.15 * t + 5.0 * math.cos(turn * t)), 130.0)
    swing = _paced(nn_ms)
    assert swing.locking.half_amplitude_bpm.value == pytest.approx(5.0, rel=0.02)
    assert swing.locking.lag.value == pytest.approx(0.0, abs=0.03)


def test_a_heart_that_swings_at_another_rate_is_not_locked() -> None:
    values = []
    for k in range(10):
        beats = beats_of_nn(rate_wave(75.0, 5.0, 13.0 + 0.37 * k, 130.0))
        values.append(_followed(beats, 100, plan=_SIX).locking.plv.value or 0.0)
    assert np.mean(values) < 0.6


def test_a_heart_that_swings_with_the_pacer_alone_has_all_its_variance_there() -> None:
    followed = _paced(nn_along(lambda t: 60_000.0 / (75.0 + 5.0 * math.cos(math.pi * t / 5.0)), 130.0))
    assert followed.locking.paced_share.value == pytest.approx(1.0, abs=0.02)
    half = _paced(
        nn_along(lambda t: 60_000.0 / (75.0 + 3.0 * math.cos(math.pi * t / 5.0) + 3.0 * math.cos(1.3 * t)), 130.0)
    )
    assert half.locking.paced_share.value == pytest.approx(0.5, abs=0.06)
    own = _followed(beats_of_nn(rate_wave(75.0, 5.0, 14.0, 130.0)), 100, plan=_SIX)
    assert (own.locking.paced_share.value or 0.0) < 0.1


def test_a_heart_without_any_swing_has_no_share_of_it() -> None:
    still = _paced(np.full(160, 800.0))
    assert still.locking.paced_share.why is Reason.FLAT


def test_locking_is_told_from_six_breaths_on() -> None:
    beats = beats_of_nn(rate_wave(75.0, 5.0, 6.0, 130.0))
    early, late = _followed(beats, 65, plan=_SIX), _followed(beats, 85, plan=_SIX)
    assert early.locking.plv.why is Reason.SETTLING
    assert early.locking.half_amplitude_bpm.value is not None
    assert late.locking.plv.value is not None


def test_a_pause_begins_a_new_row_of_breaths() -> None:
    stage = BreathSwing(tachogram_of(beats_of_nn(rate_wave(75.0, 5.0, 6.0, 130.0))))
    for second in range(1, 100):
        told = stage.swing_at(float(second), plan=_SIX)
    assert told.locking.breath_end_s is not None
    paused = stage.swing_at(100.0, plan=PacingPlan(_SIX.segments, end_s=99.5))
    assert (paused.locking.breath_end_s, paused.locking.plv.why) == (None, Reason.NO_BREATH)


def test_without_a_pacer_or_a_breath_there_is_no_rsa() -> None:
    beats = beats_of_nn(rate_wave(75.0, 5.0, 6.0, 130.0))
    assert _followed(beats, 100).rsa_bpm.why is Reason.NO_BREATH


def test_a_breath_with_a_gap_in_it_is_left_out() -> None:
    beats = [beat for beat in beats_of_nn(rate_wave(75.0, 5.0, 6.0, 130.0)) if not 62.0 < beat.t < 66.0]
    swing = _followed(beats, 85, plan=_SIX)
    assert swing.rsa_bpm.value == pytest.approx(10.0, rel=0.02)
    assert swing.rsa_bpm.quality == pytest.approx(4 / 6)  # of those that began after 25 s and ended: 30, 40, 50, 70
    assert swing.locking.plv.why is Reason.SETTLING


def test_missed_seconds_leave_a_breath_out_and_do_not_join_two() -> None:
    tachogram = Tachogram()
    stage = BreathSwing(tachogram)
    beats = beats_of_nn(rate_wave(75.0, 5.0, 6.0, 130.0))
    for second in [*range(1, 45), *range(65, 100)]:
        for beat in up_to(beats, float(second)):
            tachogram.update(beat)
        told = stage.swing_at(float(second), plan=_SIX)
    assert told.locking.plv.why is Reason.SETTLING
    assert told.rsa_bpm.value == pytest.approx(10.0, rel=0.02)


@given(HOSTILE_ITEMS)
def test_whatever_comes_each_value_is_finite_or_missing_with_a_reason(items: list[Item]) -> None:
    chain = _Chain()
    for swing in (swing for item in items for swing in chain.update(item)):
        locking = swing.locking
        for measure in (
            swing.rsa_bpm,
            locking.half_amplitude_bpm,
            locking.lag,
            locking.plv,
            locking.paced_share,
        ):
            assert (measure.value is None) == (measure.why is not None)
            assert measure.value is None or math.isfinite(measure.value)
            assert 0.0 <= measure.quality <= 1.0


@given(HOSTILE_ITEMS, CUTS)
def test_the_swing_does_not_depend_on_how_the_input_was_cut(items: list[Item], cuts: list[int]) -> None:
    check_cutting_law(_Chain, items, cuts)


@pytest.mark.parametrize("breaths_per_min", [0.0, -5.0, math.nan, math.inf, 1e300, 1e-300])
def test_a_senseless_breathing_rate_gives_no_rsa_and_no_exception(breaths_per_min: float) -> None:
    beats = beats_of_nn(rate_wave(75.0, 5.0, 6.0, 130.0))
    assert _followed(beats, 100, breaths_per_min=breaths_per_min).rsa_bpm.value is None
