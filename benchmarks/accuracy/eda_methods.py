# SPDX-License-Identifier: MIT
"""Ways to find artifacts in wrist skin conductance, all causal and without delay, judged in epochs of 5 s.

Truth is what at least two of three experts marked (`data/aww_eda`: one person, seven recordings, 8 Hz, acceleration).
Every second recording by name is for tuning, the ones between are for reporting.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dsp.codes import Reason
from dsp.skin.artifacts import ARTIFACTS, Site
from dsp.skin.eda import SkinConductance
from dsp.skin.lowpass import LowPass
from dsp.stream import FloatArray
from tests.dsp.skin.made import by_seconds, times

Verdicts = npt.NDArray[np.bool_]  # one an epoch

_RATE_HZ = 8.0
_EPOCH = 40  # samples
_LEAST = 0.05  # microsiemens: below it a share of the level says nothing


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    name: str
    eda: FloatArray  # microsiemens
    acc: FloatArray  # mg, three columns
    experts: npt.NDArray[np.bool_]  # (epochs, 3)

    @property
    def marked(self) -> Verdicts:
        return np.asarray(self.experts.sum(axis=1) >= 2)


Method = Callable[[Recording], Verdicts]


def load(folder: Path) -> list[Recording]:
    """Load all recordings, in order of name."""
    recordings = []
    for path in sorted(folder.glob("*.npz")):
        with np.load(path) as file:
            labels, eda, acc = file["labels"], file["eda"].astype(float), 1000.0 * file["acc"].astype(float)
        n = _EPOCH * len(labels)
        recordings.append(Recording(path.stem, eda[:n], acc[:n], labels == 2.0))
    return recordings


def tuned_on(recordings: list[Recording]) -> list[Recording]:
    return recordings[0::2]


def reported_on(recordings: list[Recording]) -> list[Recording]:
    return recordings[1::2]


def f1(found: Verdicts, marked: Verdicts) -> float:
    return 2.0 * float(np.sum(found & marked)) / max(float(np.sum(found) + np.sum(marked)), 1.0)


def pooled_f1(method: Method, recordings: list[Recording]) -> float:
    return f1(np.concatenate([method(r) for r in recordings]), np.concatenate([r.marked for r in recordings]))


def agreement(recordings: list[Recording]) -> list[float]:
    """Give F1 of each pair of experts."""
    experts = np.concatenate([recording.experts for recording in recordings])
    return [f1(experts[:, a], experts[:, b]) for a, b in combinations(range(3), 2)]


def by_attune(recording: Recording, rate_hz: float = _RATE_HZ) -> Verdicts:
    """The stage as it is, fed second by second, at the recording's rate or half of it."""
    t = times(len(recording.eda) / _RATE_HZ, _RATE_HZ)
    every = round(_RATE_HZ / rate_hz)
    stage = SkinConductance(Site.WRIST)
    items = by_seconds(t[every - 1 :: every], recording.eda[every - 1 :: every], (t, recording.acc))
    is_found = [second.why in (*ARTIFACTS, Reason.MOVING) for item in items for second in stage.update(item)]
    return np.asarray(np.reshape(is_found, (-1, 5)).any(axis=1))


def by_relative_slope(recording: Recording) -> Verdicts:
    """|dE/dt|/E above 0.2 per s on the 1 Hz low-passed signal: the rule as published."""
    return _any(_relative_slope(recording) > 0.2)


def by_relative_slope_and_motion(recording: Recording) -> Verdicts:
    return np.logical_and(by_relative_slope(recording), by_motion(recording))


def by_motion(recording: Recording) -> Verdicts:
    """SD of |acceleration| over the epoch above 100 mg."""
    return np.asarray(_epochs(_size(recording)).std(axis=1) > 100.0)


def by_kleckner(recording: Recording) -> Verdicts:
    """Range 0.05 to 60, slope within 10 per s; also the 5 s after either (Kleckner 2018, there before it as well)."""
    smooth = _lowpassed(recording.eda)
    slope = np.diff(smooth, prepend=smooth[0]) * _RATE_HZ
    found = _any((smooth < _LEAST) | (smooth > 60.0) | (np.abs(slope) > 10.0))
    return np.asarray(found | np.concatenate([[False], found[:-1]]))


def by_kocielnik(recording: Recording) -> Verdicts:
    """Rises by more than 20 % or falls by more than 10 % within 1 s (Kocielnik 2013)."""
    level = np.maximum(_lowpassed(recording.eda), _LEAST)
    change = level / _before(level, int(_RATE_HZ)) - 1.0
    return _any((change > 0.2) | (change < -0.1))


def by_logistic(recording: Recording) -> Verdicts:
    """Logistic model on fall, rise and motion; coefficients fitted once, on the recordings for tuning, C = 100."""
    level = np.maximum(recording.eda, _LEAST)
    rise = np.log(level / _before(level, 2))
    features = (_worst(_root_fall(level)) + 0.01, _worst(rise) + 0.005, _epochs(_size(recording)).std(axis=1) + 5.0)
    weights = (4.057, 1.866, 0.455)
    score = 13.951 + sum(weight * np.log(feature) for weight, feature in zip(weights, features, strict=True))
    return np.asarray(score > math.log(0.56 / 0.44))


def by_root_fall(limit: float) -> Method:
    """Nothing but the fall within 0.5 s over the root of the level."""
    return lambda recording: np.asarray(_worst(_root_fall(np.maximum(recording.eda, _LEAST))) > limit)


def left_out(recordings: list[Recording]) -> tuple[float, list[float]]:
    """Choose the fall's limit on all days but one and judge that one: pooled F1, and the limits chosen."""
    limits, found = [], []
    for out in recordings:
        others = [recording for recording in recordings if recording.name[:10] != out.name[:10]]  # the same date
        limits.append(max(np.arange(0.05, 0.11, 0.0025), key=lambda limit: pooled_f1(by_root_fall(limit), others)))
        found.append(by_root_fall(limits[-1])(out))
    return f1(np.concatenate(found), np.concatenate([recording.marked for recording in recordings])), limits


def _epochs(values: FloatArray) -> FloatArray:
    return values.reshape(-1, _EPOCH)


def _any(is_found: Verdicts) -> Verdicts:
    return np.asarray(is_found.reshape(-1, _EPOCH).any(axis=1))


def _worst(values: FloatArray) -> FloatArray:
    return np.asarray(_epochs(values).max(axis=1))


def _before(values: FloatArray, n: int) -> FloatArray:
    return np.concatenate([np.full(n, values[0]), values[:-n]])


def _root_fall(level: FloatArray) -> FloatArray:
    top = np.max([level, *(_before(level, n) for n in range(1, 5))], axis=0)
    return np.asarray((top - level) / np.sqrt(top))


def _size(recording: Recording) -> FloatArray:
    return np.asarray(np.sqrt((recording.acc**2).sum(axis=1)))


def _lowpassed(eda: FloatArray) -> FloatArray:
    lowpass = LowPass(1.0)
    return np.array([lowpass.start(eda[0]), *(lowpass.follow(level, 1.0 / _RATE_HZ) for level in eda[1:].tolist())])


def _relative_slope(recording: Recording) -> FloatArray:
    level = np.maximum(_lowpassed(recording.eda), _LEAST)
    return np.asarray(np.abs(np.diff(level, prepend=level[0])) * _RATE_HZ / level)
