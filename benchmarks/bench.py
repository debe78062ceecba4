# SPDX-License-Identifier: MIT
"""Runs the benches of a folder: the named ones or all, one table at the end."""

import sys
from collections.abc import Callable, Mapping, Sequence

from benchmarks.figure import Figure, table

Bench = Callable[[], Sequence[Figure]]


def run_benches(benches: Mapping[str, Bench], names: Sequence[str]) -> int:
    """Run them and print their table; give the exit code: 0 where every demand is met, 2 for an unknown name."""
    unknown = [name for name in names if name not in benches]
    if unknown:
        print(f"no bench is called {unknown[0]}; there are {', '.join(benches)}", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for name in names or benches:
        print(f"running {name} ...", file=sys.stderr, flush=True)
        figures += benches[name]()
    print(table(figures))
    return 0 if all(figure.is_met is not False for figure in figures) else 1
