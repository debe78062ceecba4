# SPDX-License-Identifier: MIT
"""A strap with its waveform, dropped and back, on virtual time: heard within a second, nothing doubled, gaps marked.

`python -m benchmarks.faults.reconnects [DROPS]`; the tests have the same with fifty drops of every device.
"""

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.figure import Figure, table
from dsp.codes import Modality, Reason
from dsp.stream import Chunk, Gap, Item
from sensors.ble.sensor import BleSensor
from tests.sensors.ble.listening import listening, now
from tests.sensors.ble.virtual_bluetooth import VirtualBluetooth, backend_of
from tests.sensors.ble.virtual_peripheral import ADDRESS
from tests.sensors.ble.virtual_polar import VirtualPolar
from tests.virtual_time import run_virtual

DROPS = 1000
_LONGEST_AWAY_S = 20.0
_BEATS = (2, 45)  # from a link that flaps to one that stood for 30 s


@dataclass
class _Found:
    back_s: list[float] = field(default_factory=list)  # from the first advertisement to the subscription
    n_doubled: int = 0
    n_unmarked: int = 0
    n_gaps: int = 0


async def _scene(drops: int) -> _Found:
    polar, rng, found = VirtualPolar(), np.random.Generator(np.random.PCG64(1)), _Found()
    air = VirtualBluetooth([(ADDRESS, polar)])
    rr_1024 = 700
    async with listening(BleSensor(ADDRESS, clock=now, backend=backend_of(air))) as heard:
        for drop in range(drops + 1):
            await polar.air.subscribed()
            air.repeats = 1 + drop % 5  # as BlueZ does when clients are forgotten
            for _ in range(int(rng.integers(*_BEATS))):
                rr_1024 += 1  # beats that can be told apart
                await asyncio.sleep(rr_1024 / 1024)
                await polar.strap.notify(hr_bpm=60, rr_1024=[rr_1024])
            await heard.calm()
            _judge(heard.items, found)
            heard.items.clear()
            rr_1024 = 700
            if drop == drops:
                return found
            await polar.air.drop(stays_away=True)
            await asyncio.sleep(float(rng.uniform(0, _LONGEST_AWAY_S)))
            back = now()
            await polar.air.advertise()
            await polar.air.subscribed()
            found.back_s.append(now() - back)
    return found


def _judge(items: Sequence[Item], found: _Found) -> None:
    """Look at what came on one connection: no beat and no sample twice, and a gap before the first of each."""
    found.n_gaps += sum(isinstance(i, Gap) and i.reason is Reason.LINK_LOST for i in items)
    for modality in (Modality.RR, Modality.ECG, Modality.ACC):
        mine = [i for i in items if isinstance(i, Chunk | Gap) and i.modality is modality]
        chunks = [i for i in mine if isinstance(i, Chunk)]
        if not chunks:
            continue
        found.n_unmarked += bool(found.back_s) and not isinstance(mine[0], Gap)
        t = np.concatenate([c.t for c in chunks])
        values = np.concatenate([c.values for c in chunks])
        values = values[:, 0] if values.ndim > 1 else values
        found.n_doubled += int(np.sum(np.diff(t) <= 0) + np.sum(np.diff(values) == 0))


def run(drops: int = DROPS) -> list[Figure]:
    found = run_virtual(_scene(drops))
    slowest = max(found.back_s)
    return [
        Figure(f"{drops} drops: subscribed again, the slowest", f"{slowest:.2f} s", "<= 1 s", slowest <= 1.0),
        Figure("beats or samples that came twice", f"{found.n_doubled}", "0", found.n_doubled == 0),
        Figure("connections whose data follow on no gap", f"{found.n_unmarked}", "0", found.n_unmarked == 0),
        Figure("gaps", f"{found.n_gaps}", "reported"),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("drops", nargs="?", type=int, default=DROPS)
    print(table(run(parser.parse_args().drops)))
