# SPDX-License-Identifier: MIT
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Modality
from sensors.ble.profile import PROFILES
from sensors.ble.profile_frames import ProfileFrame, decode_frame, encode_frame, lost_between, splitter
from sensors.ble.profile_model import DeviceProfile, Fixture
from sensors.source import SensorError
from tests.sensors.ble.bad_bytes import READ_OR_REFUSED, mangled, refusal_of

SHELF = PROFILES.read_folders([Path(__file__).parents[3] / "resources" / "devices"]).found
LINE, OWN = SHELF["nordic_uart_eda"], SHELF["own_gatt_eda"]


def profile(
    signal: str, *, framing: str = 'kind = "notification"', sequence: str = "", unit: str = "microsiemens"
) -> DeviceProfile:
    text = f"""
name = "test"
{f"sequence = {{ {sequence} }}" if sequence else ""}
[match]
service = "ffe0"
[link]
notify = "ffe1"
[framing]
{framing}
[[signal]]
modality = "eda"
unit = "{unit}"
rate_hz = 10
range = [-1e9, 1e9]
{signal}
"""
    return PROFILES.parse(text.encode(), "test.toml")


def eda(profile: DeviceProfile, data: bytes) -> list[float]:
    return list(decode_frame(profile, data).samples[0].values)


def of_type(kind: str, endian: str = "little") -> DeviceProfile:
    return profile(f'fields = [{{ offset = 1, type = "{kind}", endian = "{endian}" }}]')


FIXED = profile(
    'fields = [{ offset = 1, type = "u16" }]', framing='kind = "fixed"\nlength = 4', sequence='offset = 0, type = "u8"'
)
BLIND = profile('fields = [{ offset = 1, type = "u16" }]', framing='kind = "fixed"\nlength = 4')
MARKED = profile('fields = [{ offset = 0, type = "u16" }]', framing='kind = "delimiter"\ndelimiter = "0d0a"')


@pytest.mark.parametrize(("declared", "fixture"), [(p, fixture) for p in SHELF.values() for fixture in p.fixture])
def test_the_fixtures_of_every_profile_are_decoded(declared: DeviceProfile, fixture: Fixture) -> None:
    frame = decode_frame(declared, fixture.frame)
    assert (frame.sequence, frame.timestamp) == (fixture.sequence, fixture.timestamp)
    assert {samples.modality for samples in frame.samples} == set(fixture.values)
    for samples in frame.samples:
        expected = next(values for modality, values in fixture.values.items() if modality == samples.modality)
        assert samples.values.ravel() == pytest.approx(expected, nan_ok=True)


def test_the_raw_numbers_are_kept_beside_the_values() -> None:
    samples = decode_frame(OWN, OWN.fixture[1].frame).samples[0]
    assert samples.raw.tolist() == [10, 10000, 65535, 60000]
    assert np.isnan(samples.values[[0, 2]]).all()
    assert not samples.raw.flags.writeable


@pytest.mark.parametrize(
    ("kind", "endian", "data", "value"),
    [
        ("u8", "little", "00 fe", 254),
        ("i8", "little", "00 fe", -2),
        ("u16", "big", "00 fffe", 65534),
        ("i16", "little", "00 feff", -2),
        ("u24", "big", "00 fffffe", 16777214),
        ("i24", "little", "00 feffff", -2),
        ("u32", "little", "00 feffffff", 4294967294),
        ("i32", "big", "00 fffffffe", -2),
        ("f32", "little", "00 0000c03f", 1.5),
        ("f32", "big", "00 3fc00000", 1.5),
    ],
)
def test_every_type_is_read_at_its_offset(kind: str, endian: str, data: str, value: float) -> None:
    declared = of_type(kind, endian)
    assert decode_frame(declared, bytes.fromhex(data)).samples[0].raw.tolist() == [value]


def test_a_linear_scale_and_the_unit_give_the_value() -> None:
    declared = profile(
        'fields = [{ offset = 0, type = "u8" }]\nlinear = { gain = 2, offset = -10 }', unit="nanosiemens"
    )
    assert eda(declared, b"\x64") == [pytest.approx(0.19)]


