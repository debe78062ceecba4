# SPDX-License-Identifier: MIT
"""The list of sensors keeps its order and says one state and one fix of each."""

import pytest

from dsp.codes import Modality, Reason, SourceState
from dsp.stream import Sighting, Status
from ui.connect.sensors import NearbySensors

A, B = "A0:9E:1A:00:4A:2C", "A0:9E:1A:00:91:D7"


def seen(*sightings: Sighting) -> NearbySensors:
    sensors = NearbySensors()
    for sighting in sightings:
        sensors.see(sighting)
    return sensors


def test_a_sensor_is_named_by_what_it_says_and_the_end_of_its_address() -> None:
    words = seen(Sighting(A, "Polar H10", (Modality.RR, Modality.HR, Modality.ECG), -52, 80)).words(A)
    assert (words.name, words.suffix, words.gives) == ("Polar H10", "4A2C", "heartbeats, ECG")
    assert (words.radio, words.bars, words.battery_percent) == ("close", 4, 80)
    assert (words.state, words.fix, words.action) == ("Ready", "Connect to use it", "Connect")


@pytest.mark.parametrize(
    ("rssi", "bars", "radio"),
    [(-40, 4, "close"), (-60, 3, "near"), (-75, 2, "fair"), (-95, 1, "far"), (None, 0, "unknown")],
)
def test_radio_is_said_in_words(rssi: int | None, bars: int, radio: str) -> None:
    words = seen(Sighting(A, "x", (), rssi)).words(A)
    assert (words.bars, words.radio) == (bars, radio)


def test_a_rate_without_beats_is_not_fit_for_hrv() -> None:
    words = seen(Sighting(A, "Verity Sense", (Modality.HR,))).words(A)
    assert words.gives == "heart rate; not fit for HRV"
    assert words.icon == "armband"


def test_a_later_sighting_renews_and_keeps_what_it_left_out() -> None:
    words = seen(Sighting(A, "Polar H10", (Modality.RR,), -52, 80), Sighting(A, "", (), -90)).words(A)
    assert (words.name, words.gives, words.battery_percent, words.radio) == ("Polar H10", "heartbeats", 80, "far")


@pytest.mark.parametrize("reason", [r for r in Reason if r not in {Reason.NO_RADIO, Reason.RADIO_OFF}])
def test_whatever_happened_there_is_one_fix_and_a_way_to_try_again(reason: Reason) -> None:
    sensors = seen(Sighting(A, "x", ()))
    sensors.hear(Status(1.0, f"ble:{A}", SourceState.FAILED, reason=reason))
    words = sensors.words(A)
    assert words.fix
    assert (words.action, words.is_busy) == ("Try again", False)


@pytest.mark.parametrize("state", SourceState)
def test_every_state_has_its_words(state: SourceState) -> None:
    sensors = seen(Sighting(A, "x", ()))
    sensors.hear(Status(1.0, f"ble:{A}", state))
    words = sensors.words(A)
    assert words.state
    assert words.fix
    assert words.action


def test_while_it_connects_it_can_be_stopped() -> None:
    sensors = seen(Sighting(A, "x", ()))
    sensors.hear(Status(1.0, f"ble:{A}", SourceState.CONNECTING))
    assert (sensors.words(A).action, sensors.words(A).is_busy) == ("Stop", True)
    sensors.rest(A)
    assert sensors.words(A).action == "Connect"


def test_a_state_of_a_sensor_that_is_not_in_the_list_is_nobodys() -> None:
    assert seen(Sighting(A, "x", ())).hear(Status(1.0, f"ble:{B}", SourceState.STREAMING)) is None


def test_a_crowd_of_sensors_ends_somewhere() -> None:
    sensors = seen(*(Sighting(str(i), "x", ()) for i in range(1000)))
    assert len(sensors) == 32
    assert sensors.see(Sighting("0", "renewed", ())) == "0"


def test_a_strength_that_looks_the_same_changes_nothing() -> None:
    sensors = seen(Sighting(A, "Polar H10", (), -60))
    assert sensors.see(Sighting(A, "Polar H10", (), -62)) is None
    assert sensors.see(Sighting(A, "Polar H10", (), -70)) == A


def test_a_hostile_name_is_washed() -> None:
    sensors = seen(Sighting("\u202e<b>", "<img src='file:///etc/passwd'>\u202e" + "x" * 10_000_000, ()))
    words = sensors.words("\u202e<b>")
    assert len(words.name) <= 64
    assert "\u202e" not in words.name + words.suffix
