# SPDX-License-Identifier: MIT
import asyncio
from collections.abc import Callable
from contextlib import aclosing

import pytest
from bleak.exc import BleakBluetoothNotAvailableError, BleakBluetoothNotAvailableReason

from dsp.codes import Modality, Reason, SourceState
from dsp.stream import Sighting, Status
from sensors.ble.scan import scan
from tests.sensors.ble.listening import now, run
from tests.sensors.ble.virtual_bluetooth import VirtualBluetooth, backend_of
from tests.sensors.ble.virtual_strap import ADDRESS, VirtualStrap

OTHER = "F1:99:00:00:00:09"


Found = list[Sighting | Status]


async def found_in(air: VirtualBluetooth, seconds: float, meanwhile: Callable[[], None] = lambda: None) -> Found:
    """Search for so long, with something happening half-way."""
    found: Found = []

    async def read() -> None:
        async with aclosing(scan(clock=now, backend=backend_of(air))) as items:
            while True:
                found.append(await anext(items))

    reader = asyncio.create_task(read())
    await asyncio.sleep(seconds / 2)
    meanwhile()
    await asyncio.sleep(seconds / 2)
    reader.cancel()
    await asyncio.wait({reader})
    return found


def sightings(found: Found) -> list[Sighting]:
    return [item for item in found if isinstance(item, Sighting)]


def states(found: Found) -> list[tuple[SourceState, Reason | None]]:
    return [(item.state, item.reason) for item in found if isinstance(item, Status)]


def test_while_nothing_changes_each_strap_nearby_is_told_again_every_five_seconds() -> None:
    async def scene() -> None:
        air = VirtualBluetooth([(ADDRESS, VirtualStrap()), (OTHER, VirtualStrap(name="Other"))])
        found = await found_in(air, 60)
        for address, name in ((ADDRESS, "Strap 0001"), (OTHER, "Other")):
            told = sightings(found).count(Sighting(f"ble:{address}", name, (Modality.HR, Modality.RR), -50))
            assert 8 <= told <= 12
        assert len({sighting.address for sighting in sightings(found)}) == 2
        assert states(found) == [(SourceState.SCANNING, None)]
        assert {item.source for item in found if isinstance(item, Status)} == {"scan"}
        assert air.log.count("search") == air.log.count("search stopped") >= 4

    run(scene())


def test_a_notable_change_of_the_signal_is_seen_and_a_small_one_is_not() -> None:
    async def scene() -> None:
        air = VirtualBluetooth([(ADDRESS, VirtualStrap())])

        def change() -> None:
            air.rssi_dbm += 3

        assert [s.rssi_dbm for s in sightings(await found_in(air, 4, change))] == [-50]
        assert [s.rssi_dbm for s in sightings(await found_in(air, 4, change))] == [-47]
        air.rssi_dbm = -80
        found = await found_in(air, 4, lambda: setattr(air, "rssi_dbm", -60))
        assert [s.rssi_dbm for s in sightings(found)] == [-80, -60]

    run(scene())


def test_a_device_is_seen_at_most_once_a_second() -> None:
    async def scene() -> None:
        air = VirtualBluetooth([(ADDRESS, VirtualStrap())])

        async def wobble() -> None:
            while True:
                air.rssi_dbm = -90 if air.rssi_dbm > -70 else -50
                await asyncio.sleep(0.07)

        wobbling = asyncio.create_task(wobble())
        assert 5 <= len(sightings(await found_in(air, 10))) <= 11
        wobbling.cancel()

    run(scene())


def test_a_search_without_bluetooth_fails_with_its_reason_once_and_goes_on_when_it_is_there() -> None:
    async def scene() -> None:
        off = BleakBluetoothNotAvailableError("off", BleakBluetoothNotAvailableReason.POWERED_OFF)
        air = VirtualBluetooth([(ADDRESS, VirtualStrap())], fault=off)
        found = await found_in(air, 24, lambda: setattr(air, "fault", None))
        assert states(found) == [(SourceState.FAILED, Reason.RADIO_OFF), (SourceState.SCANNING, None)]
        assert {sighting.name for sighting in sightings(found)} == {"Strap 0001"}

    run(scene())


def test_a_radio_that_goes_off_during_the_search_is_noticed() -> None:
    async def scene() -> None:
        off = BleakBluetoothNotAvailableError("off", BleakBluetoothNotAvailableReason.POWERED_OFF)
        air = VirtualBluetooth([(ADDRESS, VirtualStrap())])
        found = await found_in(air, 40, lambda: setattr(air, "fault", off))
        assert states(found) == [(SourceState.SCANNING, None), (SourceState.FAILED, Reason.RADIO_OFF)]

    run(scene())


def test_a_strap_that_is_connected_to_this_computer_is_seen_too() -> None:
    async def scene() -> None:
        air = VirtualBluetooth([(ADDRESS, VirtualStrap())])
        await air.connection(ADDRESS)
        assert [(s.address, s.rssi_dbm) for s in sightings(await found_in(air, 5))] == [(f"ble:{ADDRESS}", None)]

    run(scene())


def test_a_hostile_name_is_cut_and_cleaned() -> None:
    async def scene() -> None:
        air = VirtualBluetooth([(ADDRESS, VirtualStrap())], name="\u202e<b>H\x07\n" + "x" * 10_000_000)
        (seen,) = sightings(await found_in(air, 3))
        assert seen.name == "<b>H " + "x" * 59

    run(scene())


@pytest.mark.parametrize(("told", "percent"), [(b"\x57", 87), (b"\x57\x01", 87), (b"\xc8", None), (b"", None)])
def test_a_battery_level_is_learnt_from_the_air_where_a_device_tells_it(told: bytes, percent: int | None) -> None:
    async def scene() -> None:
        air = VirtualBluetooth([(ADDRESS, VirtualStrap(told_battery=told))])
        assert [(s.name, s.battery_percent) for s in sightings(await found_in(air, 3))] == [("Strap 0001", percent)]

    run(scene())


def test_a_battery_that_changes_is_told_at_once() -> None:
    async def scene() -> None:
        strap = VirtualStrap(told_battery=b"\x15")
        air = VirtualBluetooth([(ADDRESS, strap)])

        def run_down() -> None:
            strap.air.told_battery = b"\x14"
            changes.append(asyncio.create_task(strap.advertise()))

        changes: list[asyncio.Task[None]] = []
        assert [s.battery_percent for s in sightings(await found_in(air, 4, run_down))] == [21, 20]

    run(scene())
