# SPDX-License-Identifier: MIT
"""What one session came to, of one person: the row that growth is read from.

Law: the measures depend on the values of the session alone; seconds in which nothing is known count nowhere but in
`unknown_s`. A made-up person's session never enters growth (its caller looks at `SessionHead.is_synthetic`).

Notes
-----
- The time in the window is a range, because each state is a guess with a doubt: surely inside are the seconds whose
  whole 90 % band lies between the bounds, possibly inside those whose band touches the inside.
- A way back that the session cuts short is censored there (Kaplan-Meier, `dsp/growth/survival.py`).
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from dsp.baseline import ArousalState, Excursion
from dsp.codes import Adherence, Zone
from dsp.growth.survival import Wait, median_wait
from dsp.stream import Cue, Features

_LEAST_BREATHS_MEASURED = 30  # seconds of rest with a known breath, for the rate that the rest was measured at


@dataclass(frozen=True, slots=True)
class SessionMeasures:
    """One person's session.

    Parameters
    ----------
    known_s, unknown_s : float
        Seconds with a state, and without.
    surely_inside, possibly_inside : float or None
        Shares of the known seconds; None where there are none.
    excursions_per_hour : float or None
        Times outside, for each known hour.
    depth : float or None
        The mean of how far beyond the bound each one went.
    ways_back : tuple of Wait
        Each way back, for medians over sessions.
    return_s : float or None
        Their median; None where it was not reached.
    adherence : float or None
        The share of the paced seconds that could be seen in which the breath followed.
    rest_hr_bpm, rest_ln_rmssd, rest_breaths_per_min : float or None
        Medians over the seconds of rest that the caller names.
    """

    known_s: float
    unknown_s: float
    surely_inside: float | None
    possibly_inside: float | None
    excursions_per_hour: float | None
    depth: float | None
    ways_back: tuple[Wait, ...]
    return_s: float | None
    adherence: float | None
    rest_hr_bpm: float | None
    rest_ln_rmssd: float | None
    rest_breaths_per_min: float | None


def session_measures(
    states: Sequence[ArousalState],
    excursions: Sequence[Excursion],
    cues: Iterable[Cue],
    rest: Sequence[Features],
) -> SessionMeasures:
    """Sum up one person's session.

    Parameters
    ----------
    states : sequence of ArousalState
        One a second.
    excursions : sequence of Excursion
        As told: each when it begins, and once more when it has ended.
    cues : iterable of Cue
        One a second.
    rest : sequence of Features
        The seconds of rest, paced or not, that the rest's own measures are taken over.
    """
    known = [state for state in states if state.zone is not Zone.UNKNOWN]
    waits, depths = _ways_back(excursions, states[-1].t if states else 0.0)
    return SessionMeasures(
        known_s=float(len(known)),
        unknown_s=float(len(states) - len(known)),
        surely_inside=_share(known, _is_surely_inside),
        possibly_inside=_share(known, _is_possibly_inside),
        excursions_per_hour=3600.0 * len(waits) / len(known) if known else None,
        depth=float(np.mean(depths)) if depths else None,
        ways_back=waits,
        return_s=median_wait(waits),
        adherence=_adherence(cues),
        rest_hr_bpm=_median([second.hr_bpm.value for second in rest]),
        rest_ln_rmssd=_ln_median([second.rmssd_ms.value for second in rest]),
        rest_breaths_per_min=_median([second.breaths_per_min.value for second in rest], _LEAST_BREATHS_MEASURED),
    )


def _ways_back(told: Sequence[Excursion], end_s: float) -> tuple[tuple[Wait, ...], list[float]]:
    """Give each way back once, the unfinished ones until the end of the session, and how deep each one went."""
    by_onset = {excursion.onset_s: excursion for excursion in told}  # what is told last of each holds
    waits = tuple(
        Wait(max(end_s - onset_s, 0.0), is_over=False) if last.return_s is None else Wait(last.return_s)
        for onset_s, last in by_onset.items()
    )
    return waits, [last.depth for last in by_onset.values()]


def _share(known: Sequence[ArousalState], holds: Callable[[ArousalState], bool]) -> float | None:
    return sum(map(holds, known)) / len(known) if known else None


def _is_surely_inside(state: ArousalState) -> bool:
    if state.band is None or state.bounds is None:
        return False
    return state.bounds[0] <= state.band[0] and state.band[1] <= state.bounds[1]


def _is_possibly_inside(state: ArousalState) -> bool:
    if state.band is None or state.bounds is None:
        return state.zone is Zone.WITHIN
    return state.band[0] <= state.bounds[1] and state.band[1] >= state.bounds[0]


def _adherence(cues: Iterable[Cue]) -> float | None:
    seen = [cue.adherence for cue in cues if cue.adherence in (Adherence.FOLLOWING, Adherence.NOT_FOLLOWING)]
    return sum(answer is Adherence.FOLLOWING for answer in seen) / len(seen) if seen else None


def _median(values: Sequence[float | None], at_least: int = 1) -> float | None:
    known = [value for value in values if value is not None]
    return float(np.median(known)) if len(known) >= at_least else None


def _ln_median(values: Sequence[float | None]) -> float | None:
    median = _median([value for value in values if value is not None and value > 0.0])
    return None if median is None else math.log(median)
