# SPDX-License-Identifier: MIT
"""The computer's Bluetooth: who is nearby, and a connection to one of them.

With `link` and `errors` the only part that speaks to bleak, whose majors break yearly.

Law: what comes in is plain values, what goes wrong is a `SensorError`; a search is always stopped and a connection
always taken down again, also one that was lost or never stood, because BlueZ otherwise repeats every notification
after each reconnect.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import ClassVar, Protocol

from bleak import BleakAdapter, BleakClient, BleakScanner
from bleak.backends.adapter import BaseBleakAdapter
from bleak.backends.client import BaseBleakClient
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner

from dsp.codes import Reason
from sensors.ble.errors import translated
from sensors.ble.gatt import BATTERY_SERVICE, HEART_RATE_SERVICE, decode_battery
from sensors.ble.link import Link, surely
from sensors.foreign_text import clean_text
from sensors.source import SensorError

RADIO_RETRY_S = 5.0  # how often to ask again whether there is Bluetooth

_START_S = 10.0
_CONNECT_S = 20.0
_STOP_S = 3.0
_FRESH_S = 10.0  # a search older than that may be deaf: it was started before the radio went off
_HUSH_S = 3.0  # a device that is there is connected by then; one that is away must not keep the others unheard
_WAITING = 1000  # sightings: a flood of advertisers costs no more memory than this


class Backend(Protocol):
    """What stands in for the system's Bluetooth: three classes of bleak's, of another backend."""

    scanner: ClassVar[type[BaseBleakScanner]]
    client: ClassVar[type[BaseBleakClient]]
    adapter: ClassVar[type[BaseBleakAdapter]]


@dataclass(frozen=True, slots=True, eq=False)
class Nearby:
    """A device that advertises, or is connected to this computer already (then without a signal strength).

    `battery_percent` is there where it is advertised, which few devices do.
    """

    device: BLEDevice
    address: str
    name: str
    services: frozenset[str]
    rssi_dbm: int | None = None
    battery_percent: int | None = None


class Radio:
    """One computer's Bluetooth, for all that use it: BlueZ lets a program search only once at a time.

    Belongs to the loop in which it is first used.

    Parameters
    ----------
    backend : type or None
        What to use in place of the system's Bluetooth.
    services : tuple of str
        What to look for: a device is searched by what it gives, never by its name.
    """

    def __init__(
        self, backend: type[Backend] | None = None, *, services: tuple[str, ...] = (HEART_RATE_SERVICE,)
    ) -> None:
        self._backend = backend
        self._services = services
        self._listeners: set[asyncio.Queue[Nearby]] = set()
        self._seen: dict[str, Nearby] = {}  # by address, since the scanner was started
        self._scanner: BleakScanner | None = None
        self._since = 0.0
        self._one_at_a_time = asyncio.Lock()
        self._n_connecting = 0
        self._waking: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def search(self, *, only_new: bool = False) -> AsyncIterator[Callable[[], Awaitable[Nearby]]]:
        """Search for sensors by their service.

        Gives a function that waits for the next one: first those that are connected to this computer already (they do
        not advertise), then each advertisement. The search goes on while anybody is in this context, but rests while a
        connection is made; who stays in it for long should leave and come again, since a search that was started before
        the radio went off hears nothing and says nothing.

        Parameters
        ----------
        only_new : bool
            Give only what advertises from now on.

        Raises
        ------
        SensorError
            When there is no Bluetooth to search with.
        """
        found: asyncio.Queue[Nearby] = asyncio.Queue(_WAITING)
        try:
            with translated():
                async with asyncio.timeout(_START_S):
                    known = [] if only_new else await self._connected()
                    self._listeners.add(found)
                    await _undisturbed(self._listen())
            for nearby in () if only_new else (*known, *self._seen.values()):  # BlueZ tells nothing twice
                _tell(found, nearby)
            yield found.get
        finally:
            self._listeners.discard(found)
            await surely(self._stop_listening(), "stop the search", within_s=_STOP_S)

    @asynccontextmanager
    async def connect(self, nearby: Nearby) -> AsyncIterator[Link]:
        """Connect to a device and disconnect from it when the context is left, however it is left.

        Raises
        ------
        SensorError
            HELD_ELSEWHERE when the device does not answer within 20 s: it is gone, or another phone or watch has it.
        """
        lost = asyncio.Event()
        client = BleakClient(
            nearby.device,
            lambda _: lost.set(),
            timeout=_CONNECT_S,
            winrt={"use_cached_services": False},  # Windows remembers services that a device no longer has
            backend=self._backend.client if self._backend else None,
        )
        link = Link(client, lost)
        try:
            with translated(on_timeout=Reason.HELD_ELSEWHERE):
                async with self._hushed(), asyncio.timeout(_CONNECT_S):
                    await client.connect()
            yield link
        finally:
            await link.close()

    @asynccontextmanager
    async def _hushed(self) -> AsyncIterator[None]:
        """Keep the scanner off at the begin of a connection: with it on, many radios connect late or not at all."""
        is_over = asyncio.Event()
        self._n_connecting += 1
        waking = asyncio.create_task(self._wake_up(is_over))
        self._waking.add(waking)
        waking.add_done_callback(self._waking.discard)
        try:
            async with self._one_at_a_time:
                await self._drop_scanner()
            yield
        finally:
            is_over.set()

    async def _wake_up(self, is_over: asyncio.Event) -> None:
        """Let the scanner go on for those who listen; where it cannot, their next round says why."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_HUSH_S):
                await is_over.wait()
        self._n_connecting -= 1
        with suppress(SensorError), translated():
            if self._listeners:
                await self._listen()
            await self._stop_listening()

    async def _connected(self) -> list[Nearby]:
        """List what is connected to this computer; each service is asked for by itself, to know who has it."""
        has: dict[str, set[str]] = {}
        devices: dict[str, BLEDevice] = {}
        try:
            adapter = await BleakAdapter.get(backend=self._backend.adapter if self._backend else None)
            for service in self._services:
                for device in await adapter.get_connected_devices([service]):
                    devices[device.address] = device
                    has.setdefault(device.address, set()).add(service)
        except NotImplementedError:  # not on this platform
            return []
        return [Nearby(d, address, clean_text(d.name or ""), frozenset(has[address])) for address, d in devices.items()]

    async def _listen(self) -> None:
        """Have a scanner that is on, and not for so long that it may be deaf."""
        now = asyncio.get_running_loop().time()
        async with self._one_at_a_time:
            if self._n_connecting or (self._scanner is not None and now - self._since < _FRESH_S):
                return
            await self._drop_scanner()
            backend = self._backend.scanner if self._backend else None
            scanner = BleakScanner(self._see, list(self._services), backend=backend)
            await scanner.start()
            self._scanner, self._since = scanner, now

    async def _stop_listening(self) -> None:
        async with self._one_at_a_time:
            if not self._listeners:
                await self._drop_scanner()

    async def _drop_scanner(self) -> None:
        scanner, self._scanner = self._scanner, None
        self._seen.clear()
        if scanner is not None:
            await surely(scanner.stop(), "stop the scanner", within_s=_STOP_S)

    def _see(self, device: BLEDevice, data: AdvertisementData) -> None:
        name = clean_text(data.local_name or device.name or "")
        percent = _advertised_battery(data.service_data)
        nearby = Nearby(device, device.address, name, frozenset(data.service_uuids), data.rssi, percent)
        if len(self._seen) < _WAITING or nearby.address in self._seen:
            self._seen[nearby.address] = nearby
        for found in self._listeners:
            _tell(found, nearby)


def _advertised_battery(service_data: Mapping[str, bytes]) -> int | None:
    """Read the battery level that a device may broadcast (Battery Service 1.0, section 3.1); None for none."""
    try:
        return decode_battery(service_data[BATTERY_SERVICE]) if BATTERY_SERVICE in service_data else None
    except SensorError:
        return None


def _tell(found: asyncio.Queue[Nearby], nearby: Nearby) -> None:
    if not found.full():
        found.put_nowait(nearby)


async def _undisturbed(call: Awaitable[None]) -> None:
    """Await a start that a cancellation must not cut in half: BlueZ would search on, and refuse the next search."""
    task = asyncio.ensure_future(call)
    try:
        await asyncio.shield(task)
    finally:
        await asyncio.wait({task}, timeout=_STOP_S)
