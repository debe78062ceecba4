# SPDX-License-Identifier: MIT
"""A Shimmer3R without a Shimmer: acknowledges, tells how it is set up, streams, and switches its range by itself."""

import asyncio
from collections.abc import Callable

from bumble.device import Device
from bumble.gatt import Service

from sensors.ble.shimmer import (
    CLOCK_WRAP,
    ENABLE_EDA,
    INQUIRY,
    RX,
    SERVICE,
    START,
    STOP,
    TX,
    Inquiry,
    Packet,
    Reply,
    encode_inquiry,
    encode_packet,
    next_resistor,
    reading,
)
from tests.sensors.ble.streaming import Streaming
from tests.sensors.ble.virtual_peripheral import VirtualPeripheral, writeable

_EDA = 0x1C


class VirtualShimmer:
    """A module with its skin conductance board.

    Parameters
    ----------
    conductance : callable
        Skin conductance in microsiemens of a packet's number.
    """

    def __init__(
        self, conductance: Callable[[int], float] = lambda _: 5.0, *, wants_pairing: int | None = None
    ) -> None:
        self.air = VirtualPeripheral("Shimmer3R", SERVICE, wants_pairing=wants_pairing)
        self.refused: bytes | None = None  # the first byte of a command that it does not take
        self.channels: tuple[int, ...] = ()
        self.deaf_to_sensors = False  # it acknowledges which sensors to sample, and samples none
        self.is_mute = False
        self.n_sent = 0  # packets, with the lost ones
        self._to_lose = 0
        self._conductance = conductance
        self._resistor = 0
        self._ticks = 640
        self._tells = self.air.told(TX, is_main=True, indicates=True)
        self._streaming: Streaming | None = None
        self._sending: set[asyncio.Task[None]] = set()
        self.air.when_gone(self.halt)

    async def power_on(self, device: Device) -> None:
        """Come alive on the air, in the running loop."""
        await self.air.power_on(device, [Service(SERVICE, [self._tells, writeable(RX, self._obey)])])

    @property
    def is_streaming(self) -> bool:
        return self._streaming is not None

    def skip(self, packets: int) -> None:
        """Lose the next packets on the way."""
        self._to_lose = packets

    async def send_data(self, data: bytes) -> None:
        """Indicate any bytes."""
        await self.air.send(self._tells, data)

    def _obey(self, command: bytes) -> None:
        if self.is_mute:
            return
        if self.refused is not None and command.startswith(self.refused):
            self._say(bytes((Reply.NACK,)))
            return
        self._say(bytes((Reply.ACK,)) + (encode_inquiry(self._setup) if command == INQUIRY else b""))
        if command == ENABLE_EDA:
            self.channels = () if self.deaf_to_sensors else (_EDA,)
        elif command[0] == 0x05:
            self._ticks = int.from_bytes(command[1:3], "little")
        elif command in (START, STOP):
            self.halt()
            if command == START:
                self._streaming = Streaming(self._tick, 1 / self._setup.rate_hz)

    @property
    def _setup(self) -> Inquiry:
        return Inquiry(self._ticks, self.channels)

    def _say(self, data: bytes) -> None:
        task = asyncio.get_running_loop().create_task(self.send_data(data))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _tick(self) -> None:
        raw = reading(self._conductance(self.n_sent), self._resistor)
        self._resistor = next_resistor(raw)
        packet = Packet(self.n_sent * self._ticks % CLOCK_WRAP, raw)
        self.n_sent += 1
        if self._to_lose:
            self._to_lose -= 1
        else:
            await self.send_data(encode_packet(packet, self._setup))

    def halt(self) -> None:
        """Stream no more, as when the link is gone."""
        if self._streaming is not None:
            self._streaming.stop()
        self._streaming = None
