# SPDX-License-Identifier: MIT
"""LabStreamingLayer in: loss and cost of many streams, an outlet killed and started again, hostile streams refused.

`python -m benchmarks.faults.lsl_streams` prints the table (some 90 s; a real liblsl on loopback, senders in processes
of their own).
"""

import asyncio
import os
import time
from collections.abc import Sequence
from statistics import median

import numpy as np
import psutil

from benchmarks.figure import Figure, table
from dsp.codes import Modality, Reason
from sensors.lsl.config import use_loopback
from sensors.lsl.describe import describe
from sensors.lsl.inlet import LslInlet
from sensors.lsl.search import searching
from sensors.source import SensorError
from tests.sensors.ble.listening import Heard
from tests.sensors.lsl.listening import listening, now
from tests.sensors.lsl.outlets import Spec, sender

_SESSION = f"attune-bench-{os.getpid()}"
_SECONDS = 20.0
_STREAMS = 64
_KILLS = 10
_HOSTILE = (
    Spec("a million channels", channels=10**6),
    Spec("a description of 20 MB", filling=20_000_000),
    Spec("a label of 10 MB", labels=["x" * 1000], times=10_000),
    Spec("20 kHz", rate_hz=20_000.0),
    Spec("a name written back\u202ewards"),
    Spec("a name of 5000 " + "y" * 5000),
)


def run() -> list[Figure]:
    """Measure all of it."""
    use_loopback(_SESSION, is_quiet=True)
    return [_fast(), *_many(), *_killed(), *_refused()]


def _fast() -> Figure:
    labels = [*(f"aux{k}" for k in range(7)), "ECG"]
    spec = Spec("Fast", "misc", 8, 1000.0, "double64", labels=labels, units=[""] * 7 + ["mV"])
    with sender(_SESSION, spec):
        (heard,) = asyncio.run(_heard(["Fast"], _SECONDS))
    lost, n = _lost(heard, Modality.ECG)
    return Figure(f"1 kHz x 8 channels, {n} samples: lost", str(lost), "0", lost == 0)


def _many() -> list[Figure]:
    spec = Spec("Many", rate_hz=4.0)
    with sender(_SESSION, spec, _STREAMS):
        cost: list[float] = []
        all_heard = asyncio.run(_heard([f"Many{k}" for k in range(_STREAMS)], _SECONDS, cost))
    counts = [_lost(heard, Modality.EDA) for heard in all_heard]
    lost, n = sum(lost for lost, _ in counts), sum(n for _, n in counts)
    whole, ours = cost
    return [
        Figure(f"{_STREAMS} streams of 4 Hz, {n} samples: lost", str(lost), "0", lost == 0),
        Figure(f"{_STREAMS} streams of 4 Hz: share of a core, with liblsl's threads", f"{whole:.1f} %", ""),
        Figure(f"{_STREAMS} streams of 4 Hz: share of a core, the event loop's thread alone", f"{ours:.1f} %", ""),
    ]


async def _heard(names: Sequence[str], seconds: float, cost: list[float] | None = None) -> list[Heard]:
    """Read streams side by side; `cost` gets percents of a core while all of them stream."""
    streaming, stop = asyncio.Semaphore(0), asyncio.Event()

    async def read(name: str) -> Heard:
        async with listening(LslInlet(name, clock=now)) as heard:
            await heard.until(lambda: any(heard.chunks(modality) for modality in Modality))
            streaming.release()
            await stop.wait()
        return heard

    tasks = [asyncio.create_task(read(name)) for name in names]
    for _ in names:
        await streaming.acquire()
    began, whole, ours = now(), time.process_time(), time.thread_time()
    await asyncio.sleep(seconds)
    elapsed = now() - began
    if cost is not None:
        cost += [100 * (time.process_time() - whole) / elapsed, 100 * (time.thread_time() - ours) / elapsed]
    stop.set()
    return [await task for task in tasks]


def _lost(heard: Heard, modality: Modality) -> tuple[int, int]:
    values = np.concatenate([chunk.values for chunk in heard.chunks(modality)])
    return int(np.sum(np.diff(values) != 1)), len(values)


def _killed() -> list[Figure]:
    took = [took_s for source_id in ("stable", "") for took_s in asyncio.run(_recoveries(source_id))]
    back = sum(took_s <= 3.0 for took_s in took)
    what = f"an outlet killed with -9 and started again, {_KILLS} times with a source id and {_KILLS} without"
    words = f"median {median(took):.2f} s, longest {max(took):.2f} s"
    return [
        Figure(f"{what}: back within 3 s, gap marked", f"{back} of {len(took)}", "all", back == len(took)),
        Figure("from its being open again to its first sample", words, "<= 3 s", max(took) <= 3.0),
    ]


async def _recoveries(source_id: str) -> list[float]:
    spec = Spec("Mortal", rate_hz=50.0, source_id=source_id)
    took: list[float] = []
    async with listening(LslInlet("Mortal", clock=now)) as heard:
        for k in range(_KILLS + 1):
            before = len(heard.chunks(Modality.EDA))
            with sender(_SESSION, spec) as process:
                began = now()
                await heard.until(lambda n=before: len(heard.chunks(Modality.EDA)) > n)  # type: ignore[misc]  # bound now
                if k:
                    took.append(now() - began)
                assert [gap.reason for gap in heard.gaps] == [Reason.LINK_LOST] * k
                await heard.until(lambda n=before: len(heard.chunks(Modality.EDA)) > n + 20)  # type: ignore[misc]
                process.kill()
    return took


def _refused() -> list[Figure]:
    figures = []
    for spec in _HOSTILE:
        with sender(_SESSION, spec):
            ms, grown_mb = asyncio.run(_judged())
        words = f"{ms:.1f} ms, {max(grown_mb, 0.0):.1f} MB"
        figures.append(Figure(f"refused: {spec.name[:30]}", words, "<= 100 ms, <= 10 MB", ms <= 100 and grown_mb <= 10))
    return figures


async def _judged() -> tuple[float, float]:
    process = psutil.Process()
    async with searching() as look:
        memory = process.memory_info().rss
        while True:
            began = now()
            for stream in await look():
                if stream.refusal is None and stream.facts is not None:
                    try:
                        await describe(stream.facts, stream.info)
                    except SensorError:
                        pass
                    else:
                        raise AssertionError(f"{stream.facts.name} was not refused")
                return 1000 * (now() - began), (process.memory_info().rss - memory) / 1e6
            await asyncio.sleep(0.02)


if __name__ == "__main__":
    print(table(run()))
