# SPDX-License-Identifier: MIT
"""A heart rate strap without a strap: a real GATT server that speaks by our encoder and misbehaves on demand.

In a coroutine::

    async with virtual_strap() as (backend, strap):
        source = Strap(ADDRESS, clock=clock, backend=backend)
        ...
        await strap.subscribed()
        await strap.notify(hr_bpm=60, rr_1024=[1024])

From another thread (the strap lives in the loop that first searches for it)::

    strap = VirtualStrap()
    backend = backend_of(VirtualBluetooth([(ADDRESS, strap)]))
    ...
    strap.from_outside(strap.notify(hr_bpm=60, rr_1024=[1024])).result(5)
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from concurrent.futures import Future
from contextlib import asynccontextmanager
from threading import Event
from typing import Any

from bumble.att import ATT_Error, Attribute, AttributeValueV2
from bumble.core import UUID, AdvertisingData
from bumble.device import Connection, Device
from bumble.gatt import Characteristic, Descriptor, Service
from bumble.hci import HCI_CONNECTION_TIMEOUT_ERROR

from sensors.ble.gatt import HeartRateMeasurement, encode_heart_rate
from tests.sensors.ble.virtual_bluetooth import VirtualBluetooth, backend_of

ADDRESS = "F1:00:00:00:00:02"
_ADVERTISE_EVERY_MS = 100
_DEVICE_TEXTS = {"2A29": "Virtual", "2A24": "V10", "2A25": "SN-0001", "2A26": "1.2.3"}


class VirtualStrap:
    """A strap with 0x180D, 0x180F and 0x180A.

    Parameters
    ----------
    name : str
        As advertised.
    wants_pairing : int or None
        The ATT error code (5, 8 or 15) that refuses a subscription until the link is encrypted.
    has_rate, has_info : bool
        Whether 0x2A37 is there, and whether battery, body location and device information are.
    """

    def __init__(
        self,
        *,
        name: str = "Strap 0001",
        wants_pairing: int | None = None,
        has_rate: bool = True,
        has_info: bool = True,
    ) -> None:
        self.name = name
        self.battery = b"\x57"
        self.is_subscribed = Event()  # of threading: a test in another thread may wait for it
        self._wants_pairing = wants_pairing
        self._has_rate = has_rate
        self._has_info = has_info
        self._loop: asyncio.AbstractEventLoop
        self._device: Device
        self._measurement: Characteristic
        self._change = asyncio.Event()
        self._is_away = False

    async def power_on(self, device: Device) -> None:
        """Come alive on the air, in the running loop."""
        self._loop, self._device = asyncio.get_running_loop(), device
        self._measurement = Characteristic(
            "2A37", Characteristic.Properties.NOTIFY, Attribute.Permissions(0), b"", [self._switch()]
        )
        device.add_services(self._services())
        device.on("connection", lambda connection: connection.on("disconnection", self._gone))
        await device.power_on()
        await self.advertise()

    async def advertise(self) -> None:
        """Be there to be found, also after each disconnection from now on."""
        self._is_away = False
        kind = AdvertisingData.Type
        content = [
            (kind.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS, bytes(UUID("180D"))),
            (kind.COMPLETE_LOCAL_NAME, self.name.encode()[:20]),
        ]
        await self._device.start_advertising(
            advertising_data=bytes(AdvertisingData(content)),
            advertising_interval_min=_ADVERTISE_EVERY_MS,
            advertising_interval_max=_ADVERTISE_EVERY_MS,
        )

    async def hide(self) -> None:
        """Advertise no more: out of range, or held by another phone."""
        self._is_away = True
        await self._device.stop_advertising()

    async def subscribed(self) -> None:
        """Wait until somebody listens."""
        while not self.is_subscribed.is_set():
            self._change.clear()
            await self._change.wait()

    async def notify(
        self,
        *,
        hr_bpm: int = 60,
        rr_1024: Sequence[int] = (),
        contact: bool | None = None,
        energy_kj: int | None = None,
    ) -> None:
        """Send one packet of 0x2A37; it is lost when nobody listens."""
        await self.notify_bytes(encode_heart_rate(HeartRateMeasurement(hr_bpm, contact, energy_kj, tuple(rr_1024))))

    async def notify_bytes(self, data: bytes) -> None:
        """Send any bytes on 0x2A37."""
        await self._device.notify_subscribers(self._measurement, data)

    async def drop(self, *, stays_away: bool = False) -> None:
        """Lose the link; advertise again at once, or not at all."""
        self._is_away = stays_away
        for connection in list(self._device.connections.values()):
            await connection.disconnect(HCI_CONNECTION_TIMEOUT_ERROR)

    def from_outside(self, call: Coroutine[Any, Any, None]) -> "Future[None]":
        """Run one of these calls in the strap's own loop, from another thread."""
        return asyncio.run_coroutine_threadsafe(call, self._loop)

    def _gone(self, _reason: int) -> None:
        self.is_subscribed.clear()
        if not self._is_away:
            self._returning = asyncio.ensure_future(self.advertise())

    def _switch(self) -> Descriptor:
        """The descriptor that turns the notifications on, unless the link must be paired first."""

        def write(bearer: Connection, value: bytes) -> None:
            if self._wants_pairing is not None and not bearer.is_encrypted:
                raise ATT_Error(self._wants_pairing)
            self._device.gatt_server.write_cccd(bearer, self._measurement, value)
            (self.is_subscribed.set if value[0] else self.is_subscribed.clear)()
            self._change.set()

        def read(bearer: Connection) -> bytes:
            return bytes(self._device.gatt_server.read_cccd(bearer, self._measurement))

        return Descriptor("2902", Attribute.READABLE | Attribute.WRITEABLE, AttributeValueV2(read, write))

    def _services(self) -> list[Service]:
        heart = [self._measurement] if self._has_rate else []
        if not self._has_info:
            return [Service("180D", heart)]
        return [
            Service("180D", [*heart, _readable("2A38", b"\x01")]),
            Service("180F", [_readable("2A19", AttributeValueV2(lambda _: self.battery))]),
            Service("180A", [_readable(uuid, text.encode()) for uuid, text in _DEVICE_TEXTS.items()]),
        ]


def _readable(uuid: str, value: AttributeValueV2 | bytes) -> Characteristic:
    return Characteristic(uuid, Characteristic.Properties.READ, Attribute.READABLE, value)


@asynccontextmanager
async def virtual_strap(strap: VirtualStrap | None = None) -> AsyncIterator[tuple[type, VirtualStrap]]:
    """Put one strap on the air of the running loop; give the class to pass as `backend=`, and the strap."""
    strap = strap or VirtualStrap()
    air = VirtualBluetooth([(ADDRESS, strap)])
    await air.central()
    yield backend_of(air), strap
