# SPDX-License-Identifier: MIT
"""A waveform holds what came, knows what is missing, and how far behind now it flows evenly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Modality, Reason
from dsp.stream import Chunk, Frame, Gap
from tests.ui.widgets.signals_made import gap, lived, packet
from ui.waveform import Waveform


def ecg() -> Waveform:
    return Waveform(Modality.ECG, 5.0)


def test_it_holds_its_span_and_what_the_drawing_is_behind() -> None:
    wave = ecg()
    lived(wave, Modality.ECG, 0.0, 20.0)
    held = wave.between(-1.0, 99.0)
    assert held.t[-1] == wave.newest_t == 20.0
    assert held.t[0] <= 20.0 - 5.0 - 2.0
    assert wave.rate_hz == pytest.approx(130.0)


def test_only_its_own_signal_of_its_own_person_is_taken() -> None:
    wave = ecg()
    wave.take(packet(Modality.EDA, 0.0, 1.0, 4))
    other = packet(Modality.ECG, 0.0, 1.0, 130).item
    assert isinstance(other, Chunk)
    wave.take(Frame(Chunk(Modality.ECG, other.t, other.values, 1.0, "s", "partner")))
    assert wave.newest_t is None


@given(st.integers(1, 130))
def test_it_is_behind_by_a_packet(samples: int) -> None:
    wave = ecg()
    t = np.arange(1, samples + 1) / 130
    wave.take(Frame(Chunk(Modality.ECG, t, t, float(t[-1]), "s")))
    assert wave.lag_s == pytest.approx(t[-1] - t[0] + 0.1)


def test_a_late_packet_does_not_put_it_behind_for_long() -> None:
    wave = ecg()
    wave.take(Frame(Chunk(Modality.ECG, np.array([1.0]), np.array([0.0]), 30.0, "s")))
    assert wave.lag_s == 2.0


def test_a_gap_a_step_and_missing_values_are_holes() -> None:
    wave = ecg()
    lived(wave, Modality.ECG, 0.0, 2.0)
    wave.take(gap(2.0, 2.001))  # known to the source, too short to be seen in the times
    wave.take(packet(Modality.ECG, 2.0, 3.0, 130))
    wave.take(packet(Modality.ECG, 3.5, 4.5, 130))
    t = 4.5 + np.arange(1, 131) / 130
    wave.take(Frame(Chunk(Modality.ECG, t, np.where((t > 5.0) & (t < 5.2), np.nan, 0.0), 5.5, "s")))
    starts = [start for start, _ in wave.holes(0.0, 9.0)]
    assert starts == pytest.approx([2.0, 3.0, 5.0], abs=0.02)


def test_a_gap_of_another_device_or_person_cuts_nothing() -> None:
    wave = ecg()
    lived(wave, Modality.ECG, 0.0, 2.0)
    wave.take(gap(1.0, 2.0, source="skin"))
    wave.take(gap(1.0, 2.0, Modality.EDA))
    item = Gap(1.0, 2.0, Reason.LINK_LOST, "s", "partner")
    wave.take(Frame(item, gaps=(item,)))
    lived(wave, Modality.ECG, 2.0, 3.0)
    assert wave.holes(0.0, 9.0) == []


def test_what_the_screen_missed_is_a_hole_too() -> None:
    wave = ecg()
    lived(wave, Modality.ECG, 0.0, 2.0)
    item = Gap(2.0, 2.0, Reason.SCREEN_BEHIND, "screen")
    wave.take(Frame(item, gaps=(item,)))
    lived(wave, Modality.ECG, 2.0, 3.0)
    assert len(wave.holes(0.0, 9.0)) == 1


def test_of_two_devices_the_first_is_shown_until_it_is_silent() -> None:
    wave = ecg()
    wave.take(packet(Modality.ECG, 0.0, 1.0, 130, source="one"))
    wave.take(packet(Modality.ECG, 0.5, 1.5, 130, source="two"))
    assert wave.newest_t == 1.0
    wave.take(packet(Modality.ECG, 6.0, 7.0, 130, source="two"))
    assert wave.newest_t == 7.0


def test_it_is_silent_when_what_was_due_did_not_come_for_2_s() -> None:
    wave = ecg()
    assert not wave.is_silent(9.0)
    lived(wave, Modality.ECG, 0.0, 2.0)
    assert not wave.is_silent(2.0 + wave.lag_s + 1.9)
    assert wave.is_silent(2.0 + wave.lag_s + 2.1)


def test_a_fast_signal_keeps_what_sticks_out() -> None:
    wave = Waveform(Modality.EDA, 60.0, most=600)
    for k in range(60):
        wave.take(packet(Modality.EDA, k, k + 1.0, 1000, lambda t: np.where(np.abs(t - 30.5) < 0.0005, 9.0, 0.0)))
    held = wave.between(0.0, 60.0)
    assert len(held.t) <= 660
    assert held.values.max() == 9.0
    assert wave.holes(0.0, 60.0) == []
    assert wave.rate_hz == pytest.approx(1000.0)


def test_a_value_is_read_between_its_samples() -> None:
    wave = Waveform(Modality.EDA, 60.0)
    wave.take(packet(Modality.EDA, 0.0, 10.0, 4, lambda t: t))
    assert wave.value_at(5.1) == pytest.approx(5.1)
    assert wave.value_at(50.0) is None


def test_cleared_it_knows_nothing() -> None:
    wave = ecg()
    lived(wave, Modality.ECG, 0.0, 2.0)
    wave.clear()
    assert (wave.newest_t, wave.rate_hz, wave.lag_s, len(wave.between(0.0, 9.0).t)) == (None, None, 0.0, 0)
