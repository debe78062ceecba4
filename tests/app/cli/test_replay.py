# SPDX-License-Identifier: MIT
import asyncio
from collections.abc import Sequence

import pytest

from app.cli.replay import in_time
from app.merge import merge_items
from dsp.stream import Item, Tick
from tests.app.sources import rr
from tests.virtual_time import run_virtual


@pytest.mark.parametrize("speed", [0.5, 1.0, 4.0])
def test_items_come_at_their_time_and_as_they_are(speed: float) -> None:
    items: list[Item] = [rr(100.5), Tick(101.0), rr(103.5)]

    async def given() -> tuple[Sequence[Item], Sequence[float]]:
        clock = asyncio.get_running_loop().time
        await asyncio.sleep(7.0)
        came = [(item, clock() - 7.0) async for item in in_time(merge_items(items), clock, speed)]
        return [item for item, _ in came], [t for _, t in came]

    came, times = run_virtual(given())
    assert came == items
    assert times == pytest.approx([0.0, 0.5 / speed, 3.0 / speed], abs=1e-6)
