# SPDX-License-Identifier: MIT
"""Bluetooth without a radio: bumble's virtual controllers on a local link, behind bleak's own interface.

HCI, L2CAP, ATT, GATT and pairing are real on both sides, and so is bleak's public part; only the air is made up. It
comes alive in the loop that first searches, so that it can be built in one thread and used in another.
"""

import asyncio
import itertools
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol, TypeVar

from bleak.args import SizedBuffer
from bleak.assigned_numbers import CHARACTERISTIC_PROPERTIES
from bleak.backends.adapter import BaseBleakAdapter
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient, NotifyCallback
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import BleakError, BleakGATTProtocolError
from bleak.uuids import normalize_uuid_str
from bumble.att import ATT_Error
from bumble.controller import Controller
from bumble.core import AdvertisingData, ProtocolError
from bumble.device import Advertisement, Connection, Device, DeviceConfiguration, Peer
from bumble.gatt_client import ServiceProxy
from bumble.hci import Address
from bumble.host import Host
from bumble.link import LocalLink
from bumble.transport.common import AsyncPipeSink

T = TypeVar("T")

_MTU = 247
_UUID_LISTS = (
    AdvertisingData.Type.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS,
    AdvertisingData.Type.COMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS,
)


class Peripheral(Protocol):
    """A device that can be put on the air."""

    async def power_on(self, device: Device) -> None: ...


@dataclass
class VirtualBluetooth:
    """One computer's Bluetooth and the devices around it.

    `fault` is raised wherever the system is asked for anything, as if the radio were off; `connect_fault` and
    `pair_fault` only on connecting and on pairing. `name` is what every device seems to be called. `repeats` is how
    often each notification comes (BlueZ: once for each client it forgot to drop); `callbacks` are all that were ever
    given to hear them, `log` is what the system was asked for.
    """

    peripherals: list[tuple[str, Peripheral]] = field(default_factory=list)
    fault: BaseException | None = None
    connect_fault: BaseException | None = None
    pair_fault: BaseException | None = None
    repeats: int = 1
    rssi_dbm: int = -50
    name: str | None = None
    log: list[str] = field(default_factory=list)
    callbacks: list[NotifyCallback] = field(default_factory=list)
    _devices: dict[str, Device] = field(default_factory=dict)
    _loop: asyncio.AbstractEventLoop | None = None
    _n_searches: int = 0
    _connecting: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def central(self) -> Device:
        """Give the computer's own device; in a new loop, put everything on the air first."""
        if self._loop is not asyncio.get_running_loop():
            self._loop = asyncio.get_running_loop()
            self._awake = asyncio.create_task(self._wake())
        await asyncio.shield(self._awake)
        return self._central

    async def _wake(self) -> None:
        link = LocalLink()
        self._central = self._device(link, "F0:00:00:00:00:01")
        await self._central.power_on()
        for address, peripheral in self.peripherals:
            self._devices[address] = self._device(link, address)
            await peripheral.power_on(self._devices[address])

    def _device(self, link: LocalLink, address: str) -> Device:
        controller = Controller(address, link=link, public_address=address)
        config = DeviceConfiguration(address=Address(address), name=address)
        return Device(config=config, host=Host(controller, AsyncPipeSink(controller)))

    async def search(self, *, on: bool) -> None:
        central = await self.central()
        self._n_searches += 1 if on else -1
        if on and self._n_searches == 1:
            await central.start_scanning()
        elif not on and self._n_searches == 0:
            await central.stop_scanning()

    async def connection(self, address: str) -> Connection:
        """Connect, for as long as it takes; use the connection that the computer has already."""
        central = await self.central()
        target = Address(address)
        if (existing := central.find_connection_by_bd_addr(target)) is not None:
            return existing
        async with self._connecting:  # a controller makes one connection at a time
            try:
                return await central.connect(target, timeout=None)
            except asyncio.CancelledError:
                central.host.hci_sink.sink.pending_le_connection = None
                raise

    def offers(self, address: str, service_uuids: frozenset[str]) -> bool:
        """Tell whether the device there has one of the services."""
        services = self._devices[address].gatt_server.services
        return any(normalize_uuid_str(service.uuid.to_hex_str("-")) in service_uuids for service in services)

    def check(self, *faults: BaseException | None) -> None:
        for fault in (self.fault, *faults):
            if fault is not None:
                raise fault


def backend_of(air: VirtualBluetooth) -> type:
    """Give the class to pass as `backend=`."""

    class Scanner(_Scanner):
        _air = air

    class Client(_Client):
        _air = air

    class Adapter(_Adapter):
        _air = air

    class Backend:
        scanner = Scanner
        client = Client
        adapter = Adapter

    return Backend


class _Adapter(BaseBleakAdapter):
    _air: ClassVar[VirtualBluetooth]

    @classmethod
    async def get(cls, **_: object) -> "_Adapter":
        cls._air.check()
        return cls()

    async def get_connected_devices(self, service_uuids: frozenset[str]) -> list[BLEDevice]:
        central = await self._air.central()
        connected = [str(c.peer_address)[:17] for c in central.connections.values()]
        return [BLEDevice(address, None, None) for address in connected if self._air.offers(address, service_uuids)]


