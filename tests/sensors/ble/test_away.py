# SPDX-License-Identifier: MIT
"""A strap that is away says why, as far as it is known, and is heard at once when it is back."""

import asyncio

import pytest

from dsp.codes import NoticeCode, Reason, SourceState
from sensors.ble.radio import Radio
from sensors.ble.sensor import BleSensor
from tests.sensors.ble.listening import Heard, listening, now, run
from tests.sensors.ble.virtual_bluetooth import VirtualBluetooth, backend_of
from tests.sensors.ble.virtual_strap import ADDRESS, VirtualStrap

S = SourceState
OTHER = "F1:99:00:00:00:09"


def strap_on(air: VirtualBluetooth, address: str = ADDRESS) -> BleSensor:
    return BleSensor(address, clock=now, backend=backend_of(air))


async def stream(heard: Heard, device: VirtualStrap, *, contact: bool | None = True) -> None:
    await device.subscribed()
    await device.notify(hr_bpm=60 + len(heard.items) % 100, rr_1024=[1024], contact=contact)
    await heard.state(S.STREAMING)


async def leave(heard: Heard, device: VirtualStrap, reason: Reason) -> None:
    """Let the strap go, and see that the reason is said at once and after a minute of looking for it."""
    await device.drop(stays_away=True)
    await heard.state(S.RECONNECTING, reason)
    await heard.state(S.SCANNING, reason)
    await asyncio.sleep(60)
    assert {said for state, said in heard.states[-3:] if state is S.SCANNING} == {reason}


@pytest.mark.parametrize("percent", [0, 5])
def test_a_strap_whose_battery_was_low_is_out_of_battery(percent: int) -> None:
    async def scene() -> None:
        device = VirtualStrap()
        device.battery = bytes([percent])
        async with listening(strap_on(VirtualBluetooth([(ADDRESS, device)]))) as heard:
            await stream(heard, device)
            await heard.until(lambda: heard.notices(NoticeCode.BATTERY))
            await leave(heard, device, Reason.BATTERY_EMPTY)
            await device.advertise()
            await stream(heard, device)

    run(scene())


def test_a_strap_that_leaves_the_skin_says_so_when_it_leaves_the_link() -> None:
    async def scene() -> None:
        device = VirtualStrap()
        async with listening(strap_on(VirtualBluetooth([(ADDRESS, device)]))) as heard:
            await stream(heard, device)
            await device.notify(hr_bpm=0, contact=False)
            await heard.until(lambda: len(heard.notices(NoticeCode.CONTACT)) == 2)
            await leave(heard, device, Reason.NO_CONTACT)

    run(scene())


def test_a_strap_that_goes_out_of_reach_is_lost_and_later_perhaps_held_elsewhere() -> None:
    async def scene() -> None:
        device = VirtualStrap()
        async with listening(strap_on(VirtualBluetooth([(ADDRESS, device)]))) as heard:
            await stream(heard, device)
            await heard.until(lambda: heard.notices(NoticeCode.BATTERY))
            await device.drop(stays_away=True)
            await heard.state(S.RECONNECTING, Reason.LINK_LOST)
            await heard.state(S.SCANNING, Reason.HELD_ELSEWHERE)

    run(scene())


def test_of_a_strap_that_was_named_another_one_in_reach_means_nothing() -> None:
    async def scene() -> None:
        device, other = VirtualStrap(), VirtualStrap(name="Other")
        async with listening(strap_on(VirtualBluetooth([(ADDRESS, device), (OTHER, other)]))) as heard:
            await stream(heard, device)
            await device.drop(stays_away=True)
            await heard.state(S.SCANNING, Reason.HELD_ELSEWHERE)

    run(scene())


def test_a_link_that_flaps_is_heard_within_a_second_each_time_it_is_back() -> None:
    async def scene() -> None:
        device = VirtualStrap()
        async with listening(strap_on(VirtualBluetooth([(ADDRESS, device)]))) as heard:
            await stream(heard, device)
            for away_s in (0.0, 0.2, 1.0, 3.0, 0.0, 8.0, 14.0, 0.5, 20.0, 2.0):
                await asyncio.sleep(2.0)
                await device.drop(stays_away=True)
                await asyncio.sleep(away_s)
                back = now()
                await device.advertise()
                await stream(heard, device)
                assert now() - back <= 1.0

    run(scene())


def test_the_search_rests_while_a_connection_is_made_and_goes_on_after_it() -> None:
    async def scene() -> None:
        air = VirtualBluetooth([(ADDRESS, VirtualStrap()), (OTHER, VirtualStrap(name="Other"))])
        radio = Radio(backend_of(air))
        async with radio.search() as found:
            nearby = await found()
            async with radio.connect(nearby):
                assert air.log[:3] == ["search", "search stopped", "connect"]
                await asyncio.sleep(0.1)
                assert air.log[3:] == ["search"]
                while (await found()).address == nearby.address:
                    pass

    run(scene())


def test_a_device_that_does_not_answer_keeps_the_others_unheard_for_three_seconds_at_most() -> None:
    async def scene() -> None:
        device = VirtualStrap()
        air = VirtualBluetooth([(ADDRESS, device), (OTHER, VirtualStrap(name="Other"))])
        radio = Radio(backend_of(air))
        async with radio.search() as found:
            while (nearby := await found()).address != ADDRESS:
                pass
            await device.hide()

            async def call() -> None:
                async with radio.connect(nearby):
                    pass

            calling, began = asyncio.create_task(call()), now()
            await asyncio.sleep(0.1)
            while (await found()).address != OTHER or now() - began < 1.0:
                pass
            assert now() - began <= 3.5
            calling.cancel()
            await asyncio.wait({calling})

    run(scene())
