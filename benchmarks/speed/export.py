# SPDX-License-Identifier: MIT
"""Exports of a long session against real time: ECG 130, ACC 200 and EDA 4 Hz, RR, and what is computed each second.

The session is made as it is read, so what is timed is the reading of a session that costs nothing, and the export; the
export to XDF is timed once more from a session in the encrypted store, which is checked, decrypted and read meanwhile.
`python -m benchmarks.speed.export [HOURS]`; half an hour by default, and the share of time does not depend on it.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.export.exporting import Format, export_session
from app.imports.confined import read_confined
from app.store.contents import SessionHead, Value
from app.store.stored_session import StoredSession
from benchmarks.figure import Figure, table
from benchmarks.speed.store import KEYS, write_session
from dsp.codes import Modality, Verdict
from dsp.stream import ArousalState, Beat, Chunk, Cue, Features, Item, Measure, Tick

LEAST_TIMES = 500.0  # times real time, for XDF
_SIGNALS = ((Modality.ECG, 130, 1), (Modality.ACC, 200, 3), (Modality.EDA, 4, 1))


@dataclass(frozen=True, slots=True)
class LongSession:
    """A session of so many seconds that takes no memory."""

    seconds: int

    @property
    def head(self) -> SessionHead:
        return SessionHead("S-4TQ9Z", 1.79e9, 0, 0.0, float(self.seconds), {"client": "C-7F3K"}, {"scorer": "1"})

    def items(self) -> Iterator[Item]:
        rng = np.random.Generator(np.random.PCG64(1))
        second = {
            modality: (np.arange(1, rate + 1) / rate, rng.normal(size=(rate, columns)).squeeze())
            for modality, rate, columns in _SIGNALS
        }
        for k in range(self.seconds):
            for modality, (t, values) in second.items():
                yield Chunk(modality, t + k, values, k + 1.0, "ble:any")
            yield Chunk(Modality.RR, np.array([k + 0.9]), np.array([1000.0]), k + 1.0, "ble:any")
            yield Tick(k + 1.0)

    def values(self) -> Iterator[Value]:
        known = Measure(42.0, 1.0, None)
        features = Features(0.0, hr_bpm=known, rmssd_ms=known, sdnn_ms=known, lf_ms2=known, scl_microsiemens=known)
        for k in range(self.seconds):
            yield Beat(k + 0.9, 1000.0, Verdict.NORMAL, k + 1.0, nn_ms=1000.0, confirmed_t=k + 2.0)
            yield replace(features, t=k + 1.0)
            yield ArousalState(k + 1.0)
            yield Cue(k + 1.0)


def run(hours: float = 0.5) -> list[Figure]:
    session = LongSession(int(3600 * hours))
    started = time.perf_counter()
    for _ in session.items():
        pass
    made = time.perf_counter() - started
    figures = [
        _stored_figure(session.seconds),
        Figure("making the session, once over", f"{session.seconds / made:.0f} times real time", "reported"),
    ]
    with tempfile.TemporaryDirectory() as folder:
        figures += [_figure(session, form, Path(folder) / f"out.{form}") for form in Format]
        path = Path(folder) / "out.xdf"
        started = time.perf_counter()
        with read_confined(path, "xdf"):
            took = time.perf_counter() - started
        size = path.stat().st_size / 1e6
        said = f"{session.seconds / took:.0f} times real time, {size / took:.0f} MB/s"
        figures.append(Figure("reading that XDF in its confined process", said, "reported"))
    return figures


def _stored_figure(seconds: int) -> Figure:
    """Time the export to XDF of a stored session, from its opening on."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "session"
        write_session(folder, seconds)
        started, busy = time.perf_counter(), time.process_time()
        stored = StoredSession(folder, KEYS)
        export_session(stored, Format.XDF, Path(place) / "out.xdf")
        times, alone = seconds / (time.perf_counter() - started), seconds / (time.process_time() - busy)
    said = f"{times:.0f} times real time ({alone:.0f} by the CPU)"
    return Figure("export to XDF out of the encrypted store", said, f">= {LEAST_TIMES:.0f}", times >= LEAST_TIMES)


def _figure(session: LongSession, form: Format, path: Path) -> Figure:
    started, busy = time.perf_counter(), time.process_time()
    export_session(session, form, path)
    times = session.seconds / (time.perf_counter() - started)
    alone = session.seconds / (time.process_time() - busy)
    files = [path] if path.is_file() else list(path.rglob("*.*"))
    size = sum(file.stat().st_size for file in files) / session.seconds * 3600 / 1e6
    demand = f">= {LEAST_TIMES:.0f}" if form is Format.XDF else "reported"
    is_met = times >= LEAST_TIMES if form is Format.XDF else None
    return Figure(
        f"export to {form.upper()}",
        f"{times:.0f} times real time ({alone:.0f} by the CPU), {size:.0f} MB an hour",
        demand,
        is_met,
    )


if __name__ == "__main__":
    print(table(run(float(sys.argv[1]) if len(sys.argv) > 1 else 0.5)))
