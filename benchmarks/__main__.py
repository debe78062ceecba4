# SPDX-License-Identifier: MIT
"""Measure what the design promises of speed; print one table. `python -m benchmarks [NAME ...]` runs the named ones."""

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks import (  # Qt reads the platform once
    clinician_cost,
    demo_cpu,
    first_window,
    gui_cost,
    notification,
    sound,
    stop_key,
    strips,
)
from benchmarks.bench import run_benches
from benchmarks.speed import delta_decoding, export, four_straps, full_update, review, store

BENCHES = {
    "first_window": first_window.run,
    "gui_cost": gui_cost.run,
    "clinician_cost": clinician_cost.run,
    "strips": strips.run,
    "sound": sound.run,
    "stop_key": stop_key.run,
    "notification": notification.run,
    "demo_cpu": demo_cpu.run,
    "delta_decoding": delta_decoding.run,
    "four_straps": four_straps.run,
    "export": export.run,
    "full_update": full_update.run,
    "review": review.run,
    "store": store.run,
}


if __name__ == "__main__":
    sys.exit(run_benches(BENCHES, sys.argv[1:]))
