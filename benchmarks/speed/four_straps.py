# SPDX-License-Identifier: MIT
"""Four H10 (ECG, ACC, RR) and two skin conductance devices at once through real GATT, in real time: loss and CPU.

The virtual devices, their controllers and the GATT client cost CPU that no real session has. So the same devices are
run first with a client that listens and decodes nothing; what Attune adds is the difference.
"""

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing

from bleak import BleakClient
from bleak.backends.device import BLEDevice

from benchmarks.figure import Figure, table
from dsp.codes import Modality
from dsp.stream import Chunk, Gap, Item
from sensors.ble import bitalino, gatt, polar_pmd, shimmer
from sensors.ble.polar_pmd import Command, Measurement, Op
from sensors.ble.polar_settings import Settings
from sensors.ble.radio import Radio
from sensors.ble.sensor import BleSensor
from tests.sensors.ble.streaming import Streaming
from tests.sensors.ble.virtual_bitalino import VirtualBitalino
from tests.sensors.ble.virtual_bluetooth import VirtualBluetooth, backend_of
from tests.sensors.ble.virtual_polar import VirtualPolar
from tests.sensors.ble.virtual_shimmer import VirtualShimmer

SECONDS = 20.0
SETTLE_S = 4.0
MAX_SHARE = 0.25  # of a core
_STARTS = (
    Command(Op.START, Measurement.ECG, Settings(rate_hz=(130,), resolution_bits=(14,))),
    Command(Op.START, Measurement.ACC, Settings(rate_hz=(200,), resolution_bits=(16,), range_units=(8,))),
)

Listen = Callable[[VirtualBluetooth], Awaitable[None]]


class _Room:
    """Four straps and two skin conductance devices."""

    def __init__(self) -> None:
        self.straps = [VirtualPolar() for _ in range(4)]
        self.bitalino, self.shimmer = VirtualBitalino(), VirtualShimmer()
        devices: list[VirtualPolar | VirtualBitalino | VirtualShimmer] = [*self.straps, self.bitalino, self.shimmer]
        self._devices = devices
        self.air = VirtualBluetooth([(f"F1:00:00:00:00:{k:02X}", device) for k, device in enumerate(devices, 16)])
        self.n_beats = [0] * len(self.straps)

    def beat(self) -> list[Streaming]:
        """Have each strap send its heartbeats, once a second, from when somebody listens."""
        return [Streaming(lambda k=k: self._send_beat(k), 1.0) for k in range(len(self.straps))]  # type: ignore[misc]  # mypy infers no lambda with a default

    def halt(self) -> None:
        """Have every device stream no more, so that what it sent can be counted."""
        for device in self._devices:
            device.halt()

    async def _send_beat(self, k: int) -> None:
        strap = self.straps[k].strap
        if strap.is_subscribed.is_set():
            self.n_beats[k] += 1
            await strap.notify(hr_bpm=60 + self.n_beats[k] % 2, rr_1024=[1024])


async def _cpu_share(room: _Room, listeners: list[asyncio.Task[None]]) -> float:
    beating = room.beat()
    await asyncio.sleep(SETTLE_S)
    cpu, wall = time.process_time(), time.perf_counter()
    await asyncio.sleep(SECONDS)
    share = (time.process_time() - cpu) / (time.perf_counter() - wall)
    for stream in beating:
        stream.stop()
    room.halt()
    await asyncio.sleep(0.7)  # what is on its way arrives
    for task in listeners:
        task.cancel()
    await asyncio.wait(listeners)
    return share


