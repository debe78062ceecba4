# SPDX-License-Identifier: MIT
"""What a strap says and does when Bluetooth is off, pairing is wanted, or another phone has it."""

import asyncio
import threading
from contextlib import aclosing
from itertools import pairwise

import pytest
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
)

from dsp.codes import Modality, Reason, SourceState
from dsp.stream import Chunk, Item, Status
from sensors.ble.sensor import BleSensor
from tests.sensors.ble.listening import Heard, listening, now, run
from tests.sensors.ble.virtual_bluetooth import VirtualBluetooth, backend_of
from tests.sensors.ble.virtual_strap import ADDRESS, VirtualStrap

S = SourceState
OFF = BleakBluetoothNotAvailableError(
    "No powered Bluetooth adapters found.", BleakBluetoothNotAvailableReason.POWERED_OFF
)


def strap_on(air: VirtualBluetooth, address: str = ADDRESS) -> BleSensor:
    return BleSensor(address, clock=now, backend=backend_of(air))


def unavailable(reason: BleakBluetoothNotAvailableReason) -> BleakError:
    return BleakBluetoothNotAvailableError("not available", reason)


def dbus(name: str) -> BleakError:
    return BleakDBusError(name, ["a sentence"])


async def stream(heard: Heard, device: VirtualStrap) -> None:
    await device.subscribed()
    await device.notify(hr_bpm=60 + len(heard.items) % 100, rr_1024=[1024])
    await heard.state(S.STREAMING)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (unavailable(BleakBluetoothNotAvailableReason.NO_BLUETOOTH), Reason.NO_RADIO),
        (unavailable(BleakBluetoothNotAvailableReason.NO_BLE_CENTRAL_ROLE), Reason.NO_RADIO),
        (unavailable(BleakBluetoothNotAvailableReason.POWERED_OFF), Reason.RADIO_OFF),
        (unavailable(BleakBluetoothNotAvailableReason.DENIED_BY_USER), Reason.RADIO_DENIED),
        (unavailable(BleakBluetoothNotAvailableReason.DENIED_BY_SYSTEM), Reason.RADIO_DENIED),
        (dbus("org.freedesktop.DBus.Error.ServiceUnknown"), Reason.NO_BLUETOOTH_SERVICE),
        (dbus("org.bluez.Error.NotReady"), Reason.RADIO_OFF),
        (FileNotFoundError("no bus socket"), Reason.NO_BLUETOOTH_SERVICE),
    ],
    ids=lambda value: value.name if isinstance(value, Reason) else "",
)
def test_bluetooth_that_is_not_there_is_said_once_and_tried_again_each_five_seconds(
    fault: BaseException, reason: Reason
) -> None:
    async def scene() -> None:
        device = VirtualStrap()
        air = VirtualBluetooth([(ADDRESS, device)], fault=fault)
        async with listening(strap_on(air)) as heard:
            await heard.state(S.FAILED, reason)
            await asyncio.sleep(17)
            assert heard.states == [(S.IDLE, None), (S.FAILED, reason)]
            air.fault, mended = None, now()
            await stream(heard, device)
            assert now() - mended <= 5.5

    run(scene())


def test_a_radio_that_goes_off_in_a_session_fails_with_its_reason_and_comes_back() -> None:
    async def scene() -> None:
        device = VirtualStrap()
        air = VirtualBluetooth([(ADDRESS, device)])
        async with listening(strap_on(air)) as heard:
            await stream(heard, device)
            air.fault = OFF
            await device.drop()
            await heard.state(S.FAILED, Reason.RADIO_OFF)
            air.fault = None
            await stream(heard, device)
        assert [g.reason for g in heard.gaps] == [Reason.LINK_LOST, Reason.LINK_LOST]

    run(scene())


