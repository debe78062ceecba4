# SPDX-License-Identifier: MIT
"""Feed Attune what it should never get; print one table.

`python -m benchmarks.faults [NAME ...]` runs the named ones.
"""

import sys

from benchmarks.faults import (
    atheris_decoders,
    decoders,
    hostile_ecg,
    hostile_names,
    imports,
    lsl_streams,
    reconnects,
    signals,
)
from benchmarks.figure import Figure, table

BENCHES = {
    "decoders": decoders.run,
    "atheris_decoders": atheris_decoders.run,
    "signals": signals.run,
    "hostile_ecg": hostile_ecg.run,
    "reconnects": reconnects.run,
    "lsl_streams": lsl_streams.run,
    "imports": imports.run,
    "hostile_names": hostile_names.run,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"no bench is called {unknown[0]}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for name in names or BENCHES:
        print(f"trying {name} ...", file=sys.stderr, flush=True)
        figures += BENCHES[name]()
    print(table(figures))
    return 0 if all(figure.is_met is not False for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
