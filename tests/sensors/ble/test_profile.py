# SPDX-License-Identifier: MIT
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Reason
from sensors.ble.profile import PROFILES
from sensors.source import SensorError

DEVICES = Path(__file__).parents[3] / "resources" / "devices"
GOOD = (DEVICES / "own_gatt_eda.toml").read_text()
FRAMED = '[framing]\nkind = "{}"\n'


def fault(text: str) -> str:
    with pytest.raises(SensorError) as caught:
        PROFILES.parse(text.encode(), "own.toml")
    assert caught.value.reason is Reason.FILE_MALFORMED
    return caught.value.detail


def said_of(data: bytes) -> str:
    try:
        PROFILES.parse(data, "own.toml")
    except SensorError as error:
        return error.detail
    return ""


def test_the_profiles_that_attune_brings_along_are_read() -> None:
    shelf = PROFILES.read_folders([DEVICES])
    assert set(shelf.found) == {"nordic_uart_eda", "own_gatt_eda"}
    assert shelf.faults == ()
    assert all(profile.fixture for profile in shelf.found.values())


def test_a_profile_says_how_its_device_is_found_and_heard() -> None:
    profile = PROFILES.read_folders([DEVICES]).found["nordic_uart_eda"]
    assert profile.match.service == "6e400001-b5a3-f393-e0a9-e50e24dcca9e"
    assert profile.link.init == (b"start\n",)
    assert profile.framing.delimiter == b"\n"
    assert profile.is_text


def test_a_short_uuid_is_the_long_one_of_the_bluetooth_base() -> None:
    text = GOOD.replace('service = "8a1f0001-4d2c-4f0e-9b57-3c1e5a7d9b20"', 'service = "FFE0"')
    assert PROFILES.parse(text.encode(), "own.toml").match.service == "0000ffe0-0000-1000-8000-00805f9b34fb"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("rate_hz = 20", "rate_hz = -5", "signal[0].rate_hz must be greater than 0, not -5"),
        ("rate_hz = 20", "rate_hz = inf", "signal[0].rate_hz must be a finite number, not inf"),
        ("rate_hz = 20", 'rate_hz = "4 * 5"', "signal[0].rate_hz must be a valid number, not '4 * 5'"),
        ("rate_hz = 20", "rate_hz = true", "signal[0].rate_hz must be a valid number, not True"),
        ("rate_hz = 20", "rate_hz = 1e9", "signal[0].rate_hz must be less than or equal to 10000, not 1000000000.0"),
        ("rate_hz = 20", "rate_hz = 0x" + "f" * 9000, "signal[0].rate_hz must be"),
        ("offset = 5 }", "offset = 0x" + "f" * 9000 + " }", "signal[0].fields[0].offset must be"),
        ("range = [0.05, 60]", "range = [0x" + "f" * 9000 + ", 1]", "signal[0].range[0] must be"),
        ('unit = "mg"', 'unit = "st"', "signal[1] has the unit 'st'; allowed for acc are mg, g, m/s2"),
        ('modality = "acc"', 'modality = "hrv"', "signal[1].modality must be 'acc', 'ecg', 'eda', 'ppg' or 'resp'"),
        ('modality = "acc"', 'modality = "resp"\nunit = "mg"', "is no TOML: Cannot overwrite a value"),
        ('type = "u8"', 'type = "u9"', "sequence.type must be 'u8', 'u16', 'u24', 'u32' or 'text', not 'u9'"),
        ("offset = 5 }", "offset = -1 }", "signal[0].fields[0].offset must be greater than or equal to 0, not -1"),
        ("offset = 5 }", "offset = 5, size = 2 }", "signal[0].fields[0] has no key 'size'; allowed are endian"),
        ("stride = 2", "", "signal[0] needs a stride above 0, because it has several samples"),
        ("range = [0.05, 60]", "range = [60, 0.05]", "signal[0] needs a range whose first value is the smaller one"),
        ("range = [0.05, 60]", "range = [0.05]", "signal[0].range[1] is missing"),
        ("range = [0.05, 60]", "", "signal[0].range is missing"),
        ("[link]", "[link]\nbaud = 9600", "link has no key 'baud'; allowed are init, notify, write"),
        ("[link]", '[link]\ninit = ["00"]', "link needs the key write, because it has init"),
        ("[link]", '[link]\ninit = ["0g"]', "link.init[0] must be 1 to 512 bytes in hexadecimal"),
        ('notify = "8a1f', 'notify = "8a1', "link.notify must be a UUID such as"),
        ("[match]", "[find]", "has no key 'find'; allowed are fixture, framing, link, match, name"),
        ("[sequence]", "[[sequence]]", "sequence must be a table"),
        ("ticks_per_s = 32768", "", "timestamp.ticks_per_s is missing"),
        ("[sequence]", FRAMED.format("cobs") + "[sequence]", "framing.kind must be 'notification', 'fixed'"),
        ("[sequence]", FRAMED.format("fixed") + "[sequence]", "framing needs the key length when its kind is 'fixed'"),
        ("[sequence]", FRAMED.format("fixed") + "length = 9\n[sequence]", "needs a framing length of 19"),
        ('type = "u8"', 'type = "text"', "needs numbers that are all of the type text, or none of them"),
        ("[[signal]]", "[[signal]]\ndivider = { full_scale = 0 }", "signal[0].divider.full_scale must be greater"),
        ("[[signal]]", "[[signal]]\nlinear = { gain = 0 }", "signal[0].linear needs a gain other than 0"),
        ('name = "Own GATT skin conductance"', 'name = "\\u202e"', "name must have a visible character"),
        ('name = "Own', 'name = Own', "is no TOML: Invalid value (at line 12, column 8)"),
        ('name = "Own', "n = " + "9" * 5000 + '\nname = "Own', "is no TOML: it has a number of thousands of digits"),
        ('name = "Own', "n = " + "[" * 5000 + '\nname = "Own', "is no TOML: it is nested too deep"),
    ],
)  # fmt: skip
def test_a_fault_is_one_sentence_with_the_file_the_key_and_what_is_allowed(old: str, new: str, sentence: str) -> None:
    assert old in GOOD
    says = fault(GOOD.replace(old, new, 1))
    assert says.startswith(f"own.toml: {sentence}")
    assert "\n" not in says


