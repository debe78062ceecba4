# SPDX-License-Identifier: MIT
"""What every virtual Bluetooth device shares: it is on the air, is found, listened to and lost."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import Future
from contextlib import asynccontextmanager
from threading import Event
from typing import Any

from bumble.att import ATT_Error, Attribute, AttributeValueV2
from bumble.core import UUID, AdvertisingData
from bumble.device import Connection, Device
from bumble.gatt import Characteristic, Descriptor, Service
from bumble.hci import HCI_CONNECTION_TIMEOUT_ERROR

from tests.sensors.ble.virtual_bluetooth import Peripheral, VirtualBluetooth, backend_of

ADDRESS = "F1:00:00:00:00:02"

_ADVERTISE_EVERY_MS = 100
_LONGEST = 31  # bytes of an advertisement
_BATTERY = bytes(UUID("180F"))
_LISTS = {
    2: AdvertisingData.Type.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS,
    16: AdvertisingData.Type.COMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS,
}


class VirtualPeripheral:
    """A device's place on the air; what it does there is its owner's business.

    Parameters
    ----------
    name, advertised : str
        As advertised: the name (cut to what fits), and the service.
    wants_pairing : int or None
        The ATT error code (5, 8 or 15) that refuses a subscription until the link is encrypted.
    told_battery : bytes
        The battery level as it is advertised; empty where it is not.
    """

    def __init__(
        self, name: str, advertised: str, *, wants_pairing: int | None = None, told_battery: bytes = b""
    ) -> None:
        self.name = name
        self.told_battery = told_battery
        self.wants_pairing = wants_pairing
        self.is_subscribed = Event()  # of threading: a test in another thread may wait for it
        self._advertised = bytes(UUID(advertised))
        self._when_gone: list[Callable[[], None]] = []
        self._main: Characteristic | None = None
        self._loop: asyncio.AbstractEventLoop
        self._device: Device
        self._change = asyncio.Event()
        self._is_away = False

    async def power_on(self, device: Device, services: list[Service]) -> None:
        """Come alive on the air, in the running loop."""
        self._loop, self._device = asyncio.get_running_loop(), device
        device.add_services(services)
        device.on("connection", lambda connection: connection.on("disconnection", self._gone))
        await device.power_on()
        await self.advertise()

    def told(
        self, uuid: str, *, is_main: bool = False, indicates: bool = False, wants_pairing: int | None = None
    ) -> Characteristic:
        """Make a characteristic that notifies or indicates; the main one tells whether somebody listens."""
        kind = Characteristic.Properties.INDICATE if indicates else Characteristic.Properties.NOTIFY
        made = Characteristic(uuid, kind, Attribute.Permissions(0), b"", [self._switch(lambda: made, wants_pairing)])
        self._main = made if is_main else self._main
        return made

    def when_gone(self, call: Callable[[], None]) -> None:
        """Have this called whenever the link is gone."""
        self._when_gone.append(call)

    async def send(self, characteristic: Characteristic, data: bytes) -> None:
        """Notify or indicate; it is lost when nobody listens."""
        if characteristic.properties & Characteristic.Properties.INDICATE:
            await self._device.indicate_subscribers(characteristic, data)
        else:
            await self._device.notify_subscribers(characteristic, data)

    async def advertise(self) -> None:
        """Be there to be found, also after each disconnection from now on."""
        self._is_away = False
        told = [(AdvertisingData.Type.SERVICE_DATA_16_BIT_UUID, _BATTERY + self.told_battery)]
        room = _LONGEST - 4 - len(self._advertised) - (len(told[0][1]) + 2 if self.told_battery else 0)
        content = [
            (_LISTS[len(self._advertised)], self._advertised),
            (AdvertisingData.Type.COMPLETE_LOCAL_NAME, self.name.encode()[:room]),
            *(told if self.told_battery else ()),
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

    async def drop(self, *, stays_away: bool = False) -> None:
        """Lose the link; advertise again at once, or not at all."""
        self._is_away = stays_away
        for connection in list(self._device.connections.values()):
            await connection.disconnect(HCI_CONNECTION_TIMEOUT_ERROR)

    def from_outside(self, call: Coroutine[Any, Any, None]) -> "Future[None]":
        """Run one of these calls in the device's own loop, from another thread."""
        return asyncio.run_coroutine_threadsafe(call, self._loop)

    def _gone(self, _reason: int) -> None:
        self.is_subscribed.clear()
        for call in self._when_gone:
            call()
        if not self._is_away:
            self._returning = asyncio.ensure_future(self.advertise())

    def _switch(self, told: Callable[[], Characteristic], code: int | None) -> Descriptor:
        """The descriptor that turns the notifications on, unless the link must be paired first."""

        def write(bearer: Connection, value: bytes) -> None:
            refusal = code or self.wants_pairing
            if refusal is not None and not bearer.is_encrypted:
                raise ATT_Error(refusal)
            self._device.gatt_server.write_cccd(bearer, told(), value)
            if told() is self._main:
                (self.is_subscribed.set if value[0] else self.is_subscribed.clear)()
                self._change.set()

        def read(bearer: Connection) -> bytes:
            return bytes(self._device.gatt_server.read_cccd(bearer, told()))

        return Descriptor("2902", Attribute.READABLE | Attribute.WRITEABLE, AttributeValueV2(read, write))


def readable(uuid: str, value: AttributeValueV2 | bytes) -> Characteristic:
    return Characteristic(uuid, Characteristic.Properties.READ, Attribute.READABLE, value)


def writeable(uuid: str, take: Callable[[bytes], None]) -> Characteristic:
    value = AttributeValueV2(write=lambda _, data: take(bytes(data)))
    return Characteristic(uuid, Characteristic.Properties.WRITE, Attribute.WRITEABLE, value)


@asynccontextmanager
async def on_air(device: Peripheral) -> AsyncIterator[type]:
    """Put one device on the air of the running loop at `ADDRESS`; give the class to pass as `backend=`."""
    air = VirtualBluetooth([(ADDRESS, device)])
    await air.central()
    yield backend_of(air)
