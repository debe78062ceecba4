# SPDX-License-Identifier: MIT
"""A strap that is found, heard, lost and found again, end to end on virtual Bluetooth."""

import asyncio
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from dsp.codes import Modality, NoticeCode, Reason, SourceState
from dsp.stream import Chunk, Gap
from sensors.ble.sensor import BleSensor
from tests.sensors.ble.listening import Heard, listening, now, run
from tests.sensors.ble.virtual_bluetooth import VirtualBluetooth, backend_of
from tests.sensors.ble.virtual_strap import ADDRESS, VirtualStrap, virtual_strap

S = SourceState


def strap_at(backend: type, address: str = ADDRESS) -> BleSensor:
    return BleSensor(address, clock=now, backend=backend)


async def beat(device: VirtualStrap, seconds: int = 3, *, rr_1024: tuple[int, ...] = (1024,)) -> None:
    """Send one packet a second, each with other bytes than the last."""
    for k in range(seconds):
        await asyncio.sleep(1.0)
        await device.notify(hr_bpm=60 + k % 2, rr_1024=rr_1024)


async def until_streaming(heard: Heard, device: VirtualStrap) -> None:
    await device.subscribed()
    await beat(device, 1)
    await heard.state(S.STREAMING)


def test_a_strap_is_found_connected_and_heard_each_state_said_once() -> None:
    async def scene() -> None:
        async with virtual_strap() as (backend, device), listening(strap_at(backend)) as heard:
            await device.subscribed()
            await beat(device, 5)
            await heard.calm()
        assert [state for state, _ in heard.states] == [
            *(S.IDLE, S.SCANNING, S.CONNECTING, S.DISCOVERING, S.SUBSCRIBING, S.STREAMING)
        ]
        assert len(heard.chunks(Modality.HR)) == len(heard.chunks(Modality.RR)) == 5

    run(scene())


def test_any_takes_the_first_strap_and_names_itself_any() -> None:
    async def scene() -> None:
        async with virtual_strap() as (backend, device), listening(strap_at(backend, "any")) as heard:
            await until_streaming(heard, device)
        assert {s.source for s in heard.statuses} | {c.source for c in heard.chunks(Modality.RR)} == {"ble:any"}

    run(scene())


def test_the_search_ends_before_the_connection_and_closing_takes_everything_down() -> None:
    async def scene() -> None:
        device = VirtualStrap()
        air = VirtualBluetooth([(ADDRESS, device)])
        async with listening(strap_at(backend_of(air))) as heard:
            await until_streaming(heard, device)
            closing = now()
        assert now() - closing <= 3
        assert air.log == ["search", "search stopped", "connect", "stop notify", "disconnect"]
        assert not device.is_subscribed.is_set()

    run(scene())


def test_battery_place_and_maker_are_told_once() -> None:
    async def scene() -> None:
        async with virtual_strap() as (backend, device), listening(strap_at(backend)) as heard:
            await until_streaming(heard, device)
            device.battery = b"\x50"
            await device.drop()
            await heard.until(lambda: len(heard.notices(NoticeCode.BATTERY)) == 2)
            await until_streaming(heard, device)
        assert [dict(n.values) for n in heard.notices(NoticeCode.BATTERY)] == [{"percent": 87}, {"percent": 80}]
        assert [dict(n.values) for n in heard.notices(NoticeCode.BODY_LOCATION)] == [{"location": "chest"}]
        assert [dict(n.values) for n in heard.notices(NoticeCode.DEVICE)] == [
            {"maker": "Virtual", "model": "V10", "serial": "SN-0001", "firmware": "1.2.3"}
        ]

    run(scene())


def test_a_strap_that_says_nothing_of_itself_is_heard_as_well() -> None:
    async def scene() -> None:
        device = VirtualStrap(has_info=False)
        async with virtual_strap(device) as (backend, _), listening(strap_at(backend)) as heard:
            await until_streaming(heard, device)
        assert not any(heard.notices(code) for code in (NoticeCode.BATTERY, NoticeCode.DEVICE))

    run(scene())


def test_packets_with_two_intervals_and_with_none_give_every_beat_its_time() -> None:
    async def scene() -> None:
        async with virtual_strap() as (backend, device), listening(strap_at(backend)) as heard:
            await device.subscribed()
            for k in range(30):
                await asyncio.sleep(1.0)
                await device.notify(hr_bpm=60 + k % 2, rr_1024=(1000, 1048) if k % 2 else ())
            await heard.calm()
        beats = np.concatenate([c.t for c in heard.chunks(Modality.RR)])
        values = np.concatenate([c.values for c in heard.chunks(Modality.RR)])
        assert list(values) == [1000 * 1000 / 1024, 1048 * 1000 / 1024] * 15
        np.testing.assert_allclose(np.diff(beats), values[1:] / 1000, atol=1e-9)
        assert heard.gaps == []

    run(scene())


def test_skin_lost_and_found_is_told_and_never_reconnects() -> None:
    async def scene() -> None:
        async with virtual_strap() as (backend, device), listening(strap_at(backend)) as heard:
            await device.subscribed()
            for k in range(60):
                await asyncio.sleep(1.0)
                off = 20 <= k < 45
                await device.notify(hr_bpm=0 if off else 60 + k % 2, rr_1024=() if off else (1024,), contact=not off)
            await heard.calm()
        assert [dict(n.values)["on"] for n in heard.notices(NoticeCode.CONTACT)] == [True, False, True]
        assert heard.states.count((S.CONNECTING, None)) == 1
        assert [(g.reason, g.modality) for g in heard.gaps] == [
            (Reason.NO_CONTACT, m) for m in (Modality.HR, Modality.RR)
        ]
        assert len(heard.chunks(Modality.HR)) == len(heard.chunks(Modality.RR)) == 35

    run(scene())


