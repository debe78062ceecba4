# SPDX-License-Identifier: MIT
"""The estimate on people whom nobody trained it on: Stress-Predict, through the whole path, state by state.

Each person is calibrated on 3 min of the first rest, which ends 3 min before the first task; those 3 min, the rest
after the Stroop task, the one after the interview and the one after the hyperventilation are the calm to compare with.
What was chosen with an eye on these people (how far a wrist's own rate is trusted, and that the skin's reference goes
on once the heart is back at rest) was chosen on every second person; both halves are printed.

`python -m benchmarks.arousal.stress_predict` prints the table. Recordings are read from `ATTUNE_DATA` or
`../shared/data`; S01 had the tasks in another order and is left out.
"""

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median

import numpy as np

from benchmarks.arousal.people import Span, Subject, load, states
from benchmarks.figure import Figure, table
from dsp.baseline import ArousalState
from dsp.codes import Zone

DATA = Path(os.environ.get("ATTUNE_DATA") or Path(__file__).parents[3] / "shared" / "data")

_BLOCK_S = 300
_SURE = 0.8
_RESAMPLED = 4000
_FEWEST = 30  # seconds of each side that an AUC needs

Above = Callable[[ArousalState], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Lived:
    """A person, and the state of each second."""

    subject: Subject
    states: list[ArousalState]

    def within(self, spans: Sequence[Span]) -> list[ArousalState]:
        return [state for span in spans for state in self.states if span.holds(state.t)]

    def levels(self, *spans: Span) -> list[float]:
        return [state.level for state in self.within(spans) if state.level is not None]


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Give the probability that one of the first is larger than one of the second; NaN where there are too few."""
    if min(len(positive), len(negative)) < _FEWEST:
        return math.nan
    ordered = np.sort(np.asarray(negative))
    below = np.searchsorted(ordered, positive, "left") + np.searchsorted(ordered, positive, "right")
    return float(np.mean(below) / (2.0 * len(negative)))


def _shown(state: ArousalState) -> bool:
    return state.zone is Zone.ABOVE


def _sure(state: ArousalState) -> bool:
    return state.zone is Zone.ABOVE and state.p_above is not None and state.p_above >= _SURE


def interval(values: Sequence[float], seed: int = 1) -> tuple[float, float]:
    """Give the 95 % bootstrap interval of a mean over people."""
    known = np.asarray([value for value in values if not math.isnan(value)])
    chance = np.random.default_rng(seed)
    means = np.mean(chance.choice(known, (_RESAMPLED, len(known))), axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def run() -> list[Figure]:
    subjects = load(DATA / "arousal" / "stress_predict")
    if not subjects:
        return [Figure("stress_predict", f"no recordings in {DATA / 'arousal'}", "")]
    lives = [Lived(subject, states(subject)) for subject in subjects]
    return [
        Figure("people", f"{len(lives)}, tuning half {', '.join(life.subject.name for life in lives[::2])}", ""),
        *_separation(lives),
        *_blocks(lives, "", _shown),
        *_blocks(lives, f", P >= {_SURE}", _sure),
        *_timing(lives),
    ]


def _separation(lives: list[Lived]) -> list[Figure]:
    before = [auc(life.levels(life.subject.interview), life.levels(*life.subject.calm[:2])) for life in lives]
    calm = [auc(life.levels(life.subject.interview), life.levels(*life.subject.calm)) for life in lives]
    stroop = [auc(life.levels(life.subject.interview), life.levels(life.subject.stroop)) for life in lives]
    is_met = float(np.nanmean(before)) >= 0.80 and interval(before)[0] >= 0.72
    demand = ">= 0.80, lower bound >= 0.72"
    return [
        Figure("AUC, interview against the rests before it", _said(before), demand, is_met),
        Figure("AUC, interview against all calm", _said(calm), ""),
        Figure("AUC, interview against Stroop", _said(stroop), ""),
    ]


def _said(values: list[float]) -> str:
    low, high = interval(values)
    halves = f"tuning half {np.nanmean(values[::2]):.2f}, other {np.nanmean(values[1::2]):.2f}"
    return f"{np.nanmean(values):.3f} ({low:.2f} to {high:.2f}; {halves})"


def _blocks(lives: list[Lived], word: str, is_above: Above) -> list[Figure]:
    interview = [share for life in lives for share in blocks(life, [life.subject.interview], is_above)]
    rests = [share for life in lives for share in blocks(life, life.subject.rests, is_above)]
    above, calm = fmean(interview), fmean(rests)
    return [
        Figure(f"blocks above in the interview{word}", f"{above:.2f} of {len(interview)}", ">= 0.62", above >= 0.62),
        Figure(f"blocks above in the later rests{word}", f"{calm:.2f} of {len(rests)}", "<= 0.21", calm <= 0.21),
    ]


def blocks(life: Lived, spans: Sequence[Span], is_above: Above) -> list[bool]:
    """Tell of each whole block of 5 min whether more than half of its seconds lie above."""
    told = []
    for span in spans:
        above = [is_above(state) for state in life.within([span])]
        told += [2 * sum(above[i : i + _BLOCK_S]) > _BLOCK_S for i in range(0, len(above) - _BLOCK_S + 1, _BLOCK_S)]
    return told


def _timing(lives: list[Lived]) -> list[Figure]:
    onsets = sum(_changes(_known(life.within([span])), into=Zone.ABOVE) for life in lives for span in life.subject.calm)
    calm_h = sum(span.end_s - span.begin_s for life in lives for span in life.subject.calm) / 3600.0
    latencies = [_latency(life) for life in lives]
    found = [s for s in latencies if s < math.inf]
    hours = [len(life.within([life.subject.after])) / 3600.0 for life in lives]
    known = [_changes(_known(life.within([life.subject.after]))) for life in lives]
    every = [_changes([state.zone for state in life.within([life.subject.after])]) for life in lives]
    flips = sum(known) / sum(hours)
    return [
        Figure("calm onsets", f"{onsets / calm_h:.1f}/h", "<= 2/h", onsets / calm_h <= 2.0),
        Figure(
            "latency, median",
            f"{median(latencies):.0f} s ({len(found)} of {len(lives)} enter)",
            "<= 120 s",
            median(latencies) <= 120.0,
        ),
        Figure("flips between known states", f"{flips:.1f}/h", "<= 8/h", flips <= 8.0),
        Figure("... with those to unknown and back", f"{sum(every) / sum(hours):.1f}/h", ""),
    ]


def _known(told: Sequence[ArousalState]) -> list[Zone]:
    return [state.zone for state in told if state.zone is not Zone.UNKNOWN]


def _changes(zones: Sequence[Zone], *, into: Zone | None = None) -> int:
    return sum(a is not b and into in (None, b) for a, b in pairwise(zones))


def _latency(life: Lived) -> float:
    """Give the seconds from the interview's begin to the first state above; no end where there is none."""
    span = life.subject.interview
    above = [state.t for state in life.within([span]) if _shown(state)]
    return above[0] - span.begin_s if above else math.inf


if __name__ == "__main__":
    print(table(run()))
