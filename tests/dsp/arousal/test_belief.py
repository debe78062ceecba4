# SPDX-License-Identifier: MIT
"""Whether a heart's late intervals are to be believed: healthy breathing is, noise that passes for beats is not."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from dsp.arousal.heart_channels import WINDOW_S, HeartChannels
from dsp.arousal.readings import Reading
from dsp.codes import Reason
from tests.dsp.beats import beats_of, rr_chunk

_MEAN_MS = 900.0


def _calm(n: int, mean_ms: float = _MEAN_MS) -> list[float]:
    return [mean_ms + 40.0 * math.sin(i * 1.3) for i in range(n)]


def _read(rr_ms: Sequence[float], after_s: float = 0.0) -> Reading:
    """Read h after all of these, and some seconds more."""
    heart = HeartChannels()
    chunk = rr_chunk(rr_ms)
    for beat in beats_of([chunk]):
        heart.update(beat)
    return heart.mean_at(float(chunk.t[-1]) + after_s, WINDOW_S)


def _swinging(lowest_bpm: float, swing_bpm: float, per_min: float, seconds: float = 90.0) -> list[float]:
    """Give the intervals of a heart whose rate swings with the breath."""
    times = np.arange(0.0, seconds, 0.001)
    bpm = lowest_bpm + swing_bpm * (0.5 + 0.5 * np.sin(2.0 * np.pi * per_min / 60.0 * times))
    beats = np.flatnonzero(np.diff(np.floor(np.cumsum(bpm) / 60_000.0)))
    return [float(ms) for ms in np.diff(times[beats] * 1000.0)]


@pytest.mark.parametrize(
    ("lowest_bpm", "swing_bpm", "per_min"),
    [(45.0, 45.0, 6.0), (45.0, 45.0, 4.5), (45.0, 20.0, 15.0), (45.0, 20.0, 12.0), (60.0, 20.0, 15.0)],
)
def test_healthy_breathing_is_believed(lowest_bpm: float, swing_bpm: float, per_min: float) -> None:
    assert _read(_swinging(lowest_bpm, swing_bpm, per_min)).why is None


@pytest.mark.parametrize(
    ("late_ms", "why"),
    [
        (_calm(9, 1.4 * _MEAN_MS), Reason.WEAK_SIGNAL),  # a rhythm that is 40 % slower from one beat to the next
        (_calm(9, 1.27 * _MEAN_MS), Reason.WEAK_SIGNAL),  # a step that no breath before it came near
        ([3900.0, *_calm(4), 3900.0, *_calm(4)], Reason.TOO_FEW_BEATS),  # more missed than heard
        ([*_calm(3), *(2.0 * ms for ms in _calm(5))], Reason.WEAK_SIGNAL),  # every other beat missed
        ([*_calm(10), 1800.0, *_calm(6)], None),  # one beat missed
    ],
)
def test_a_rhythm_that_none_has_is_not_believed(late_ms: list[float], why: Reason | None) -> None:
    assert _read([*_calm(60), *late_ms]).why is why


def test_what_leapt_counts_again_when_it_has_left_the_window() -> None:
    rr_ms = [*_calm(40), *_calm(60, 1.4 * _MEAN_MS)]
    assert _read(rr_ms[:60]).why is Reason.WEAK_SIGNAL
    assert _read(rr_ms).why is None


def test_a_missed_beat_between_is_no_leap_and_a_new_level_behind_it_is() -> None:
    assert _read([*_calm(40), 1800.0, *_calm(20)]).why is None
    assert _read([*_calm(40), 1800.0, *_calm(12, 1.35 * _MEAN_MS)]).why is Reason.WEAK_SIGNAL


@pytest.mark.parametrize(("stretched", "why"), [(1.0, None), (1.01, None), (1.2, Reason.WEAK_SIGNAL)])
def test_intervals_that_last_longer_than_their_time_are_no_hearts(stretched: float, why: Reason | None) -> None:
    chunk = rr_chunk(_calm(60))
    heart = HeartChannels()
    for beat in beats_of([replace(chunk, values=stretched * chunk.values)]):
        heart.update(beat)
    assert heart.mean_at(float(chunk.t[-1]), WINDOW_S).why is why


def test_beats_that_come_a_packet_late_together_are_believed() -> None:
    chunk = rr_chunk(_calm(60))
    late = np.ceil(chunk.t) - 0.01 * np.arange(len(chunk.t))[::-1] % 0.05
    heart = HeartChannels()
    for beat in beats_of([replace(chunk, t=np.maximum.accumulate(late))]):
        heart.update(beat)
    assert heart.mean_at(float(late[-1]), WINDOW_S).why is None


def _level(at: Callable[[float], float], seconds: float) -> list[float]:
    t, rr_ms = 0.0, []
    while t < seconds:
        rr_ms.append(60_000.0 / at(t))
        t += rr_ms[-1] / 1000.0
    return rr_ms


def test_a_heart_that_rises_by_20_bpm_within_some_seconds_is_believed() -> None:
    def bpm(t: float) -> float:
        return 65.0 + 20.0 * min(max((t - 60.0) / 5.0, 0.0), 1.0) + 3.0 * math.sin(1.6 * t)

    assert _read(_level(bpm, 75.0)).why is None
