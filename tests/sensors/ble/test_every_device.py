# SPDX-License-Identifier: MIT
"""The life of every kind of device: found, heard, lost and found again, each on virtual Bluetooth."""

import asyncio
from contextlib import AsyncExitStack

import numpy as np
import pytest

from dsp.codes import Modality, NoticeCode, Reason, SourceState
from dsp.stream import Chunk, Gap, Sighting
from sensors.ble.scan import scan
from sensors.ble.sensor import BleSensor
from tests.sensors.ble.every_device import DEVICES, KINDS, DeviceCase
from tests.sensors.ble.listening import Heard, listening, now, run
from tests.sensors.ble.virtual_bluetooth import VirtualBluetooth, backend_of
from tests.sensors.ble.virtual_peripheral import ADDRESS

S = SourceState

every_device = pytest.mark.parametrize("case", DEVICES, ids=lambda case: case.name)


def sensor_on(air: VirtualBluetooth, address: str = ADDRESS, person: str = "client") -> BleSensor:
    return BleSensor(address, clock=now, backend=backend_of(air), kinds=KINDS, person=person)


async def until_all(heard: Heard, case: DeviceCase, chunks: int = 2) -> None:
    """Wait for that many more chunks of everything that the device streams."""
    wanted = {m: len(heard.chunks(m)) + chunks for m in case.modalities}
    await heard.until(lambda: all(len(heard.chunks(m)) >= n for m, n in wanted.items()))


async def until_data(heard: Heard, since: int) -> None:
    await heard.until(lambda: any(isinstance(item, Chunk) for item in heard.items[since:]))


def assert_times_grow_and_gaps_are_marked(heard: Heard, modality: Modality, n_gaps: int) -> None:
    last, gaps = -np.inf, 0
    for item in heard.items:
        if isinstance(item, Gap) and item.modality is modality:
            gaps += 1
            assert item.start_s == pytest.approx(last)
            last = item.end_s - 1e-9
        elif isinstance(item, Chunk) and item.modality is modality:
            assert item.t[0] > last
            assert np.all(np.diff(item.t) > 0)
            last = item.t[-1]
    assert gaps == n_gaps


@every_device
def test_a_search_tells_what_the_device_can_give(case: DeviceCase) -> None:
    async def scene() -> None:
        air = VirtualBluetooth([(ADDRESS, case.make())])
        found = scan(clock=now, backend=backend_of(air), kinds=KINDS)
        sighting = [await anext(found) for _ in range(2)][1]
        await found.aclose()
        assert isinstance(sighting, Sighting)
        assert sighting.gives == case.gives

    run(scene())


@every_device
def test_a_device_is_known_by_its_services_and_streams(case: DeviceCase) -> None:
    async def scene() -> None:
        air = VirtualBluetooth([(ADDRESS, case.make())])
        async with listening(sensor_on(air)) as heard:
            await until_all(heard, case, 20)
            closing = now()
        assert now() - closing <= 3
        assert [state for state, _ in heard.states] == [
            *(S.IDLE, S.SCANNING, S.CONNECTING, S.DISCOVERING, S.SUBSCRIBING, S.STREAMING)
        ]
        assert heard.gaps == []
        assert not heard.notices(NoticeCode.STREAM_REFUSED)
        assert air.log[-1] == "disconnect"
        for modality in case.modalities:
            assert_times_grow_and_gaps_are_marked(heard, modality, 0)
            assert all(chunk.device_stamp is not None for chunk in heard.chunks(modality))

    run(scene())


@every_device
def test_a_device_that_returns_streams_within_a_second_and_the_gap_is_marked(case: DeviceCase) -> None:
    async def scene() -> None:
        device = case.make()
        air = VirtualBluetooth([(ADDRESS, device)])
        async with listening(sensor_on(air)) as heard:
            await until_all(heard, case)
            for away_s in (0.0, 3.0, 41.8):
                await device.air.drop(stays_away=True)
                await asyncio.sleep(away_s)
                back, n_heard = now(), len(heard.items)
                await device.air.advertise()
                await until_data(heard, n_heard)
                assert now() - back <= (2.0 if away_s == 0.0 else 1.6)  # of it the wait for the first full frame
                await until_all(heard, case)
        for modality in case.modalities:
            assert_times_grow_and_gaps_are_marked(heard, modality, 3)
        assert {gap.reason for gap in heard.gaps} == {Reason.LINK_LOST}

    run(scene())


