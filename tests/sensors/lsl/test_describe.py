# SPDX-License-Identifier: MIT
import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from dsp.codes import Reason
from sensors.lsl.describe import describe
from sensors.lsl.facts import StreamFacts
from sensors.lsl.search import Found, Query, searching
from sensors.lsl.wire import Info
from sensors.source import SensorError
from tests.sensors.lsl.listening import now, run
from tests.sensors.lsl.outlets import Spec, outlet

UID = "0000-1111"
PEER = StreamFacts("Peer", "EDA", 1, 4.0, "float32", uid=UID)


class NoInfo:
    def uid(self) -> str:
        return UID

    def as_xml(self) -> str:
        return ""


class Answering(asyncio.DatagramProtocol):
    """Answers each question as an outlet does, to the port that the question names."""

    transport: asyncio.DatagramTransport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        port, query = data.decode().splitlines()[-1].split()
        self.transport.sendto(f"{query}\r\n<info><uid>{UID}</uid></info>".encode(), (addr[0], int(port)))


@asynccontextmanager
async def peer(description: bytes, *, is_endless: bool = False) -> AsyncIterator[StreamFacts]:
    """Run something that answers like an outlet; what it says of itself is up to it."""

    async def tell(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(description)
        with contextlib.suppress(ConnectionError):
            await writer.drain()
            while is_endless:
                writer.write(description)
                await writer.drain()
        writer.close()

    loop = asyncio.get_running_loop()
    transport, answering = await loop.create_datagram_endpoint(Answering, local_addr=("127.0.0.1", 0))
    answering.transport = transport
    with contextlib.closing(transport):
        async with await asyncio.start_server(tell, "127.0.0.1", 0) as server:
            ports = server.sockets[0].getsockname()[1], transport.get_extra_info("sockname")[1]
            yield replace(PEER, data_port=ports[0], service_port=ports[1])


async def seen(name: str) -> tuple[Info, StreamFacts]:
    async with searching(Query.read(name)) as look:
        streams: list[Found] = []
        while not streams:
            streams = await look()
            await asyncio.sleep(0.01)
    assert streams[0].facts is not None
    return streams[0].info, streams[0].facts


def refusal(description: bytes, *, is_endless: bool = False) -> tuple[SensorError, float]:
    async def ask() -> tuple[SensorError, float]:
        async with peer(description, is_endless=is_endless) as facts:
            began = now()
            with pytest.raises(SensorError) as caught:
                await describe(facts, NoInfo())
            return caught.value, now() - began

    return run(ask())


def test_a_description_comes_from_the_outlet_itself() -> None:
    opened = outlet(Spec("Described", labels=["EDA"], units=["uS"]))

    async def read() -> StreamFacts:
        info, facts = await seen("Described")
        return await describe(facts, info)

    (channel,) = run(read()).channels
    assert (channel.label, channel.unit) == ("EDA", "uS")
    assert not opened.have_consumers()


def test_where_nobody_answers_liblsl_is_asked() -> None:
    opened = outlet(Spec("Far away", labels=["EDA"], units=["uS"]))

    async def read() -> StreamFacts:
        info, facts = await seen("Far away")
        return await describe(replace(facts, service_port=0), info)

    assert len(run(read()).channels) == 1
    assert not opened.have_consumers()


def test_a_description_without_an_end_is_refused_at_once() -> None:
    error, took_s = refusal(b"<info>" + b"x" * 100_000, is_endless=True)
    assert error.reason is Reason.NOT_A_SENSOR
    assert "longer than" in error.detail
    assert took_s < 0.1


@pytest.mark.parametrize(
    ("description", "sentence"),
    [
        (b"<info><uid>another</uid><channel_count>1</channel_count></info>", "another stream's"),
        (b"<info><uid>0000-1111</uid><channel_count>9</channel_count></info>", "another stream's"),
        (b"", "cannot be read"),
        (b"\xff\xfe\x00", "cannot be read"),
    ],
    ids=["uid", "channels", "nothing", "bytes"],
)
def test_a_description_that_is_none_is_refused(description: bytes, sentence: str) -> None:
    error, _ = refusal(description)
    assert error.reason is Reason.NOT_A_SENSOR
    assert sentence in error.detail


def test_a_stream_that_went_away_is_lost() -> None:
    async def ask() -> Reason:
        async with peer(b"") as facts:
            with pytest.raises(SensorError) as caught:
                await describe(replace(facts, data_port=1), NoInfo())
            return caught.value.reason

    assert run(ask()) is Reason.LINK_LOST