def test_a_divider_gives_a_resistance_and_nothing_beside_it() -> None:
    divider = "[[signal]]\ndivider = { full_scale = 1024, reference_kohm = 10, skin = 'upper' }"
    assert "signal[0] needs the unit 'kohm' and no linear" in fault(GOOD.replace("[[signal]]", divider, 1))


def test_lines_of_text_have_no_fixed_length() -> None:
    text = (DEVICES / "nordic_uart_eda.toml").read_text()
    fixed = text.replace('kind = "delimiter"\ndelimiter = "0a"', 'kind = "fixed"\nlength = 20')
    assert "needs a framing kind other than 'fixed'" in fault(fixed)


def test_motion_needs_three_axes_and_a_modality_comes_once() -> None:
    assert "signal[0] needs 3 of the key fields for acc, not 1" in fault(
        GOOD.replace('"eda"\nunit = "nanosiemens"', '"acc"\nunit = "g"')
    )
    signals = GOOD[GOOD.index("[[signal]]") : GOOD.index("# Frames")]
    assert "needs one signal a modality, not eda, acc, eda, acc" in fault(
        GOOD.replace("# Frames", signals + "# Frames", 1)
    )


def test_bytes_that_are_no_text_and_a_file_without_end_are_refused() -> None:
    for data, sentence in ((b"# \xff", "must be UTF-8 text, and is not at byte 2"), (b"#" * 70_000, "at most 65536")):
        with pytest.raises(SensorError, match=sentence):
            PROFILES.parse(data, "own.toml")


@given(
    st.text(max_size=80) | st.binary(max_size=80).map(lambda data: data.decode("latin-1")), st.integers(0, len(GOOD))
)
def test_any_file_is_a_profile_or_one_sentence(text: str, at: int) -> None:
    for whole in (text, GOOD[:at] + text, GOOD[:at] + text + GOOD[at:]):
        assert "\n" not in said_of(whole.encode(errors="replace"))


def test_a_folder_of_ones_own_is_read_too_and_wins(tmp_path: Path) -> None:
    (tmp_path / "own_gatt_eda.toml").write_text(GOOD.replace('name = "Own', 'name = "My'))
    (tmp_path / "notes.txt").write_text("not a profile")
    shelf = PROFILES.read_folders([DEVICES, tmp_path, tmp_path / "missing"])
    assert shelf.found["own_gatt_eda"].name == "My GATT skin conductance"
    assert set(shelf.found) == {"nordic_uart_eda", "own_gatt_eda"}
    assert shelf.faults == ()


def test_a_broken_file_keeps_nothing_else_back(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("name = ")
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "fine.toml").write_text(GOOD)
    os.mkfifo(tmp_path / "pipe.toml")
    shelf = PROFILES.read_folders([tmp_path])
    assert set(shelf.found) == {"fine"}
    assert [error.reason for error in shelf.faults] == [
        Reason.FILE_MALFORMED,
        Reason.FILE_IS_FOLDER,
        Reason.FILE_DENIED,
    ]
    assert shelf.faults[0].detail.startswith("broken.toml: ")


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(SensorError, match=r"there is no file gone\.toml"):
        PROFILES.read(tmp_path / "gone.toml")