class _Scanner(BaseBleakScanner):
    _air: ClassVar[VirtualBluetooth]

    def __init__(
        self, detection_callback: Callable[..., None] | None, service_uuids: list[str] | None, *_: object, **__: object
    ) -> None:
        super().__init__(detection_callback, service_uuids)

    async def start(self) -> None:
        self._air.check()
        self.seen_devices = {}
        await self._air.search(on=True)
        (await self._air.central()).on("advertisement", self._see)
        self._air.log.append("search")

    async def stop(self) -> None:
        (await self._air.central()).remove_listener("advertisement", self._see)
        await self._air.search(on=False)
        self._air.log.append("search stopped")

    def _see(self, advertisement: Advertisement) -> None:
        lists = itertools.chain(*(advertisement.data.get_all(kind) for kind in _UUID_LISTS))
        uuids = list(dict.fromkeys(normalize_uuid_str(u.to_hex_str("-")) for u in itertools.chain(*lists)))
        names = advertisement.data.get_all(AdvertisingData.Type.COMPLETE_LOCAL_NAME)
        if self.is_allowed_uuid(uuids):
            address = str(advertisement.address)[:17]
            name = self._air.name or (names[0] if names else None)
            told = advertisement.data.get_all(AdvertisingData.Type.SERVICE_DATA_16_BIT_UUID)
            service_data = {normalize_uuid_str(uuid.to_hex_str("-")): bytes(content) for uuid, content in told}
            data = AdvertisementData(name, {}, service_data, uuids, None, self._air.rssi_dbm, ())
            self.call_detection_callbacks(self.create_or_update_device(address, address, name, None, data), data)


class _Client(BaseBleakClient):
    _air: ClassVar[VirtualBluetooth]

    def __init__(
        self,
        address_or_ble_device: BLEDevice | str,
        *,
        disconnected_callback: Callable[[], None] | None,
        timeout: float,
        **_: object,
    ) -> None:
        super().__init__(address_or_ble_device, disconnected_callback=disconnected_callback, timeout=timeout)
        self._connection: Connection | None = None

    @property
    def name(self) -> str:
        return self.address

    @property
    def mtu_size(self) -> int:
        return _MTU

    @property
    def is_connected(self) -> bool:
        return self._connection is not None

    async def connect(self, pair: bool, **_: object) -> None:
        self._air.log.append("connect")
        self._air.check(self._air.connect_fault)
        self._connection = await self._air.connection(self.address)
        self._connection.on("disconnection", self._gone)
        peer = Peer(self._connection)
        await self._ask(peer.request_mtu(_MTU))
        await self._ask(peer.discover_services())
        self.services = BleakGATTServiceCollection()
        for service in peer.services:
            await self._ask(service.discover_characteristics())
            self._take(service)

    def _take(self, service: ServiceProxy) -> None:
        assert self.services is not None
        taken = BleakGATTService(service, service.handle, normalize_uuid_str(service.uuid.to_hex_str("-")))
        self.services.add_service(taken)
        for c in service.characteristics:
            properties = [name for bit, name in CHARACTERISTIC_PROPERTIES.items() if c.properties & bit]
            uuid = normalize_uuid_str(c.uuid.to_hex_str("-"))
            self.services.add_characteristic(BleakGATTCharacteristic(c, c.handle, uuid, properties, lambda: 20, taken))

    def _gone(self, _reason: int) -> None:
        self._connection = None
        if self._disconnected_callback is not None:
            self._disconnected_callback()

    async def disconnect(self) -> None:
        self._air.log.append("disconnect")
        if self._connection is not None:
            await self._connection.disconnect()

    async def pair(self, *_: object, **__: object) -> None:
        self._air.log.append("pair")
        self._air.check(self._air.pair_fault)
        assert self._connection is not None
        await self._ask(self._connection.pair())

    async def unpair(self) -> None:
        raise NotImplementedError

    async def read_gatt_char(self, characteristic: BleakGATTCharacteristic, **_: object) -> bytearray:
        return bytearray(await self._ask(characteristic.obj.read_value()))

    async def read_gatt_descriptor(self, descriptor: BleakGATTDescriptor, **_: object) -> bytearray:
        raise NotImplementedError

    async def write_gatt_char(self, characteristic: BleakGATTCharacteristic, data: SizedBuffer, response: bool) -> None:
        await self._ask(characteristic.obj.write_value(bytes(data), with_response=response))

    async def write_gatt_descriptor(self, descriptor: BleakGATTDescriptor, data: SizedBuffer) -> None:
        raise NotImplementedError

    async def start_notify(
        self, characteristic: BleakGATTCharacteristic, callback: NotifyCallback, **_: object
    ) -> None:
        def hear(value: bytes) -> None:
            for _ in range(self._air.repeats):
                callback(bytearray(value))

        self._air.callbacks.append(callback)
        await self._ask(characteristic.obj.subscribe(hear))

    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        self._air.log.append("stop notify")
        await self._ask(characteristic.obj.unsubscribe(force=True))

    async def _ask(self, call: Coroutine[Any, Any, T]) -> T:
        """Await a request; what bumble raises, raise as bleak would."""
        if self._connection is None:
            call.close()
            raise BleakError("Not connected")
        try:
            return await call
        except ATT_Error as error:
            raise BleakGATTProtocolError(error.error_code) from error
        except ProtocolError as error:
            raise BleakError(str(error)) from error
        except asyncio.CancelledError as error:  # also how bumble ends a request when the link is lost
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            raise BleakError("disconnected") from error
