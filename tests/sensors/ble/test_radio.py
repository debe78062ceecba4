# SPDX-License-Identifier: MIT
import asyncio

import pytest
from bleak.exc import BleakBluetoothNotAvailableError, BleakBluetoothNotAvailableReason

from dsp.codes import Reason
from sensors.ble.radio import Radio
from sensors.ble.sensor import BleSensor
from sensors.source import SensorError
from tests.sensors.ble.listening import listening, now, run
from tests.sensors.ble.virtual_bluetooth import VirtualBluetooth, backend_of
from tests.sensors.ble.virtual_strap import ADDRESS, VirtualStrap

OTHER = "F1:99:00:00:00:09"


def test_searches_share_one_scanner_which_stops_when_the_last_one_leaves() -> None:
    async def scene() -> None:
        air = VirtualBluetooth([(ADDRESS, VirtualStrap())])
        radio = Radio(backend_of(air))
        async with radio.search() as one:
            async with radio.search() as other:
                assert (await one()).address == (await other()).address == ADDRESS
            assert air.log == ["search"]
            assert (await one()).address == ADDRESS
        assert air.log == ["search", "search stopped"]

    run(scene())


def test_who_comes_later_hears_at_once_of_what_was_seen_before() -> None:
    async def scene() -> None:
        radio = Radio(backend_of(VirtualBluetooth([(ADDRESS, VirtualStrap())])))
        async with radio.search() as one:
            await one()
            before = now()
            async with radio.search() as other:
                assert (await other()).address == ADDRESS
            assert now() == before

    run(scene())


def test_a_search_that_may_be_deaf_is_started_anew_for_all_when_somebody_comes() -> None:
    async def scene() -> None:
        air = VirtualBluetooth([(ADDRESS, VirtualStrap())])
        radio = Radio(backend_of(air))
        async with radio.search() as one:
            await asyncio.sleep(11)
            async with radio.search():
                assert air.log == ["search", "search stopped", "search"]
                while True:
                    if (await one()).rssi_dbm == air.rssi_dbm and now() > 12:
                        return

    run(scene())


def test_a_search_that_cannot_start_leaves_nothing_behind() -> None:
    async def scene() -> None:
        off = BleakBluetoothNotAvailableError("off", BleakBluetoothNotAvailableReason.POWERED_OFF)
        air = VirtualBluetooth([(ADDRESS, VirtualStrap())], fault=off)
        radio = Radio(backend_of(air))
        with pytest.raises(SensorError) as caught:
            async with radio.search():
                pass
        assert caught.value.reason is Reason.RADIO_OFF
        air.fault = None
        async with radio.search() as one:
            assert (await one()).address == ADDRESS

    run(scene())


def test_two_people_are_found_by_one_radio_and_the_absent_one_does_not_starve_the_other() -> None:
    async def scene() -> None:
        mine, yours = VirtualStrap(), VirtualStrap(name="Other")
        air = VirtualBluetooth([(ADDRESS, mine), (OTHER, yours)])
        await air.central()
        await yours.hide()
        radio = Radio(backend_of(air))
        me, you = (BleSensor(address, clock=now, radio=radio) for address in (ADDRESS, OTHER))
        async with listening(you), listening(me):
            await mine.subscribed()
            assert now() < 1
            await asyncio.sleep(60)
            await yours.advertise()
            back = now()
            await yours.subscribed()
            assert now() - back < 1
        assert air.log.count("search") == air.log.count("search stopped")

    run(scene())
