# SPDX-License-Identifier: MIT
"""Several sensors at once: connecting one stops nothing, and the session opens with all of them."""

import pytest

from dsp.codes import Action, NoticeCode, Reason, SourceState
from dsp.stream import CLIENT
from tests.ui.conftest import Stage, Staging, texts_of
from tests.ui.connect.near import (
    ALL,
    FINGERS,
    H10,
    OTHER_STRAP,
    SHIMMER,
    STRAP,
    TICKR,
    button,
    connect,
    connected_session,
    give,
    hear,
    look,
    note,
    press,
    row,
    start,
)


def test_everything_near_stands_in_one_list(staging: Staging) -> None:
    stage = staging(looks_for_streams=True)
    look(stage, *ALL)
    texts = set(texts_of(stage.window))
    assert {"Polar H10", "Verity", "Shimmer3R", "EmotiBit EDA", "OpenSignals"} <= texts
    assert {"4A2C", "arm band, 22B0", "skin, 8E10", "LSL stream"} <= texts
    assert {"heartbeats, ECG, movement", "skin conductance", "on this network", "battery unknown"} <= texts


def test_connecting_one_ends_neither_the_search_nor_the_others(stage: Stage) -> None:
    look(stage, H10, TICKR, SHIMMER)
    connect(stage, STRAP, FINGERS)
    assert stage.backstage.joined == [f"{STRAP}@nobody", f"{FINGERS}@nobody"]
    assert stage.backstage.left == []
    assert stage.backstage.finished == 0
    assert stage.backstage.is_looking
    assert stage.shown() == "connect"
    assert {"heartbeats arrive", "skin conductance arrives", "Connect to use it"} <= set(texts_of(stage.window))


def test_the_session_opens_with_all_connected_sensors_when_somebody_says_start(stage: Stage) -> None:
    connected_session(stage, H10, SHIMMER)
    assert stage.shown() == "session"
    assert not stage.backstage.is_looking
    gives = "Polar H10 4A2C: heartbeats, ECG, movement  ·  Shimmer3R 8E10: skin conductance"
    assert gives in texts_of(stage.window)
    assert stage.backstage.finished == 0


def test_without_a_heart_sensor_no_heartbeats_are_waited_for(stage: Stage) -> None:
    connected_session(stage, SHIMMER)
    stage.live(20.0, step_s=5.0)
    texts = texts_of(stage.window)
    assert "begin the breathing whenever you like" in texts
    assert not [text for text in texts if "first heartbeats" in text or "We can’t read the strap" in text]


def test_start_waits_for_the_clients_sensor_and_says_so(stage: Stage) -> None:
    look(stage, H10)
    assert not button(stage.window, "Start").isEnabled()
    assert "Connect a sensor, or choose a way without one." in texts_of(stage.window)
    connect(stage, STRAP)
    assert not button(stage.window, "Start").isEnabled()
    assert "Say whose it is, then start." in texts_of(stage.window)
    give(stage, STRAP, "partner")
    assert "Still to be said: which sensor is the client’s." in texts_of(stage.window)
    give(stage, STRAP, "client")
    assert button(stage.window, "Start").isEnabled()
    assert "Ready now: client, heart only." in texts_of(stage.window)


def test_one_sensor_can_be_stopped_while_the_others_go_on(stage: Stage) -> None:
    look(stage, H10, SHIMMER)
    connect(stage, STRAP, FINGERS)
    press(stage, row(stage, STRAP), "Stop using it")
    assert stage.backstage.left == [STRAP]
    assert "Ready" in texts_of(row(stage, STRAP))
    assert "Clear" in texts_of(row(stage, FINGERS))


def test_while_one_is_called_it_can_be_stopped(stage: Stage) -> None:
    look(stage, TICKR)
    press(stage, row(stage, OTHER_STRAP), "Connect")
    hear(stage, OTHER_STRAP, SourceState.CONNECTING)
    press(stage, row(stage, OTHER_STRAP), "Stop")
    assert stage.backstage.left == [OTHER_STRAP]
    hear(stage, OTHER_STRAP, SourceState.STREAMING)  # what was still on its way
    assert "Ready" in texts_of(row(stage, OTHER_STRAP))


