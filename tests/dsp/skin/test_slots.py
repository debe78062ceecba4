# SPDX-License-Identifier: MIT
"""Samples of any rate become slots, without waiting and without hiding a step."""

import math

import numpy as np
import pytest

from dsp.skin.slots import Slot, Slots
from tests.dsp.skin.made import bateman, times


def _slots(t: list[float], levels: list[float]) -> list[Slot]:
    return Slots().add(zip(t, levels, strict=True))


@pytest.mark.parametrize("rate_hz", [4.0, 8.0])
def test_slow_samples_are_slots_of_their_own(rate_hz: float) -> None:
    t = times(10.0, rate_hz).tolist()
    levels = np.random.default_rng(0).uniform(1.0, 2.0, len(t)).tolist()
    assert [(slot.t, slot.level, slot.samples) for slot in _slots(t, levels)] == [
        (at, level, 1) for at, level in zip(t, levels, strict=True)
    ]


@pytest.mark.parametrize("rate_hz", [16.0, 32.0, 64.0, 100.0, 128.0, 250.0])
def test_fast_samples_are_averaged_over_about_an_eighth_of_a_second(rate_hz: float) -> None:
    t = times(20.0, rate_hz)
    slots = _slots(t.tolist(), (2.0 * t).tolist())
    assert np.median(np.diff([slot.t for slot in slots])) == pytest.approx(0.125, abs=0.01)
    assert [slot.level for slot in slots] == pytest.approx([2.0 * slot.t for slot in slots])


def test_a_slot_is_given_with_its_last_sample() -> None:
    slots, filled = Slots(), []
    for k, t in enumerate(times(2.0, 128.0).tolist()):
        filled += [(slot.samples, k) for slot in slots.add([(t, 1.0)])]
    assert filled == [(1, 0), *((16, 16 * n) for n in range(1, 16))]


def test_what_is_no_number_or_not_later_is_passed_over() -> None:
    t = [1.0, 1.25, 1.25, math.nan, 1.1, 1.5, 1.75, -math.inf, 2.0]
    levels = [5.0, 5.1, 9.0, 9.0, 9.0, math.nan, 5.3, 9.0, math.inf]
    assert [(slot.t, slot.level) for slot in _slots(t, levels)] == [(1.0, 5.0), (1.25, 5.1), (1.75, 5.3)]


def test_a_gap_begins_anew_and_leaves_its_unfilled_slot_behind() -> None:
    t = [*times(1.0, 128.0).tolist(), *(9.0 + times(1.0, 128.0)).tolist()]
    slots = _slots(t, [1.0] * 128 + [7.0] * 128)
    assert {slot.level for slot in slots} == {1.0, 7.0}
    assert [slot.t for slot in slots if slot.is_first] == pytest.approx([1.0 / 128.0, 9.0 + 1.0 / 128.0])


@pytest.mark.parametrize("rate_hz", [4.0, 8.0, 32.0, 128.0])
def test_a_step_within_one_sample_is_seen_one_sample_later(rate_hz: float) -> None:
    t = times(4.0, rate_hz)
    slots = _slots(t.tolist(), np.where(t > 2.0, 3.0, 2.0).tolist())
    (step,) = [slot for slot in slots if slot.step > 0.1]
    assert step.step == 1.0
    assert 2.0 <= step.t <= 2.0 + 2.0 / rate_hz + 0.125


@pytest.mark.parametrize("rate_hz", [4.0, 8.0, 32.0, 128.0])
@pytest.mark.parametrize("phase", [0.0, 0.3, 0.6, 0.9])
def test_a_response_has_no_step(rate_hz: float, phase: float) -> None:
    t = times(14.0, rate_hz)
    slots = _slots(t.tolist(), (1.0 + bateman(t - 2.0 - phase / rate_hz, 3.0)).tolist())
    assert max(slot.step for slot in slots) < 0.1
