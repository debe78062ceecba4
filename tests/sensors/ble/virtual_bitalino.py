# SPDX-License-Identifier: MIT
"""A BITalino without a BITalino: its samples count up, its notifications of 20 bytes cut the frames anywhere."""

from bumble.device import Device
from bumble.gatt import Service

from sensors.ble.bitalino import COMMANDS, FRAMES, RATES_HZ, SERVICE, STOP, Frame, decode_start, encode_frame
from tests.sensors.ble.streaming import Streaming
from tests.sensors.ble.virtual_peripheral import VirtualPeripheral, writeable

_NOTIFICATION = 20


class VirtualBitalino:
    """A board that obeys rate, start and stop; sample k of port p reads (k + p) mod 1024."""

    def __init__(self, *, wants_pairing: int | None = None) -> None:
        self.air = VirtualPeripheral("BITalino", SERVICE, wants_pairing=wants_pairing)
        self.ports: tuple[int, ...] = ()
        self.n_sent = 0  # frames, with the lost ones
        self._to_lose = 0
        self.is_silent = False
        self._frames = self.air.told(FRAMES, is_main=True)
        self._rate_hz = RATES_HZ[-1]
        self._streaming: Streaming | None = None
        self._bytes = b""
        self.air.when_gone(self.halt)

    async def power_on(self, device: Device) -> None:
        """Come alive on the air, in the running loop."""
        await self.air.power_on(device, [Service(SERVICE, [self._frames, writeable(COMMANDS, self._obey)])])

    @property
    def is_streaming(self) -> bool:
        return self._streaming is not None

    def skip(self, frames: int) -> None:
        """Lose the next frames on the way."""
        self._to_lose = frames

    async def send_data(self, data: bytes) -> None:
        """Notify any bytes."""
        await self.air.send(self._frames, data)

    def _obey(self, command: bytes) -> None:
        if command == STOP:
            self.halt()
        elif command[0] & 0x3F == 0x03:
            self._rate_hz = RATES_HZ[command[0] >> 6]
        else:
            self.halt()
            self.ports = decode_start(command)
            self._streaming = Streaming(self._tick, max(1 / self._rate_hz, 0.05))

    async def _tick(self) -> None:
        for _ in range(max(round(self._rate_hz * 0.05), 1)):
            analog = tuple((self.n_sent + port) % 1024 for port in self.ports)
            frame = encode_frame(Frame(self.n_sent % 16, 0, analog))
            self.n_sent += 1
            self._bytes += b"" if self._to_lose else frame
            self._to_lose = max(self._to_lose - 1, 0)
        while len(self._bytes) >= _NOTIFICATION:
            data, self._bytes = self._bytes[:_NOTIFICATION], self._bytes[_NOTIFICATION:]
            if not self.is_silent:
                await self.send_data(data)

    def halt(self) -> None:
        """Stream no more, as when the link is gone."""
        if self._streaming is not None:
            self._streaming.stop()
        self._streaming, self._bytes = None, b""
