# SPDX-License-Identifier: MIT
"""Measure how right the numbers are; print one table. `python -m benchmarks.accuracy [NAME ...]` runs those named."""

import sys

from benchmarks.accuracy import breathing, eda, heart_rate, r_peaks, variability, verdicts
from benchmarks.bench import run_benches

BENCHES = {
    "heart_rate": heart_rate.run,
    "r_peaks": r_peaks.run,
    "verdicts": verdicts.run,
    "variability": variability.run,
    "breathing": breathing.run,
    "eda": eda.run,
}


if __name__ == "__main__":
    sys.exit(run_benches(BENCHES, sys.argv[1:]))
