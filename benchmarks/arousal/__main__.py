# SPDX-License-Identifier: MIT
"""Measure the estimate; print one table. `python -m benchmarks.arousal [NAME ...]` runs the named ones."""

import sys

from benchmarks.arousal import bad_signal, band, closed_loop, growth, laws, stress_predict
from benchmarks.bench import run_benches

BENCHES = {
    "band": band.run,
    "laws": laws.run_all,
    "stress_predict": stress_predict.run,
    "bad_signal": bad_signal.run,
    "closed_loop": closed_loop.run,
    "growth": growth.run,
}


if __name__ == "__main__":
    sys.exit(run_benches(BENCHES, sys.argv[1:]))
