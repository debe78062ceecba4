# SPDX-License-Identifier: MIT
import asyncio
import tracemalloc
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import replace

import pytest
from pylsl import StreamOutlet

from dsp.codes import Modality, Reason, SensorKind, SourceState
from dsp.stream import Sighting, Status
from sensors.lsl.describe import describe
from sensors.lsl.facts import Channel, StreamFacts, StreamKey
from sensors.lsl.finder import NAME, find, sighting_of
from sensors.lsl.inlet import LslInlet
from sensors.lsl.recognise import NO_CHOICES, Signal
from sensors.lsl.search import Look, Query, searching
from sensors.lsl.units import Unit
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


def stream_facts(name: str, type_: str, source_id: str) -> StreamFacts:
    return StreamFacts(name, type_, 1, 4.0, "float32", source_id)


async def shown_one_after_another(specs: Sequence[Spec]) -> tuple[list[StreamOutlet], dict[str, StreamFacts]]:
    """Open outlets while a search goes on, each after the one before was shown; give what each address means."""
    shown: dict[str, StreamFacts] = {}
    opened = []
    async with aclosing(find(clock=now, note=shown.__setitem__)) as search:
        for count, spec in enumerate(specs, start=1):
            opened.append(outlet(spec))
            while len(shown) < count:
                await anext(search)
    return opened, shown


SAME_NAME = {
    "other source ids": [Spec("Twin", source_id="tw1"), Spec("Twin", source_id="tw2")],
    "other types of one strap": [
        Spec("Polar H10 8C4F", type_, rate_hz=rate_hz, source_id="8C4F", units=[unit])
        for type_, rate_hz, unit in (("ECG", 130.0, "microvolts"), ("RR", 0.0, "ms"))
    ],
    "one without a source id": [Spec("Twin", source_id=""), Spec("Twin", source_id="tw2")],
    "names that would be misread": [Spec("type=EDA"), Spec("EDA@partner"), Spec("name=a&b=50%")],
}


@pytest.mark.parametrize("is_turned", [False, True], ids=["in order", "turned"])
@pytest.mark.parametrize("specs", SAME_NAME.values(), ids=SAME_NAME)
def test_each_row_opens_the_stream_that_it_shows(specs: list[Spec], is_turned: bool) -> None:
    async def open_each() -> None:
        opened, shown = await shown_one_after_another(specs[::-1] if is_turned else specs)
        assert len(shown) == len(opened)
        for address, facts in shown.items():
            query = address.removeprefix("lsl:")
            async with listening(LslInlet(query, clock=now, key=facts.key)) as heard:
                await heard.until(lambda: SourceState.SUBSCRIBING in [state for state, _ in heard.states])
                await until(lambda: any(each.have_consumers() for each in opened))
                taken = [each.get_info() for each in opened if each.have_consumers()]
            assert [(info.name(), info.type()) for info in taken] == [(facts.name, facts.type)]
            assert taken[0].source_id() == facts.source_id
            await until(lambda: not any(each.have_consumers() for each in opened))

    run(open_each())


async def until(is_so: Callable[[], bool]) -> None:
    """Wait for what liblsl knows a moment later."""
    while not is_so():  # noqa: ASYNC110 - liblsl has no event
        await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    "key",
    [
        StreamKey("EDA", "Twin", "tw1"),
        StreamKey("", "type=EDA", ""),
        StreamKey("a&b", "EDA@partner", "100 %26=x"),
    ],
)
def test_a_whole_key_is_an_address_that_is_read_as_it_was_meant(key: StreamKey) -> None:
    text = Query.of(key).text
    assert "@" not in text
    assert Query.read(text) == Query.of(key)
    assert Query.read(text).matches(stream_facts(key.name, key.type, key.source_id))
    assert not Query.read(text).matches(stream_facts(key.name, key.type, key.source_id + "x"))


def test_a_name_that_two_streams_have_opens_neither_and_a_sentence_names_both() -> None:
    opened = [outlet(Spec("Twin", source_id=source_id)) for source_id in ("a", "b")]

    async def listen() -> None:
        async with listening(LslInlet("Twin", clock=now)) as heard:
            await heard.until(lambda: False)

    with pytest.raises(SensorError, match=r"lsl:name=Twin&type=EDA&source_id=a and .*source_id=b; choose") as raised:
        run(listen())
    assert raised.value.reason is Reason.SEVERAL_STREAMS
    assert not any(each.have_consumers() for each in opened)


def test_an_unknown_stream_is_seen_as_one_to_be_asked_about() -> None:
    opened = outlet(Spec("Secret", "Lab", 3, labels=["left", "", "right"]))
    noted: list[tuple[str, StreamKey]] = []
    seen = run(found(find(clock=now, note=lambda address, facts: noted.append((address, facts.key))), 1))
    assert opened.have_consumers() is False
    labels = ("left", "2", "right")
    assert seen["lsl:Secret"] == Sighting("lsl:Secret", "Secret", (), kind=SensorKind.STREAM, unknown_channels=labels)
    assert noted == [("lsl:Secret", StreamKey("Lab", "Secret", "id of Secret"))]


def test_a_stream_known_by_an_answer_can_be_asked_about_again() -> None:
    facts = replace(stream_facts("Secret", "Lab", "s1"), channels=(Channel(label="left"),))
    chosen = {facts.key: (Signal(Modality.EDA, (0,), Unit.KILOOHM),)}
    sighting = sighting_of("lsl:Secret", facts, chosen)
    assert (sighting.gives, sighting.unknown_channels) == ((Modality.EDA,), ("left",))


def test_a_channel_whose_unit_is_open_is_shown_beside_what_is_known() -> None:
    channels = Channel(label="ECG", unit="mV"), Channel(label="GSR")
    facts = replace(stream_facts("Shimmer", "", "s1"), channel_count=2, channels=channels)
    sighting = sighting_of("lsl:Shimmer", facts, NO_CHOICES)
    assert (sighting.gives, sighting.unknown_channels) == ((Modality.ECG,), ("ECG", "GSR"))
    assert sighting.guess is Modality.EDA


def test_markers_give_nothing_and_there_is_nothing_to_ask() -> None:
    facts = replace(stream_facts("Marks", "Markers", "m"), format="string")
    assert sighting_of("lsl:Marks", facts, NO_CHOICES) == Sighting("lsl:Marks", "Marks", (), kind=SensorKind.STREAM)


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


def test_a_stream_is_told_again_while_it_answers() -> None:
    async def work() -> None:
        sending = outlet(Spec("Bit EDA", "EDA", rate_hz=15.0))
        told = 0
        async with aclosing(find(clock=lambda: 10.0 * now())) as search:  # half a second for five
            async for message in search:
                told += isinstance(message, Sighting) and message.address == "lsl:Bit EDA"
                if told == 3:
                    break
        assert sending.have_consumers() is False  # and nobody opened an inlet for it

    run(work())
