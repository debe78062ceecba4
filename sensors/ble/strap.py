# SPDX-License-Identifier: MIT
"""A heart rate strap (anything with 0x180D) as a source: found, connected, kept, and found again.

Law: it goes on until it is closed; every change of state is said once with its reason; each try has a connection of
its own, which is taken down before the next one.
"""

import asyncio
import logging
import zlib
from collections.abc import AsyncGenerator, Callable

import numpy as np

from dsp.codes import NoticeCode, Reason, SourceState
from dsp.stream import CLIENT, Item, Notice, Status, Values
from sensors.ble.gatt import HEART_RATE_MEASUREMENT, HEART_RATE_SERVICE
from sensors.ble.info import read_info
from sensors.ble.link import Link
from sensors.ble.packets import HeartRatePackets
from sensors.ble.pump import pump
from sensors.ble.radio import Backend, Nearby, Radio
from sensors.ble.scan import RADIO_RETRY_S
from sensors.retry import Backoff
from sensors.source import SensorError

ANY = "any"

_STALE_S = 3.0
_SILENT_S = 10.0
_SEARCH_S = 15.0
_INFO_S = 5.0
_SHORTEST_S = 0.001  # a wait so short that a clock does not move in it would be waited for ever

_RADIO = (Reason.NO_RADIO, Reason.RADIO_OFF, Reason.RADIO_DENIED, Reason.NO_BLUETOOTH_SERVICE)
_FOR_A_PERSON = (*_RADIO, Reason.PAIRING_REFUSED, Reason.NO_HEART_RATE_SERVICE)  # trying again does not mend these

_log = logging.getLogger(__name__)


class Strap:
    """A Source of one person's heart rate and RR intervals.

    Parameters
    ----------
    address : str
        The Bluetooth address (on macOS the machine's own UUID for the device); `any` takes the first strap found and
        stays with it.
    clock : callable
        The session clock, seconds.
    person : str
        Whose heart it is.
    backend : type or None
        What to use in place of the system's Bluetooth.
    radio : Radio or None
        The computer's Bluetooth, shared with whatever else may search at the same time.
    """

    def __init__(
        self,
        address: str,
        *,
        clock: Callable[[], float],
        person: str = CLIENT,
        backend: type[Backend] | None = None,
        radio: Radio | None = None,
    ) -> None:
        self._address = address
        self._clock = clock
        self._person = person
        self._radio = radio or Radio(backend)

    @property
    def name(self) -> str:
        """The source's address, as on the command line."""
        return f"ble:{self._address}"

    def items(self) -> AsyncGenerator[Item, None]:
        """Give status, beats, notices and gaps until the iterator is closed, which disconnects within 3 s."""
        return pump(self._live)

    async def _live(self, emit: Callable[[Item], None]) -> None:
        await _Life(
            name=self.name,
            address=self._address,
            person=self._person,
            clock=self._clock,
            radio=self._radio,
            emit=emit,
        ).run()


class _Life:
    """One opening of a strap, from idle until it is closed."""

    def __init__(
        self,
        *,
        name: str,
        address: str,
        person: str,
        clock: Callable[[], float],
        radio: Radio,
        emit: Callable[[Item], None],
    ) -> None:
        self._name = name
        self._wanted = address
        self._person = person
        self._clock = clock
        self._radio = radio
        self._emit = emit
        self._packets = HeartRatePackets(name, person)
        self._backoff = Backoff(np.random.Generator(np.random.PCG64(zlib.crc32(name.encode()))))
        self._state: tuple[SourceState, Reason | None] | None = None
        self._told: dict[NoticeCode, Values] = {}
        self._nearby: Nearby | None = None
        self._has_paired = False
        self._heard_at = 0.0
        self._streaming_since: float | None = None

    async def run(self) -> None:
        self._say(SourceState.IDLE)
        while True:
            began = self._clock()
            try:
                await self._try()
            except SensorError as error:
                await asyncio.sleep(self._wait_after(error, began))

    async def _try(self) -> None:
        """Stream from the strap until something goes wrong."""
        self._streaming_since = None
        if self._nearby is None:
            self._nearby = await self._find()
        self._say(SourceState.CONNECTING)
        async with self._radio.connect(self._nearby) as link:
            self._say(SourceState.DISCOVERING)
            self._heard_at = self._clock()
            await self._subscribe(link)
            await self._tell_about(link)
            await self._watch(link)

    async def _find(self) -> Nearby:
        reason = None
        while True:
            try:
                async with asyncio.timeout(_SEARCH_S):
                    return await self._search(reason)
            except TimeoutError:
                reason = Reason.NOT_FOUND if self._wanted == ANY else Reason.HELD_ELSEWHERE

    async def _search(self, reason: Reason | None) -> Nearby:
        async with self._radio.search() as next_nearby:
            self._say(SourceState.SCANNING, reason)
            while True:
                nearby = await next_nearby()
                if self._is_wanted(nearby):
                    return nearby

    def _is_wanted(self, nearby: Nearby) -> bool:
        if self._wanted == ANY:
            return HEART_RATE_SERVICE in nearby.services
        return nearby.address.lower() == self._wanted.lower()

    async def _subscribe(self, link: Link) -> None:
        self._say(SourceState.SUBSCRIBING)
        try:
            await link.subscribe(HEART_RATE_SERVICE, HEART_RATE_MEASUREMENT, self._hear)
        except SensorError as error:
            if error.reason is not Reason.PAIRING_REFUSED or self._has_paired:
                raise
            self._has_paired = True  # a person is asked once, not at every try
            await link.pair()
            await link.subscribe(HEART_RATE_SERVICE, HEART_RATE_MEASUREMENT, self._hear)

    def _hear(self, data: bytes) -> None:
        arrival = self._clock()  # first of all: whatever comes before it is jitter in every beat
        self._heard_at = arrival
        if self._streaming_since is None:
            self._streaming_since = arrival
            self._wanted = self._nearby.address if self._nearby else self._wanted  # any no more
        self._say(SourceState.STREAMING)
        for item in self._packets.update(data, arrival):
            self._emit(item)

    async def _tell_about(self, link: Link) -> None:
        try:
            async with asyncio.timeout(_INFO_S):
                info = await read_info(link)
        except TimeoutError:
            return  # the heartbeat is what counts
        for code, values in info.items():
            if self._told.get(code) != values:
                self._told[code] = values
                self._emit(Notice(self._clock(), code, self._name, self._person, values))

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
            self._packets.drop_link()
        is_hard = error.reason in _FOR_A_PERSON
        self._say(SourceState.FAILED if is_hard else SourceState.RECONNECTING, error.reason, error.detail)
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
        _log.info("strap: %s (%s)", state, reason)
        self._emit(Status(self._clock(), self._name, state, self._person, reason, detail))