@pytest.mark.parametrize("code", [5, 8, 15])
def test_a_strap_that_wants_to_be_paired_is_paired_once_and_heard(code: int) -> None:
    async def scene() -> None:
        device = VirtualStrap(wants_pairing=code)
        air = VirtualBluetooth([(ADDRESS, device)])
        async with listening(strap_on(air)) as heard:
            await stream(heard, device)
        assert air.log.count("pair") == 1
        assert air.log.count("connect") == 1

    run(scene())


def test_a_refused_pairing_is_said_and_not_asked_for_again() -> None:
    async def scene() -> None:
        device = VirtualStrap(wants_pairing=5)
        air = VirtualBluetooth([(ADDRESS, device)], pair_fault=BleakError("Could not pair with device: 19"))
        async with listening(strap_on(air)) as heard:
            await heard.state(S.FAILED, Reason.PAIRING_REFUSED)
            await asyncio.sleep(60)
            assert air.log.count("pair") == 1
            assert air.log.count("connect") > 3

    run(scene())


def test_a_system_that_pairs_by_itself_is_only_asked_to_subscribe_again() -> None:
    async def scene() -> None:
        device = VirtualStrap(wants_pairing=15)
        air = VirtualBluetooth([(ADDRESS, device)], pair_fault=NotImplementedError())
        async with listening(strap_on(air)) as heard:
            await heard.state(S.FAILED, Reason.PAIRING_REFUSED)
        assert heard.statuses[-1].detail

    run(scene())


def test_a_device_without_a_heart_rate_is_refused_with_its_reason() -> None:
    async def scene() -> None:
        air = VirtualBluetooth([(ADDRESS, VirtualStrap(has_rate=False))])
        async with listening(strap_on(air)) as heard:
            await heard.state(S.FAILED, Reason.NO_HEART_RATE_SERVICE)

    run(scene())


def test_a_strap_that_is_not_seen_is_held_elsewhere_and_any_strap_is_not_found() -> None:
    async def scene(address: str, reason: Reason) -> None:
        device = VirtualStrap()
        air = VirtualBluetooth([(ADDRESS, device)])
        await air.central()
        await device.hide()
        async with listening(strap_on(air, address)) as heard:
            await heard.state(S.SCANNING, reason)
            assert 15 <= now() <= 16
            await asyncio.sleep(60)
            assert heard.states == [(S.IDLE, None), (S.SCANNING, None), (S.SCANNING, reason)]
            back = now()
            await device.advertise()
            await stream(heard, device)
            assert now() - back < 1

    run(scene(ADDRESS, Reason.HELD_ELSEWHERE))
    run(scene("any", Reason.NOT_FOUND))


def test_another_strap_than_the_wanted_one_is_left_alone() -> None:
    async def scene() -> None:
        air = VirtualBluetooth([(ADDRESS, VirtualStrap())])
        async with listening(strap_on(air, "F1:99:00:00:00:09")) as heard:
            await asyncio.sleep(60)
        assert S.CONNECTING not in [state for state, _ in heard.states]

    run(scene())


def test_any_stays_with_the_strap_that_streamed_and_says_that_another_one_is_there() -> None:
    async def scene() -> None:
        mine, other = VirtualStrap(), VirtualStrap(name="Other")
        air = VirtualBluetooth([(ADDRESS, mine), ("F1:99:00:00:00:09", other)])
        await air.central()
        await other.hide()
        async with listening(strap_on(air, "any")) as heard:
            await stream(heard, mine)
            await other.advertise()
            await mine.drop(stays_away=True)
            await heard.state(S.SCANNING, Reason.OTHER_STRAP)
            assert not other.is_subscribed.is_set()
            await mine.advertise()
            await stream(heard, mine)

    run(scene())


def test_a_strap_that_does_not_answer_is_held_elsewhere_and_looked_for_anew_after_three_tries() -> None:
    async def scene() -> None:
        device = VirtualStrap()
        air = VirtualBluetooth([(ADDRESS, device)])
        async with listening(strap_on(air)) as heard:
            await stream(heard, device)
            await device.drop(stays_away=True)
            for _ in range(2):
                await heard.state(S.CONNECTING)
                trying = now()
                await heard.state(S.RECONNECTING, Reason.HELD_ELSEWHERE)
                assert now() - trying == pytest.approx(20, abs=0.1)
            await heard.state(S.SCANNING)
        assert heard.states.count((S.SCANNING, None)) == 2
        assert air.log.count("disconnect") == 3

    run(scene())


