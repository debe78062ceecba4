# SPDX-License-Identifier: MIT
"""The life of a Bluetooth sensor: found, connected, kept, and found again; what it says is the device's business.

Law: it goes on until it is closed; every change of state is said once with its reason; each try has a connection of
its own, which is taken down before the next one.
"""

import asyncio
import logging
import zlib
from collections.abc import Awaitable, Callable

import numpy as np

from dsp.codes import NoticeCode, Reason, SourceState
from dsp.stream import Item, Notice, Status, Value, Values
from sensors.ble.away import Away
from sensors.ble.device import Decode, Device, Kind
from sensors.ble.gatt import HEART_RATE_SERVICE
from sensors.ble.info import read_info
from sensors.ble.link import Link, surely
from sensors.ble.radio import RADIO_RETRY_S, Nearby, Radio
from sensors.retry import Backoff
from sensors.source import SensorError

ANY = "any"

_STALE_S = 3.0
_SILENT_S = 10.0
_SEARCH_S = 15.0
_INFO_S = 5.0
_INFO_AGAIN_S = 300.0  # a battery runs low in an hour, not in a minute
_END_S = 1.0
_SHORT_WAIT_S = 0.6  # not worth a search
_BREATHER_S = 0.3  # a link that flaps is not called faster than this
_SHORTEST_S = 0.001  # a wait so short that a clock does not move in it would be waited for ever

_RADIO = (Reason.NO_RADIO, Reason.RADIO_OFF, Reason.RADIO_DENIED, Reason.NO_BLUETOOTH_SERVICE)
_NEEDS_A_PERSON = (*_RADIO, Reason.PAIRING_REFUSED, Reason.NO_HEART_RATE_SERVICE, Reason.STREAM_REFUSED)

_log = logging.getLogger(__name__)


