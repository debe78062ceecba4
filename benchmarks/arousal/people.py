# SPDX-License-Identifier: MIT
"""The people of Stress-Predict (Iqbal 2022, doi 10.3390/s22218135) as items: heart rate, skin and motion of a wrist."""

import gzip
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dsp.codes import Action, CalibrationStep, Modality
from dsp.pipeline import Pipeline
from dsp.stream import CLIENT, ArousalState, Chunk, Command, FloatArray, Item, Tick

REST_S = 180.0  # what the guide asks for
HELD_OUT_S = 180.0  # of the first rest, after the calibration

_SOURCE = "wrist"
_EDA_HZ = 4


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the protocol, seconds since the start."""

    begin_s: float
    end_s: float

    def holds(self, t: float) -> bool:
        return self.begin_s < t <= self.end_s


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """One person: what was measured, and what they did when."""

    name: str
    hr_bpm: FloatArray  # (n,), one a second from 0 s
    motion_mg: FloatArray  # (n,)
    eda: FloatArray  # (m,), 4 Hz
    tags_s: tuple[float, ...]

    @property
    def stroop(self) -> Span:
        return Span(self.tags_s[0], self.tags_s[1])

    @property
    def interview(self) -> Span:
        return Span(self.tags_s[2], self.tags_s[3])

    @property
    def rests(self) -> tuple[Span, ...]:
        """The three rests after the calibration: after Stroop, interview and hyperventilation."""
        return tuple(Span(self.tags_s[i], self.tags_s[i + 1]) for i in (1, 3, 5))

    @property
    def calibration(self) -> Span:
        end_s = self.tags_s[0] - HELD_OUT_S
        return Span(end_s - REST_S, end_s)

    @property
    def held_out(self) -> Span:
        return Span(self.calibration.end_s, self.tags_s[0])

    @property
    def calm(self) -> tuple[Span, ...]:
        """What the calibration did not see of calm, in order of time."""
        return (self.held_out, *self.rests)

    @property
    def after(self) -> Span:
        """Everything from the calibration to the end of the last rest."""
        return Span(self.calibration.end_s, self.tags_s[6])


def load(folder: Path) -> list[Subject]:
    """Read everybody who had the tasks in the standard order."""
    index = folder / "tags.json"
    if not index.is_file():
        return []
    tags = json.loads(index.read_text(encoding="utf-8"))
    return [_read(folder, name, told["tags_s"]) for name, told in tags.items() if told["standard_order"]]


def _read(folder: Path, name: str, tags_s: list[float]) -> Subject:
    seconds = _table(folder / f"{name}_hr_acc_1hz.csv.gz")
    eda = _table(folder / f"{name}_eda_4hz.csv.gz")[:, 0]
    return Subject(name, seconds[:, 1], 1000.0 * seconds[:, 2], eda, tuple(tags_s))


def _table(path: Path) -> FloatArray:
    text = gzip.decompress(path.read_bytes()).decode()
    return np.genfromtxt(io.StringIO(text), delimiter=",", skip_header=1, ndmin=2)


def items(subject: Subject, *, has_heart: bool = True, has_skin: bool = True) -> Iterator[Item]:
    """Give a person's items second by second, with the calibration among them."""
    calibration = subject.calibration
    for second in range(1, len(subject.hr_bpm)):
        t = float(second)
        if second == round(calibration.begin_s):
            yield _command(t, CalibrationStep.REST)
        if second == round(calibration.end_s):
            yield _command(t, CalibrationStep.DONE)
        if has_heart:
            yield Chunk(Modality.HR, np.array([t]), subject.hr_bpm[second : second + 1], t, _SOURCE)
        if has_skin:
            yield _skin(subject, t)
        yield _motion(subject, t)
        yield Tick(t)


def states(subject: Subject, *, has_heart: bool = True, has_skin: bool = True) -> list[ArousalState]:
    """Run the one path over a person; give the state of each second."""
    pipeline = Pipeline()
    frames = (pipeline.update(item) for item in items(subject, has_heart=has_heart, has_skin=has_skin))
    return [state for frame in frames for state in frame.states]


def _command(t: float, step: CalibrationStep) -> Command:
    values = (("step", step.value), ("seconds", 2.0 * REST_S))
    return Command(t, Action.CALIBRATE, "bench", CLIENT, values)


def _skin(subject: Subject, t: float) -> Chunk:
    first = round((t - 1.0) * _EDA_HZ) + 1
    values = subject.eda[first : first + _EDA_HZ]
    return Chunk(Modality.EDA, t - 1.0 + np.arange(1, len(values) + 1) / _EDA_HZ, values, t, _SOURCE)


def _motion(subject: Subject, t: float) -> Chunk:
    """Give four samples of gravity with the second's spread."""
    sd_mg = subject.motion_mg[round(t)]
    z = 1000.0 + sd_mg * np.array([1.0, -1.0, 1.0, -1.0])
    values = np.column_stack([np.zeros(4), np.zeros(4), z])
    return Chunk(Modality.ACC, t - 1.0 + np.arange(1, 5) / 4.0, values, t, _SOURCE)
