# SPDX-License-Identifier: MIT
"""The felt edge, the resonance and the growth of made-up people whose truth is known.

`python -m benchmarks.arousal.growth` prints the table (some minutes).
"""

import numpy as np

from benchmarks.arousal.synthetic_people import beats_of_a_resonator, random_ratings, ratings_of_a_person
from benchmarks.figure import Figure, table
from dsp.arousal.resonance import answers, assess, sliding_plan, stepped_plan
from dsp.growth.felt_edge import FeltEdge, felt_edge
from dsp.growth.trend import trends
from dsp.plan import PacingPlan

_PEOPLE = 300
_ENOUGH = 7  # sessions from which on a growth of 2 MDC is to be found


def run() -> list[Figure]:
    plans = {"stepped": stepped_plan(100.0), "sliding": sliding_plan(100.0)}
    figures = [*_edges(), *_trends()]
    for name, plan in plans.items():
        figures += _resonances(name, plan)
    return figures


def _edges() -> list[Figure]:
    found = near = covered = none = 0
    for seed in range(_PEOPLE):
        rng = np.random.default_rng(seed)
        edge = rng.uniform(0.7, 1.8)
        told = felt_edge(ratings_of_a_person(rng, edge=edge), rng)
        if isinstance(told, FeltEdge):
            found += 1
            near += abs(told.level - edge) <= 0.3
            covered += told.low <= edge <= told.high
        none += not isinstance(felt_edge(random_ratings(rng), rng), FeltEdge)
    return [
        _share("felt edge within 0.3, of all people, 20 ratings", near, _PEOPLE, at_least=0.9),
        Figure("felt edge, its 90 % band covers the truth", f"{100.0 * covered / found:.1f} %", ""),
        _share("random ratings: no edge found", none, _PEOPLE, at_least=0.95),
    ]


def _trends() -> list[Figure]:
    growth = 2.0 * 1.96 * np.sqrt(2.0)  # 2 MDC of values that waver with an SD of 1
    figures = []
    for sessions in (5, 6, 7, 8, 12):
        by_chance = shown = 0
        for seed in range(_PEOPLE):
            rng = np.random.default_rng(seed)
            noise = {"edge": rng.standard_normal(sessions), "return": rng.standard_normal(sessions)}
            by_chance += any(trend is not None and trend.is_shown for trend in trends(_lists(noise), rng).values())
            noise["edge"] = noise["edge"] + np.linspace(0.0, growth, sessions)
            trend = trends(_lists(noise), rng)["edge"]
            shown += trend is not None and trend.is_shown
        figures.append(_share(f"{sessions} sessions, two measures of noise: a trend", by_chance, _PEOPLE, at_most=0.05))
        name = f"{sessions} sessions, growth of 2 MDC: a trend"
        if sessions < _ENOUGH:  # too few orders for any test at this level
            figures.append(Figure(name, f"{100.0 * shown / _PEOPLE:.1f} %", ""))
        else:
            figures.append(_share(name, shown, _PEOPLE, at_least=0.8))
    return figures


def _lists(measures: dict[str, np.ndarray]) -> dict[str, list[float | None]]:
    return {name: [float(value) for value in values] for name, values in measures.items()}


def _resonances(name: str, plan: PacingPlan) -> list[Figure]:
    equal = near = 0
    for seed in range(_PEOPLE):
        rng = np.random.default_rng(seed)
        resonance, rsa_bpm = rng.uniform(4.5, 6.5), rng.uniform(6.0, 12.0)
        beats = beats_of_a_resonator(rng, plan, resonance=resonance, rsa_bpm=rsa_bpm)
        told = assess(answers(*beats, plan), rng)
        if told is None or not told.is_seen or told.is_equally_good:
            equal += 1
        else:
            near += abs(told.best - resonance) <= 0.25
    return [
        _share(f"resonance, {name}, RSA 6-12 bpm: equally good", equal, _PEOPLE, at_most=0.25),
        _share(f"resonance, {name}: the others within 0.25/min", near, _PEOPLE - equal, at_least=0.95),
    ]


def _share(name: str, count: int, of: int, *, at_least: float = 0.0, at_most: float = 1.0) -> Figure:
    share = count / max(of, 1)
    demand = f">= {100.0 * at_least:.0f} %" if at_least else f"<= {100.0 * at_most:.0f} %"
    return Figure(name, f"{100.0 * share:.1f} %", demand, at_least <= share <= at_most)


if __name__ == "__main__":
    print(table(run()))
