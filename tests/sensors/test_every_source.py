# SPDX-License-Identifier: MIT
"""The contract of every source: whatever gives items keeps these laws.

A new source adds one `Case` to `CASES`.
"""

import asyncio
import gc
import math
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from dsp.codes import Modality, SourceState
from dsp.stream import Chunk, Gap, Item, Notice, Status
from sensors.ble.sensor import BleSensor
from sensors.made_up.faults import Faults, Span
from sensors.realtime import RealTime, Recorded
from sensors.replay import Recording
from sensors.source import Source
from sensors.synthetic import SyntheticPerson
from tests.sensors.ble.every_device import DEVICES, KINDS, DeviceCase
from tests.sensors.ble.virtual_peripheral import on_air
from tests.sensors.ble.virtual_strap import ADDRESS, virtual_strap
from tests.sensors.reading import as_generator, taken, told, written
from tests.virtual_time import run_virtual

PERSON = "partner"
ENOUGH = 150  # items

Opener = Callable[[Path], AbstractAsyncContextManager[Source]]


@dataclass(frozen=True)
class Case:
    """A source of the person `partner`, and what it promises.

    `is_live`: it stamps with the loop's time. `starts_again`: opened again, it gives the same, moved in time if live.
    """

    name: str
    open: Opener
    is_live: bool
    starts_again: bool = True


def csv_recording(tmp_path: Path) -> Recorded:
    times = [*range(100, 400), *range(500, 800)]
    rows = "".join(f"{k / 10},{k % 7},{'' if k % 8 else 800},{k % 3},0,1000\n" for k in times)
    text = "t_s,eda_microsiemens,rr_ms,acc_x_mg,acc_y_mg,acc_z_mg\n" + rows
    return Recording(written(tmp_path / "table.csv", text), person=PERSON)


def rr_recording(tmp_path: Path) -> Recorded:
    text = "".join(f"{800 + k % 5 * 20}\n" for k in range(200))
    return Recording(written(tmp_path / "rr.txt", text), person=PERSON)


def synthetic(_: Path) -> Recorded:
    faults = Faults(
        ectopic_per_min=1.0,
        missed_per_min=1.0,
        extra_per_min=1.0,
        dropouts=(Span(5.0, 3.0),),
        contact_lost=(Span(12.0, 3.0),),
        motion=(Span(9.0, 2.0),),
    )
    return SyntheticPerson(5, person=PERSON, faults=faults)


def recorded(make: Callable[[Path], Recorded]) -> Opener:
    @asynccontextmanager
    async def opened(tmp_path: Path) -> AsyncIterator[Source]:
        yield make(tmp_path)

    return opened


def in_real_time(make: Callable[[Path], Recorded]) -> Opener:
    @asynccontextmanager
    async def opened(tmp_path: Path) -> AsyncIterator[Source]:
        await asyncio.sleep(3.0)  # the clock does not stand at 0 when a source is opened
        yield RealTime(make(tmp_path), clock=asyncio.get_running_loop().time)

    return opened


@asynccontextmanager
async def strap(_: Path) -> AsyncIterator[Source]:
    """A strap on virtual Bluetooth, which sends a packet each second as long as somebody listens."""
    async with virtual_strap() as (backend, device):

        async def beat() -> None:
            while True:
                await device.subscribed()
                await device.notify(hr_bpm=64, rr_1024=[960])
                await asyncio.sleep(0.94)

        beating = asyncio.create_task(beat())
        yield BleSensor(ADDRESS, clock=asyncio.get_running_loop().time, person=PERSON, backend=backend)
        beating.cancel()


def bluetooth(device_case: DeviceCase) -> Opener:
    @asynccontextmanager
    async def opened(_: Path) -> AsyncIterator[Source]:
        async with on_air(device_case.make()) as backend:
            clock = asyncio.get_running_loop().time
            yield BleSensor(ADDRESS, clock=clock, person=PERSON, backend=backend, kinds=KINDS)

    return opened


CASES = [
    Case("table", recorded(csv_recording), is_live=False),
    Case("rr list", recorded(rr_recording), is_live=False),
    Case("synthetic", recorded(synthetic), is_live=False),
    Case("table in real time", in_real_time(csv_recording), is_live=True),
    Case("rr list in real time", in_real_time(rr_recording), is_live=True),
    Case("synthetic in real time", in_real_time(synthetic), is_live=True),
    Case("strap", strap, is_live=True, starts_again=False),
    *(Case(device.name, bluetooth(device), is_live=True, starts_again=False) for device in DEVICES),
]

every_source = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
live_sources = pytest.mark.parametrize("case", [c for c in CASES if c.is_live], ids=lambda case: case.name)
repeatable_sources = pytest.mark.parametrize("case", [c for c in CASES if c.starts_again], ids=lambda case: case.name)


def counted(count: int) -> Callable[[Item], bool]:
    """Make a rule that so many items are enough."""
    left = iter(range(count - 1))
    return lambda _: next(left, None) is None


async def _read(case: Case, tmp_path: Path) -> tuple[str, list[Item]]:
    async with case.open(tmp_path) as source:
        return source.name, await taken(source, counted(ENOUGH))


