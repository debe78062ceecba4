# SPDX-License-Identifier: MIT
import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from sensors.ble.polar_frames import PolarFrame, decode_frame, encode_frame, pulse_intervals, to_units
from sensors.ble.polar_pmd import Measurement
from sensors.source import SensorError
from tests.sensors.ble.bad_bytes import READ_OR_REFUSED, mangled, refusal_of
from tests.sensors.reading import shared_data

HEAD = "e803000000000000"  # 1000 ns
# Written by hand from the public layout.
KNOWN = {
    "ecg": (f"00{HEAD}00 010000 ffffff 000080", [[1], [-1], [-8388608]]),
    "acc raw 8 bit": (f"02{HEAD}00 01ff80 7f0002", [[1, -1, -128], [127, 0, 2]]),
    "acc raw 16 bit": (f"02{HEAD}01 f7ffffffe703", [[-9, -1, 999]]),
    "acc raw 24 bit": (f"02{HEAD}02 010000 ffffff 000080", [[1, -1, -8388608]]),
    "acc delta": (f"02{HEAD}81 d0ff6501e40f 0302b93800", [[-48, 357, 4068], [-47, 356, 4070], [-51, 359, 4070]]),
    "acc delta in two blocks": (f"02{HEAD}80 010002000300 080101ff02 010107", [[1, 2, 3], [2, 1, 5], [1, 0, 4]]),
    "acc delta without a block": (f"02{HEAD}80 010002000300", [[1, 2, 3]]),
    "ppg raw": (f"01{HEAD}00 010000 020000 ffffff 0a0000", [[1, 2, -1, 10]]),
    "ppg delta": (f"01{HEAD}80 010000020000ffffff0a0000 080101020304", [[1, 2, -1, 10], [2, 4, 2, 14]]),
    "ppi": (f"03{HEAD}00 3ce8030a0006 41bc020500 01", [[60, 1000, 10, 6], [65, 700, 5, 1]]),
}
LAYOUTS = [
    (Measurement.ECG, 0, False, 1, 24),
    (Measurement.ACC, 0, False, 3, 8),
    (Measurement.ACC, 1, False, 3, 16),
    (Measurement.ACC, 2, False, 3, 24),
    (Measurement.ACC, 0, True, 3, 16),
    (Measurement.ACC, 1, True, 3, 16),
    (Measurement.PPG, 0, False, 4, 24),
    (Measurement.PPG, 0, True, 4, 24),
]


def known(name: str) -> PolarFrame:
    return decode_frame(bytes.fromhex(KNOWN[name][0]))


def acc_delta(samples: list[list[int]]) -> PolarFrame:
    return PolarFrame(Measurement.ACC, 0, 1, True, np.array(samples))


@st.composite
def frames(draw: st.DrawFn) -> PolarFrame:
    measurement, frame_type, is_delta, channels, bits = draw(st.sampled_from(LAYOUTS))
    end = 1 << bits - 1
    shape = st.tuples(st.integers(1, 40), st.just(channels))
    samples = draw(npst.arrays(np.int64, shape, elements=st.integers(-end, end - 1)))
    return PolarFrame(measurement, draw(st.integers(0, 2**63 - 1)), frame_type, is_delta, samples)


@pytest.mark.parametrize("name", KNOWN)
def test_frames_of_the_public_layout_are_read(name: str) -> None:
    frame = known(name)
    assert frame.samples.tolist() == KNOWN[name][1]
    assert frame.stamp_ns == 1000
    assert not frame.samples.flags.writeable


@pytest.mark.parametrize("name", ["ecg0", "acc_raw1", "acc_delta0", "acc_delta1", "ppi0", "ppg_delta_captured_verity"])
def test_captured_frames_have_their_published_values(name: str) -> None:
    truth = json.loads((shared_data() / "ble_frames.json").read_text())[name]
    frame = decode_frame(bytes.fromhex(truth["hex"]))
    samples = frame.samples[:, 0].tolist() if truth["type"] == "ECG" else frame.samples.tolist()
    assert (frame.measurement.name, frame.stamp_ns, len(samples)) == (truth["type"], truth["timestamp_ns"], truth["n"])
    assert (samples[: len(truth["first"])], samples[-1]) == (truth["first"], truth["last"])


@given(frames(), st.integers(1, 255))
def test_a_frame_comes_back_as_it_was_written(frame: PolarFrame, block: int) -> None:
    back = decode_frame(encode_frame(frame, block=block))
    assert np.array_equal(back.samples, frame.samples)
    assert replace(back, samples=frame.samples).stamp_ns == frame.stamp_ns
    assert (back.measurement, back.frame_type, back.is_delta) == (frame.measurement, frame.frame_type, frame.is_delta)


@given(st.lists(st.tuples(*[st.integers(0, 255), *[st.integers(0, 0xFFFF)] * 2, st.integers(0, 255)]), min_size=1))
def test_pulse_intervals_come_back_as_they_were_written(rows: list[tuple[int, ...]]) -> None:
    frame = PolarFrame(Measurement.PPI, 7, 0, False, np.array(rows))
    assert decode_frame(encode_frame(frame)).samples.tolist() == [list(row) for row in rows]


def test_a_type_byte_with_the_bits_of_a_recording_is_the_same_measurement() -> None:
    assert decode_frame(bytes.fromhex(f"c0{HEAD}00 010000")).measurement is Measurement.ECG