def test_a_device_that_the_system_forgot_is_looked_for_at_once() -> None:
    async def scene() -> None:
        device = VirtualStrap()
        air = VirtualBluetooth([(ADDRESS, device)])
        async with listening(strap_on(air)) as heard:
            await stream(heard, device)
            air.connect_fault = BleakDeviceNotFoundError(ADDRESS, "it was removed")
            await device.drop()
            await heard.state(S.RECONNECTING, Reason.NOT_FOUND)
            air.connect_fault = None
            await stream(heard, device)
        assert heard.states.count((S.SCANNING, None)) == 2

    run(scene())


def test_tries_that_fail_at_once_come_ever_more_slowly() -> None:
    async def scene() -> None:
        air = VirtualBluetooth([(ADDRESS, VirtualStrap())], connect_fault=BleakError("failed to connect"))
        async with listening(strap_on(air)) as heard:
            await asyncio.sleep(120)
        tries = [s.t for s in heard.statuses if s.state is S.CONNECTING]
        waits = [b - a for a, b in pairwise(tries)]
        for wait_s, expected in zip(waits, (0.5, 1, 2, 4, 8, 15, 15), strict=False):
            assert wait_s == pytest.approx(expected, rel=0.2, abs=0.4)

    run(scene())


def test_a_strap_that_is_connected_to_this_computer_already_is_taken_over() -> None:
    async def scene() -> None:
        device = VirtualStrap()
        air = VirtualBluetooth([(ADDRESS, device)])
        await air.connection(ADDRESS)
        async with listening(strap_on(air)) as heard:
            await stream(heard, device)

    run(scene())


@pytest.mark.parametrize("state", [S.IDLE, S.SCANNING, S.CONNECTING, S.SUBSCRIBING, S.STREAMING, S.STALE])
def test_closing_in_any_state_takes_everything_down_within_three_seconds(state: SourceState) -> None:
    async def scene() -> None:
        device = VirtualStrap()
        air = VirtualBluetooth([(ADDRESS, device)])
        before = asyncio.all_tasks()
        async with aclosing(strap_on(air).items()) as items:
            if state is S.CONNECTING:
                asyncio.get_running_loop().call_later(0.11, lambda: asyncio.ensure_future(device.hide()))
            async for item in items:
                if isinstance(item, Status) and item.state is S.SUBSCRIBING and state in (S.STREAMING, S.STALE):
                    await device.subscribed()
                    await device.notify()
                if isinstance(item, Status) and item.state is state:
                    break
            closing = now()
        assert now() - closing <= 3
        await asyncio.sleep(1)
        assert air.log.count("search") == air.log.count("search stopped")
        assert air.log.count("connect") <= air.log.count("disconnect")
        assert asyncio.all_tasks() <= before | {asyncio.current_task()}

    run(scene())


def test_a_strap_works_in_a_worker_thread_in_real_time() -> None:
    device, seen, is_heard = VirtualStrap(), list[Item](), threading.Event()
    backend = backend_of(VirtualBluetooth([(ADDRESS, device)]))

    async def read() -> None:
        source = BleSensor(ADDRESS, clock=now, backend=backend)
        async with aclosing(source.items()) as items:
            async for item in items:
                seen.append(item)
                if isinstance(item, Chunk) and item.modality is Modality.RR:
                    is_heard.set()
                    return

    worker = threading.Thread(target=lambda: asyncio.run(read()))
    worker.start()
    assert device.is_subscribed.wait(10)
    device.from_outside(device.notify(hr_bpm=60, rr_1024=[1024])).result(10)
    assert is_heard.wait(10)
    worker.join(10)
    assert not worker.is_alive()
