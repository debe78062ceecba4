# SPDX-License-Identifier: MIT
"""The list of sensors keeps its order and says one state and one fix of each."""

from dataclasses import replace

import pytest

from dsp.codes import Action, Modality, NoticeCode, Reason, SensorKind, SourceState
from dsp.stream import CLIENT, NOBODY, Command, Notice, Sighting, Status
from tests.ui.connect.near import (
    EMOTIBIT,
    H10,
    OPEN_SIGNALS,
    OTHER_STRAP,
    RIDDLE,
    SHIMMER,
    STRAP,
    STREAM,
    TICKR,
    VERITY,
)
from ui.connect.condition import Condition, condition_of
from ui.connect.row_words import Act, SensorWords, name_of, words_of
from ui.connect.sensors import NearbySensors


def seen(*sightings: Sighting) -> NearbySensors:
    sensors = NearbySensors()
    for sighting in sightings:
        sensors.see(sighting, 0.0)
    return sensors


def joined(sighting: Sighting, state: SourceState | None = None, reason: Reason | None = None) -> NearbySensors:
    sensors = seen(sighting)
    sensors.join(sighting.address)
    if state is not None:
        sensors.hear(Status(1.0, sighting.address, state, NOBODY, reason))
    return sensors


def words(sensors: NearbySensors, address: str = STRAP, label: str = "") -> SensorWords:
    return words_of(sensors[address], label, asked=CLIENT)


def condition(sighting: Sighting, state: SourceState, reason: Reason | None = None) -> Condition:
    return condition_of(joined(sighting, state, reason)[sighting.address])


def assign(to: str, source: str = STRAP) -> Command:
    return Command(1.0, Action.ASSIGN, CLIENT, values=(("source", source), ("to", to)))


def test_a_sensor_is_named_by_what_it_says_and_the_end_of_its_address() -> None:
    said = words(seen(H10))
    assert (said.name, said.suffix, said.gives) == ("Polar H10", "4A2C", "heartbeats, ECG, movement")
    assert (said.radio, said.bars, said.charge) == ("close", 4, "80 %")
    assert (said.condition.state, said.condition.fix, said.action) == ("Ready", "Connect to use it", "Connect")


def test_a_printed_label_comes_before_its_own_name() -> None:
    said = words(seen(H10), label="Blue 2")
    assert (said.name, said.suffix) == ("Blue 2", "Polar H10, 4A2C")
    assert name_of(seen(H10)[STRAP], "Blue 2") == "Blue 2"
    assert name_of(seen(H10)[STRAP], "") == "Polar H10 4A2C"


@pytest.mark.parametrize(
    ("sighting", "suffix", "icon"),
    [
        (H10, "4A2C", "strap"),
        (VERITY, "arm band, 22B0", "armband"),
        (SHIMMER, "skin, 8E10", "finger"),
        (EMOTIBIT, "LSL stream", "stream"),
    ],
)
def test_each_type_has_its_word_and_its_icon(sighting: Sighting, suffix: str, icon: str) -> None:
    said = words(seen(sighting), sighting.address)
    assert (said.suffix, said.icon) == (suffix, icon)


@pytest.mark.parametrize(
    ("rssi", "bars", "radio"),
    [(-40, 4, "close"), (-60, 3, "near"), (-75, 2, "fair"), (-95, 1, "far"), (None, 0, "unknown")],
)
def test_radio_is_said_in_words(rssi: int | None, bars: int, radio: str) -> None:
    said = words(seen(replace(H10, rssi_dbm=rssi)))
    assert (said.bars, said.radio) == (bars, radio)


def test_a_stream_has_neither_a_radio_nor_a_battery() -> None:
    said = words(seen(EMOTIBIT), STREAM)
    assert (said.bars, said.radio, said.charge) == (0, "on this network", "")


def test_a_rate_without_beats_is_not_fit_for_hrv() -> None:
    assert words(seen(Sighting(STRAP, "Sense", (Modality.HR,)))).gives == "heart rate; not fit for HRV"