async def _listen_only(backend: type, address: str) -> None:
    """Have a device stream as Attune does, and throw away what it sends."""
    client = BleakClient(BLEDevice(address, None, None), backend=backend.client)  # type: ignore[attr-defined]  # made by backend_of
    await client.connect()
    services = {service.uuid for service in client.services}
    for service, characteristic in (
        (gatt.HEART_RATE_SERVICE, gatt.HEART_RATE_MEASUREMENT),
        (polar_pmd.SERVICE, polar_pmd.CONTROL),
        (polar_pmd.SERVICE, polar_pmd.DATA),
        (bitalino.SERVICE, bitalino.FRAMES),
        (shimmer.SERVICE, shimmer.TX),
    ):
        if service in services:
            await client.start_notify(characteristic, lambda _, __: None)
    for service, characteristic, data in _commands():
        if service in services:
            await client.write_gatt_char(characteristic, data, response=True)
    await asyncio.Event().wait()


def _commands() -> list[tuple[str, str, bytes]]:
    return [
        *((polar_pmd.SERVICE, polar_pmd.CONTROL, polar_pmd.encode_command(start)) for start in _STARTS),
        (bitalino.SERVICE, bitalino.COMMANDS, bitalino.rate_command(100)),
        (bitalino.SERVICE, bitalino.COMMANDS, bitalino.start_command([3])),
        *((shimmer.SERVICE, shimmer.RX, c) for c in (shimmer.rate_command(32), shimmer.ENABLE_EDA, shimmer.START)),
    ]


def _sent(room: _Room) -> int:
    """Count the samples of the whole room, so that both runs are seen to carry the same."""
    of_straps = sum(strap.n_sent[m] for strap in room.straps for m in (Measurement.ECG, Measurement.ACC))
    return of_straps + sum(room.n_beats) + room.bitalino.n_sent + room.shimmer.n_sent


async def _baseline() -> tuple[float, int]:
    room = _Room()
    backend = backend_of(room.air)
    await room.air.central()
    listeners = [asyncio.create_task(_listen_only(backend, address)) for address, _ in room.air.peripherals]
    share = await _cpu_share(room, listeners)
    return share, _sent(room)


async def _read(source: BleSensor, heard: list[Item]) -> None:
    async with aclosing(source.items()) as items:
        async for item in items:
            heard.append(item)  # noqa: PERF401  # what came before a cancellation counts too


async def _whole() -> tuple[float, int, int, int]:
    """Give the share of a core, the samples heard, those that were not, and the gaps."""
    room = _Room()
    radio = Radio(backend_of(room.air), services=(gatt.HEART_RATE_SERVICE, bitalino.SERVICE, shimmer.SERVICE))
    heard: list[list[Item]] = [[] for _ in room.air.peripherals]
    sources = [BleSensor(address, clock=time.monotonic, radio=radio) for address, _ in room.air.peripherals]
    listeners = [asyncio.create_task(_read(s, items)) for s, items in zip(sources, heard, strict=True)]
    share = await _cpu_share(room, listeners)
    n_sent = _sent(room)
    n_heard = sum(len(i.t) for items in heard for i in items if isinstance(i, Chunk) and i.modality is not Modality.HR)
    n_gaps = sum(isinstance(item, Gap) for items in heard for item in items)
    return share, n_heard, n_sent - n_heard, n_gaps


def run() -> list[Figure]:
    """Measure both; at the end up to one notification of each stream is still being filled by its device."""
    devices, n_thrown_away = asyncio.run(_baseline())
    share, n_heard, n_lost, n_gaps = asyncio.run(_whole())
    unfinished = 7  # a BITalino's notification of 20 bytes holds 6 frames and a half
    ours = share - devices
    return [
        Figure(
            "the virtual devices and a null client", f"{devices:.1%} of a core, {n_thrown_away} samples", "reported"
        ),
        Figure("the same with Attune's sources", f"{share:.1%} of a core", "reported"),
        Figure("what Attune adds", f"{ours:.1%} of a core", f"<= {MAX_SHARE:.0%}", ours <= MAX_SHARE),
        Figure(
            "samples lost",
            f"{max(n_lost - unfinished, 0)} of {n_heard}, {n_gaps} gaps",
            "0",
            n_lost <= unfinished and not n_gaps,
        ),
    ]


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__).parse_args()
    print(table(run()))
