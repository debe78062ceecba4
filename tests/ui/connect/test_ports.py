# SPDX-License-Identifier: MIT
"""A BITalino's skin sensor is plugged in where its owner says; said once, and remembered."""

from dsp.codes import Modality, SensorKind
from dsp.stream import Sighting
from tests.ui.conftest import Stage, Staging, texts_of
from tests.ui.connect.near import FINGERS, SHIMMER, connect, give, look, press, row

BOARD = "ble:20:16:12:21:98:56"
BITALINO = Sighting(BOARD, "BITalino-98-56", (Modality.EDA,), -60, kind=SensorKind.SKIN)
QUESTION = "Skin sensor plugged in at"


def test_the_usual_port_needs_no_word(stage: Stage) -> None:
    look(stage, BITALINO)
    connect(stage, BOARD)
    assert {QUESTION, "A1", "A6"} <= set(texts_of(row(stage, BOARD)))
    assert stage.backstage.joined == [f"{BOARD}@nobody"]


def test_another_port_is_read_at_once_and_remembered(stage: Stage) -> None:
    look(stage, BITALINO)
    connect(stage, BOARD)
    give(stage, BOARD, "client")
    press(stage, row(stage, BOARD), "A2")
    assert stage.backstage.left == [BOARD]
    assert stage.backstage.joined[-1] == f"{BOARD}?port=A2@client"
    assert stage.saved[-1].ports == ((BOARD, "A2"),)
    press(stage, row(stage, BOARD), "A3")
    assert stage.backstage.joined[-1] == f"{BOARD}@client"
    assert not stage.saved[-1].ports


def test_the_port_of_last_time_is_taken(staging: Staging) -> None:
    stage = staging(ports=((BOARD, "A6"),))
    look(stage, BITALINO)
    connect(stage, BOARD)
    assert stage.backstage.joined == [f"{BOARD}?port=A6@nobody"]


def test_a_sensor_without_ports_is_not_asked_for_one(stage: Stage) -> None:
    look(stage, SHIMMER)
    connect(stage, FINGERS)
    assert QUESTION not in texts_of(row(stage, FINGERS))