def test_a_later_sighting_renews_and_keeps_what_it_left_out() -> None:
    said = words(seen(H10, Sighting(STRAP, "", (), -90)))
    assert (said.name, said.gives, said.charge, said.radio) == ("Polar H10", "heartbeats, ECG, movement", "80 %", "far")


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("state", [SourceState.FAILED, SourceState.RECONNECTING, SourceState.STALE])
@pytest.mark.parametrize("sighting", [H10, VERITY, SHIMMER, EMOTIBIT], ids=lambda s: s.kind)
def test_whatever_happened_there_is_one_state_and_one_fix(
    sighting: Sighting, state: SourceState, reason: Reason
) -> None:
    said = condition(sighting, state, reason)
    assert said.state
    assert said.fix


@pytest.mark.parametrize("state", SourceState)
def test_every_state_has_its_words(state: SourceState) -> None:
    said = words(joined(H10, state))
    assert said.condition.state
    assert said.condition.fix
    assert said.action


@pytest.mark.parametrize(
    ("state", "reason", "title", "fix"),
    [
        (SourceState.SCANNING, Reason.HELD_ELSEWHERE, "Not answering", "Free it from phone or watch"),
        (SourceState.SCANNING, None, "Looking for it", "It wakes on damp skin"),
        (SourceState.RECONNECTING, Reason.LINK_LOST, "Out of reach", "Keep it near: we call it again"),
        (SourceState.RECONNECTING, Reason.BATTERY_EMPTY, "Battery may be empty", "Put in a new one: we call it again"),
        (SourceState.SCANNING, Reason.OTHER_STRAP, "Another strap", "Connect the one that is worn"),
        (SourceState.STALE, Reason.SILENT, "Resting", "Wet the two patches"),
        (SourceState.FAILED, Reason.PAIRING_REFUSED, "Not paired", "Remove it from the system’s list"),
        (SourceState.FAILED, Reason.NO_HEART_RATE_SERVICE, "No heartbeats from it", "Choose a heart strap"),
        (SourceState.SUBSCRIBING, None, "Connecting", "waiting for heartbeats"),
        (SourceState.STREAMING, None, "Clear", "heartbeats arrive"),
    ],
)
def test_the_troubles_of_a_strap(state: SourceState, reason: Reason | None, title: str, fix: str) -> None:
    assert condition(H10, state, reason) == Condition(condition(H10, state, reason).icon, title, fix)


@pytest.mark.parametrize(
    ("reason", "title"),
    [
        (Reason.NO_RADIO, "No Bluetooth here"),
        (Reason.RADIO_OFF, "Bluetooth is off"),
        (Reason.RADIO_DENIED, "Bluetooth not allowed"),
        (Reason.NO_BLUETOOTH_SERVICE, "Bluetooth not running"),
    ],
)
def test_a_radio_that_is_away_is_said_of_the_radio(reason: Reason, title: str) -> None:
    assert condition(H10, SourceState.FAILED, reason).state == title


@pytest.mark.parametrize(
    ("sighting", "fix"),
    [
        (H10, "Wet the two patches"),
        (VERITY, "Turn its light to the skin, a little snugger"),
        (SHIMMER, "Fasten both finger electrodes"),
    ],
)
def test_off_the_skin_the_fix_is_that_of_the_sensor(sighting: Sighting, fix: str) -> None:
    sensors = joined(sighting, SourceState.STREAMING)
    sensors.note(Notice(2.0, NoticeCode.CONTACT, sighting.address, NOBODY, (("on", False),)))
    assert condition_of(sensors[sighting.address]) == Condition("resting", "Off the skin", fix)
    sensors.note(Notice(3.0, NoticeCode.CONTACT, sighting.address, NOBODY, (("on", True),)))
    assert condition_of(sensors[sighting.address]).state == "Clear"


