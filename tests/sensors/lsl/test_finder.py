# SPDX-License-Identifier: MIT
import asyncio
import tracemalloc

import pytest

from dsp.codes import Modality, Reason, SensorKind, SourceState
from dsp.stream import Sighting, Status
from sensors.lsl.describe import describe
from sensors.lsl.facts import StreamKey
from sensors.lsl.finder import NAME, find
from sensors.lsl.inlet import LslInlet
from sensors.lsl.recognise import Unknown
from sensors.lsl.search import Look, searching
from sensors.source import SensorError
from tests.sensors.lsl.listening import found, listening, now, run
from tests.sensors.lsl.outlets import Spec, outlet, sender


def test_streams_are_seen_with_what_they_give() -> None:
    opened = [
        outlet(Spec("Bit EDA", "EDA", rate_hz=15.0)),
        outlet(Spec("Polar", "ECG", rate_hz=130.0, labels=["ECG"], units=["microvolts"], tag="name")),
        outlet(Spec("OpenSignals", "00:07:80:58:9B:3F", 2, 100.0, labels=["nSeq", "EDA1"], units=["", "uS"])),
    ]
    seen = run(found(find(clock=now), len(opened)))
    assert isinstance(seen.pop(NAME), Status)
    assert seen == {
        "lsl:Bit EDA": Sighting("lsl:Bit EDA", "Bit EDA", (Modality.EDA,), kind=SensorKind.STREAM),
        "lsl:Polar": Sighting("lsl:Polar", "Polar", (Modality.ECG,), kind=SensorKind.STREAM),
        "lsl:OpenSignals": Sighting("lsl:OpenSignals", "OpenSignals", (Modality.EDA,), kind=SensorKind.STREAM),
    }


def test_a_second_stream_of_the_same_name_has_its_source_id_for_an_address() -> None:
    opened = [outlet(Spec("Twin", source_id=source_id)) for source_id in ("a", "b")]
    seen = run(found(find(clock=now), len(opened)))
    assert set(seen) in ({NAME, "lsl:Twin", "lsl:source_id=a"}, {NAME, "lsl:Twin", "lsl:source_id=b"})


def test_an_unknown_stream_is_seen_as_one_to_be_asked_about() -> None:
    opened = outlet(Spec("Secret", "Lab", 3, labels=["left", "", "right"]))
    asked: list[tuple[str, Unknown]] = []
    seen = run(found(find(clock=now, ask=lambda address, unknown: asked.append((address, unknown))), 1))
    assert opened.have_consumers() is False
    labels = ("left", "2", "right")
    assert seen["lsl:Secret"] == Sighting("lsl:Secret", "Secret", (), kind=SensorKind.STREAM, unknown_channels=labels)
    assert [(address, unknown.key) for address, unknown in asked] == [
        ("lsl:Secret", StreamKey("Lab", "Secret", "id of Secret"))
    ]


HOSTILE = [
    Spec("Wide", channels=10**6),
    Spec("Quick", rate_hz=20_000.0),
    Spec("Long", filling=20_000_000),
    Spec("Labels", labels=["x" * 1000], times=10_000),
    Spec("Back\u202ewards"),
    Spec("y" * 5000),
    Spec("Whole", format="int64"),
    Spec("Texts", format="string"),
]


async def judged(look: Look) -> tuple[float, SensorError]:
    """Wait for the one stream there is; give how long it took to refuse it."""
    while True:
        began = now()
        for stream in await look():
            refusal = stream.refusal
            if refusal is None and stream.facts is not None:
                with pytest.raises(SensorError) as caught:
                    await describe(stream.facts, stream.info)
                refusal = caught.value
            assert refusal is not None
            return now() - began, refusal
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("spec", HOSTILE, ids=lambda spec: spec.name[:10])
def test_a_hostile_stream_is_refused_in_a_sentence_within_a_tenth_of_a_second_and_10_mb(
    lsl_session: str, spec: Spec
) -> None:
    async def refusal() -> tuple[float, SensorError, float]:
        async with searching() as look:
            task = asyncio.create_task(judged(look))
            worst, before = 0.0, now()
            while not task.done():
                await asyncio.sleep(0.001)
                worst, before = max(worst, now() - before), now()
        return *task.result(), worst

    with sender(lsl_session, spec):
        tracemalloc.start()
        took_s, error, stall_s = run(refusal())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert error.reason is Reason.NOT_A_SENSOR
    assert len(error.detail) < 300
    assert "the stream" in error.detail
    assert took_s < 0.1
    assert stall_s < 0.05
    assert peak < 10e6


def test_a_hostile_stream_gets_no_inlet() -> None:
    async def wait() -> bool:
        opened = outlet(Spec("Wide", "EDA", 100, 4.0))
        async with listening(LslInlet("Wide", clock=now)) as heard:
            await heard.until(lambda: SourceState.FAILED in [state for state, _ in heard.states])
            assert heard.states[-1] == (SourceState.FAILED, Reason.NOT_A_SENSOR)
            return bool(opened.have_consumers())

    assert not run(wait())


def test_markup_in_a_name_is_text() -> None:
    opened = outlet(Spec("<img src=x> EDA"))
    seen = run(found(find(clock=now), 1))
    assert isinstance(seen["lsl:<img src=x> EDA"], Sighting)
    assert not opened.have_consumers()