class Life:
    """One opening of a sensor, from idle until it is closed.

    Parameters
    ----------
    name, address, person : str
        The source's name, the Bluetooth address (or `any`), and whose it is.
    clock : callable
        The session clock, seconds.
    radio : Radio
        The computer's Bluetooth.
    kinds : tuple of Kind
        What the device can be; the first that fits is it.
    emit : callable
        Is given every item; it never waits.
    """

    def __init__(
        self,
        *,
        name: str,
        address: str,
        person: str,
        clock: Callable[[], float],
        radio: Radio,
        kinds: tuple[Kind, ...],
        emit: Callable[[Item], None],
    ) -> None:
        self._name = name
        self._wanted = address
        self._person = person
        self._clock = clock
        self._radio = radio
        self._emit = emit
        self._kinds = kinds
        self._devices: dict[str, Device] = {}  # by the service of its kind
        self._backoff = Backoff(np.random.Generator(np.random.PCG64(zlib.crc32(name.encode()))))
        self._state: tuple[SourceState, Reason | None] | None = None
        self._told: dict[NoticeCode, Values] = {}
        self._nearby: Nearby | None = None
        self._away = Away(is_any=address == ANY)
        self._has_paired = False
        self._heard_at = 0.0
        self._streaming_since: float | None = None

    async def run(self) -> None:
        """Live until cancelled."""
        self._say(SourceState.IDLE)
        while True:
            began = self._clock()
            try:
                await self._try()
            except SensorError as error:
                await self._rest(self._wait_after(error, began))

    def hear(self, decode: Decode) -> Callable[[bytes], None]:
        """Make what a subscription calls with each notification of data."""

        def take(data: bytes) -> None:
            arrival = self._clock()  # first of all: whatever comes before it is jitter in every beat
            self._heard_at = arrival
            if self._streaming_since is None:
                self._streaming_since = arrival
                self._wanted = self._nearby.address if self._nearby else self._wanted  # any no more
            self._say(SourceState.STREAMING)
            for item in decode(data, arrival):
                self._away.hear(item)
                self._emit(item)

        return take

    def tell(self, code: NoticeCode, **values: Value) -> None:
        """Emit a notice, now."""
        self._emit(Notice(self._clock(), code, self._name, self._person, tuple(values.items())))

    async def _rest(self, wait_s: float) -> None:
        """Wait for the next try; a device that was heard and advertises again is waited for no longer."""
        if self._streaming_since is None or wait_s <= _SHORT_WAIT_S:
            await asyncio.sleep(wait_s)
            return
        end_s = self._clock() + wait_s
        await asyncio.sleep(_BREATHER_S)
        try:
            async with asyncio.timeout(wait_s - _BREATHER_S), self._radio.search(only_new=True) as next_nearby:
                while not self._is_wanted(nearby := await next_nearby()):
                    pass
                self._nearby = nearby
        except TimeoutError:
            return
        except SensorError:  # no radio: the next try says so
            await asyncio.sleep(max(0.0, end_s - self._clock()))

    async def _try(self) -> None:
        """Stream from the device until something goes wrong."""
        self._streaming_since = None
        if self._nearby is None:
            self._nearby = await self._find()
        self._say(SourceState.CONNECTING)
        async with self._radio.connect(self._nearby) as link:
            self._say(SourceState.DISCOVERING)
            self._heard_at = self._clock()
            device = self._device_on(link, self._nearby.name)
            try:
                await self._stream(device, link)
            finally:
                if link.is_up:  # a stream that is not stopped empties the battery
                    await surely(device.end(link), "stop the streams", within_s=_END_S)

    def _device_on(self, link: Link, name: str) -> Device:
        services = link.services
        kind = next((kind for kind in self._kinds if kind.is_on(services, name)), None)
        if kind is None:
            raise SensorError(Reason.NO_HEART_RATE_SERVICE, "the device has none of the services that sensors have")
        if kind.service not in self._devices:
            self._devices[kind.service] = kind.make(self._name, self._person)
        return self._devices[kind.service]

    async def _stream(self, device: Device, link: Link) -> None:
        self._say(SourceState.SUBSCRIBING)
        await self._paired(link, lambda: device.begin(link, self))
        beside = [asyncio.create_task(c) for c in (self._tend(device, link), self._tell_about(link))]
        try:
            await self._watch(link)
        finally:
            for task in beside:
                task.cancel()
            await asyncio.wait(beside)

    async def _paired(self, link: Link, work: Callable[[], Awaitable[None]]) -> None:
        """Do what may need pairing: pair once, and do it again."""
        try:
            await work()
        except SensorError as error:
            if error.reason is not Reason.PAIRING_REFUSED or self._has_paired:
                raise
            self._has_paired = True  # a person is asked once, not at every try
            await link.pair()
            await work()

    async def _tend(self, device: Device, link: Link) -> None:
        """Have what is beside the first data; its failure is told, and ends nothing."""
        try:
            await self._paired(link, lambda: device.tend(link, self))
        except SensorError as error:
            if error.reason is not Reason.LINK_LOST:
                self.tell(NoticeCode.STREAM_REFUSED, detail=str(error.reason))  # its sentence may be a library's

    async def _find(self) -> Nearby:
        reason = self._away.cause
        while True:
            try:
                async with asyncio.timeout(_SEARCH_S):
                    return await self._search(reason)
            except TimeoutError:
                reason = Reason.NOT_FOUND if self._wanted == ANY else self._away.reason(Reason.HELD_ELSEWHERE)

    async def _search(self, reason: Reason | None) -> Nearby:
        async with self._radio.search() as next_nearby:
            self._say(SourceState.SCANNING, reason)
            while True:
                nearby = await next_nearby()
                if self._is_wanted(nearby):
                    return nearby
                self._away.see(nearby)

    def _is_wanted(self, nearby: Nearby) -> bool:
        if self._wanted == ANY:
            return HEART_RATE_SERVICE in nearby.services
        return nearby.address.lower() == self._wanted.lower()

    async def _tell_about(self, link: Link) -> None:
        """Tell what the device says of itself, now and when it changed."""
        while True:
            try:
                async with asyncio.timeout(_INFO_S):
                    info = await read_info(link)
            except (TimeoutError, SensorError):
                info = {}  # the data are what counts
            for code, values in info.items():
                if self._told.get(code) != values:
                    self._told[code] = values
                    notice = Notice(self._clock(), code, self._name, self._person, values)
                    self._away.hear(notice)
                    self._emit(notice)
            await asyncio.sleep(_INFO_AGAIN_S)

    async def _watch(self, link: Link) -> None:
        while True:
            quiet_s = self._clock() - self._heard_at
            if quiet_s >= _SILENT_S:
                raise SensorError(Reason.SILENT, f"no packet for {quiet_s:.1f} s")
            if quiet_s >= _STALE_S:
                self._say(SourceState.STALE, Reason.SILENT)
            next_s = (_STALE_S if quiet_s < _STALE_S else _SILENT_S) - quiet_s
            if await link.is_lost(within_s=max(next_s, _SHORTEST_S)):
                raise SensorError(Reason.LINK_LOST, "the link was lost")

    def _wait_after(self, error: SensorError, began: float) -> float:
        """Say what went wrong, and give the seconds until the next try.

        The wait counts from the start of a try that gave no data, so that a long vain try is followed by the next one
        at once: a strap that comes back is never met by a pause.
        """
        now, since = self._clock(), self._streaming_since
        if since is not None:
            for device in self._devices.values():
                device.drop_link()
        is_hard = error.reason in _NEEDS_A_PERSON
        reason = self._away.reason(error.reason)
        self._say(SourceState.FAILED if is_hard else SourceState.RECONNECTING, reason, error.detail)
        if error.reason in _RADIO:
            self._nearby = None
            return RADIO_RETRY_S
        wait_s = self._backoff.failed(streamed_s=0.0 if since is None else now - since)
        if self._backoff.is_rescan_due or error.reason is Reason.NOT_FOUND:
            self._nearby = None
        return wait_s if since is not None else max(0.0, wait_s - (now - began))

    def _say(self, state: SourceState, reason: Reason | None = None, detail: str = "") -> None:
        if self._state == (state, reason):
            return
        self._state = (state, reason)
        _log.info("sensor: %s (%s)", state, reason)
        self._emit(Status(self._clock(), self._name, state, self._person, reason, detail))
