# SPDX-License-Identifier: MIT
"""The made-up electrocardiogram: its R waves stand at the beats, and each fault leaves the trace that it should."""

from itertools import pairwise

import numpy as np
import pytest

from dsp.codes import Modality
from dsp.stream import FloatArray
from sensors.made_up.ecg import Ecg
from sensors.made_up.faults import Faults, Span
from sensors.made_up.heart import Kind, Pulse
from sensors.synthetic import SyntheticPerson
from tests.sensors.reading import joined, taken, until
from tests.virtual_time import run_virtual

RATE_HZ = 1000
PULSES = [Pulse(0.5, Kind.USUAL), Pulse(1.4, Kind.USUAL), Pulse(2.0, Kind.EARLY), Pulse(3.2, Kind.USUAL)]


def rng() -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(1))


def lead(pulses: list[Pulse], *, moving: bool = False, touching: bool = True) -> tuple[FloatArray, FloatArray]:
    t = np.arange(1, 4 * RATE_HZ + 1) / RATE_HZ
    return t, Ecg(rng()).advance(t, np.full(len(t), 0.5), pulses, moving=moving, touching=touching)


def wave(t: FloatArray, ecg: FloatArray, start_s: float, end_s: float) -> FloatArray:
    part: FloatArray = ecg[(t > start_s) & (t <= end_s)]
    return part


def person(faults: Faults, seconds: float = 120.0) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Give times and values of an ECG, and the times of the beats that the strap counted."""
    items = run_virtual(taken(SyntheticPerson(5, faults=faults), until(seconds + 0.5)))
    return *joined(items, Modality.ECG), joined(items, Modality.RR)[0]


def peaks_of(t: FloatArray, ecg: FloatArray) -> FloatArray:
    """Give the highest samples of what stands out, to the nearest tenth of a sample."""
    tops = np.flatnonzero((ecg[1:-1] > ecg[:-2]) & (ecg[1:-1] >= ecg[2:]) & (ecg[1:-1] > 0.7)) + 1
    before, top, after = ecg[tops - 1], ecg[tops], ecg[tops + 1]
    within: FloatArray = 0.5 * (before - after) / (before - 2 * top + after)
    peaks: FloatArray = t[tops] + within * (t[1] - t[0])
    return peaks


def test_every_beat_has_its_five_waves() -> None:
    t, ecg = lead(PULSES)
    for r in (0.5, 1.4, 3.2):
        assert wave(t, ecg, r - 0.2, r - 0.12).mean() > 0.06
        assert wave(t, ecg, r - 0.034, r - 0.026).mean() < -0.06
        assert wave(t, ecg, r - 0.003, r + 0.003).mean() > 1.0
        assert wave(t, ecg, r + 0.025, r + 0.04).mean() < -0.1
        assert wave(t, ecg, r + 0.2, r + 0.35).max() > 0.2


def test_a_premature_beat_is_wide_tall_without_p_and_turned_over_at_its_end() -> None:
    t, ecg = lead(PULSES)
    usual, early = wave(t, ecg, 1.2, 1.6), wave(t, ecg, 1.8, 2.2)
    assert early.max() > usual.max()
    assert np.count_nonzero(early > early.max() / 2) > 2 * np.count_nonzero(usual > usual.max() / 2)
    assert wave(t, ecg, 1.84, 1.88).mean() < 0.05
    assert wave(t, ecg, 2.2, 2.4).min() < -0.25


def test_the_r_waves_stand_where_the_strap_counts_beats() -> None:
    t, ecg, beat_t = person(Faults())
    peaks = peaks_of(t, ecg)
    nearest = np.array([peaks[np.argmin(np.abs(peaks - beat))] for beat in beat_t])
    assert len(peaks) in {len(beat_t) + 1, len(beat_t)}  # the first beat ends no interval
    assert np.abs(nearest - beat_t).max() < 0.003
    assert np.median(np.abs(nearest - beat_t)) < 0.001


def test_no_second_ends_with_a_step() -> None:
    t, ecg, _ = person(Faults(ectopic_per_min=3.0))
    ends = np.flatnonzero(np.floor(t[:-1]) != np.floor(t[1:]))
    steps = np.abs(np.diff(ecg))
    assert steps[ends].max() <= steps.max()
    assert np.median(steps[ends]) < 0.03


def test_what_only_the_strap_gets_wrong_changes_no_wave() -> None:
    t, ecg, beat_t = person(Faults(missed_per_min=6.0, extra_per_min=6.0))
    peaks = peaks_of(t, ecg)
    assert all(0.5 < b - a < 1.6 for a, b in pairwise(peaks.tolist()))
    assert max(np.diff(beat_t)) > 1.5
    assert min(np.diff(beat_t)) < 0.65


def test_electrodes_off_the_skin_see_noise_without_beats() -> None:
    t, ecg, _ = person(Faults(contact_lost=(Span(20.0, 5.0),)), 30.0)
    off = (t > 20.0) & (t <= 25.0)
    assert ecg[off].std() == pytest.approx(0.25, rel=0.1)
    assert np.abs(np.corrcoef(ecg[off][:-1], ecg[off][1:])[0, 1]) < 0.1
    assert peaks_of(t[t > 26.0], ecg[t > 26.0]).size > 3


def test_motion_is_noise_upon_the_beats() -> None:
    t, ecg, _ = person(Faults(motion=(Span(20.0, 5.0),)), 30.0)
    moving = (t > 20.0) & (t <= 25.0)
    assert np.diff(ecg[moving]).std() > 1.5 * np.diff(ecg[t <= 20.0]).std()
    assert ecg[moving].max() > 0.9


def test_the_breath_moves_the_baseline_and_shrinks_the_waves_a_little() -> None:
    t = np.arange(1, 4 * RATE_HZ + 1) / RATE_HZ
    empty, full = (
        Ecg(rng()).advance(t, np.full(len(t), depth), PULSES, moving=False, touching=True) for depth in (0.0, 1.0)
    )
    assert np.median(full) - np.median(empty) == pytest.approx(0.1, abs=0.02)
    assert (full.max() - np.median(full)) / (empty.max() - np.median(empty)) == pytest.approx(0.87, abs=0.03)
