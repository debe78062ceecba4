# SPDX-License-Identifier: MIT
from pathlib import Path

import pytest

from app.conductor import Answer
from app.wiring import Wiring
from dsp.codes import Modality, Reason, SensorKind
from dsp.stream import Sighting
from sensors.lsl.facts import StreamFacts, StreamKey
from sensors.lsl.recognise import Signal
from sensors.lsl.units import Unit
from sensors.source import SensorError


@pytest.mark.parametrize(
    ("address", "name", "person"),
    [
        ("ble:any", "ble:any", "client"),
        ("ble:A0:9E:1A:00:00:01", "ble:A0:9E:1A:00:00:01", "client"),
        ("ble:A0:9E:1A:00:00:01@partner", "ble:A0:9E:1A:00:00:01", "partner"),
        ("ble:A0:9E:1A:00:00:01?port=A2&board=2015@partner", "ble:A0:9E:1A:00:00:01", "partner"),
        ("ble:A0:9E:1A:00:00:01@nobody", "ble:A0:9E:1A:00:00:01", "nobody"),
        ("lsl:What? type=EDA", "lsl:What? type=EDA", "client"),
        ("lsl:EmotiBit", "lsl:EmotiBit", "client"),
        ("lsl:type=EDA@partner", "lsl:type=EDA", "partner"),
        ("lsl:name=a%40b&type=EDA&source_id=@partner", "lsl:name=a%40b&type=EDA&source_id=", "partner"),
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
        "lsl:type=EDA&colour=red",
        "lsl:name=a&name=b",
        "rest.csv",
        "@x",
        "demo@",
    ],
)
def test_what_is_no_source_is_answered_with_what_is(address: str) -> None:
    with pytest.raises(
        SensorError, match="ble:ADDRESS, ble:any, lsl:NAME, lsl:type=TYPE, lsl:name=NAME&type="
    ) as raised:
        Wiring().connect(address, lambda: 0.0)
    assert raised.value.reason is Reason.UNKNOWN_SOURCE


@pytest.mark.parametrize("options", ["port=A7", "port=3", "board=2016", "port=A3&colour=red"])
def test_options_that_are_none_are_answered_with_what_there_is(options: str) -> None:
    with pytest.raises(
        SensorError, match="port= with A1, A2, A3, A4, A5, A6, and board= with revolution, 2015"
    ) as raised:
        Wiring().connect(f"ble:A0:9E:1A:00:00:01?{options}", lambda: 0.0)
    assert raised.value.reason is Reason.UNKNOWN_SOURCE


def answer(address: str = "lsl:Secret", channel: int = 1, unit: str = "kiloohm") -> Answer:
    return Answer(address, channel, Modality.EDA, unit)


def asked_about(wiring: Wiring) -> Wiring:
    """Let a search find a stream that does not say what it measures."""
    wiring._note("lsl:Secret", StreamFacts("Secret", "Lab", 2, 10.0, "float32", "s1"))
    return wiring


def test_an_answer_is_kept_and_gives_what_the_stream_gives(tmp_path: Path) -> None:
    seen = asked_about(Wiring(tmp_path)).remember(answer())
    assert list(seen) == [
        Sighting("lsl:Secret", "Secret", (Modality.EDA,), kind=SensorKind.STREAM, unknown_channels=("1", "2"))
    ]
    assert dict(Wiring(tmp_path).choices) == {
        StreamKey("Lab", "Secret", "s1"): (Signal(Modality.EDA, (1,), Unit.KILOOHM),)
    }


def test_an_answer_can_be_taken_back_by_another_one(tmp_path: Path) -> None:
    wiring = asked_about(Wiring(tmp_path))
    wiring.remember(answer())
    (seen,) = wiring.remember(Answer("lsl:Secret", 1, Modality.RESP, "arbitrary"))
    assert (seen.gives, seen.unknown_channels) == ((Modality.RESP,), ("1", "2"))


@pytest.mark.parametrize("wrong", [answer("lsl:Other"), answer(channel=2), answer(unit="volt")])
def test_an_answer_that_makes_no_sense_is_refused_and_not_kept(tmp_path: Path, wrong: Answer) -> None:
    wiring = asked_about(Wiring(tmp_path))
    with pytest.raises(SensorError) as raised:
        wiring.remember(wrong)
    assert raised.value.reason is Reason.STREAM_UNKNOWN
    assert not (tmp_path / "streams.json").exists()


@pytest.mark.parametrize(
    ("modality", "unit", "rate_hz", "reason"),
    [
        (Modality.ECG, "millivolt", 4.0, Reason.RATE_TOO_LOW),
        (Modality.EDA, "kiloohm", 1.0, Reason.RATE_TOO_LOW),
        (Modality.PPG, "arbitrary", 4.0, Reason.RATE_TOO_LOW),
        (Modality.ACC, "g", 1.0, Reason.RATE_TOO_LOW),
        (Modality.RR, "millisecond", 130.0, Reason.STREAM_UNKNOWN),
    ],
)
def test_an_answer_that_the_rate_of_the_stream_denies_is_refused_and_not_kept(
    tmp_path: Path, modality: Modality, unit: str, rate_hz: float, reason: Reason
) -> None:
    wiring = Wiring(tmp_path)
    wiring._note("lsl:Secret", StreamFacts("Secret", "Lab", 3, rate_hz, "float32", "s1"))
    with pytest.raises(SensorError) as raised:
        wiring.remember(Answer("lsl:Secret", 0, modality, unit))
    assert raised.value.reason is reason
    assert f"{rate_hz:g}" in raised.value.detail
    assert not (tmp_path / "streams.json").exists()


@pytest.mark.parametrize("modality", Modality)
def test_a_stream_without_a_regular_rate_may_measure_anything(tmp_path: Path, modality: Modality) -> None:
    wiring = Wiring(tmp_path)
    wiring._note("lsl:Secret", StreamFacts("Secret", "Lab", 3, 0.0, "float32", "s1"))
    (seen,) = wiring.remember(Answer("lsl:Secret", 0, modality, ""))
    assert seen.gives == (modality,)


def test_a_file_of_answers_that_is_broken_is_said(tmp_path: Path) -> None:
    assert Wiring(tmp_path).problem == ""
    (tmp_path / "streams.json").write_text("{", encoding="utf-8")
    assert "streams.json.broken-1" in Wiring(tmp_path).problem


def test_a_synthetic_person_sees_the_cues_and_a_strap_does_not() -> None:
    assert Wiring().connect("demo", lambda: 0.0).see is not None
    assert Wiring().connect("ble:any", lambda: 0.0).see is None
