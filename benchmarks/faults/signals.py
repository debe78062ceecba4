# SPDX-License-Identifier: MIT
"""Ticks of hostile persons through the whole pipeline: no number that looks valid from data that are not.

`python -m benchmarks.faults.signals [TICKS] [PROCESSES]` prints the table. A finding is said with its person's
seed and the tick; `evaluated(seed)` gives it again.
"""

import math
import multiprocessing
import sys
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.faults.hostile_person import HostilePerson
from benchmarks.faults.witness import Witness
from benchmarks.figure import Figure, table
from dsp.pipeline import Pipeline
from dsp.stream import Tick

TICKS = 1_000_000
SESSION = 500  # ticks of one person


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One person's ticks: how many showed HRV, how many should not, and the first of each kind of finding."""

    seed: int
    n_shown: int
    n_unfit: int
    findings: dict[str, int]


def run(ticks: int = TICKS, processes: int = 1) -> list[Figure]:
    """Evaluate that many ticks."""
    seeds, began = range(-(-ticks // SESSION)), time.perf_counter()
    if processes == 1:
        sessions = [evaluated(seed) for seed in seeds]
    else:
        with multiprocessing.Pool(processes) as pool:
            sessions = pool.map(evaluated, seeds, chunksize=8)
    return [_figure(sessions, time.perf_counter() - began)]


def evaluated(seed: int) -> Evaluated:
    """Follow one person."""
    person, pipeline, witness = HostilePerson(seed), Pipeline(), Witness()
    findings: dict[str, int] = {}
    for tick in range(SESSION):
        items = (*person.second(), Tick(person.now))
        since = person.waves.heartless_since
        witness.heartless_since = math.inf if since is None else since
        for item in items:
            try:
                frame = pipeline.update(item)
            except Exception as error:  # noqa: BLE001  # whatever escapes here is what is looked for
                findings.setdefault(f"{type(error).__name__}: {traceback.format_exc(limit=-1)}", tick)
                return Evaluated(seed, witness.n_shown, witness.n_unfit, findings)
            for fault in witness.faults(frame):
                findings.setdefault(fault, tick)
    return Evaluated(seed, witness.n_shown, witness.n_unfit, findings)


def _figure(sessions: Sequence[Evaluated], seconds: float) -> Figure:
    kinds = Counter(what for session in sessions for what in session.findings)
    for what, n in kinds.most_common():
        first = next(session for session in sessions if what in session.findings)
        print(f"{what}: {n} persons, first seed {first.seed}, tick {first.findings[what]}", file=sys.stderr)
    ticks = SESSION * len(sessions)
    shown, unfit = sum(s.n_shown for s in sessions) / ticks, sum(s.n_unfit for s in sessions) / ticks
    spoiled = sum(bool(session.findings) for session in sessions)
    measured = (
        f"{len(kinds)} kinds of finding in {spoiled} persons; HRV shown at {shown:.0%} of the ticks, {unfit:.0%} of "
        f"the windows unfit; {ticks / seconds:,.0f} ticks/s"
    )
    return Figure(f"{ticks:,} ticks of {len(sessions):,} hostile persons", measured, "0 findings", not kinds)


if __name__ == "__main__":
    figures = run(*map(int, sys.argv[1:3]))
    print(table(figures))
    sys.exit(any(figure.is_met is False for figure in figures))
