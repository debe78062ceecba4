# SPDX-License-Identifier: MIT
"""A made-up ECG that goes wrong in every way we know of; it shares no code with the detector or its quality.

Some seconds are sound and in some one thing is wrong throughout. `python -m benchmarks.faults.hostile_ecg [PERSONS]`
follows persons of five minutes each, and looks for a quality that is up while more than a quarter of the intervals of
its window are not intervals of this heart.
"""

import math
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.figure import Figure, table
from dsp.codes import Modality
from dsp.heart.ecg_quality import CLEAR, EcgQuality
from dsp.heart.qrs import RPeak, RPeaks
from dsp.stream import Chunk, FloatArray

PERSONS = 400
SECONDS = 300

_WINDOW_S, _MOST_WRONG = 8.0, 0.25
_ALLOWED = 0.01  # of the seconds: one bad second among eight may stay unseen, and the verdicts on beats see it
_NEAR_S = 0.06  # of an interval against the heart's own
_WAVES = ((-0.16, 0.13, 0.024), (-0.03, -0.1, 0.009), (0.0, 1.0, 0.011), (0.03, -0.25, 0.010), (0.25, 0.3, 0.05))
_SPIKE = (math.nan, math.inf, -math.inf, 1e300, -40.0, 40.0)

Way = Callable[[random.Random, FloatArray, FloatArray], tuple[FloatArray, FloatArray]]  # of times and mV


def _gauss(chance: random.Random, count: int, sd: float) -> FloatArray:
    return np.array([chance.gauss(0.0, sd) for _ in range(count)])


def _motion(chance: random.Random, t: FloatArray, mv: FloatArray) -> tuple[FloatArray, FloatArray]:
    swing = chance.uniform(1.0, 8.0) * np.sin(2.0 * math.pi * chance.uniform(0.8, 4.0) * t)
    return t, mv + swing + _gauss(chance, len(t), chance.uniform(0.1, 1.0))


def _spiked(chance: random.Random, t: FloatArray, mv: FloatArray) -> tuple[FloatArray, FloatArray]:
    at = [chance.randrange(len(t)) for _ in range(chance.randrange(1, 20))]
    mv[at] = [chance.choice(_SPIKE) for _ in at]
    return t, mv


_WAYS: dict[str, Way] = {
    "sound": lambda chance, t, mv: (t, mv),
    "flat": lambda chance, t, mv: (t, np.full(len(t), chance.choice((0.0, 0.2)))),
    "rail": lambda chance, t, mv: (t, np.full(len(t), chance.choice((-20.0, 20.0)))),
    "clipped": lambda chance, t, mv: (t, np.clip(8.0 * mv, -3.0, 3.0)),
    "noise": lambda chance, t, mv: (t, mv + _gauss(chance, len(t), chance.uniform(0.05, 2.0))),
    "noise alone": lambda chance, t, mv: (t, _gauss(chance, len(t), chance.uniform(0.001, 2.0))),
    "turned over": lambda chance, t, mv: (t, -mv),
    "faint": lambda chance, t, mv: (t, 0.1 * mv),
    "motion": _motion,
    "steps": lambda chance, t, mv: (t, mv + np.repeat(_gauss(chance, len(t) // 13 + 1, 3.0), 13)[: len(t)]),
    "spikes": _spiked,
    "nothing": lambda chance, t, mv: (t, np.full(len(t), math.nan)),
    "lost samples": lambda chance, t, mv: (t[(kept := _gauss(chance, len(t), 1.0) < 1.5)], mv[kept]),
    "times that repeat": lambda chance, t, mv: (np.repeat(t[::2], 2)[: len(t)], mv),
    "times that run back": lambda chance, t, mv: (t - chance.uniform(0.0, 3.0), mv),
    "one sample a second": lambda chance, t, mv: (t[:1], mv[:1]),
    "silent": lambda chance, t, mv: (t[:0], mv[:0]),
}


@dataclass(frozen=True, slots=True)
class Followed:
    """One person: in how many seconds the quality was up, and what was the matter when it should not have been."""

    seed: int
    n_up: int
    findings: tuple[str, ...]


def run(persons: int = PERSONS) -> list[Figure]:
    followed = [follow(seed) for seed in range(persons)]
    kinds = Counter(what for one in followed for what in one.findings)
    seconds = persons * SECONDS
    up = sum(one.n_up for one in followed) / seconds
    what = f"{seconds:,} s of hostile ECG: quality up while the beats are wrong"
    told = f"{kinds.total()} s ({', '.join(f'{k} {n}' for k, n in kinds.most_common())}); up in {up:.0%}"
    told = f"{kinds.total() / seconds:.2%}: {told}"
    return [Figure(what, told, f"<= {_ALLOWED:.0%}", kinds.total() <= _ALLOWED * seconds)]


def follow(seed: int, seconds: int = SECONDS) -> Followed:
    """Follow one person; what escapes is what is looked for."""
    chance = random.Random(seed)  # noqa: S311  # not for secrets
    stage, quality, peaks = RPeaks(), EcgQuality(), list[RPeak]()
    rate_hz, shares, n_up = chance.choice((100, 130, 250)), chance.choice((0.0, 0.02, 0.1)), 0
    beats, findings, way = _beats(chance, seconds), list[str](), "sound"
    for second in range(seconds):
        if chance.random() < (shares if way == "sound" else 0.3):
            way = chance.choice(tuple(_WAYS)) if way == "sound" else "sound"
        t = second + np.arange(1, rate_hz + 1) / rate_hz
        t, mv = _WAYS[way](chance, t, _ecg(beats, t) + _gauss(chance, rate_hz, 0.01))
        chunk = Chunk(Modality.ECG, t, mv, second + 1.0, "made up")
        new = stage.update(chunk)
        quality.update(chunk, new)
        peaks += new
        if quality.at(second + 1.0)[0] >= CLEAR:
            n_up += 1
            if _share_wrong(beats, peaks, second + 1.0) > _MOST_WRONG:
                findings.append(way)
    return Followed(seed, n_up, tuple(findings))


def _beats(chance: random.Random, seconds: int) -> FloatArray:
    usual_s, t, beats = chance.uniform(0.4, 1.2), 0.3, []
    while t < seconds + 1.0:
        beats.append(t)
        t += usual_s * (1.0 + 0.05 * math.sin(0.25 * 2.0 * math.pi * t)) + chance.gauss(0.0, 0.01)
    return np.array(beats)


def _ecg(beats: FloatArray, t: FloatArray) -> FloatArray:
    near = beats[(beats > t[0] - 1.0) & (beats < t[-1] + 1.0)]
    mv = np.zeros(len(t))
    for shift_s, height_mv, width_s in _WAVES:
        mv += height_mv * np.exp(-0.5 * ((t[:, np.newaxis] - near - shift_s) / width_s) ** 2).sum(axis=1)
    return mv


def _share_wrong(beats: FloatArray, peaks: list[RPeak], now: float) -> float:
    """Give the share of the intervals of the window that begin at no beat, or do not last until the next."""
    found = np.array([peak.t for peak in peaks[-60:] if now - _WINDOW_S < peak.t])
    if len(found) < 2:
        return 1.0
    nearest = np.array([int(np.argmin(np.abs(beats - t))) for t in found])
    off = np.abs(beats[nearest] - found) > _NEAR_S
    return float(np.mean(off[:-1] | off[1:] | (np.diff(nearest) != 1)))


if __name__ == "__main__":
    figures = run(*map(int, sys.argv[1:2]))
    print(table(figures))
    sys.exit(any(figure.is_met is False for figure in figures))
