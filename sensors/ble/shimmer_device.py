# SPDX-License-Identifier: MIT
"""A Shimmer3R with its skin conductance board, on automatic range."""

import asyncio
from collections.abc import Iterator
from typing import TypeVar

from dsp.codes import Modality, Reason
from dsp.stream import Item
from sensors.ble.device import Host
from sensors.ble.guard import Guard
from sensors.ble.link import Link
from sensors.ble.samples import SampleStream
from sensors.ble.shimmer import (
    CLOCK_HZ,
    CLOCK_WRAP,
    ENABLE_EDA,
    INQUIRY,
    RX,
    SERVICE,
    START,
    STOP,
    TX,
    Framer,
    Inquiry,
    Replies,
    Reply,
    microsiemens,
    range_command,
    rate_command,
)
from sensors.sample_clock import SampleClock
from sensors.source import SensorError

_T = TypeVar("_T")

_RATE_HZ = 32.0  # the clock's divider is whole there
_ANSWER_S = 3.0
_LOST_AFTER = 256  # bytes with no packet among them


class Shimmer:
    """A `Device` that gives skin conductance.

    Parameters
    ----------
    source, person : str
        What each item carries.
    """

    def __init__(self, source: str, person: str) -> None:
        self._guard = Guard(source, person)
        clock = SampleClock(rate_hz=_RATE_HZ, ticks_per_s=CLOCK_HZ, wrap_ticks=CLOCK_WRAP)
        self._stream = SampleStream(Modality.EDA, clock, source=source, person=person)
        self._framer: Framer | None = None
        self._n_unread = 0  # bytes since the last packet

    async def begin(self, link: Link, host: Host) -> None:
        """Set it up, ask how it is set up, and start it.

        Raises
        ------
        SensorError
            STREAM_REFUSED when it says no, or samples no skin conductance; SILENT when it does not answer.
        """
        self._framer, self._n_unread = None, 0
        talk, hear_data = _Talk(link), host.hear(self._hear)

        def hear(data: bytes) -> None:
            if self._framer is not None:
                hear_data(data)
            talk.hear(data)

        await link.write(SERVICE, RX, STOP)  # it may stream yet, from a connection that broke off
        await link.subscribe(SERVICE, TX, hear)
        for command in (rate_command(_RATE_HZ), ENABLE_EDA, range_command()):
            await talk.ask(command)
        inquiry = await talk.inquire()
        if inquiry.eda_at is None:
            raise SensorError(Reason.STREAM_REFUSED, f"the Shimmer samples {inquiry.channels}, and no skin conductance")
        self._framer = Framer(inquiry)
        await talk.ask(START)
        talk.is_over = True

    async def tend(self, link: Link, host: Host) -> None:
        """Do nothing: the samples are all."""

    async def end(self, link: Link) -> None:
        """Stop it."""
        await link.write(SERVICE, RX, STOP)

    def drop_link(self) -> None:
        """Let what comes next follow on a link that was lost."""
        self._stream.break_off(Reason.LINK_LOST)

    def _hear(self, data: bytes, arrival: float) -> tuple[Item, ...]:
        return self._guard.update(self._decode, data, arrival)

    def _decode(self, data: bytes, arrival: float) -> Iterator[Item]:
        packets = self._framer.feed(data) if self._framer else ()
        self._n_unread = 0 if packets else self._n_unread + len(data)
        if self._n_unread > _LOST_AFTER:
            raise SensorError(Reason.BAD_PACKET, f"no packet in {self._n_unread} bytes")
        if packets:
            words = [packet.eda_raw for packet in packets]  # with the bits of their range
            yield from self._stream.items(microsiemens(words), arrival=arrival, stamp=packets[-1].clock, raw=words)


class _Talk:
    """The commands before the stream, each with its answer."""

    def __init__(self, link: Link) -> None:
        self.is_over = False
        self._link = link
        self._replies = Replies()
        self._heard: asyncio.Queue[Reply | Inquiry | SensorError] = asyncio.Queue()

    def hear(self, data: bytes) -> None:
        if self.is_over:
            return
        try:
            for reply in self._replies.feed(data):
                self._heard.put_nowait(reply)
        except SensorError as error:
            self._heard.put_nowait(error)

    async def ask(self, command: bytes) -> None:
        await self._link.write(SERVICE, RX, command)
        if await self._next(command, Reply) is Reply.NACK:
            raise SensorError(Reason.STREAM_REFUSED, f"the Shimmer refuses the command {command.hex()}")

    async def inquire(self) -> Inquiry:
        await self.ask(INQUIRY)
        return await self._next(INQUIRY, Inquiry)

    async def _next(self, command: bytes, kind: type[_T]) -> _T:
        try:
            async with asyncio.timeout(_ANSWER_S):
                while not isinstance(heard := await self._heard.get(), kind):
                    if isinstance(heard, SensorError):
                        raise heard
        except TimeoutError as error:
            raise SensorError(Reason.SILENT, f"the Shimmer does not answer the command {command.hex()}") from error
        return heard
