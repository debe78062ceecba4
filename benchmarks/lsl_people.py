# SPDX-License-Identifier: MIT
"""Eight people's outlets on one machine: what a reader of all of them loses, and what they cost."""

import asyncio
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil

from app.clock import choose_session_clock
from app.merge import merge_recorded, time_of
from app.outlets import sending
from app.sinks import ItemLog
from benchmarks.figure import Figure
from benchmarks.lsl_recording import SETTLED_S, read, recorder_of, sent
from dsp.codes import Modality
from dsp.pipeline import Pipeline
from dsp.stream import Chunk, Frame
from sensors.lsl.config import use_many_outlets
from sensors.synthetic import SyntheticPerson

_PEOPLE = 8
_PEOPLE_S = 60.0
_OUTLETS = 7  # ECG, EDA, HR, features, state, window and markers
_FOUND_WITHIN_S = 20.0


def people() -> list[Figure]:
    """Send eight people's outlets and count what a reader of all of them loses."""
    persons = [f"p{k}" for k in range(_PEOPLE)]
    log, cpu, streams, found = _many(persons)
    lost = wanted = read_of = 0
    for person in persons:
        for name, modality in (("ECG", Modality.ECG), ("EDA", Modality.EDA)):
            stamps = streams.get(f"Attune {name} {person}", {"time_stamps": ()})["time_stamps"]
            if len(stamps):
                t = sent(log, modality, person)[0]
                inside = int(((t >= stamps[0] - 1e-3) & (t <= stamps[-1] + 1e-3)).sum())
                wanted, lost, read_of = wanted + inside, lost + inside - len(stamps), read_of + 1
    what = f"{_PEOPLE} people, {_OUTLETS * _PEOPLE} outlets"
    return [
        Figure(f"{what}: found by a search that waits for all", found, "all"),
        Figure(f"{what}: of those, by LabRecorder's one search of some seconds", str(len(streams)), ""),
        Figure(f"{what}: samples lost of ECG and EDA in {read_of} streams", f"{lost} of {wanted}", "0", lost == 0),
        Figure(f"{what}: share of a core, of the outlets alone", f"{cpu:.1f} %", "<= 25 %", cpu <= 25.0),
    ]


def _many(persons: Sequence[str]) -> tuple[ItemLog, float, Mapping[str, Any], str]:
    """Send what people's sessions put out; it is made before, so that what is measured is the sending alone."""
    use_many_outlets()
    clock, log, process = choose_session_clock(), ItemLog(), psutil.Process()
    start_s = float(round(clock()))
    frames = asyncio.run(_made(persons, start_s))
    with tempfile.TemporaryDirectory() as name, sending(persons, clock, Path(name)) as outlets:
        recorder: subprocess.Popen[str] | None = None
        search: subprocess.Popen[str] | None = None
        behind_s, cpu_s, since_s, recorded_s = clock() - start_s, math.nan, math.inf, math.inf
        for t, frame in frames:
            time.sleep(max(t + behind_s - clock(), 0.0))
            outlets.put(frame)
            log.put(frame)
            if search is None and t - start_s > 1.5 * SETTLED_S:
                search = _search(_OUTLETS * len(persons))
            if recorder is None and search is not None and search.poll() is not None:
                recorder, recorded_s = recorder_of(Path(name) / "out.xdf"), t
            if math.isnan(cpu_s) and recorder is not None and t - recorded_s > 2 * SETTLED_S:
                cpu_s, since_s = sum(process.cpu_times()[:2]), clock()
        cpu_percent = 100.0 * (sum(process.cpu_times()[:2]) - cpu_s) / (clock() - since_s)
        assert recorder is not None
        assert search is not None
        recorder.communicate("\n", timeout=60)
        found = (search.communicate()[0] or "").strip()
        return log, cpu_percent, read(Path(name) / "out.xdf"), found


def _search(outlets: int) -> "subprocess.Popen[str]":
    """Look for so many of our outlets from another process, until all answered."""
    code = (
        "import time, pylsl; t = time.monotonic()\n"
        f"n = len(pylsl.resolve_bypred(\"starts-with(name,'Attune')\", {outlets}, {_FOUND_WITHIN_S}))\n"
        "print(f'{n} in {time.monotonic() - t:.1f} s')"
    )
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


async def _made(persons: Sequence[str], start_s: float) -> list[tuple[float, Frame]]:
    """Make frames by the one path; with what is computed and the markers, ECG and EDA make seven outlets a person."""
    pipeline = Pipeline(tuple(persons))
    sources = [SyntheticPerson(k + 1, person=person, start_s=start_s) for k, person in enumerate(persons)]
    frames: list[tuple[float, Frame]] = []
    async for item in merge_recorded(sources):
        if time_of(item) > start_s + _PEOPLE_S:
            break
        frame = pipeline.update(item)
        if not isinstance(item, Chunk) or item.modality in (Modality.ECG, Modality.EDA):
            frames.append((time_of(item), frame))
    return frames
