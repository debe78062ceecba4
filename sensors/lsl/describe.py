# SPDX-License-Identifier: MIT
"""A stream's description, read with a limit: liblsl itself would take in 20 MB of it, and keeps the address to itself.

So the outlet is asked where it is, as LSL asks (`LSL:shortinfo` for its uid, on this machine and by LSL's own multicast
and broadcast addresses), and the one that answers is asked for the description (`LSL:fullinfo`), of which no more is
read than a sensor's can be long. Where nobody answers (a network that a lab's own file makes known to liblsl), liblsl
is asked after all, and given a second.

Law: nothing but the answerer is ever connected to, no name is looked up, and what is not read in time is refused.
"""

import asyncio
import contextlib
import re
import socket

from dsp.codes import Reason
from sensors.lsl.facts import MOST_BYTES, StreamFacts, parse_facts, refused
from sensors.lsl.wire import Info, connected
from sensors.source import SensorError

_ASKED_ABOUT = 16571  # the port that every outlet listens on for questions
_EVERYWHERE = ("255.255.255.255", "224.0.0.1", "224.0.0.183", "239.255.172.215")  # LSL's own, as far as a site
_HERE_S = 0.05
_ANYWHERE_S = 0.5
_READ_S = 2.0
_OTHERWISE_S = 1.0
_TURN_S = 0.01

_UID = re.compile(r"[0-9A-Za-z-]{1,64}")


async def describe(facts: StreamFacts, info: Info) -> StreamFacts:
    """Read a stream's whole XML.

    Parameters
    ----------
    facts : StreamFacts
        What the search found of it.
    info : Info
        pylsl's handle of it.

    Raises
    ------
    SensorError
        `NOT_A_SENSOR` when it is too long, too slow or no such XML; `LINK_LOST` when the stream went away.
    """
    address = await _address_of(facts)
    xml = await (_read(facts, address) if address else _asked(facts, info))
    described = parse_facts(xml)
    if described.uid != facts.uid or described.channel_count != facts.channel_count:
        raise refused(f"the stream {facts.label} is refused: its description is another stream's")
    return described


async def _address_of(facts: StreamFacts) -> str | None:
    """Ask who has this uid; the address that answers."""
    if not (0 < facts.service_port < 1 << 16 and _UID.fullmatch(facts.uid)):
        return None
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str] = loop.create_future()
    try:
        transport, _ = await loop.create_datagram_endpoint(
            lambda: _Answers(facts.uid, answer), local_addr=("0.0.0.0", 0), allow_broadcast=True  # noqa: S104 - answers come to any interface
        )  # fmt: skip
    except OSError:
        return None
    with contextlib.closing(transport):
        port = transport.get_extra_info("sockname")[1]
        question = f"LSL:shortinfo\r\nuid='{facts.uid}'\r\n{port} 1\r\n".encode()
        transport.sendto(question, ("127.0.0.1", facts.service_port))
        with contextlib.suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.shield(answer), _HERE_S)
        if facts.hostname == socket.gethostname():
            return None  # nothing leaves this machine for a stream that is on it
        for address in _EVERYWHERE:
            transport.sendto(question, (address, _ASKED_ABOUT))
        with contextlib.suppress(TimeoutError):
            return await asyncio.wait_for(answer, _ANYWHERE_S)
    return None


class _Answers(asyncio.DatagramProtocol):
    def __init__(self, uid: str, answer: asyncio.Future[str]) -> None:
        self._uid = f"<uid>{uid}</uid>".encode()
        self._answer = answer

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if self._uid in data and not self._answer.done():
            self._answer.set_result(addr[0])

    def error_received(self, exc: Exception) -> None:
        """Pass over an interface that has no multicast, or a port that nobody has."""


async def _read(facts: StreamFacts, address: str) -> str:
    try:
        async with asyncio.timeout(_READ_S):
            return await _conversation(address, facts.data_port)
    except TimeoutError as fault:
        raise refused(
            f"the stream {facts.label} is refused: its description takes longer than {_READ_S:g} s"
        ) from fault
    except (OSError, ValueError) as fault:
        raise SensorError(Reason.LINK_LOST, f"the stream {facts.label} is gone") from fault


async def _conversation(address: str, port: int) -> str:
    reader, writer = await asyncio.open_connection(address, port, family=socket.AF_INET, limit=MOST_BYTES)
    try:
        writer.write(b"LSL:fullinfo\r\n")
        data = bytearray()
        while len(data) <= MOST_BYTES and (more := await reader.read(MOST_BYTES)):
            data += more
    finally:
        writer.transport.abort()  # the rest of it is not waited for
    return _text(bytes(data))


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")  # a Windows machine with an umlaut in its name, as pylsl does


async def _asked(facts: StreamFacts, info: Info) -> str:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_OTHERWISE_S), connected(info) as wire:
            while (xml := wire.xml()) is None:  # noqa: ASYNC110 - liblsl has no event to wait for
                await asyncio.sleep(_TURN_S)
            return xml
    raise refused(f"the stream {facts.label} is refused: its description takes longer than {_OTHERWISE_S:g} s")
