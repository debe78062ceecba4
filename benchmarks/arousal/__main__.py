# SPDX-License-Identifier: MIT
"""Measure the estimate; print one table. `python -m benchmarks.arousal [NAME ...]` runs the named ones."""

import sys

from benchmarks.arousal import bad_signal, band, laws, stress_predict
from benchmarks.figure import Figure, table

BENCHES = {"band": band.run, "laws": laws.run_all, "stress_predict": stress_predict.run, "bad_signal": bad_signal.run}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"no bench is called {unknown[0]}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for name in names or BENCHES:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        figures += BENCHES[name]()
    print(table(figures))
    return 0 if all(figure.is_met is not False for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
