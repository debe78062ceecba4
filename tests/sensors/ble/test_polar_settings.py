# SPDX-License-Identifier: MIT
import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensors.ble.polar_settings import NO_SETTINGS, Settings, choose, decode_settings, encode_settings
from sensors.source import SensorError
from tests.sensors.ble.bad_bytes import READ_OR_REFUSED, mangled, refusal_of

u16 = st.lists(st.integers(0, 0xFFFF), max_size=6).map(tuple)
settings = st.builds(
    Settings,
    rate_hz=u16,
    resolution_bits=u16,
    range_units=u16,
    range_milliunits=st.lists(st.integers(0, 0xFFFF_FFFF), max_size=3).map(tuple),
    channels=st.lists(st.integers(0, 255), max_size=3).map(tuple),
    factor=st.lists(st.floats(2.0**-16, 512, width=32), max_size=1).map(tuple),
)
H10_ACC = bytes.fromhex("00041900320064 00c800 01011000 0203020004000800")


def test_the_offer_of_an_h10_is_read() -> None:
    assert decode_settings(H10_ACC) == Settings(
        rate_hz=(25, 50, 100, 200), resolution_bits=(16,), range_units=(2, 4, 8)
    )


def test_the_offer_of_a_verity_sense_is_read() -> None:
    offer = decode_settings(bytes.fromhex("00018700 01011600 040104"))
    assert offer == Settings(rate_hz=(135,), resolution_bits=(22,), channels=(4,))


def test_no_byte_and_one_stray_byte_are_no_settings() -> None:
    assert decode_settings(b"") == decode_settings(b"\x00") == NO_SETTINGS


@given(settings)
def test_settings_come_back_as_they_were_written(written: Settings) -> None:
    assert decode_settings(encode_settings(written)) == written


@pytest.mark.parametrize("factor", [math.nan, math.inf, -math.inf, 0.0, -1.0, 1e30, 1e-30])
def test_a_factor_that_is_no_plausible_number_is_refused(factor: float) -> None:
    with pytest.raises(SensorError, match="the factor must be between"):
        decode_settings(b"\x05\x01" + struct.pack("<f", factor))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("0901aa", "turn unknown at byte 0"),
        ("00018200 00", "break off or turn unknown at byte 4"),
        ("0003 8200 8200", "rate_hz announces 3 values and breaks off after 4 bytes"),
        ("0301 010203", "range_milliunits announces 1 values and breaks off after 3 bytes"),
    ],
)
def test_settings_that_break_off_are_refused_in_a_sentence(data: str, sentence: str) -> None:
    with pytest.raises(SensorError, match=sentence):
        decode_settings(bytes.fromhex(data))


def test_the_wanted_value_is_chosen_where_it_is_offered_and_the_largest_elsewhere() -> None:
    chosen = choose(decode_settings(H10_ACC), Settings(rate_hz=(52, 50), range_units=(16,)))
    assert chosen == Settings(rate_hz=(50,), resolution_bits=(16,), range_units=(8,))


@given(settings, settings)
def test_only_what_is_offered_is_chosen(offered: Settings, wanted: Settings) -> None:
    chosen = choose(offered, wanted)
    for name in Settings.__slots__:
        offer, choice = getattr(offered, name), getattr(chosen, name)
        assert set(choice) <= set(offer)
        assert len(choice) == min(len(offer), 1)


@given(st.integers(0))
def test_any_settings_are_values_or_the_one_error(seed: int) -> None:
    for data in mangled(seed, [H10_ACC, bytes.fromhex("0501000080 3f00018700")]):
        assert refusal_of(decode_settings, data) in READ_OR_REFUSED
