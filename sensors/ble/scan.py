# SPDX-License-Identifier: MIT
"""The search for sensors nearby, for the connect screen and `attune devices`.

Law: at most one sighting a second and device; it goes on until it is closed, also where Bluetooth is off for a while.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from dsp.codes import Reason, SensorKind, SourceState
from dsp.stream import Sighting, Status
from sensors.ble.device import Kind
from sensors.ble.kinds import kinds_of, seen_as, services_of
from sensors.ble.radio import RADIO_RETRY_S, Backend, Nearby, Radio
from sensors.pump import pump
from sensors.source import SensorError

NAME = "scan"

_ROUND_S = 15.0  # then it is started anew
_EVERY_S = 1.0
_RENEW_S = 5.0  # so long nothing is told of what did not change; who listens knows that it is still there
_NOTABLE_DB = 4
_KNOWN = 256  # devices; some change their address all the time


@dataclass(frozen=True, slots=True)
class _Seen:
    t: float
    sighting: Sighting


def scan(
    *,
    clock: Callable[[], float],
    backend: type[Backend] | None = None,
    radio: Radio | None = None,
    kinds: tuple[Kind, ...] | None = None,
) -> AsyncGenerator[Sighting | Status, None]:
    """Search for sensors until the iterator is closed.

    Parameters
    ----------
    clock : callable
        The session clock, seconds.
    backend : type or None
        What to use in place of the system's Bluetooth.
    radio : Radio or None
        The computer's Bluetooth, shared with the sensors that may search at the same time.
    kinds : tuple of Kind or None
        What a device can be; None for what Attune knows without profiles.

    Returns
    -------
    async iterator of Sighting or Status
        A `Sighting` (address `ble:...`) when a device is new, when its name, battery or signal changed notably, and
        every 5 s while it is heard. A `Status` (source `scan`) when the search works (SCANNING) and when it cannot
        (FAILED with its reason; it is tried again every 5 s).
    """
    known = kinds_of() if kinds is None else kinds
    return pump(_Search(clock, radio or Radio(backend, services=services_of(known)), known).run)


class _Search:
    def __init__(self, clock: Callable[[], float], radio: Radio, kinds: tuple[Kind, ...]) -> None:
        self._clock = clock
        self._kinds = kinds
        self._radio = radio
        self._seen: dict[str, _Seen] = {}
        self._state: tuple[SourceState, Reason | None] | None = None

    async def run(self, emit: Callable[[Sighting | Status], None]) -> None:
        while True:
            try:
                async with asyncio.timeout(_ROUND_S):
                    await self._round(emit)
            except TimeoutError:
                continue
            except SensorError as error:
                self._say(emit, SourceState.FAILED, error.reason, error.detail)
                await asyncio.sleep(RADIO_RETRY_S)

    async def _round(self, emit: Callable[[Sighting | Status], None]) -> None:
        async with self._radio.search() as next_nearby:
            self._say(emit, SourceState.SCANNING)
            while True:
                nearby = await next_nearby()
                if self._is_news(sighting := self._sighting_of(nearby)):
                    emit(sighting)

    def _sighting_of(self, nearby: Nearby) -> Sighting:
        kind = seen_as(self._kinds, nearby.services, nearby.name)
        gives, worn = (kind.gives, kind.worn) if kind else ((), SensorKind.STRAP)
        address, percent = f"ble:{nearby.address}", nearby.battery_percent
        return Sighting(address, nearby.name, gives, nearby.rssi_dbm, percent, kind=worn)

    def _is_news(self, sighting: Sighting) -> bool:
        last, t = self._seen.get(sighting.address), self._clock()
        wait_s = _RENEW_S if last is not None and _is_alike(last.sighting, sighting) else _EVERY_S
        if last is not None and t - last.t < wait_s:
            return False
        self._seen.pop(sighting.address, None)
        self._seen[sighting.address] = _Seen(t, sighting)
        if len(self._seen) > _KNOWN:
            del self._seen[next(iter(self._seen))]  # the one heard of longest ago
        return True

    def _say(
        self,
        emit: Callable[[Sighting | Status], None],
        state: SourceState,
        reason: Reason | None = None,
        detail: str = "",
    ) -> None:
        if self._state != (state, reason):
            self._state = (state, reason)
            emit(Status(self._clock(), NAME, state, reason=reason, detail=detail))


def _is_alike(one: Sighting, other: Sighting) -> bool:
    if (one.name, one.gives, one.battery_percent) != (other.name, other.gives, other.battery_percent):
        return False
    if one.rssi_dbm is None or other.rssi_dbm is None:
        return one.rssi_dbm == other.rssi_dbm
    return abs(one.rssi_dbm - other.rssi_dbm) < _NOTABLE_DB
