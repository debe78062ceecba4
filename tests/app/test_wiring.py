# SPDX-License-Identifier: MIT
import pytest

from app.wiring import Wiring
from dsp.codes import Reason
from sensors.source import SensorError


@pytest.mark.parametrize(
    ("address", "name", "person"),
    [
        ("ble:any", "ble:any", "client"),
        ("ble:A0:9E:1A:00:00:01", "ble:A0:9E:1A:00:00:01", "client"),
        ("ble:A0:9E:1A:00:00:01@partner", "ble:A0:9E:1A:00:00:01", "partner"),
        ("lsl:EmotiBit", "lsl:EmotiBit", "client"),
        ("lsl:type=EDA@partner", "lsl:type=EDA", "partner"),
        ("demo", "demo:1", "client"),
        ("demo:7", "demo:7", "client"),
        ("demo:2@partner", "demo:2", "partner"),
        ("demo@C-7F3K", "demo:1", "C-7F3K"),
        ("file:rest.csv", "file:rest.csv", "client"),
        ("file:/home/a@b/rest.csv", "file:/home/a@b/rest.csv", "client"),
        ("file:rest.csv@partner", "file:rest.csv", "partner"),
    ],
)
def test_an_address_names_a_source_and_its_person(address: str, name: str, person: str) -> None:
    feed = Wiring().connect(address, lambda: 0.0)
    assert (feed.source.name, feed.person) == (name, person)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ble",
        "ble:",
        "file:",
        "demo:first",
        "demo:-1",
        "demo:1.5",
        "demo:²",
        "demo:" + "9" * 5000,
        "lsl:",
        "lsl:type=",
        "rest.csv",
        "@x",
        "demo@",
    ],
)
def test_what_is_no_source_is_answered_with_what_is(address: str) -> None:
    with pytest.raises(SensorError, match="ble:ADDRESS, ble:any, lsl:NAME, lsl:type=TYPE, demo") as raised:
        Wiring().connect(address, lambda: 0.0)
    assert raised.value.reason is Reason.UNKNOWN_SOURCE


def test_a_synthetic_person_sees_the_cues_and_a_strap_does_not() -> None:
    assert Wiring().connect("demo", lambda: 0.0).see is not None
    assert Wiring().connect("ble:any", lambda: 0.0).see is None