@every_device
def test_fifty_drops_double_nothing_and_mark_every_gap(case: DeviceCase) -> None:
    async def scene() -> None:
        device = case.make()
        air = VirtualBluetooth([(ADDRESS, device)])
        async with listening(sensor_on(air)) as heard:
            for drop in range(50):
                await until_all(heard, case, 1)
                air.repeats = 1 + drop % 3  # as BlueZ does when clients are forgotten
                await device.air.drop()
            await until_all(heard, case)
        for modality in case.modalities:
            assert_times_grow_and_gaps_are_marked(heard, modality, 50)

    run(scene())


@every_device
def test_a_storm_of_wrong_bytes_is_told_and_survived(case: DeviceCase) -> None:
    async def scene() -> None:
        device, rng = case.make(), np.random.Generator(np.random.PCG64(7))
        air = VirtualBluetooth([(ADDRESS, device)])
        async with listening(sensor_on(air)) as heard:
            await until_all(heard, case)
            for _ in range(300):
                await device.send_data(rng.bytes(int(rng.integers(1, 18))))
            await heard.calm()
            n_told = len(heard.notices(NoticeCode.BAD_PACKET))
            await until_all(heard, case, 5)
        assert 1 <= n_told <= 60
        assert heard.states.count((S.CONNECTING, None)) == 1
        assert heard.states[-1] == (S.STREAMING, None)

    run(scene())


@every_device
def test_a_device_that_wants_to_be_paired_is_paired_once(case: DeviceCase) -> None:
    async def scene() -> None:
        device = case.make()
        device.air.wants_pairing = 5
        air = VirtualBluetooth([(ADDRESS, device)])
        async with listening(sensor_on(air)) as heard:
            await until_all(heard, case)
        assert (air.log.count("pair"), air.log.count("connect")) == (1, 1)

    run(scene())


def test_two_people_wear_two_devices_each_at_once() -> None:
    async def scene() -> None:
        addresses = [f"F1:00:00:00:00:1{k}" for k in range(4)]
        devices = [DEVICES[0].make(), DEVICES[2].make(), DEVICES[0].make(), DEVICES[3].make()]
        air = VirtualBluetooth(list(zip(addresses, devices, strict=True)))
        people = ["client", "client", "partner", "partner"]
        sensors = [sensor_on(air, a, person) for a, person in zip(addresses, people, strict=True)]
        async with AsyncExitStack() as stack:
            all_heard = [await stack.enter_async_context(listening(sensor)) for sensor in sensors]
            for heard, k in zip(all_heard, (0, 2, 0, 3), strict=True):
                await until_all(heard, DEVICES[k], 10)
        for heard, sensor, person in zip(all_heard, sensors, people, strict=True):
            assert {(item.source, item.person) for item in heard.items if isinstance(item, Chunk)} == {
                (sensor.name, person)
            }
            assert heard.gaps == []

    run(scene())


def test_a_strap_replaced_by_another_is_held_elsewhere_and_the_other_streams_beside_it() -> None:
    async def scene() -> None:
        other = "F1:99:00:00:00:09"
        mine, new = DEVICES[0].make(), DEVICES[0].make()
        air = VirtualBluetooth([(ADDRESS, mine), (other, new)])
        await air.central()
        await new.air.hide()
        async with listening(sensor_on(air)) as heard:
            await until_all(heard, DEVICES[0])
            await mine.air.drop(stays_away=True)
            await new.air.advertise()
            await heard.state(S.SCANNING, Reason.HELD_ELSEWHERE)
            async with listening(sensor_on(air, other)) as instead:
                await until_all(instead, DEVICES[0])
            assert heard.states[-1] == (S.SCANNING, Reason.HELD_ELSEWHERE)
        assert not new.air.is_subscribed.is_set()

    run(scene())