@pytest.mark.parametrize(("skin", "kohm"), [("lower", 10 * 1 / 3), ("upper", 10 * 3)])
def test_a_divider_gives_the_resistance_of_the_skin(skin: str, kohm: float) -> None:
    scale = f'divider = {{ full_scale = 1024, reference_kohm = 10, skin = "{skin}" }}'
    declared = profile('fields = [{ offset = 0, type = "u16" }]\n' + scale, unit="kohm")
    assert eda(declared, (256).to_bytes(2, "little")) == [pytest.approx(1000 / kohm)]


def test_several_samples_are_read_in_order() -> None:
    assert eda(profile('fields = [{ offset = 0, type = "u8" }]\nsamples = 3\nstride = 2'), b"\1\0\2\0\3") == [1, 2, 3]


def test_a_number_that_is_none_is_a_missing_sample() -> None:
    assert np.isnan(eda(of_type("f32"), bytes.fromhex("00 0000807f"))).all()
    assert np.isnan(eda(of_type("f32"), bytes.fromhex("00 0000c07f"))).all()


@pytest.mark.parametrize(
    ("declared", "frame", "sentence"),
    [
        (OWN, bytes(18), "has 19 bytes or columns, not 18"),
        (MARKED, bytes(3), "has 2 bytes or columns, not 3"),
        (LINE, b"1,2", "has 3 bytes or columns, not 2"),
        (LINE, b"1,2,nan", "a column is a decimal number, not '6e616e'"),
        (LINE, b"1,2,1e99", "a column is a decimal number"),
        (LINE, b",2,3", "a column is a decimal number, not ''"),
        (LINE, "1,2,\u0663".encode(), "a column is a decimal number"),
        (LINE, b"1,2," + b"9" * 600, "bytes or columns"),
    ],
)
def test_a_frame_that_is_none_is_refused_in_a_sentence(declared: DeviceProfile, frame: bytes, sentence: str) -> None:
    with pytest.raises(SensorError, match=sentence):
        decode_frame(declared, frame)


@given(st.integers(0, 2**40), st.lists(st.floats(0.05, 60), min_size=4, max_size=4), st.integers(-9999, 9999))
def test_values_come_back_as_they_were_written(count: int, values: list[float], mg: int) -> None:
    data = encode_frame(OWN, {Modality.EDA: values, Modality.ACC: [[mg, -mg, 0]]}, sequence=count, timestamp=count)
    frame = decode_frame(OWN, data)
    assert (frame.sequence, frame.timestamp) == (count % 256, count % 2**32)
    assert frame.samples[0].values == pytest.approx(values, abs=0.00051)
    assert frame.samples[1].values.tolist() == [[mg, -mg, 0]]


@given(st.integers(0, 10**9), st.floats(0.5, 90))
def test_a_line_comes_back_as_it_was_written(count: int, value: float) -> None:
    line = encode_frame(LINE, {Modality.EDA: [value]}, sequence=count, timestamp=count)
    assert line.endswith(b"\n")
    frame = decode_frame(LINE, line.removesuffix(b"\n"))
    assert (frame.sequence, frame.timestamp) == (count, count)
    assert frame.samples[0].values == pytest.approx([value], rel=1e-4)


def test_a_value_beyond_the_type_is_written_as_the_last_one() -> None:
    assert encode_frame(of_type("u8"), {Modality.EDA: [300.0]}) == b"\x00\xff"
    assert encode_frame(of_type("i8"), {Modality.EDA: [-300.0]}) == b"\x00\x80"


@pytest.mark.parametrize(("skin", "raw"), [("lower", 1024), ("upper", 0)])
def test_no_conductance_at_all_can_be_written(skin: str, raw: int) -> None:
    scale = f'divider = {{ full_scale = 1024, reference_kohm = 10, skin = "{skin}" }}'
    declared = profile('fields = [{ offset = 0, type = "u16" }]\n' + scale, unit="kohm")
    data = encode_frame(declared, {Modality.EDA: [0.0]})
    assert data == raw.to_bytes(2, "little")
    assert eda(declared, data) == [0.0]