def test_one_that_did_not_answer_is_tried_again_for_the_person_whose_it_is(stage: Stage) -> None:
    look(stage, H10)
    connect(stage, STRAP)
    give(stage, STRAP, "client")
    hear(stage, STRAP, SourceState.FAILED, Reason.PAIRING_REFUSED, CLIENT)
    assert {"Not paired", "Remove it from the system’s list"} <= set(texts_of(row(stage, STRAP)))
    press(stage, row(stage, STRAP), "Try again")
    assert stage.backstage.left == [STRAP]
    assert stage.backstage.joined[-1] == f"{STRAP}@client"


def test_going_back_from_the_list_ends_what_was_connected(stage: Stage) -> None:
    look(stage, H10)
    connect(stage, STRAP)
    press(stage, stage.window, "Back")
    assert stage.shown() == "start"
    assert stage.backstage.finished == 1
    look(stage, H10)
    assert "Ready" in texts_of(row(stage, STRAP))


def test_the_list_can_be_visited_from_the_session_which_goes_on(stage: Stage) -> None:
    connected_session(stage, H10)
    press(stage, stage.window, "Sensors")
    stage.backstage.say(SHIMMER)
    stage.live(0.5)
    assert stage.shown() == "connect"
    assert stage.backstage.is_looking
    connect(stage, FINGERS)
    give(stage, FINGERS, "client")
    press(stage, stage.window, "Go on")
    assert stage.shown() == "session"
    assert stage.backstage.finished == 0
    assert "Shimmer3R 8E10 is the client’s now." in texts_of(stage.window)
    assert any("Shimmer3R 8E10: skin conductance" in text for text in texts_of(stage.window))


def test_back_from_a_visit_leads_to_the_session_and_ends_nothing(stage: Stage) -> None:
    connected_session(stage, H10)
    press(stage, stage.window, "Sensors")
    press(stage, stage.window, "Back")
    assert stage.shown() == "session"
    assert stage.backstage.finished == 0


def test_a_visit_does_not_begin_the_session_anew(stage: Stage) -> None:
    connected_session(stage, H10)
    stage.live(60.0, step_s=10.0)
    press(stage, stage.window, "Sensors")
    press(stage, stage.window, "Go on")
    assert any(text.startswith("1:0") for text in texts_of(stage.window))


@pytest.mark.parametrize(("percent", "is_said"), [(21, False), (20, True), (3, True)])
def test_a_low_battery_is_said_once_in_the_session(stage: Stage, percent: int, is_said: bool) -> None:
    connected_session(stage, H10)
    words = f"The battery of Polar H10 4A2C is at {percent} %."
    stage.live(30.0, step_s=5.0)  # what was said of the start is gone
    note(stage, STRAP, NoticeCode.BATTERY, CLIENT, percent=percent)
    assert (words in texts_of(stage.window)) is is_said
    stage.live(30.0, step_s=5.0)
    note(stage, STRAP, NoticeCode.BATTERY, CLIENT, percent=percent)
    assert words not in texts_of(stage.window)


def test_another_device_in_the_place_of_the_first_is_told(stage: Stage) -> None:
    connected_session(stage, H10)
    stage.live(30.0, step_s=5.0)
    for serial in ("4A2C", "91D7"):
        note(stage, STRAP, NoticeCode.DEVICE, CLIENT, serial=serial)
    assert "Polar H10 4A2C is another device than before: look whose it is." in texts_of(stage.window)


def test_a_strap_that_another_one_took_over_from_says_so(stage: Stage) -> None:
    look(stage, H10, TICKR)
    for address in (STRAP, OTHER_STRAP):
        connect(stage, address)
        give(stage, address, "client")
        hear(stage, address, SourceState.STREAMING, person=CLIENT)
    hear(stage, STRAP, SourceState.RECONNECTING, Reason.LINK_LOST, CLIENT)
    assert {"Replaced", "TICKR C3F1 gives the heartbeats now"} <= set(texts_of(row(stage, STRAP)))


