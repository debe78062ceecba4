# SPDX-License-Identifier: MIT
"""A heart rate strap without a strap: a real GATT server that speaks by our encoder and misbehaves on demand.

In a coroutine::

    async with virtual_strap() as (backend, strap):
        source = BleSensor(ADDRESS, clock=clock, backend=backend)
        ...
        await strap.subscribed()
        await strap.notify(hr_bpm=60, rr_1024=[1024])

From another thread (the strap lives in the loop that first searches for it)::

    strap = VirtualStrap()
    backend = backend_of(VirtualBluetooth([(ADDRESS, strap)]))
    ...
    strap.from_outside(strap.notify(hr_bpm=60, rr_1024=[1024])).result(5)
"""

from collections.abc import AsyncIterator, Coroutine, Sequence
from concurrent.futures import Future
from contextlib import asynccontextmanager
from threading import Event
from typing import Any

from bumble.att import AttributeValueV2
from bumble.device import Device
from bumble.gatt import Service

from sensors.ble.gatt import HeartRateMeasurement, encode_heart_rate
from tests.sensors.ble.virtual_peripheral import ADDRESS, VirtualPeripheral, on_air, readable

__all__ = ["ADDRESS", "VirtualStrap", "virtual_strap"]

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
    told_battery : bytes
        The battery level as it is advertised; empty where it is not.
    """

    def __init__(
        self,
        *,
        name: str = "Strap 0001",
        wants_pairing: int | None = None,
        has_rate: bool = True,
        has_info: bool = True,
        told_battery: bytes = b"",
    ) -> None:
        self.battery = b"\x57"
        self.air = VirtualPeripheral(name, "180D", wants_pairing=wants_pairing, told_battery=told_battery)
        self._has_rate = has_rate
        self._has_info = has_info
        self._measurement = self.air.told("2A37", is_main=True)

    @property
    def is_subscribed(self) -> Event:
        """Whether somebody listens; a test in another thread may wait for it."""
        return self.air.is_subscribed

    async def power_on(self, device: Device) -> None:
        """Come alive on the air, in the running loop."""
        await self.air.power_on(device, self.services())

    async def advertise(self) -> None:
        """Be there to be found, also after each disconnection from now on."""
        await self.air.advertise()

    async def hide(self) -> None:
        """Advertise no more: out of range, or held by another phone."""
        await self.air.hide()

    async def subscribed(self) -> None:
        """Wait until somebody listens."""
        await self.air.subscribed()

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
        await self.air.send(self._measurement, data)

    async def drop(self, *, stays_away: bool = False) -> None:
        """Lose the link; advertise again at once, or not at all."""
        await self.air.drop(stays_away=stays_away)

    def from_outside(self, call: Coroutine[Any, Any, None]) -> "Future[None]":
        """Run one of these calls in the strap's own loop, from another thread."""
        return self.air.from_outside(call)

    def services(self) -> list[Service]:
        """Give what it has to be read and heard."""
        heart = [self._measurement] if self._has_rate else []
        if not self._has_info:
            return [Service("180D", heart)]
        return [
            Service("180D", [*heart, readable("2A38", b"\x01")]),
            Service("180F", [readable("2A19", AttributeValueV2(lambda _: self.battery))]),
            Service("180A", [readable(uuid, text.encode()) for uuid, text in _DEVICE_TEXTS.items()]),
        ]


@asynccontextmanager
async def virtual_strap(strap: VirtualStrap | None = None) -> AsyncIterator[tuple[type, VirtualStrap]]:
    """Put one strap on the air of the running loop; give the class to pass as `backend=`, and the strap."""
    strap = strap or VirtualStrap()
    async with on_air(strap) as backend:
        yield backend, strap