def test_ecg_is_given_in_millivolt_and_motion_in_mg() -> None:
    assert to_units(known("ecg")).tolist() == [0.001, -0.001, -8388.608]
    assert to_units(known("acc raw 16 bit")).tolist() == [[-9, -1, 999]]
    assert to_units(known("acc delta"), factor=0.5)[0].tolist() == [-24, 178.5, 2034]
    assert to_units(known("acc delta without a block"), factor=2.0**-12)[0].tolist() == [
        1000 * k / 4096 for k in (1, 2, 3)
    ]


def test_the_factor_does_not_touch_raw_frames() -> None:
    assert to_units(known("acc raw 16 bit"), factor=0.5).tolist() == [[-9, -1, 999]]


def test_light_is_the_mean_of_the_photodiodes_without_the_ambient() -> None:
    assert to_units(known("ppg raw")) == pytest.approx([2 / 3 - 10])


def test_pulse_intervals_have_no_unit_here() -> None:
    with pytest.raises(ValueError, match="only ECG, PPG and ACC have a unit here, not PPI"):
        to_units(known("ppi"))


@pytest.mark.parametrize(
    ("flags", "is_valid"), [(0b000, True), (0b001, False), (0b100, False), (0b110, True), (0b111, False), (0b010, True)]
)
def test_a_pulse_interval_counts_without_blocker_and_with_contact_where_it_is_known(flags: int, is_valid: bool) -> None:
    frame = PolarFrame(Measurement.PPI, 0, 0, False, np.array([[60, 1000, 10, flags]]))
    assert pulse_intervals(frame).is_valid.tolist() == [is_valid]


def test_pulse_intervals_are_given_in_ms_and_none_of_0_counts() -> None:
    intervals = pulse_intervals(PolarFrame(Measurement.PPI, 0, 0, False, np.array([[60, 1000, 10, 0], [0, 0, 1, 0]])))
    assert (intervals.hr_bpm.tolist(), intervals.pp_ms.tolist(), intervals.error_ms.tolist()) == (
        [60, 0],
        [1000, 0],
        [10, 1],
    )
    assert intervals.is_valid.tolist() == [True, False]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("", "a header of 10 bytes, not 0"),
        (f"00{HEAD}", "a header of 10 bytes, not 9"),
        ("00 ffffffffffffffff 00 010000", "beyond the year 2292"),
        (f"00{HEAD}00", "at least 1, not 0 bytes"),
        (f"00{HEAD}00 0100", "whole samples of 3 bytes, at least 1, not 2 bytes"),
        (f"02{HEAD}01 0100020003", "whole samples of 6 bytes"),
        (f"03{HEAD}00 3ce8030a00", "whole samples of 6 bytes"),
        (f"00{HEAD}80 010000", "measurement 0 has no delta frame of type 0"),
        (f"02{HEAD}03 010000", "measurement 2 has no raw frame of type 3"),
        (f"05{HEAD}00 010000", "measurement 5 has no raw frame of type 0"),
        (f"02{HEAD}81 d0ff6501e4", "the first sample of a delta frame has 6 bytes, not 5"),
        (f"02{HEAD}81 d0ff6501e40f 03", "breaks off after its width"),
        (f"02{HEAD}81 d0ff6501e40f 0001", "not 0 bits and 1"),
        (f"02{HEAD}81 d0ff6501e40f 2101", "not 33 bits and 1"),
        (f"02{HEAD}81 d0ff6501e40f 0300", "not 3 bits and 0"),
        (f"02{HEAD}81 d0ff6501e40f 0302b938", "1 bytes longer than its frame"),
        (f"02{HEAD}81 d0ff6501e40f 20ff", "3060 bytes longer than its frame"),
    ],
)
def test_a_frame_that_cannot_be_is_refused_in_a_sentence(data: str, sentence: str) -> None:
    with pytest.raises(SensorError, match=sentence):
        decode_frame(bytes.fromhex(data))


def test_samples_that_do_not_fit_are_not_written() -> None:
    with pytest.raises(ValueError, match="must fit in 16 bits"):
        encode_frame(acc_delta([[0, 0, 1 << 15]]))
    with pytest.raises(ValueError, match=r"must be of shape \(n, 3\)"):
        encode_frame(acc_delta([[0, 0]]))
    with pytest.raises(ValueError, match=r"must be of shape \(n, 3\)"):
        encode_frame(PolarFrame(Measurement.ACC, 0, 1, True, np.empty((0, 3), np.int64)))


def test_a_sum_beyond_the_resolution_is_kept_and_nothing_overflows() -> None:
    block = "20ff" + "ffffff7f" * 3 * 255
    frame = decode_frame(bytes.fromhex(f"02{HEAD}81 ff7fff7fff7f" + block * 8))
    assert frame.samples[-1].tolist() == [32767 + 8 * 255 * (2**31 - 1)] * 3
    assert math.isfinite(to_units(frame, factor=1000.0).max())


@given(st.integers(0))
def test_any_bytes_are_samples_or_the_one_error(seed: int) -> None:
    for data in mangled(seed, [bytes.fromhex(data) for data, _ in KNOWN.values()]):
        assert refusal_of(decode_frame, data) in READ_OR_REFUSED
