# SPDX-License-Identifier: MIT
"""Measure what the design promises of speed; print one table. `python -m benchmarks [NAME ...]` runs the named ones."""

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks import demo_cpu, first_window, gui_cost, notification, strips  # Qt reads the platform once
from benchmarks.figure import Figure, table
from benchmarks.speed import delta_decoding, export, four_straps, full_update

BENCHES = {
    "first_window": first_window.run,
    "gui_cost": gui_cost.run,
    "strips": strips.run,
    "notification": notification.run,
    "demo_cpu": demo_cpu.run,
    "delta_decoding": delta_decoding.run,
    "four_straps": four_straps.run,
    "export": export.run,
    "full_update": full_update.run,
}


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
