# SPDX-License-Identifier: MIT
"""Measure what the design promises of speed; print one table. `python -m benchmarks [NAME ...]` runs the named ones."""

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks import demo_cpu, first_window, gui_cost, notification, strips  # Qt reads the platform once
from benchmarks.bench import run_benches
from benchmarks.speed import delta_decoding, export, four_straps, full_update, store

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
    "store": store.run,
}


if __name__ == "__main__":
    sys.exit(run_benches(BENCHES, sys.argv[1:]))
