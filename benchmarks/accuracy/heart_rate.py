# SPDX-License-Identifier: MIT
"""The heart rate that is shown: how soon a step is there, and how near it is from 30 to 240 beats a minute.

`python -m benchmarks.accuracy.heart_rate` prints the table. Hearts are made up, so that every beat is known; each goes
through the whole pipeline as a strap's intervals and as an ECG of 130 Hz, a packet and a tick each second, begun at
ten different parts of a second. Times are in the data's own time: what a radio adds stands beside it elsewhere.
"""

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.figure import Figure, table
from dsp.codes import Modality
from dsp.pipeline import Pipeline
from dsp.stream import Chunk, Features, FloatArray, Tick
from sensors.made_up.ecg import Ecg
from sensors.made_up.heart import Kind, Pulse

_RATE_HZ = 130
_BEFORE_S, _AFTER_S = 40.0, 20.0
_PARTS = 10  # of a second
_STEPS = ((80.0, 120.0, 5.0), (80.0, 40.0, 6.0))  # from, to, demand in seconds
_RATES = (30.0, 40.0, 60.0, 80.0, 100.0, 120.0, 150.0, 180.0, 210.0, 240.0)
_REACHED = 0.95

Show = Callable[[FloatArray], Chunk]


def run() -> list[Figure]:
    figures = []
    for name, show in (("RR", _as_intervals), ("ECG", _as_ecg)):
        figures += [_step(name, show, *step) for step in _STEPS]
        figures.append(_steady(name, show))
    return figures


def _step(name: str, show: Show, before_bpm: float, after_bpm: float, demand_s: float) -> Figure:
    """Measure from the first beat that ends an interval of the new length to the first tick that shows the step."""
    waits = []
    for part in range(_PARTS):
        old = part / _PARTS + np.arange(0.0, _BEFORE_S, 60.0 / before_bpm)
        new = old[-1] + np.arange(1, int(_AFTER_S * after_bpm / 60.0)) * 60.0 / after_bpm
        reached = before_bpm + _REACHED * (after_bpm - before_bpm)
        shown = (features for features in _lived(show(np.concatenate([old, new]))) if features.t >= new[0])
        waits.append(next(f.t for f in shown if _is_past(f.hr_bpm.value, before_bpm, reached)) - new[0])
    what = f"{name}: step from {before_bpm:.0f} to {after_bpm:.0f}, 95 % of it shown"
    told = f"{np.median(waits):.1f} s, at most {max(waits):.1f} s"
    return Figure(what, told, f"<= {demand_s:.0f} s", max(waits) <= demand_s)


def _is_past(bpm: float | None, before: float, reached: float) -> bool:
    return bpm is not None and (bpm - reached) * (reached - before) >= 0.0


def _steady(name: str, show: Show) -> Figure:
    worst, missing = 0.0, []
    for bpm in _RATES:
        shown = [f.hr_bpm.value for f in _lived(show(np.arange(0.3, 60.0, 60.0 / bpm))) if 20.0 <= f.t <= 58.0]
        known = [value for value in shown if value is not None]
        if len(known) < len(shown):
            missing.append(f"{bpm:.0f}")
        worst = max([worst, *(abs(value - bpm) / max(1.0, 0.01 * bpm) for value in known)])
    told = f"off by {worst:.2f} of that" + (f", not always shown at {', '.join(missing)}" if missing else "")
    return Figure(f"{name}: steady rates, 30 to 240", told, "within 1 bpm or 1 %", worst <= 1.0 and not missing)


def _lived(chunk: Chunk) -> Iterator[Features]:
    pipeline = Pipeline()
    for second in range(1, int(chunk.t[-1]) + 1):
        due = (chunk.t > second - 1) & (chunk.t <= second)
        pipeline.update(Chunk(chunk.modality, chunk.t[due], chunk.values[due], float(second), chunk.source))
        yield from pipeline.update(Tick(float(second))).features


def _as_intervals(beats_s: FloatArray) -> Chunk:
    rr_ms = np.round(np.diff(beats_s) * 1024.0) / 1.024
    return Chunk(Modality.RR, beats_s[1:], rr_ms, float(beats_s[-1]), "strap")


def _as_ecg(beats_s: FloatArray) -> Chunk:
    t = np.arange(0.0, beats_s[-1], 1.0 / _RATE_HZ)
    pulses = [Pulse(beat, Kind.USUAL) for beat in beats_s.tolist()]
    lead = Ecg(np.random.default_rng(1))
    mv = lead.advance(t, np.full(len(t), 0.5), pulses, moving=False, touching=True)
    return Chunk(Modality.ECG, t, mv, float(t[-1]), "chest")


if __name__ == "__main__":
    print(table(run()))
