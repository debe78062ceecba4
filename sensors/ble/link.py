# SPDX-License-Identifier: MIT
"""One Bluetooth connection: values read, notifications heard, pairing.

With `radio` and `errors` the only part that speaks to bleak.

Law: what goes wrong is a `SensorError`, LINK_LOST where the link was lost meanwhile; closing never fails, and after it
nothing is heard.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import TypeVar

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic

from dsp.codes import Reason
from sensors.ble.errors import translated
from sensors.source import SensorError

T = TypeVar("T")

_CALL_S = 10.0
_PAIR_S = 30.0  # a person may have to look at it

_log = logging.getLogger(__name__)


class Link:
    """One connection, made by `Radio.connect` and gone when its context ends."""

    def __init__(self, client: BleakClient, lost: asyncio.Event) -> None:
        self._client = client
        self._lost = lost
        self._subscribed: list[BleakGATTCharacteristic] = []
        self._is_closed = False

    @property
    def services(self) -> frozenset[str]:
        """The services that the device has."""
        with translated():
            return frozenset(service.uuid for service in self._client.services)

    @property
    def mtu_bytes(self) -> int:
        """The longest packet of the link; on BlueZ 23 stands for unknown."""
        return self._client.mtu_size

    @property
    def is_up(self) -> bool:
        """Whether the link stands, as far as the system knows."""
        return self._client.is_connected

    async def is_lost(self, *, within_s: float) -> bool:
        """Wait for the link to be lost, but not longer than that; tell whether it is."""
        try:
            async with asyncio.timeout(within_s):
                await self._lost.wait()
        except TimeoutError:
            return False
        return True

    async def read(self, service: str, characteristic: str) -> bytes | None:
        """Read a value; None where the device has no such characteristic."""
        found = self._find(service, characteristic)
        return None if found is None else bytes(await self._call(self._client.read_gatt_char(found)))

    async def write(self, service: str, characteristic: str, data: bytes) -> None:
        """Write a value, confirmed where the device can; raises as `subscribe` does."""
        await self._call(self._client.write_gatt_char(self._get(service, characteristic), data))

    async def subscribe(self, service: str, characteristic: str, on_data: Callable[[bytes], None]) -> None:
        """Have each notification given to `on_data` until the link closes; what is heard already stays as it is.

        Raises
        ------
        SensorError
            NO_HEART_RATE_SERVICE where the device has no such characteristic, PAIRING_REFUSED where it wants to be
            paired first.
        """
        found = self._get(service, characteristic)
        if found in self._subscribed:
            return

        def hear(_: BleakGATTCharacteristic, data: bytearray) -> None:
            if not self._is_closed:  # a backend may go on after the end
                on_data(bytes(data))

        await self._call(self._client.start_notify(found, hear))
        self._subscribed.append(found)

    async def pair(self) -> None:
        """Pair, where a program can ask for it; macOS asks the person by itself when a value is first wanted."""
        with suppress(NotImplementedError):
            await self._call(self._client.pair(), within_s=_PAIR_S, otherwise=Reason.PAIRING_REFUSED)

    async def close(self) -> None:
        """Stop the notifications, then disconnect; whatever fails is logged and no more."""
        self._is_closed = True
        if self.is_up:
            await surely(self._unsubscribe(), "stop the notifications", within_s=1.0)
        await surely(self._client.disconnect(), "disconnect", within_s=1.0)

    async def _unsubscribe(self) -> None:
        for characteristic in self._subscribed:
            await self._client.stop_notify(characteristic)

    def _get(self, service: str, characteristic: str) -> BleakGATTCharacteristic:
        found = self._find(service, characteristic)
        if found is None:
            raise SensorError(Reason.NO_HEART_RATE_SERVICE, f"the device must have {characteristic} in {service}")
        return found

    def _find(self, service: str, characteristic: str) -> BleakGATTCharacteristic | None:
        """Take the first of that name: some devices have two battery services, which bleak's own look-up refuses."""
        with translated():
            everything = self._client.services
        services = (s for s in everything if s.uuid == service)
        return next((c for s in services for c in s.characteristics if c.uuid == characteristic), None)

    async def _call(
        self, call: Awaitable[T], *, within_s: float = _CALL_S, otherwise: Reason = Reason.BLUETOOTH_FAULT
    ) -> T:
        try:
            with translated(on_timeout=otherwise, otherwise=otherwise):
                async with asyncio.timeout(within_s):
                    return await call
        except SensorError as error:
            if self._lost.is_set():
                raise SensorError(Reason.LINK_LOST, error.detail) from error
            raise


async def surely(call: Coroutine[None, None, None], what: str, *, within_s: float) -> None:
    """Clean up: what fails is logged and no more, and a cancellation meanwhile waits for its end."""
    work = asyncio.create_task(_quietly(call, what, within_s))
    try:
        await asyncio.shield(work)
    finally:
        await asyncio.wait({work})


async def _quietly(call: Coroutine[None, None, None], what: str, within_s: float) -> None:
    try:
        with translated():
            async with asyncio.timeout(within_s):
                await call
    except SensorError as error:
        _log.warning("could not %s: %s", what, error.reason)
