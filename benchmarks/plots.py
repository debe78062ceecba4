# SPDX-License-Identifier: MIT
"""Draw the plots of docs/benchmarks.md: `python -m benchmarks.plots FOLDER`, where the peers are installed."""

import sys
from pathlib import Path

from benchmarks.accuracy import breathing, verdicts
from benchmarks.speed import full_update
from benchmarks.svg import Bar, Point, bars, points


def main(folder: Path) -> None:
    """Measure what is drawn, and write the drawings."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in {"rmssd": _rmssd, "breathing": _breathing, "speed": _speed}.items():
        print(f"drawing {name} ...", file=sys.stderr, flush=True)
        (folder / f"{name}.svg").write_text(draw(), encoding="utf-8")


def _rmssd() -> str:
    rows = [
        Bar(f"{set_name}, {method}", median, f"{median:.1f} %, p90 {p90:.1f} %", method == "Attune")
        for method, sets in verdicts.rmssd_errors().items()
        for set_name, (median, p90) in sets.items()
    ]
    rows.sort(key=lambda row: row.name)
    return bars("Error of RMSSD with 2 % of the beats spoiled", "median, percent", rows)


def _breathing() -> str:
    rows = [
        Point(_short(name), 100.0 * coverage, error, name.startswith("Attune"))
        for name, (error, coverage) in breathing.errors_and_coverages().items()
    ]
    return points("Breathing rate in intensive care", "told, percent of seconds", "error, breaths/min", rows)


def _short(method: str) -> str:
    """Name a method by its authors where it has any."""
    return method.partition("(")[2].rstrip(")") or method


def _speed() -> str:
    costs = full_update.costs()
    ours = {f"Attune, {signals.name}": seconds for signals, seconds in costs.updates.items()}
    ours["Attune, R peaks alone"] = costs.peaks
    theirs = {f"{peer}, {signals.name}": seconds for (peer, signals), seconds in costs.peers.items()}
    rows = [
        Bar(name, 1000.0 * seconds, f"{1000.0 * seconds:.2f} ms", name in ours)
        for name, seconds in sorted({**ours, **theirs}.items(), key=lambda cost: cost[1])
    ]
    return bars("A second: Attune as it comes, the others 300 s anew", "processor time each second, ms", rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
