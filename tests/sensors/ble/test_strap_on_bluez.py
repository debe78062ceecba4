# SPDX-License-Identifier: MIT
"""The Linux paths: bleak's real BlueZ backend against a private org.bluez."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest

from dsp.codes import Modality, Reason, SourceState
from dsp.stream import Sighting
from sensors.ble.gatt import HeartRateMeasurement, encode_heart_rate
from sensors.ble.radio import Radio
from sensors.ble.scan import scan
from sensors.ble.sensor import BleSensor
from tests.sensors.ble.listening import Heard, listening, now
from tests.sensors.ble.private_bluez import ADDRESS, PrivateBlueZ, PrivateBus, let_go_of_bus, private_bus

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="BlueZ is Linux's")

S = SourceState


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    with private_bus(tmp_path) as running:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", running.address)
        yield running


@asynccontextmanager
async def bluez_on(bus: PrivateBus, bluez: PrivateBlueZ) -> AsyncIterator[Heard]:
    await bluez.start(bus.address)
    async with heard_on_linux() as heard:
        yield heard
    bluez.stop()


@asynccontextmanager
async def heard_on_linux() -> AsyncIterator[Heard]:
    try:
        async with asyncio.timeout(20), listening(BleSensor(ADDRESS, clock=now)) as heard:
            yield heard
    finally:
        await let_go_of_bus()


def packet(*rr_1024: int) -> bytes:
    return encode_heart_rate(HeartRateMeasurement(60, None, None, rr_1024))


async def stream(heard: Heard, bluez: PrivateBlueZ, *rr_1024: int) -> None:
    await bluez.is_notifying.wait()
    bluez.notify(packet(*rr_1024))
    await heard.state(S.STREAMING)


def test_a_strap_is_found_connected_and_heard_through_bluez(bus: PrivateBus) -> None:
    async def scene() -> list[float]:
        bluez = PrivateBlueZ()
        async with bluez_on(bus, bluez) as heard:
            await stream(heard, bluez, 1000, 1024)
            await heard.until(lambda: heard.chunks(Modality.RR))
        assert bluez.calls[-2:] == ["StopNotify", "Disconnect"]
        return [float(ms) for chunk in heard.chunks(Modality.RR) for ms in chunk.values]

    assert asyncio.run(scene()) == [1000 * 1000 / 1024, 1000.0]


def test_a_dropped_link_comes_back_and_repeats_nothing(bus: PrivateBus) -> None:
    async def scene() -> None:
        bluez = PrivateBlueZ()
        async with bluez_on(bus, bluez) as heard:
            for k in range(3):
                await stream(heard, bluez, 1000 + k)
                bluez.drop()
                await heard.state(S.RECONNECTING, Reason.LINK_LOST)
        assert [float(c.values[0]) * 1.024 for c in heard.chunks(Modality.RR)] == [1000, 1001, 1002]
        assert [g.reason for g in heard.gaps if g.modality is Modality.RR] == [Reason.LINK_LOST] * 2

    asyncio.run(scene())


def test_a_strap_that_bluez_wants_paired_is_paired_and_heard(bus: PrivateBus) -> None:
    async def scene() -> None:
        bluez = PrivateBlueZ()
        bluez.errors["StartNotify"] = ("org.bluez.Error.NotPermitted", "Not paired")
        async with bluez_on(bus, bluez) as heard:
            await stream(heard, bluez, 1000)
        assert bluez.calls.count("Pair") == 1

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("bluez", "reason"),
    [({"has_adapter": False}, Reason.NO_RADIO), ({"is_powered": False}, Reason.RADIO_OFF)],
    ids=["no adapter", "adapter off"],
)
def test_an_adapter_that_is_missing_or_off_has_its_reason(
    bus: PrivateBus, bluez: dict[str, bool], reason: Reason
) -> None:
    async def scene() -> None:
        async with bluez_on(bus, PrivateBlueZ(**bluez)) as heard:
            await heard.state(S.FAILED, reason)

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("member", "error", "state", "reason"),
    [
        ("StartDiscovery", "org.bluez.Error.NotReady", S.FAILED, Reason.RADIO_OFF),
        ("StartDiscovery", "org.bluez.Error.InProgress", S.RECONNECTING, Reason.BLUETOOTH_FAULT),
        ("GetManagedObjects", "org.freedesktop.DBus.Error.AccessDenied", S.FAILED, Reason.RADIO_DENIED),
        ("Connect", "org.bluez.Error.Failed", S.RECONNECTING, Reason.BLUETOOTH_FAULT),
        ("Connect", "org.freedesktop.DBus.Error.UnknownObject", S.RECONNECTING, Reason.NOT_FOUND),
        ("StartNotify", "org.bluez.Error.Failed", S.RECONNECTING, Reason.BLUETOOTH_FAULT),
    ],
)
def test_an_error_of_bluez_has_its_reason(
    bus: PrivateBus, member: str, error: str, state: SourceState, reason: Reason
) -> None:
    async def scene() -> None:
        bluez = PrivateBlueZ()
        bluez.errors[member] = (error, "a sentence of the other side")
        async with bluez_on(bus, bluez) as heard:
            await heard.state(state, reason)

    asyncio.run(scene())


def test_a_strap_is_found_while_the_screen_searches_on(bus: PrivateBus) -> None:
    async def scene() -> None:
        radio, bluez = Radio(), PrivateBlueZ()
        await bluez.start(bus.address)
        async with asyncio.timeout(20), aclosing(scan(clock=now, radio=radio)) as sightings:
            seen = [await anext(sightings) for _ in range(2)]
            assert isinstance(seen[1], Sighting)
            async with listening(BleSensor(seen[1].address.removeprefix("ble:"), clock=now, radio=radio)) as heard:
                await stream(heard, bluez, 1000)
                while bluez.calls.count("StartDiscovery") < 2:  # it rests while the strap is connected
                    await bluez.asked("StartDiscovery")
                assert bluez.searching
        assert not bluez.searching
        bluez.stop()
        await let_go_of_bus()

    asyncio.run(scene())


def test_a_search_that_is_closed_while_it_starts_is_stopped_all_the_same(bus: PrivateBus) -> None:
    async def scene() -> None:
        bluez = PrivateBlueZ()
        await bluez.start(bus.address)
        for _ in range(8):
            first = asyncio.ensure_future(anext(scan(clock=now)))
            await bluez.asked("StartDiscovery")
            first.cancel()
            await asyncio.wait({first})
            assert not bluez.searching
        bluez.stop()
        await let_go_of_bus()

    asyncio.run(scene())


@pytest.mark.usefixtures("bus")
def test_a_bus_without_bluetoothd_is_said() -> None:
    async def scene() -> None:
        async with heard_on_linux() as heard:
            await heard.state(S.FAILED, Reason.NO_BLUETOOTH_SERVICE)

    asyncio.run(scene())


def test_a_system_without_a_bus_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        async with heard_on_linux() as heard:
            await heard.state(S.FAILED, Reason.NO_BLUETOOTH_SERVICE)

    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    asyncio.run(scene())


def test_a_bus_that_dies_in_a_session_is_said(bus: PrivateBus) -> None:
    async def scene() -> None:
        bluez = PrivateBlueZ()
        async with bluez_on(bus, bluez) as heard:
            await stream(heard, bluez, 1000)
            bus.stop()
            await heard.state(S.RECONNECTING, Reason.LINK_LOST)
            await heard.state(S.FAILED, Reason.NO_BLUETOOTH_SERVICE)

    asyncio.run(scene())