def test_each_notification_is_a_frame_where_nothing_else_is_said() -> None:
    split = splitter(OWN)
    assert [split(data) for data in (b"abc", b"", b"d")] == [(b"abc",), (b"",), (b"d",)]


def test_lines_are_joined_across_notifications_and_the_first_may_be_half() -> None:
    split = splitter(LINE)
    parts = [split(data) for data in (b"10,5\n1,", b"200,30\r", b"\n2,300,31\n\n3")]
    assert parts == [(), (), (b"1,200,30\r", b"2,300,31")]


def test_a_delimiter_inside_a_frame_of_bytes_does_not_cut_it() -> None:
    frames = [bytes.fromhex(data) for data in ("0d0a", "0102", "0a0d", "0304")]
    stream = b"\r\n" + b"".join(frame + b"\r\n" for frame in frames)
    assert splitter(MARKED)(stream) == tuple(frames)


def test_a_line_without_end_is_left_out_and_the_next_ones_are_not() -> None:
    split = splitter(LINE)
    assert split(b"\n" + b"9" * 2000) == ()
    assert split(b"9\n1,2,3\n") == (b"1,2,3",)


def test_frames_of_a_fixed_length_are_cut_out_and_brought_back_into_step_by_their_numbers() -> None:
    frames = [encode_frame(FIXED, {Modality.EDA: [k * 37 % 997]}, sequence=k) for k in range(250, 290)]
    stream = b"".join(frames)
    lost_bytes = stream[:40] + stream[55:]
    assert splitter(FIXED)(stream) == tuple(frames)
    assert splitter(FIXED)(lost_bytes) == tuple(frames[:10] + frames[14:])


def test_frames_of_a_fixed_length_without_a_number_are_cut_as_they_come() -> None:
    split = splitter(BLIND)
    assert [split(data) for data in (b"abc", b"defgh", b"ij")] == [(), (b"abcd", b"efgh"), ()]


@pytest.mark.parametrize("declared", [LINE, FIXED, BLIND, MARKED], ids=["line", "fixed", "blind", "marked"])
@given(st.data())
def test_cutting_the_stream_otherwise_gives_the_same_frames(declared: DeviceProfile, data: st.DataObject) -> None:
    parts = data.draw(
        st.lists(st.binary(max_size=9) | st.sampled_from([b"\r\n", b"\n1,2,3\n", bytes(400)]), max_size=20)
    )
    stream, split = b"".join(parts), splitter(declared)
    assert tuple(f for part in parts for f in split(part)) == splitter(declared)(stream)


@pytest.mark.parametrize(
    ("declared", "counts", "lost"),
    [(OWN, (4, 5), 0), (OWN, (4, 8), 3), (OWN, (254, 1), 2), (OWN, (4, 4), 0), (LINE, (254, 1), 0), (LINE, (4, 8), 3)],
)
def test_lost_frames_are_counted_by_their_numbers(declared: DeviceProfile, counts: tuple[int, int], lost: int) -> None:
    before, after = (ProfileFrame((), sequence=count) for count in counts)
    assert lost_between(declared, before, after) == lost


def test_nothing_is_counted_where_no_number_is_sent() -> None:
    assert lost_between(BLIND, ProfileFrame(()), ProfileFrame(())) == 0


@given(st.integers(0))
def test_any_bytes_are_values_or_the_one_error(seed: int) -> None:
    for declared in (OWN, LINE, of_type("f32"), MARKED):
        split = splitter(declared)
        for data in mangled(seed, [f.frame for f in (*OWN.fixture, *LINE.fixture)], count=30):
            for frame in (data, *split(data)):
                assert refusal_of(partial(decode_frame, declared), frame) in READ_OR_REFUSED