def read(case: Case, tmp_path: Path) -> tuple[str, list[Item]]:
    return run_virtual(_read(case, tmp_path))


def times_of(item: Item) -> list[float]:
    if isinstance(item, Chunk):
        return [*item.t.tolist(), item.arrival]
    return [item.start_s, item.end_s] if isinstance(item, Gap) else [item.t]


@every_source
def test_every_item_names_its_source_and_its_person(case: Case, tmp_path: Path) -> None:
    name, items = read(case, tmp_path)
    assert len(items) == ENOUGH
    assert ":" in name
    for item in items:
        assert isinstance(item, Chunk | Gap | Notice | Status)
        assert (item.source, item.person) == (name, PERSON)


@every_source
def test_every_time_is_finite(case: Case, tmp_path: Path) -> None:
    assert all(math.isfinite(t) for item in read(case, tmp_path)[1] for t in times_of(item))


@every_source
def test_the_times_of_each_modality_only_grow(case: Case, tmp_path: Path) -> None:
    _, items = read(case, tmp_path)
    for modality in Modality:
        t = [t for item in items if isinstance(item, Chunk) and item.modality is modality for t in item.t.tolist()]
        assert all(a < b for a, b in pairwise(t))


@every_source
def test_nothing_arrives_before_it_happened_nor_before_what_arrived_earlier(case: Case, tmp_path: Path) -> None:
    chunks = [item for item in read(case, tmp_path)[1] if isinstance(item, Chunk)]
    assert chunks
    assert all(len(c.t) for c in chunks)
    assert all(c.arrival >= c.t[-1] for c in chunks)
    assert all(a.arrival <= b.arrival for a, b in pairwise(chunks))


@every_source
def test_a_gap_ends_before_the_next_samples_of_its_modality(case: Case, tmp_path: Path) -> None:
    _, items = read(case, tmp_path)
    for k, gap in enumerate(items):
        if isinstance(gap, Gap):
            rest = (i for i in items[k:] if isinstance(i, Chunk) and gap.modality in (None, i.modality))
            following = next(rest, None)
            assert gap.start_s <= gap.end_s
            assert following is None or gap.end_s <= following.t[0]


@every_source
def test_a_source_says_that_it_streams_before_it_gives_samples(case: Case, tmp_path: Path) -> None:
    state = SourceState.IDLE
    for item in read(case, tmp_path)[1]:
        if isinstance(item, Status):
            state = item.state
        if isinstance(item, Chunk):
            assert state is SourceState.STREAMING


@live_sources
def test_what_is_live_comes_when_it_arrives(case: Case, tmp_path: Path) -> None:
    async def delays() -> list[float]:
        clock = asyncio.get_running_loop().time
        async with case.open(tmp_path) as source, aclosing(as_generator(source.items())) as items:
            found = []
            async for item in items:
                if isinstance(item, Chunk):
                    found.append(clock() - item.arrival)
                if len(found) == 20:
                    return found
        raise AssertionError("the source ended early")

    assert np.all(np.abs(run_virtual(delays())) < 0.05)


async def left_running(before: set[asyncio.Task[None]]) -> set[asyncio.Task[None]]:
    """Give the tasks that are new and do not end; a virtual device gets a second to notice that it is alone again."""
    await asyncio.sleep(1.0)
    return asyncio.all_tasks() - before


@every_source
def test_closing_leaves_nothing_running(case: Case, tmp_path: Path) -> None:
    async def close() -> None:
        async with case.open(tmp_path) as source:
            before = asyncio.all_tasks()
            items = as_generator(source.items())
            for _ in range(10):
                await anext(items)
            await items.aclose()
            assert not await left_running(before)
            with pytest.raises(StopAsyncIteration):
                await anext(items)

    run_virtual(close())
    gc.collect()  # what was left open would complain now


@every_source
def test_cancelling_its_reader_closes_a_source(case: Case, tmp_path: Path) -> None:
    async def cancel() -> None:
        async with case.open(tmp_path) as source:
            before = asyncio.all_tasks()
            streams = asyncio.Event()

            def is_enough(item: Item) -> bool:
                if isinstance(item, Chunk):
                    streams.set()
                return False

            reader = asyncio.create_task(taken(source, is_enough))
            await streams.wait()
            reader.cancel()
            await asyncio.wait({reader}, timeout=10.0)
            assert reader.cancelled()
            assert not await left_running(before)

    run_virtual(cancel())
    gc.collect()


@repeatable_sources
def test_opening_again_gives_the_recording_again(case: Case, tmp_path: Path) -> None:
    async def twice() -> list[list[str]]:
        async with case.open(tmp_path) as source:
            return [told([_without_time(item) for item in await taken(source, counted(ENOUGH))]) for _ in range(2)]

    first, second = run_virtual(twice())
    assert first == second


def _without_time(item: Item) -> Item:
    """Take out what moves when a live source is opened later, and leave what it measured."""
    if isinstance(item, Chunk):
        return replace(item, t=item.t - item.t, arrival=0.0)
    if isinstance(item, Gap):
        return replace(item, start_s=0.0, end_s=0.0)
    return replace(item, t=0.0)
