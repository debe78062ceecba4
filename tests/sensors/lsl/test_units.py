# SPDX-License-Identifier: MIT
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Modality
from sensors.lsl.units import Unit, is_unsaid, read_unit, to_modality, unit_by_range


@pytest.mark.parametrize(
    ("text", "modality", "value", "expected"),
    [
        ("uS", Modality.EDA, 5.0, 5.0),
        ("\u00b5S", Modality.EDA, 5.0, 5.0),
        ("\u03bcS", Modality.EDA, 5.0, 5.0),
        ("MicroSiemens", Modality.EDA, 5.0, 5.0),
        ("S", Modality.EDA, 5e-6, 5.0),
        ("kOhm", Modality.EDA, 200.0, 5.0),
        ("kohms", Modality.EDA, 200.0, 5.0),
        ("k\u03a9", Modality.EDA, 200.0, 5.0),
        ("k\u2126", Modality.EDA, 200.0, 5.0),
        ("Ohm", Modality.EDA, 200_000.0, 5.0),
        ("uV", Modality.ECG, 1200.0, 1.2),
        ("microvolts", Modality.ECG, 1200.0, 1.2),
        ("mV", Modality.ECG, 1.2, 1.2),
        ("V", Modality.ECG, 0.0012, 1.2),
        ("ms", Modality.RR, 800.0, 800.0),
        ("s", Modality.RR, 0.8, 800.0),
        ("seconds", Modality.RR, 0.8, 800.0),
        ("", Modality.RR, 0.8, 800.0),
        ("", Modality.RR, 800.0, 800.0),
        ("bpm", Modality.HR, 60.0, 60.0),
        ("", Modality.HR, 60.0, 60.0),
        ("g", Modality.ACC, 1.0, 1000.0),
        ("m/s\u00b2", Modality.ACC, 9.80665, 1000.0),
        ("anything", Modality.PPG, 3.0, 3.0),
    ],
)
def test_units_become_those_of_the_modality(text: str, modality: Modality, value: float, expected: float) -> None:
    unit = read_unit(text, modality)
    assert unit is not None
    assert to_modality(np.array([value]), unit) == pytest.approx([expected])


@pytest.mark.parametrize(("text", "modality"), [("ADC", Modality.EDA), ("furlong", Modality.ECG), ("ms", Modality.EDA)])
def test_a_unit_of_something_else_is_unknown(text: str, modality: Modality) -> None:
    assert read_unit(text, modality) is None
    assert not is_unsaid(text)


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=1), st.sampled_from(Unit))
def test_whatever_is_sent_is_a_number_or_missing(values: list[float], unit: Unit) -> None:
    scaled = to_modality(np.array(values), unit)
    assert np.all(np.isfinite(scaled) | np.isnan(scaled))
    assert np.all(np.isnan(scaled[~np.isfinite(values)]))


@pytest.mark.parametrize("resistance", [0.0, -1.0, np.inf])
def test_a_resistance_that_cannot_be_is_a_missing_sample(resistance: float) -> None:
    assert np.isnan(to_modality(np.array([resistance]), Unit.KILOOHM)).all()


@pytest.mark.parametrize(
    ("scale", "expected"), [(1.0, Unit.MILLIVOLT), (1000.0, Unit.MICROVOLT)], ids=["millivolt", "microvolt"]
)
def test_two_seconds_of_a_heart_tell_their_unit(scale: float, expected: Unit) -> None:
    t = np.arange(260) / 130
    beat = 1.1 * np.exp(-(((t % 0.9) - 0.4) ** 2) / 2e-4) + 0.4
    assert unit_by_range(scale * beat[:, None], Modality.ECG) is expected


@pytest.mark.parametrize(("size", "expected"), [(1.0, Unit.G), (9.8, Unit.METRE_PER_S2), (1000.0, Unit.MILLI_G)])
def test_the_earth_tells_the_unit_of_motion(size: float, expected: Unit) -> None:
    assert unit_by_range(size * np.array([[0.6, 0.0, 0.8]] * 9), Modality.ACC) is expected