@pytest.mark.parametrize(("percent", "charge"), [(21, "21 %"), (20, "20 %, low"), (None, "battery unknown")])
def test_a_low_charge_is_said(percent: int | None, charge: str) -> None:
    assert words(seen(replace(H10, battery_percent=percent))).charge == charge


def test_a_charge_told_by_the_sensor_itself_is_shown() -> None:
    sensors = joined(TICKR)
    sensors.note(Notice(2.0, NoticeCode.BATTERY, OTHER_STRAP, NOBODY, (("percent", 35),)))
    assert words(sensors, OTHER_STRAP).charge == "35 %"


def test_what_its_button_does_follows_the_state() -> None:
    assert words(seen(H10)).act is Act.CONNECT
    assert words(joined(H10, SourceState.CONNECTING)).act is Act.STOP
    assert words(joined(H10, SourceState.STREAMING)).act is Act.OPEN
    assert words(joined(H10, SourceState.FAILED, Reason.HELD_ELSEWHERE)).act is Act.AGAIN


def test_a_state_of_a_sensor_that_is_not_connected_is_old() -> None:
    assert seen(H10).hear(Status(1.0, STRAP, SourceState.STREAMING)) is None
    assert seen(H10).hear(Status(1.0, OTHER_STRAP, SourceState.STREAMING)) is None


def test_a_sensor_is_whose_the_session_says() -> None:
    sensors = joined(H10, SourceState.STREAMING)
    assert sensors.follow(assign("partner")) == STRAP
    assert sensors[STRAP].person == "partner"
    assert sensors.follow(assign(NOBODY)) == STRAP
    assert sensors[STRAP].person == NOBODY


@pytest.mark.parametrize("to", ["", "somebody", "<b>"])
def test_a_person_who_is_not_there_gets_no_sensor(to: str) -> None:
    assert joined(H10).follow(assign(to)) is None


def test_a_sensor_that_leaves_is_nobodys_again() -> None:
    sensors = joined(H10, SourceState.STREAMING)
    sensors.follow(assign(CLIENT))
    sensors.leave(STRAP)
    assert sensors[STRAP].person == NOBODY
    assert sensors.joined() == ()


def test_a_sensor_of_a_session_that_goes_on_is_known_without_what_stands_behind_its_address() -> None:
    sensors = seen()
    assert sensors.resume(f"{STRAP}?port=A2@client", 1.0) == STRAP
    assert (sensors[STRAP].is_joined, sensors[STRAP].person) == (True, CLIENT)


def test_a_strap_is_replaced_only_by_one_of_the_same_person() -> None:
    sensors = seen(H10, TICKR)
    for address in (STRAP, OTHER_STRAP):
        sensors.join(address)
        sensors.hear(Status(1.0, address, SourceState.STREAMING))
    sensors.follow(assign(CLIENT))
    sensors.follow(assign("partner", OTHER_STRAP))
    assert sensors.successor_of(sensors[STRAP]) is None
    sensors.follow(assign(CLIENT, OTHER_STRAP))
    assert sensors.successor_of(sensors[STRAP]) == sensors[OTHER_STRAP]


def test_a_crowd_of_streams_keeps_no_strap_out() -> None:
    crowd = [replace(EMOTIBIT, address=f"lsl:{i}") for i in range(100)]
    sensors = seen(*crowd, H10, SHIMMER, *crowd)
    assert len(sensors) == 66
    assert STRAP in sensors
    assert SHIMMER.address in sensors
    assert sensors.more == 36


def test_where_a_row_becomes_free_one_of_those_without_moves_up() -> None:
    crowd = [replace(EMOTIBIT, address=f"lsl:{i}") for i in range(65)]
    sensors = seen(*crowd)
    for sighting in crowd[1:]:
        sensors.see(sighting, 59.0)
    sensors.grow_old(60.0)
    assert sensors.more == 1
    assert sensors.see(crowd[64], 61.0) == "lsl:64"
    assert sensors.more == 0