def test_the_made_up_person_and_the_pacer_alone_end_what_was_connected(stage: Stage) -> None:
    look(stage, H10)
    connect(stage, STRAP)
    press(stage, stage.window, "Try it without a strap")
    assert stage.backstage.begun[-1] == ("demo",)
    stage.live(2.0)
    assert stage.shown() == "session"
    assert "Sensors" not in texts_of(stage.window)


def test_who_wears_what_is_summed_up(stage: Stage) -> None:
    look(stage, H10, TICKR, SHIMMER)
    connect(stage, STRAP, OTHER_STRAP, FINGERS)
    give(stage, STRAP, "client")
    give(stage, FINGERS, "client")
    give(stage, OTHER_STRAP, "partner")
    wears = texts_of(stage.window._screens.connecting.screen.aside.wears)
    client = ["Client", "Heart", "Polar H10 4A2C", "Skin", "Shimmer3R 8E10"]
    assert wears == ["Who wears what", *client, "Partner", "Heart", "TICKR C3F1"]
    assert "Ready now: client, heart and skin; partner, heart only." in texts_of(stage.window)


def test_who_wears_what_says_which_sensor_is_not_read(stage: Stage) -> None:
    look(stage, SHIMMER)
    connect(stage, FINGERS)
    give(stage, FINGERS, "client")
    hear(stage, FINGERS, SourceState.STALE, Reason.SILENT, CLIENT)
    wears = texts_of(stage.window._screens.connecting.screen.aside.wears)
    assert wears == ["Who wears what", "Client", "Skin", "Shimmer3R 8E10: Resting"]


def test_every_assignment_is_a_command_of_the_session(stage: Stage) -> None:
    connected_session(stage, H10)
    command = next(command for command in stage.backstage.sent if command.action is Action.ASSIGN)
    assert dict(command.values) == {"source": STRAP, "to": CLIENT}


def session_of_two(stage: Stage) -> None:
    """Lead to a session in which the partner wears a strap too."""
    look(stage, H10, TICKR)
    connect(stage, STRAP, OTHER_STRAP)
    give(stage, STRAP, "client")
    give(stage, OTHER_STRAP, "partner")
    start(stage)
    stage.live(30.0, step_s=5.0)  # what was said of the start is gone


def test_the_session_says_what_the_partner_wears_and_how_it_is(stage: Stage) -> None:
    session_of_two(stage)
    own = "Polar H10 4A2C: heartbeats, ECG, movement"
    assert f"{own}  ·  Partner, TICKR C3F1: Clear" in texts_of(stage.window)
    hear(stage, OTHER_STRAP, SourceState.RECONNECTING, Reason.LINK_LOST, "partner")
    assert f"{own}  ·  Partner, TICKR C3F1: Out of reach" in texts_of(stage.window)


def test_a_sensor_of_the_partners_that_is_not_read_is_said_once_and_so_is_its_return(stage: Stage) -> None:
    session_of_two(stage)
    hear(stage, OTHER_STRAP, SourceState.RECONNECTING, Reason.LINK_LOST, "partner")
    words = "The partner’s TICKR C3F1: Out of reach. Keep it near: we call it again."
    assert words in texts_of(stage.window)
    stage.live(30.0, step_s=5.0)
    hear(stage, OTHER_STRAP, SourceState.SCANNING, Reason.LINK_LOST, "partner")
    assert words not in texts_of(stage.window)
    hear(stage, OTHER_STRAP, SourceState.STREAMING, person="partner")
    assert "The partner’s TICKR C3F1 is read now." in texts_of(stage.window)


def test_a_sensor_of_the_partners_that_left_the_skin_is_said(stage: Stage) -> None:
    session_of_two(stage)
    note(stage, OTHER_STRAP, NoticeCode.CONTACT, "partner", on=False)
    assert "The partner’s TICKR C3F1: Off the skin. Wet the two patches." in texts_of(stage.window)


def test_the_clients_own_sensor_is_looked_after_by_the_session_alone(stage: Stage) -> None:
    session_of_two(stage)
    hear(stage, STRAP, SourceState.RECONNECTING, Reason.LINK_LOST, CLIENT)
    assert not any("partner’s Polar" in text for text in texts_of(stage.window))
