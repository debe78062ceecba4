# SPDX-License-Identifier: MIT
import asyncio
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import numpy as np
import pytest

from dsp.codes import CueKind, Modality, NoticeCode, Reason, SourceState
from dsp.plan import PacingPlan, Segment
from dsp.stream import Chunk, Cue, Gap, Item, Notice, Status, read_only
from sensors.realtime import RealTime
from sensors.replay import Recording
from tests.sensors.reading import taken, written
from tests.virtual_time import run_virtual

ITEMS: list[Item] = [
    Status(100.0, "small", SourceState.STREAMING),
    Chunk(
        Modality.RR,
        read_only([100.2, 101.0]),
        read_only([800.0, 800.0]),
        101.25,
        "small",
        device_stamp=7,
        raw_stamps=read_only([0.2, 1.0]),
        clock_offset_s=100.0,
    ),
    Notice(102.0, NoticeCode.BATTERY, "small", values=(("percent", 80),)),
    Gap(101.0, 104.5, Reason.BEATS_LOST, "small", modality=Modality.RR),
    Chunk(Modality.RR, read_only([105.25]), read_only([750.0]), 105.5, "small", device_stamp=8),
]


class Small:
    """A recorded source of these items, which remembers the cues that it saw."""

    name = "small"

    def __init__(self, items: Sequence[Item] = ITEMS) -> None:
        self._items = items
        self.seen: list[Cue] = []

    async def items(self) -> AsyncGenerator[Item, None]:
        for item in self._items:
            yield item

    def see(self, cue: Cue) -> None:
        self.seen.append(cue)


async def played(source: Small, *, speed: float = 1.0) -> list[tuple[float, Item]]:
    """Open a source at 20 s, and note when each item comes."""
    clock = asyncio.get_running_loop().time
    await asyncio.sleep(20.0)
    return [(clock(), item) async for item in RealTime(source, clock=clock, speed=speed).items()]


def test_each_item_comes_when_the_clock_reaches_it() -> None:
    came = [t for t, _ in run_virtual(played(Small()))]
    np.testing.assert_allclose(came, [20.0, 21.25, 22.0, 24.5, 25.5])


def test_every_time_is_moved_by_one_constant_and_nothing_else_changes() -> None:
    status, beats, notice, gap, last = [item for _, item in run_virtual(played(Small()))]
    assert status == Status(20.0, "small", SourceState.STREAMING)
    assert notice == Notice(22.0, NoticeCode.BATTERY, "small", values=(("percent", 80),))
    assert gap == Gap(21.0, 24.5, Reason.BEATS_LOST, "small", modality=Modality.RR)
    assert isinstance(beats, Chunk)
    assert isinstance(last, Chunk)
    np.testing.assert_allclose(beats.t, [20.2, 21.0])
    assert (beats.values.tolist(), beats.arrival, beats.device_stamp) == ([800.0, 800.0], 21.25, 7)
    assert (np.asarray(beats.raw_stamps).tolist(), beats.clock_offset_s) == ([0.2, 1.0], 20.0)
    assert (last.arrival, last.device_stamp) == (25.5, 8)


def test_a_reader_that_was_late_gets_at_once_what_is_due() -> None:
    async def read() -> list[float]:
        clock = asyncio.get_running_loop().time
        came = []
        async for item in RealTime(Small(), clock=clock).items():
            came.append(clock())
            if isinstance(item, Status):
                await asyncio.sleep(3.0)
        return came

    np.testing.assert_allclose(run_virtual(read()), [0.0, 3.0, 3.0, 4.5, 5.5])


def test_a_faster_play_comes_sooner_and_keeps_the_spacing_of_the_data() -> None:
    found = run_virtual(played(Small(), speed=2.0))
    np.testing.assert_allclose([t for t, _ in found], [20.0, 20.625, 21.0, 22.25, 22.75])
    last = found[-1][1]
    assert isinstance(last, Chunk)
    assert last.arrival == 25.5


@pytest.mark.parametrize("speed", [0.0, -1.0, float("nan"), float("inf")])
def test_a_speed_is_finite_and_above_0(speed: float) -> None:
    with pytest.raises(ValueError, match="speed must be finite and above 0"):
        RealTime(Small(), clock=lambda: 0.0, speed=speed)


def test_a_source_that_looks_on_sees_the_plan_in_its_own_time() -> None:
    async def show(source: Small) -> None:
        clock = asyncio.get_running_loop().time
        await asyncio.sleep(20.0)
        live = RealTime(source, clock=clock)
        await taken(live, lambda item: isinstance(item, Chunk))
        plan = PacingPlan((Segment(21.0, 10.0),), end_s=60.0)
        live.see(Cue(21.5, kind=CueKind.BREATH, plan=plan))
        live.see(Cue(22.0))

    source = Small()
    run_virtual(show(source))
    assert source.seen == [
        Cue(101.5, kind=CueKind.BREATH, plan=PacingPlan((Segment(101.0, 10.0),), end_s=140.0)),
        Cue(102.0),
    ]


def test_a_recording_does_not_mind_what_is_shown(tmp_path: Path) -> None:
    RealTime(Recording(written(tmp_path / "rr.txt", "800\n")), clock=lambda: 0.0).see(Cue(1.0))