@pytest.mark.parametrize(
    ("sighting", "fix"),
    [
        (H10, "Put it on damp skin, near this computer"),
        (SHIMMER, "Switch it on, near this computer"),
        (EMOTIBIT, "Look at the program that sends it"),
    ],
)
def test_what_no_search_sees_any_more_is_away_and_then_gone(sighting: Sighting, fix: str) -> None:
    sensors, address = seen(sighting), sighting.address
    assert sensors.grow_old(14.9) == ((), ())
    assert sensors.grow_old(15.0) == ((address,), ())
    assert condition_of(sensors[address]) == Condition("resting", "Out of reach", fix)
    assert words(sensors, address).bars == 0  # how near it was is old
    assert sensors.grow_old(16.0) == ((), ())
    assert sensors.see(sighting, 20.0) == address
    assert condition_of(sensors[address]).state == "Ready"
    assert sensors.grow_old(79.9) == ((address,), ())
    assert sensors.grow_old(80.0) == ((), (address,))
    assert len(sensors) == 0


def test_a_sensor_that_is_connected_never_grows_old() -> None:
    sensors = joined(H10, SourceState.STREAMING)
    assert sensors.grow_old(1000.0) == ((), ())
    sensors.leave(STRAP)
    assert sensors.grow_old(1014.0) == ((), ())
    assert sensors.grow_old(1015.0) == ((STRAP,), ())


def test_while_nobody_searched_nothing_grew_old() -> None:
    sensors = seen(H10)
    sensors.look_anew(1000.0)
    assert sensors.grow_old(1010.0) == ((), ())


def test_a_stream_of_markers_is_named_as_one() -> None:
    markers = Sighting("lsl:Stimuli", "Stimuli", (), kind=SensorKind.STREAM)
    said = words(seen(markers), markers.address)
    assert (said.gives, said.condition.fix) == ("markers", "Connect to take its marks in")
    streaming = joined(markers, SourceState.STREAMING)
    assert condition_of(streaming[markers.address]).fix == "its marks arrive"


def test_a_stream_that_was_answered_is_no_riddle_any_more_and_can_be_corrected() -> None:
    sensors = seen(OPEN_SIGNALS)
    assert words(sensors, RIDDLE).is_riddle
    for answered in (replace(OPEN_SIGNALS, gives=(Modality.EDA,)), Sighting(RIDDLE, "", (Modality.EDA,))):
        sensors.see(replace(answered, kind=SensorKind.STREAM), 1.0)
        said = words(sensors, RIDDLE)
        assert (said.is_riddle, said.act) == (False, Act.CONNECT)
        assert said.unknown_channels == ("nSeq", "A1", "A2")


def test_a_crowd_of_sensors_ends_somewhere() -> None:
    sensors = seen(*(Sighting(str(i), "x", ()) for i in range(10_000)))
    assert len(sensors) == 256
    assert sensors.more == 1024
    assert sensors.see(Sighting("0", "renewed", ()), 0.0) == "0"


def test_a_strength_that_looks_the_same_changes_nothing() -> None:
    sensors = seen(Sighting(STRAP, "Polar H10", (), -60))
    assert sensors.see(Sighting(STRAP, "Polar H10", (), -62), 0.0) is None
    assert sensors.see(Sighting(STRAP, "Polar H10", (), -70), 0.0) == STRAP


def test_streams_that_are_not_used_can_be_struck() -> None:
    sensors = seen(H10, EMOTIBIT, replace(EMOTIBIT, address="lsl:other"))
    sensors.join(STREAM)
    assert sensors.forget_streams() == ("lsl:other",)
    assert [nearby.address for nearby in sensors] == [STRAP, STREAM]


def test_the_row_is_summed_up_for_those_who_do_not_see_it() -> None:
    summary = "4A2C, heartbeats, ECG, movement, close, 80 %, Ready, Connect to use it"
    assert words(seen(H10)).summary == summary