class Heart:
    """Beats that can be told apart: each interval is one tick longer than the last."""

    def __init__(self) -> None:
        self.rr_1024 = 700
        self.beat_at = now()

    def beats_until(self, t: float) -> Iterator[int]:
        while self.beat_at + (self.rr_1024 + 1) / 1024 <= t:
            self.rr_1024 += 1
            self.beat_at += self.rr_1024 / 1024
            yield self.rr_1024


def rr_stretches(heard: Heard) -> list[list[int]]:
    """The intervals heard, cut at the gaps."""
    stretches: list[list[int]] = [[]]
    for item in heard.items:
        if isinstance(item, Gap) and item.modality is Modality.RR:
            stretches.append([])
        elif isinstance(item, Chunk) and item.modality is Modality.RR:
            stretches[-1].extend(round(ms * 1.024) for ms in item.values)
    return stretches


def test_twenty_drops_double_no_beat_and_lose_none_unmarked() -> None:
    async def scene() -> None:
        device, rng = VirtualStrap(), np.random.Generator(np.random.PCG64(3))
        air = VirtualBluetooth([(ADDRESS, device)])
        async with listening(strap_at(backend_of(air))) as heard:
            await device.subscribed()
            heart = Heart()
            for drop in range(21):
                air.repeats = drop + 1  # as BlueZ does when clients are forgotten
                for _ in range(int(rng.integers(5, 40))):
                    await asyncio.sleep(1.0)
                    await device.notify(hr_bpm=70, rr_1024=tuple(heart.beats_until(now())))
                if drop % 2:
                    await device.drop()
                elif drop < 20:
                    await device.drop(stays_away=True)
                    await asyncio.sleep(float(rng.uniform(0, 9)))
                    await device.advertise()
                await device.subscribed()
            await heard.calm()
        stretches = rr_stretches(heard)
        assert len(stretches) == 21
        for stretch in stretches:
            assert all(b - a == 1 for a, b in pairwise(stretch))
        assert all(before[-1] < after[0] for before, after in pairwise(stretches))
        times = np.concatenate([c.t for c in heard.chunks(Modality.RR)])
        assert np.all(np.diff(times) > 0)

    run(scene())


def test_a_strap_streams_again_within_a_second_of_its_return_however_long_it_was_away() -> None:
    async def scene() -> None:
        async with virtual_strap() as (backend, device), listening(strap_at(backend)) as heard:
            for away_s in (1.0, 7.0, 20.6, 41.8, 64.5, 180.0):
                await device.subscribed()
                await beat(device, 31)
                await device.drop(stays_away=True)
                await asyncio.sleep(away_s)
                back = now()
                await device.advertise()
                await device.subscribed()
                assert now() - back <= 1.0
            assert heard.states.count((S.RECONNECTING, Reason.LINK_LOST)) == 6

    run(scene())


def test_silence_is_stale_after_three_seconds_and_a_reconnect_after_ten() -> None:
    async def scene() -> None:
        async with virtual_strap() as (backend, device), listening(strap_at(backend)) as heard:
            await until_streaming(heard, device)
            silent = now()
            await heard.state(S.STALE, Reason.SILENT)
            assert now() - silent <= 3.1
            await heard.state(S.RECONNECTING, Reason.SILENT)
            assert now() - silent <= 10.1
            await until_streaming(heard, device)
        assert [g.reason for g in heard.gaps] == [Reason.LINK_LOST, Reason.LINK_LOST]

    run(scene())


def test_a_stale_strap_that_speaks_again_streams_without_a_reconnect() -> None:
    async def scene() -> None:
        async with virtual_strap() as (backend, device), listening(strap_at(backend)) as heard:
            await until_streaming(heard, device)
            await heard.state(S.STALE, Reason.SILENT)
            await beat(device, 1)
            await heard.state(S.STREAMING)
            assert heard.states.count((S.CONNECTING, None)) == 1

    run(scene())


def test_a_packet_of_a_connection_that_is_over_is_not_heard() -> None:
    async def scene() -> None:
        device = VirtualStrap()
        air = VirtualBluetooth([(ADDRESS, device)])
        async with listening(strap_at(backend_of(air))) as heard:
            await until_streaming(heard, device)
            await device.drop()
            await heard.state(S.RECONNECTING, Reason.LINK_LOST)
            air.callbacks[0](bytearray(b"\x00\x4b"))
            await until_streaming(heard, device)
        assert [float(c.values[0]) for c in heard.chunks(Modality.HR)] == [60, 60]

    run(scene())


def test_garbage_on_the_air_is_told_once_a_run_and_changes_nothing() -> None:
    async def scene() -> None:
        async with virtual_strap() as (backend, device), listening(strap_at(backend)) as heard:
            await until_streaming(heard, device)
            for data in (b"\x01", b"\x08\x3c", b"\x19\x3c\x00\x01"):
                await device.notify_bytes(data)
            await device.notify_bytes(bytes.fromhex("110000ffff7f80"))  # out of range, but whole
            await beat(device, 2)
            await heard.calm()
        assert len(heard.notices(NoticeCode.BAD_PACKET)) == 1
        assert heard.states[-1] == (S.STREAMING, None)

    run(scene())
