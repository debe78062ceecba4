# SPDX-License-Identifier: MIT
"""People who are made up for the laws of the estimate: a heart rate, skin and motion as functions of time, as items.

It has the sizes of a resting adult: breath swings the rate by 6 bpm, slow waves by 2, and beats scatter by 10 ms.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dsp.codes import Action, CalibrationStep, Modality
from dsp.pipeline import Pipeline
from dsp.stream import CLIENT, ArousalState, Chunk, Command, Frame, Item, Tick, Value

Course = Callable[[float], float]

_EDA_HZ, _ACC_HZ = 8, 25
_BREATH_HZ, _WAVE_HZ = 0.25, 0.09


@dataclass(frozen=True, slots=True)
class Life:
    """What a person lives through; a course of None is a sensor that there is not.

    `bpm` is the mean rate; `scl` the level in microsiemens; `scr_per_min` the responses; `motion_mg` the SD of |acc| at
    the chest. `spoiled` is the share of beats that are missed.
    """

    bpm: Course | None = None
    scl: Course | None = None
    scr_per_min: Course = lambda t: 1.5
    motion_mg: Course | None = None
    spoiled: float = 0.0
    sends_beats: bool = True


def items(life: Life, seconds: int, commands: Sequence[Command] = (), *, seed: int = 1) -> Iterator[Item]:
    """Give a life second by second, with commands and ticks."""
    chance = np.random.default_rng(seed)
    heart, skin = _Heart(life, chance), _Skin(life, chance)
    waiting = list(commands)
    for second in range(1, seconds + 1):
        t = float(second)
        while waiting and waiting[0].t <= t - 1.0:
            yield waiting.pop(0)
        yield from heart.until(t)
        yield from skin.until(t)
        yield from _motion(life, t, chance)
        yield Tick(t)


def run(life: Life, seconds: int, commands: Sequence[Command] = (), *, seed: int = 1) -> list[Frame]:
    """Run the one path over a life."""
    pipeline = Pipeline()
    return [pipeline.update(item) for item in items(life, seconds, commands, seed=seed)]


def states_of(frames: Sequence[Frame]) -> list[ArousalState]:
    return [state for frame in frames for state in frame.states]


def command(t: float, action: Action, **values: Value) -> Command:
    return Command(t, action, "bench", CLIENT, tuple(values.items()))


def rest(begin_s: float, end_s: float) -> list[Command]:
    """Give the commands of a rest from one second to another."""
    return [
        command(begin_s, Action.CALIBRATE, step=CalibrationStep.REST.value, seconds=1800.0),
        command(end_s, Action.CALIBRATE, step=CalibrationStep.DONE.value),
    ]


def bounds(t: float, upper: float) -> Command:
    """Give the command that sets both bounds by hand."""
    return command(t, Action.BOUNDS, upper=upper, lower=-upper, reason="bench")


class _Heart:
    def __init__(self, life: Life, chance: np.random.Generator) -> None:
        self._life, self._chance = life, chance
        self._due_s, self._since_s = 0.7, 0.0
        self._phase = float(chance.uniform(0.0, 6.28))

    def until(self, end_s: float) -> Iterator[Chunk]:
        if self._life.bpm is None:
            return
        t, rr_ms = [], []
        while self._due_s <= end_s:
            if self._chance.random() >= self._life.spoiled:
                t.append(self._due_s)
                rr_ms.append(1000.0 * (self._due_s - self._since_s))
                self._since_s = self._due_s
            self._due_s += 60.0 / self._rate(self._due_s) + float(self._chance.normal(0.0, 0.01))
        if t and self._life.sends_beats:
            yield Chunk(Modality.RR, np.array(t), np.array(rr_ms), end_s, "strap")
        yield Chunk(Modality.HR, np.array([end_s]), np.array([round(self._rate(end_s))]), end_s, "strap")

    def _rate(self, t: float) -> float:
        assert self._life.bpm is not None
        breath = 3.0 * math.sin(2.0 * math.pi * _BREATH_HZ * t + self._phase)
        wave = 1.0 * math.sin(2.0 * math.pi * _WAVE_HZ * t + 2.0 * self._phase)
        return max(self._life.bpm(t) + breath + wave, 25.0)


class _Skin:
    def __init__(self, life: Life, chance: np.random.Generator) -> None:
        self._life, self._chance = life, chance
        self._onsets: list[tuple[float, float]] = []

    def until(self, end_s: float) -> Iterator[Chunk]:
        if self._life.scl is None:
            return
        if self._chance.random() < self._life.scr_per_min(end_s) / 60.0:
            self._onsets.append((end_s - 1.0, float(self._chance.uniform(0.15, 0.5))))
        self._onsets = [(onset_s, size) for onset_s, size in self._onsets if onset_s > end_s - 30.0]
        times = [end_s - 1.0 + k / _EDA_HZ for k in range(1, _EDA_HZ + 1)]
        values = [self._life.scl(t) + self._responses(t) + float(self._chance.normal(0.0, 0.002)) for t in times]
        yield Chunk(Modality.EDA, np.array(times), np.array(values), end_s, "electrodes")

    def _responses(self, t: float) -> float:
        return sum(size * _bateman(t - onset_s) for onset_s, size in self._onsets)


def _bateman(since_s: float) -> float:
    """Give a response of height 1 that rises with 0.75 s and falls with 2 s."""
    return 2.8 * (math.exp(-since_s / 2.0) - math.exp(-since_s / 0.75)) if since_s > 0.0 else 0.0


def _motion(life: Life, t: float, chance: np.random.Generator) -> Iterator[Chunk]:
    if life.motion_mg is None:
        return
    times = t - 1.0 + np.arange(1, _ACC_HZ + 1) / _ACC_HZ
    z = 1000.0 + life.motion_mg(t) * chance.standard_normal(_ACC_HZ)
    yield Chunk(Modality.ACC, times, np.column_stack([np.zeros(_ACC_HZ), np.zeros(_ACC_HZ), z]), t, "strap")
